"""What was made in error can be struck out, and its trace stays as it was written: no row of it is changed or deleted.

Triggers on both databases. SQLite drops the triggers of a table that a later migration remakes: one that touches
`workforce_struckout` must end with this file's `forwards` again (`tests/workforce/test_struck_out.py` fails when one
forgets). That rows now go with what they belong to is a matter of our code; the tables hold them as before.

A position may also name the published policy that its people are employed under.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

EVENTS = ("UPDATE", "DELETE")
SQLITE = """
CREATE TRIGGER struck_out_no_{event} BEFORE {event} ON workforce_struckout
BEGIN SELECT RAISE(ABORT, 'struck_out_is_append_only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION struck_out_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'struck_out_is_append_only' USING ERRCODE = 'check_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER struck_out_no_{event} BEFORE {event} ON workforce_struckout
FOR EACH ROW EXECUTE FUNCTION struck_out_is_append_only()
"""


def forwards(apps, schema_editor):
    backwards(apps, schema_editor)
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for event in EVENTS:
        schema_editor.execute((POSTGRESQL if on_postgresql else SQLITE).format(event=event))


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for event in EVENTS:
        on_table = " ON workforce_struckout" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS struck_out_no_{event}{on_table}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS struck_out_is_append_only()")


class Migration(migrations.Migration):

    dependencies = [
        ('steering', '0002_count_who_took_no_part'),
        ('workforce', '0003_fuller_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='adjustments',
            name='worker',
            field=models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.CASCADE, related_name='adjustments', to='workforce.worker'),
        ),
        migrations.AlterField(
            model_name='check',
            name='vacancy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='workforce.vacancy'),
        ),
        migrations.AlterField(
            model_name='competence',
            name='worker',
            field=models.OneToOneField(error_messages={'unique': 'The domains of this worker are already here'}, on_delete=django.db.models.deletion.CASCADE, related_name='competence', to='workforce.worker'),
        ),
        migrations.AlterField(
            model_name='dbs',
            name='worker',
            field=models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.CASCADE, related_name='dbs', to='workforce.worker'),
        ),
        migrations.AlterField(
            model_name='difference',
            name='state',
            field=models.CharField(choices=[('open', 'Not decided'), ('accepted', 'Accepted'), ('left', 'Left as it was'), ('stale', 'Not saved: the record has changed since the check'), ('undone', 'Undone'), ('kept', 'Not undone: changed since the import'), ('struck', 'About an entry that was struck out')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='occupancy',
            name='position',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupancies', to='workforce.position'),
        ),
        migrations.AlterField(
            model_name='occupancy',
            name='worker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupancies', to='workforce.worker'),
        ),
        migrations.AlterField(
            model_name='peertraining',
            name='worker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training', to='workforce.worker'),
        ),
        migrations.AlterField(
            model_name='vacancy',
            name='position',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vacancies', to='workforce.position'),
        ),
        migrations.AlterField(
            model_name='wellbeingplan',
            name='worker',
            field=models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.CASCADE, related_name='wellbeing_plan', to='workforce.worker'),
        ),
        migrations.AlterField(
            model_name='workhealth',
            name='worker',
            field=models.OneToOneField(error_messages={'unique': "This is already here for this worker. Open it from the worker's page"}, on_delete=django.db.models.deletion.CASCADE, related_name='work_health', to='workforce.worker'),
        ),
        migrations.CreateModel(
            name='StruckOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('record', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('sealed_reason', models.TextField()),
                ('sealed', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'entry that was struck out',
                'verbose_name_plural': 'entries that were struck out',
                'ordering': ['-at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'record'), name='struck_out_once')],
            },
        ),
        migrations.RunPython(forwards, backwards),
        migrations.AddField(
            model_name='historicalposition',
            name='policy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='steering.publication', verbose_name='policy that people in this post are employed under'),
        ),
        migrations.AddField(
            model_name='position',
            name='policy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='steering.publication', verbose_name='policy that people in this post are employed under'),
        ),
    ]
