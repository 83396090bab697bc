"""What Django's constraints cannot say of terms on both databases: no overlap, and a term's body is its seat's.

PostgreSQL holds it by exclusion constraints and a composite foreign key, SQLite by triggers. SQLite drops the triggers
of a table that a later migration remakes: such a migration must end with this file's `forwards` again (the tests of
`tests/governance/test_terms.py` fail when one forgets).
"""

from django.db import migrations

POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE governance_seat ADD CONSTRAINT seat_with_its_body UNIQUE (id, body_id)",
    "ALTER TABLE governance_term ADD CONSTRAINT term_body_is_its_seats"
    " FOREIGN KEY (seat_id, body_id) REFERENCES governance_seat (id, body_id)",
    "ALTER TABLE governance_term ADD CONSTRAINT no_two_in_one_seat"
    " EXCLUDE USING gist (seat_id WITH =, daterange(starts_on, ends_on) WITH &&)",
    "ALTER TABLE governance_term ADD CONSTRAINT nobody_sits_twice"
    " EXCLUDE USING gist (body_id WITH =, person_id WITH =, daterange(starts_on, ends_on) WITH &&)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE governance_term DROP CONSTRAINT IF EXISTS nobody_sits_twice",
    "ALTER TABLE governance_term DROP CONSTRAINT IF EXISTS no_two_in_one_seat",
    "ALTER TABLE governance_term DROP CONSTRAINT IF EXISTS term_body_is_its_seats",
    "ALTER TABLE governance_seat DROP CONSTRAINT IF EXISTS seat_with_its_body",
]

OVERLAP = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON governance_term
WHEN NEW.ends_on > NEW.starts_on AND EXISTS (
    SELECT 1 FROM governance_term AS other
    WHERE other.id IS NOT NEW.id AND {same}
      AND other.ends_on > other.starts_on
      AND other.starts_on < NEW.ends_on AND other.ends_on > NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
BODY = """
CREATE TRIGGER term_body_is_its_seats_{event} BEFORE {event} ON governance_term
WHEN NEW.body_id IS NOT (SELECT body_id FROM governance_seat WHERE id = NEW.seat_id)
BEGIN SELECT RAISE(ABORT, 'term_body_is_its_seats'); END
"""
SEAT = """
CREATE TRIGGER seat_keeps_its_body BEFORE UPDATE OF body_id ON governance_seat
WHEN NEW.body_id IS NOT OLD.body_id AND EXISTS (SELECT 1 FROM governance_term WHERE seat_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'term_body_is_its_seats'); END
"""
RULES = {
    "no_two_in_one_seat": "other.seat_id = NEW.seat_id",
    "nobody_sits_twice": "other.body_id = NEW.body_id AND other.person_id = NEW.person_id",
}
SQLITE = [
    *(OVERLAP.format(name=name, same=same, event=event) for name, same in RULES.items() for event in ("INSERT", "UPDATE")),
    *(BODY.format(event=event) for event in ("INSERT", "UPDATE")),
    SEAT,
]
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
    dependencies = [("governance", "0001_first_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
