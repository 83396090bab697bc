"""Figures that HR hands over. What was handed over stays: no row is ever changed or deleted.

Triggers on both databases. SQLite drops the triggers of a table that a later migration remakes: such a migration must
end with this file's `forwards` again (`tests/steering/test_staff_figures.py` fails when one forgets).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "steering_stafffigures"
EVENTS = ("UPDATE", "DELETE")
NAME = "staff_figures_are_kept"
SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def forwards(apps, schema_editor):
    backwards(apps, schema_editor)
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION.format(name=NAME))
    for event in EVENTS:
        trigger = POSTGRESQL if on_postgresql else SQLITE
        schema_editor.execute(trigger.format(table=TABLE, event=event, name=NAME))


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for event in EVENTS:
        on_table = f" ON {TABLE}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}_{event}{on_table}")
    if on_postgresql:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0002_count_who_took_no_part"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(null=True)),
                ("numbers", models.JSONField(null=True)),
                ("handed_at", models.DateTimeField()),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name_plural": "staff figures", "ordering": ["-id"]},
        ),
        migrations.AddConstraint(
            model_name="stafffigures",
            constraint=models.CheckConstraint(
                condition=models.Q(("as_of__isnull", True), ("numbers__isnull", True))
                | models.Q(("as_of__isnull", False), ("numbers__isnull", False)),
                name="staff_figures_have_their_day",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
