"""What was recorded stays as it was recorded: no row of either log is ever changed or deleted.

Triggers on both databases. SQLite drops the triggers of a table that a later migration remakes: such a migration must
end with this file's `forwards` again (`tests/audit/test_append_only.py` fails when one forgets).
"""

from django.db import migrations

TABLES = ("audit_auditentry", "audit_look")
EVENTS = ("UPDATE", "DELETE")
SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_is_append_only' USING ERRCODE = 'check_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()
"""


def forwards(apps, schema_editor):
    backwards(apps, schema_editor)
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        for event in EVENTS:
            trigger = POSTGRESQL if on_postgresql else SQLITE
            schema_editor.execute(trigger.format(table=table, event=event))


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for event in EVENTS:
            on_table = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on_table}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_is_append_only()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
