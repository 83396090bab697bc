"""What Django's constraints cannot say: a frozen version never changes, a text is never rewritten, a placing fits.

Triggers on both databases. SQLite drops the triggers of a table that a later migration remakes: such a migration must
end with this file's `forwards` again (the tests of `tests/documents/test_database.py` fail when one forgets).
"""

from django.db import migrations

IS_FROZEN = "EXISTS (SELECT 1 FROM documents_version WHERE id = {row}.version_id AND frozen_at IS NOT NULL)"
FITS_NOT = """
    NEW.block_id <> (SELECT block_id FROM documents_blocktext WHERE id = NEW.text_id)
    OR (SELECT document_id FROM documents_block WHERE id = NEW.block_id)
       <> (SELECT document_id FROM documents_version WHERE id = NEW.version_id)
"""
OLD_FROZEN, NEW_FROZEN = IS_FROZEN.format(row="OLD"), IS_FROZEN.format(row="NEW")
#: (name, event, table, condition)
RULES = [
    ("version_is_frozen", "INSERT", "documents_placing", NEW_FROZEN),
    ("version_is_frozen", "UPDATE", "documents_placing", f"{OLD_FROZEN} OR {NEW_FROZEN}"),
    ("version_is_frozen", "DELETE", "documents_placing", OLD_FROZEN),
    ("frozen_version_stays", "UPDATE", "documents_version", "OLD.frozen_at IS NOT NULL"),
    ("frozen_version_stays", "DELETE", "documents_version", "OLD.frozen_at IS NOT NULL"),
    ("text_is_append_only", "UPDATE", "documents_blocktext", "TRUE"),
    ("text_is_append_only", "DELETE", "documents_blocktext", "TRUE"),
    ("placing_fits", "INSERT", "documents_placing", FITS_NOT),
    ("placing_fits", "UPDATE", "documents_placing", FITS_NOT),
]
SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN {row};
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_{event}()
"""


def forwards(apps, schema_editor):
    backwards(apps, schema_editor)
    for name, event, table, condition in RULES:
        words = {"name": name, "event": event.lower(), "table": table, "condition": condition}
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL_FUNCTION.format(**words, row="OLD" if event == "DELETE" else "NEW"))
            schema_editor.execute(POSTGRESQL_TRIGGER.format(**words))
        else:
            schema_editor.execute(SQLITE.format(**words))


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, event, table, _ in RULES:
        trigger = f"{name}_{event.lower()}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}" + (f" ON {table}" if on_postgresql else ""))
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {trigger}()")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_first_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
