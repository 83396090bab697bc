"""What left HR's records is written once: no row of these two tables is ever changed or deleted.

Triggers on both databases. SQLite drops the triggers of a table that a later migration remakes: such a migration must
end with this file's `forwards` again (`test_export.py` and `figures/test_releasing.py` fail when one forgets).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("workforce_export", "workforce_releasedfigures")
EVENTS = ("UPDATE", "DELETE")
NAME = "what_left_is_written_once"
SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def forwards(apps, schema_editor):
    backwards(apps, schema_editor)
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION.format(name=NAME))
    for table in TABLES:
        for event in EVENTS:
            trigger = POSTGRESQL if on_postgresql else SQLITE
            schema_editor.execute(trigger.format(table=table, event=event, name=NAME))


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for event in EVENTS:
            on_table = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on_table}")
    if on_postgresql:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0004_struck_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("posts", "Posts, and who is in them"), ("vacancies", "Vacancies")], max_length=10
                    ),
                ),
                ("file_format", models.CharField(choices=[("xlsx", "Excel (XLSX)"), ("csv", "CSV")], max_length=4)),
                ("rows", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["-made_at", "-id"]},
        ),
        migrations.CreateModel(
            name="ReleasedFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(unique=True)),
                ("figures", models.JSONField()),
                ("basis", models.JSONField()),
                ("released_at", models.DateTimeField()),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name_plural": "released figures", "ordering": ["-as_of"]},
        ),
        migrations.RunPython(forwards, backwards),
    ]
