"""Stepping back, deputies and the term clock. A deputy's body is that of their term: the database holds it on both."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


POSTGRESQL = [
    "ALTER TABLE governance_term ADD CONSTRAINT term_with_its_body UNIQUE (id, body_id)",
    "ALTER TABLE governance_deputy ADD CONSTRAINT deputy_body_is_its_terms"
    " FOREIGN KEY (term_id, body_id) REFERENCES governance_term (id, body_id)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE governance_deputy DROP CONSTRAINT IF EXISTS deputy_body_is_its_terms",
    "ALTER TABLE governance_term DROP CONSTRAINT IF EXISTS term_with_its_body",
]
TRIGGER = """
CREATE TRIGGER deputy_body_is_its_terms_{event} BEFORE {event} ON governance_deputy
WHEN NEW.body_id IS NOT (SELECT body_id FROM governance_term WHERE id = NEW.term_id)
BEGIN SELECT RAISE(ABORT, 'deputy_body_is_its_terms'); END
"""
SQLITE = [TRIGGER.format(event=event) for event in ("INSERT", "UPDATE")]
SQLITE_BACK = [f"DROP TRIGGER IF EXISTS {sql.split()[2]}" for sql in SQLITE]


def forwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for sql in POSTGRESQL if on_postgresql else SQLITE_BACK + SQLITE:
        schema_editor.execute(sql)


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for sql in POSTGRESQL_BACK if on_postgresql else SQLITE_BACK:
        schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0002_terms_never_overlap'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='body',
            name='deputies_count',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='StayAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('yes', 'Yes, I would like to stay'), ('talk', 'Talk to me first'), ('no', 'No, I will stop when it ends')], max_length=4)),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('term', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stay_answer', to='governance.term')),
            ],
        ),
        migrations.CreateModel(
            name='Break',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('back_on', models.DateField(blank=True, null=True)),
                ('made_up_on', models.DateField(blank=True, null=True)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaks', to='governance.term')),
            ],
            options={
                'ordering': ['from_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('back_on', None)), fields=('term',), name='one_break_at_a_time'), models.CheckConstraint(condition=models.Q(('back_on', None), ('back_on__gte', models.F('from_on')), _connector='OR'), name='break_ends_later'), models.CheckConstraint(condition=models.Q(('made_up_on', None), models.Q(('back_on__isnull', False), ('made_up_on__gte', models.F('back_on'))), _connector='OR'), name='break_made_up_once_over')],
            },
        ),
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='address that was asked')),
                ('named_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='governance.body')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputises', to=settings.AUTH_USER_MODEL)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='governance.term')),
            ],
            options={
                'verbose_name_plural': 'deputies',
                'ordering': ['named_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('term',), name='one_deputy_per_seat'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', False), ('ended_at', None)), fields=('body', 'person'), name='deputy_for_one_seat_of_a_body'), models.CheckConstraint(condition=models.Q(('person', models.F('named_by')), _negated=True), name='nobody_is_their_own_deputy'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='deputy_accepted_by_someone'), models.CheckConstraint(condition=models.Q(('accepted_by', None), models.Q(('accepted_by', models.F('person')), ('person__isnull', False)), _connector='OR'), name='deputy_says_yes_themselves'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='deputy_ended_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='TermNotice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stage', models.PositiveSmallIntegerField(choices=[(90, '90 days'), (30, '30 days')])),
                ('noticed_on', models.DateField()),
                ('asked_on', models.DateField(null=True)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='governance.term')),
            ],
            options={
                'ordering': ['noticed_on', 'stage'],
                'constraints': [models.UniqueConstraint(fields=('term', 'stage'), name='notice_once_per_stage'), models.CheckConstraint(condition=models.Q(('stage__in', [90, 30])), name='notice_has_a_known_stage')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
