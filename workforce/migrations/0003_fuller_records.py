"""The fuller role record, and what Django's constraints cannot say on both databases: that a worker is never in the same
position twice on one day.

PostgreSQL holds that by an exclusion constraint, SQLite by triggers. SQLite drops the triggers of a table that a later
migration remakes: a later migration that touches `workforce_occupancy` must end with this file's `never_twice` again
(the tests of `tests/workforce/test_occupancies.py` fail when one forgets). Rows that overlap already stop it, by name.
"""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE workforce_occupancy DROP CONSTRAINT IF EXISTS occupancy_never_overlaps_itself",
    "ALTER TABLE workforce_occupancy ADD CONSTRAINT occupancy_never_overlaps_itself"
    " EXCLUDE USING gist (position_id WITH =, worker_id WITH =, daterange(starts_on, ended_on, '[]') WITH &&)",
]
POSTGRESQL_BACK = ["ALTER TABLE workforce_occupancy DROP CONSTRAINT IF EXISTS occupancy_never_overlaps_itself"]
TRIGGER = """
CREATE TRIGGER occupancy_never_overlaps_itself_{event} BEFORE {event} ON workforce_occupancy
WHEN EXISTS (
    SELECT 1 FROM workforce_occupancy AS other
    WHERE other.id IS NOT NEW.id AND other.position_id = NEW.position_id AND other.worker_id = NEW.worker_id
      AND (NEW.ended_on IS NULL OR other.starts_on <= NEW.ended_on)
      AND (other.ended_on IS NULL OR other.ended_on >= NEW.starts_on)
)
BEGIN SELECT RAISE(ABORT, 'occupancy_never_overlaps_itself'); END
"""
SQLITE_BACK = [f"DROP TRIGGER IF EXISTS occupancy_never_overlaps_itself_{event}" for event in ("INSERT", "UPDATE")]
SQLITE = [*SQLITE_BACK, *(TRIGGER.format(event=event) for event in ("INSERT", "UPDATE"))]


def never_twice(apps, schema_editor):
    for sql in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(sql)


def twice_again(apps, schema_editor):
    for sql in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [
        ('workforce', '0002_esr_import'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaloccupancy',
            name='covers',
            field=models.CharField(blank=True, max_length=120, verbose_name='whom they stand in for'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='group_supervised_on',
            field=models.DateField(blank=True, null=True, verbose_name='last group supervision'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='group_supervision_weeks',
            field=models.SmallIntegerField(blank=True, error_messages={'max_value': 'Enter a number of weeks from 1 to 52', 'min_value': 'Enter a number of weeks from 1 to 52'}, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='weeks between group supervisions'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='leaving_reason',
            field=models.CharField(blank=True, choices=[('contract', 'The contract came to its end'), ('moved', 'Another post in this Trust'), ('employer', 'A job somewhere else'), ('study', 'Training or study'), ('retired', 'Retired'), ('other', 'Another reason')], max_length=10),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='line_manager',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='line_supervised_on',
            field=models.DateField(blank=True, null=True, verbose_name='last line supervision'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='line_supervision_weeks',
            field=models.SmallIntegerField(blank=True, error_messages={'max_value': 'Enter a number of weeks from 1 to 52', 'min_value': 'Enter a number of weeks from 1 to 52'}, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='weeks between line supervisions'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='peer_supervised_on',
            field=models.DateField(blank=True, null=True, verbose_name='last peer supervision'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='peer_supervision_weeks',
            field=models.SmallIntegerField(blank=True, error_messages={'max_value': 'Enter a number of weeks from 1 to 52', 'min_value': 'Enter a number of weeks from 1 to 52'}, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='weeks between peer supervisions'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='probation_ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='last day of probation'),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='probation_outcome',
            field=models.CharField(blank=True, choices=[('passed', 'Passed'), ('extended', 'Made longer'), ('not_passed', 'Not passed'), ('not_needed', 'Not needed')], max_length=10),
        ),
        migrations.AddField(
            model_name='historicaloccupancy',
            name='probation_starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='first day of probation'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='base',
            field=models.CharField(blank=True, max_length=80, verbose_name='place of work'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='lived_experience',
            field=models.CharField(blank=True, choices=[('mental_health', 'Mental health'), ('carer', 'Caring for somebody'), ('addiction', 'Drugs, alcohol or gambling'), ('forensic', 'Forensic services'), ('perinatal', 'Having a baby (perinatal)'), ('other', 'Other')], max_length=15, verbose_name='lived experience that the role calls for'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='covers',
            field=models.CharField(blank=True, max_length=120, verbose_name='whom they stand in for'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='group_supervised_on',
            field=models.DateField(blank=True, null=True, verbose_name='last group supervision'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='group_supervision_weeks',
            field=models.SmallIntegerField(blank=True, error_messages={'max_value': 'Enter a number of weeks from 1 to 52', 'min_value': 'Enter a number of weeks from 1 to 52'}, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='weeks between group supervisions'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='leaving_reason',
            field=models.CharField(blank=True, choices=[('contract', 'The contract came to its end'), ('moved', 'Another post in this Trust'), ('employer', 'A job somewhere else'), ('study', 'Training or study'), ('retired', 'Retired'), ('other', 'Another reason')], max_length=10),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='line_manager',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='line_supervised_on',
            field=models.DateField(blank=True, null=True, verbose_name='last line supervision'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='line_supervision_weeks',
            field=models.SmallIntegerField(blank=True, error_messages={'max_value': 'Enter a number of weeks from 1 to 52', 'min_value': 'Enter a number of weeks from 1 to 52'}, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='weeks between line supervisions'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='peer_supervised_on',
            field=models.DateField(blank=True, null=True, verbose_name='last peer supervision'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='peer_supervision_weeks',
            field=models.SmallIntegerField(blank=True, error_messages={'max_value': 'Enter a number of weeks from 1 to 52', 'min_value': 'Enter a number of weeks from 1 to 52'}, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='weeks between peer supervisions'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='probation_ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='last day of probation'),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='probation_outcome',
            field=models.CharField(blank=True, choices=[('passed', 'Passed'), ('extended', 'Made longer'), ('not_passed', 'Not passed'), ('not_needed', 'Not needed')], max_length=10),
        ),
        migrations.AddField(
            model_name='occupancy',
            name='probation_starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='first day of probation'),
        ),
        migrations.AddField(
            model_name='position',
            name='base',
            field=models.CharField(blank=True, max_length=80, verbose_name='place of work'),
        ),
        migrations.AddField(
            model_name='position',
            name='lived_experience',
            field=models.CharField(blank=True, choices=[('mental_health', 'Mental health'), ('carer', 'Caring for somebody'), ('addiction', 'Drugs, alcohol or gambling'), ('forensic', 'Forensic services'), ('perinatal', 'Having a baby (perinatal)'), ('other', 'Other')], max_length=15, verbose_name='lived experience that the role calls for'),
        ),
        migrations.AlterField(
            model_name='historicaloccupancy',
            name='contract',
            field=models.CharField(choices=[('permanent', 'Permanent'), ('fixed', 'Fixed term'), ('bank', 'Bank'), ('secondment', 'Secondment'), ('honorary', 'Honorary'), ('apprentice', 'Apprenticeship'), ('cover', 'Cover for somebody'), ('volunteer', 'Volunteer')], max_length=10),
        ),
        migrations.AlterField(
            model_name='occupancy',
            name='contract',
            field=models.CharField(choices=[('permanent', 'Permanent'), ('fixed', 'Fixed term'), ('bank', 'Bank'), ('secondment', 'Secondment'), ('honorary', 'Honorary'), ('apprentice', 'Apprenticeship'), ('cover', 'Cover for somebody'), ('volunteer', 'Volunteer')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='occupancy',
            constraint=models.CheckConstraint(condition=models.Q(('probation_ends_on', None), ('probation_ends_on__gte', models.F('probation_starts_on')), _connector='OR'), name='occupancy_probation_ends_later', violation_error_code='field:probation_ends_on', violation_error_message='Probation must end on or after the day it starts'),
        ),
        migrations.AddConstraint(
            model_name='occupancy',
            constraint=models.CheckConstraint(condition=models.Q(('leaving_reason', ''), ('ended_on__isnull', False), _connector='OR'), name='occupancy_left_for_a_reason', violation_error_code='field:leaving_reason', violation_error_message='Enter the last day as well, or choose no reason'),
        ),
        migrations.AddConstraint(
            model_name='occupancy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contract', 'cover'), _negated=True), models.Q(('covers', ''), _negated=True), _connector='OR'), name='occupancy_cover_is_for_somebody', violation_error_code='field:covers', violation_error_message='Enter the name of the person they stand in for'),
        ),
        migrations.AddConstraint(
            model_name='occupancy',
            constraint=models.CheckConstraint(condition=models.Q(('covers', ''), ('contract__in', ['cover', 'secondment']), _connector='OR'), name='occupancy_stands_in_by_contract', violation_error_code='field:covers', violation_error_message='Only cover and secondment stand in for somebody. Change the contract, or take the name out'),
        ),
        migrations.AddConstraint(
            model_name='occupancy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('line_supervision_weeks', None), models.Q(('line_supervision_weeks__gte', 1), ('line_supervision_weeks__lte', 52)), _connector='OR'), models.Q(('peer_supervision_weeks', None), models.Q(('peer_supervision_weeks__gte', 1), ('peer_supervision_weeks__lte', 52)), _connector='OR'), models.Q(('group_supervision_weeks', None), models.Q(('group_supervision_weeks__gte', 1), ('group_supervision_weeks__lte', 52)), _connector='OR')), name='occupancy_weeks_of_supervision', violation_error_code='field:line_supervision_weeks', violation_error_message='Enter a number of weeks from 1 to 52'),
        ),
        migrations.CreateModel(
            name='HistoricalPeerTraining',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('provider', models.CharField(max_length=120, verbose_name='organisation that ran it')),
                ('course', models.CharField(max_length=120)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('result', models.CharField(choices=[('booked', 'Has a place'), ('doing', 'Doing it now'), ('finished', 'Finished'), ('not_finished', 'Did not finish')], max_length=12)),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.worker')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical peer training course',
                'verbose_name_plural': 'historical peer training courses',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PeerTraining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to='workforce.worker')),
                ('provider', models.CharField(max_length=120, verbose_name='organisation that ran it')),
                ('course', models.CharField(max_length=120)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('result', models.CharField(choices=[('booked', 'Has a place'), ('doing', 'Doing it now'), ('finished', 'Finished'), ('not_finished', 'Did not finish')], max_length=12)),
            ],
            options={
                'verbose_name': 'peer training course',
                'ordering': ['-starts_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='training_ends_later', violation_error_code='field:ended_on', violation_error_message='The last day must be the same as or after the first day'), models.CheckConstraint(condition=models.Q(models.Q(('result', 'finished'), _negated=True), ('ended_on__isnull', False), _connector='OR'), name='training_finished_on_a_day', violation_error_code='field:ended_on', violation_error_message='Enter the last day of a course that is finished')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCompetence',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('values', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='values of peer support')),
                ('knowledge', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='knowledge')),
                ('relating', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='relating to people')),
                ('supporting', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='supporting people')),
                ('self_management', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='helping people to look after themselves')),
                ('teams_and_rights', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='working with teams, and rights')),
                ('self_care', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='looking after oneself, and using supervision')),
                ('judgement', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='judgement and reflection')),
                ('organisation', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='working in an organisation')),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, error_messages={'unique': 'The domains of this worker are already here'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.worker')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical competence',
                'verbose_name_plural': 'historical competences',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.OneToOneField(error_messages={'unique': 'The domains of this worker are already here'}, on_delete=django.db.models.deletion.PROTECT, related_name='competence', to='workforce.worker')),
                ('values', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='values of peer support')),
                ('knowledge', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='knowledge')),
                ('relating', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='relating to people')),
                ('supporting', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='supporting people')),
                ('self_management', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='helping people to look after themselves')),
                ('teams_and_rights', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='working with teams, and rights')),
                ('self_care', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='looking after oneself, and using supervision')),
                ('judgement', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='judgement and reflection')),
                ('organisation', models.CharField(choices=[('not_started', 'Not started'), ('working', 'Working on it'), ('signed', 'Signed off')], default='not_started', max_length=12, verbose_name='working in an organisation')),
            ],
            options={
                'verbose_name_plural': 'competences',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalWorkHealth',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('status', models.CharField(choices=[('asked', 'Asked for'), ('cleared', 'Cleared'), ('adjusted', 'Cleared with adjustments')], max_length=8)),
                ('on', models.DateField(verbose_name='date of this status')),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.worker')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical work health assessment',
                'verbose_name_plural': 'historical work health assessments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='WorkHealth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.PROTECT, related_name='work_health', to='workforce.worker')),
                ('status', models.CharField(choices=[('asked', 'Asked for'), ('cleared', 'Cleared'), ('adjusted', 'Cleared with adjustments')], max_length=8)),
                ('on', models.DateField(verbose_name='date of this status')),
            ],
            options={
                'verbose_name': 'work health assessment',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDbs',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('level', models.CharField(choices=[('none', 'None needed'), ('basic', 'Basic'), ('standard', 'Standard'), ('enhanced', 'Enhanced'), ('adults', "Enhanced, with the adults' barred list"), ('children', "Enhanced, with the children's barred list"), ('both', 'Enhanced, with both barred lists')], max_length=8)),
                ('is_cleared', models.BooleanField(choices=[(True, 'Yes'), (False, 'No')], verbose_name='cleared')),
                ('on', models.DateField(blank=True, null=True, verbose_name='date of clearance')),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.worker')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical DBS check',
                'verbose_name_plural': 'historical DBS checks',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Dbs',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.PROTECT, related_name='dbs', to='workforce.worker')),
                ('level', models.CharField(choices=[('none', 'None needed'), ('basic', 'Basic'), ('standard', 'Standard'), ('enhanced', 'Enhanced'), ('adults', "Enhanced, with the adults' barred list"), ('children', "Enhanced, with the children's barred list"), ('both', 'Enhanced, with both barred lists')], max_length=8)),
                ('is_cleared', models.BooleanField(choices=[(True, 'Yes'), (False, 'No')], verbose_name='cleared')),
                ('on', models.DateField(blank=True, null=True, verbose_name='date of clearance')),
            ],
            options={
                'verbose_name': 'DBS check',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_cleared', False), ('on__isnull', False), _connector='OR'), name='dbs_cleared_on_a_day', violation_error_code='field:on', violation_error_message='Enter the day it was cleared'), models.CheckConstraint(condition=models.Q(('is_cleared', True), ('on', None), _connector='OR'), name='dbs_day_only_when_cleared', violation_error_code='field:on', violation_error_message='It is not cleared yet, so take the date out')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAdjustments',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('in_place', models.BooleanField(choices=[(True, 'Yes'), (False, 'No')], verbose_name='adjustments in place')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='review date')),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.worker')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical adjustments',
                'verbose_name_plural': 'historical adjustments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Adjustments',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='workforce.worker')),
                ('in_place', models.BooleanField(choices=[(True, 'Yes'), (False, 'No')], verbose_name='adjustments in place')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='review date')),
            ],
            options={
                'verbose_name': 'adjustments',
                'verbose_name_plural': 'adjustments',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalWellbeingPlan',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('status', models.CharField(choices=[('offered', 'Offered'), ('in_place', 'In place'), ('declined', 'The worker said no')], max_length=8)),
                ('on', models.DateField(verbose_name='date of this status')),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.worker')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical wellbeing plan',
                'verbose_name_plural': 'historical wellbeing plans',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='WellbeingPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.PROTECT, related_name='wellbeing_plan', to='workforce.worker')),
                ('status', models.CharField(choices=[('offered', 'Offered'), ('in_place', 'In place'), ('declined', 'The worker said no')], max_length=8)),
                ('on', models.DateField(verbose_name='date of this status')),
            ],
            options={
                'verbose_name': 'wellbeing plan',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalVacancy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('offer', 'Offer made'), ('checks', 'Checks'), ('filled', 'Filled'), ('withdrawn', 'Withdrawn')], default='open', editable=False, max_length=10)),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name='reference in the recruitment system')),
                ('advertised_on', models.DateField(blank=True, null=True, verbose_name='first day of the advert')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='last day to apply')),
                ('interviews_on', models.DateField(blank=True, null=True, verbose_name='day of the interviews')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day of work that was agreed')),
                ('opened_at', models.DateTimeField(editable=False)),
                ('offered_at', models.DateTimeField(editable=False, null=True)),
                ('checks_at', models.DateTimeField(editable=False, null=True)),
                ('filled_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('support_open', models.BooleanField(default=False, verbose_name='support offered to people who apply')),
                ('support_open_on', models.DateField(blank=True, null=True, verbose_name='day this was offered to people who apply')),
                ('support_offer', models.BooleanField(default=False, verbose_name='support offered with the offer')),
                ('support_offer_on', models.DateField(blank=True, null=True, verbose_name='day this was offered with the offer')),
                ('support_checks', models.BooleanField(default=False, verbose_name='support offered during the checks')),
                ('support_checks_on', models.DateField(blank=True, null=True, verbose_name='day this was offered during the checks')),
                ('support_start', models.BooleanField(default=False, verbose_name='support offered for the first day')),
                ('support_start_on', models.DateField(blank=True, null=True, verbose_name='day this was offered for the first day')),
                ('position', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.position')),
                ('opened_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checks_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filled_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical vacancy',
                'verbose_name_plural': 'historical vacancies',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Vacancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='workforce.position')),
                ('state', models.CharField(choices=[('open', 'Open'), ('offer', 'Offer made'), ('checks', 'Checks'), ('filled', 'Filled'), ('withdrawn', 'Withdrawn')], default='open', editable=False, max_length=10)),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name='reference in the recruitment system')),
                ('advertised_on', models.DateField(blank=True, null=True, verbose_name='first day of the advert')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='last day to apply')),
                ('interviews_on', models.DateField(blank=True, null=True, verbose_name='day of the interviews')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day of work that was agreed')),
                ('opened_at', models.DateTimeField(editable=False)),
                ('opened_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offered_at', models.DateTimeField(editable=False, null=True)),
                ('offered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checks_at', models.DateTimeField(editable=False, null=True)),
                ('checks_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filled_at', models.DateTimeField(editable=False, null=True)),
                ('filled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('support_open', models.BooleanField(default=False, verbose_name='support offered to people who apply')),
                ('support_open_on', models.DateField(blank=True, null=True, verbose_name='day this was offered to people who apply')),
                ('support_offer', models.BooleanField(default=False, verbose_name='support offered with the offer')),
                ('support_offer_on', models.DateField(blank=True, null=True, verbose_name='day this was offered with the offer')),
                ('support_checks', models.BooleanField(default=False, verbose_name='support offered during the checks')),
                ('support_checks_on', models.DateField(blank=True, null=True, verbose_name='day this was offered during the checks')),
                ('support_start', models.BooleanField(default=False, verbose_name='support offered for the first day')),
                ('support_start_on', models.DateField(blank=True, null=True, verbose_name='day this was offered for the first day')),
            ],
            options={
                'verbose_name_plural': 'vacancies',
                'ordering': ['-opened_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('filled_at__isnull', False), ('state', 'filled')), models.Q(('filled_at', None), models.Q(('state', 'filled'), _negated=True)), _connector='OR'), models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(('withdrawn_at', None), models.Q(('state', 'withdrawn'), _negated=True)), _connector='OR'), models.Q(('offered_at__isnull', False), ('state__in', ['open', 'withdrawn']), _connector='OR'), models.Q(('checks_at__isnull', False), ('state__in', ['open', 'offer', 'withdrawn']), _connector='OR')), name='vacancy_state_has_its_moments'), models.CheckConstraint(condition=models.Q(models.Q(('offered_at__isnull', True), ('offered_by__isnull', True)), models.Q(('offered_at__isnull', False), ('offered_by__isnull', False)), _connector='OR'), name='vacancy_offered_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('checks_at__isnull', True), ('checks_by__isnull', True)), models.Q(('checks_at__isnull', False), ('checks_by__isnull', False)), _connector='OR'), name='vacancy_checks_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('filled_at__isnull', True), ('filled_by__isnull', True)), models.Q(('filled_at__isnull', False), ('filled_by__isnull', False)), _connector='OR'), name='vacancy_filled_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='vacancy_withdrawn_by_someone'), models.CheckConstraint(condition=models.Q(('closes_on', None), ('advertised_on', None), ('closes_on__gte', models.F('advertised_on')), _connector='OR'), name='vacancy_closes_later', violation_error_code='field:closes_on', violation_error_message='The last day to apply must not be before the first day of the advert'), models.CheckConstraint(condition=models.Q(('support_open', False), ('support_open_on__isnull', False), _connector='OR'), name='vacancy_support_open_has_its_day', violation_error_code='field:support_open_on', violation_error_message='Enter the day it was offered'), models.CheckConstraint(condition=models.Q(('support_open', True), ('support_open_on', None), _connector='OR'), name='vacancy_support_open_is_ticked', violation_error_code='field:support_open', violation_error_message='Tick the box as well, or take the date out'), models.CheckConstraint(condition=models.Q(('support_offer', False), ('support_offer_on__isnull', False), _connector='OR'), name='vacancy_support_offer_has_its_day', violation_error_code='field:support_offer_on', violation_error_message='Enter the day it was offered'), models.CheckConstraint(condition=models.Q(('support_offer', True), ('support_offer_on', None), _connector='OR'), name='vacancy_support_offer_is_ticked', violation_error_code='field:support_offer', violation_error_message='Tick the box as well, or take the date out'), models.CheckConstraint(condition=models.Q(('support_checks', False), ('support_checks_on__isnull', False), _connector='OR'), name='vacancy_support_checks_has_its_day', violation_error_code='field:support_checks_on', violation_error_message='Enter the day it was offered'), models.CheckConstraint(condition=models.Q(('support_checks', True), ('support_checks_on', None), _connector='OR'), name='vacancy_support_checks_is_ticked', violation_error_code='field:support_checks', violation_error_message='Tick the box as well, or take the date out'), models.CheckConstraint(condition=models.Q(('support_start', False), ('support_start_on__isnull', False), _connector='OR'), name='vacancy_support_start_has_its_day', violation_error_code='field:support_start_on', violation_error_message='Enter the day it was offered'), models.CheckConstraint(condition=models.Q(('support_start', True), ('support_start_on', None), _connector='OR'), name='vacancy_support_start_is_ticked', violation_error_code='field:support_start', violation_error_message='Tick the box as well, or take the date out')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCheck',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('identity', 'Identity'), ('right', 'Right to work'), ('qualified', 'Registration and qualifications'), ('history', 'Work history and references'), ('health', 'Work health assessment'), ('criminal', 'Criminal record')], editable=False, max_length=10, verbose_name='check')),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('asked', 'Asked for'), ('received', 'Received'), ('cleared', 'Cleared'), ('conditions', 'Cleared with conditions'), ('not_needed', 'Not applicable'), ('referred', 'Failed: referred to a manager')], default='not_started', max_length=12)),
                ('on', models.DateField(blank=True, null=True, verbose_name='date of this status')),
                ('checked_by', models.CharField(blank=True, max_length=120, verbose_name='who checked it')),
                ('vacancy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workforce.vacancy')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical employment check',
                'verbose_name_plural': 'historical employment checks',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='workforce.vacancy')),
                ('kind', models.CharField(choices=[('identity', 'Identity'), ('right', 'Right to work'), ('qualified', 'Registration and qualifications'), ('history', 'Work history and references'), ('health', 'Work health assessment'), ('criminal', 'Criminal record')], editable=False, max_length=10, verbose_name='check')),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('asked', 'Asked for'), ('received', 'Received'), ('cleared', 'Cleared'), ('conditions', 'Cleared with conditions'), ('not_needed', 'Not applicable'), ('referred', 'Failed: referred to a manager')], default='not_started', max_length=12)),
                ('on', models.DateField(blank=True, null=True, verbose_name='date of this status')),
                ('checked_by', models.CharField(blank=True, max_length=120, verbose_name='who checked it')),
            ],
            options={
                'verbose_name': 'employment check',
                'ordering': ['vacancy_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('vacancy', 'kind'), name='one_check_of_a_kind'), models.CheckConstraint(condition=models.Q(('status', 'not_started'), ('on__isnull', False), _connector='OR'), name='check_has_its_day', violation_error_code='field:on', violation_error_message='Enter the date of this status'), models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'asked', 'received']), models.Q(('checked_by', ''), _negated=True), _connector='OR'), name='check_decided_by_somebody', violation_error_code='field:checked_by', violation_error_message='Enter the name of the person who checked it')],
            },
        ),
        migrations.RunPython(never_twice, twice_again),
    ]
