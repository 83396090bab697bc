"""Settings of a body, its moves and terms of reference; and what a term must fit, held by triggers on both databases.

SQLite remakes `governance_term` here, and drops the triggers of a table that it remakes; nor can it rename a table
while a trigger names one that is away. So every trigger is taken down first and put up again at the end.
"""

import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

SITS = "NEW.ends_on > NEW.starts_on"
#: (name, event, table, condition)
RULES = [
    *(
        (
            "term_in_the_days_of_its_seat",
            event,
            "governance_term",
            f"""{SITS} AND EXISTS (
                SELECT 1 FROM governance_seat AS seat WHERE seat.id = NEW.seat_id
                AND (NEW.starts_on < seat.opened_on OR NEW.ends_on > seat.closed_on)
            )""",
        )
        for event in ("INSERT", "UPDATE")
    ),
    *(
        (
            "renewal_of_ones_own_term",
            event,
            "governance_term",
            """NEW.renews_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM governance_term AS earlier WHERE earlier.id = NEW.renews_id
                AND earlier.body_id = NEW.body_id AND earlier.person_id = NEW.person_id
                AND earlier.ends_on <= NEW.starts_on
            )""",
        )
        for event in ("INSERT", "UPDATE")
    ),
    (
        "body_takes_nobody_now",
        "INSERT",
        "governance_term",
        f"""{SITS} AND EXISTS (
            SELECT 1 FROM governance_body AS body WHERE body.id = NEW.body_id
            AND body.state IN ('paused', 'closed', 'merged')
        )""",
    ),
    (
        "seat_closes_when_empty",
        "UPDATE",
        "governance_seat",
        """NEW.closed_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM governance_term AS term WHERE term.seat_id = NEW.id
            AND term.ends_on > term.starts_on AND term.ends_on > NEW.closed_on
        )""",
    ),
    ("move_is_written_once", "UPDATE", "governance_bodymove", "TRUE"),
    ("move_is_written_once", "DELETE", "governance_bodymove", "TRUE"),
]
SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN {row};
END $$;
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_{event}();
"""
_taken_down = []


def take_down(apps, schema_editor):
    """On SQLite, every trigger that stands, whoever put it up."""
    if schema_editor.connection.vendor == "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        _taken_down[:] = cursor.fetchall()
    for name, _ in _taken_down:
        schema_editor.execute(f"DROP TRIGGER {name}")


def put_up(apps, schema_editor):
    """On SQLite, every trigger that was taken down."""
    for _, sql in _taken_down:
        schema_editor.execute(sql)
    _taken_down.clear()


def forwards(apps, schema_editor):
    backwards(apps, schema_editor)
    for name, event, table, condition in RULES:
        words = {"name": name, "event": event.lower(), "table": table, "condition": condition}
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(**words, row="OLD" if event == "DELETE" else "NEW"))
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

    dependencies = [
        ('documents', '0002_frozen_stays_frozen'),
        ('governance', '0004_interests_and_recusals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_down, put_up),
        migrations.CreateModel(
            name='BodyMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(choices=[('start', 'Started'), ('pause', 'Paused'), ('resume', 'Started again'), ('close', 'Closed'), ('merge', 'Merged into another group')], max_length=6)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='move_has_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='CharterDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('writing', 'Being written'), ('proposed', 'Waiting for approval'), ('approved', 'Approved'), ('returned', 'Sent back')], default='writing', max_length=8)),
                ('made_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_as', models.CharField(blank=True, choices=[('co_lead', 'a co-chair'), ('secretary', 'the secretary'), ('deputy', 'the deputy secretary'), ('governance_lead', 'the governance lead')], max_length=15)),
                ('reason', models.TextField(blank=True, max_length=1000)),
            ],
            options={
                'ordering': ['made_at'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('state__in', ['approved', 'returned'])), models.Q(('answered_at__isnull', True), ('state__in', ['writing', 'proposed'])), _connector='OR'), name='answered_charter_has_answer'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), ('state', 'returned'), _negated=True), name='returned_charter_has_reason'),
                ],
            },
        ),
        migrations.AddField(
            model_name='body',
            name='form_key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='body',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_here', to='governance.body'),
        ),
        migrations.AddField(
            model_name='body',
            name='most_terms',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='body',
            name='peer_share',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='body',
            name='term_years',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='seat',
            name='form_key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='term',
            name='renews',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='governance.term'),
        ),
        migrations.AlterField(
            model_name='body',
            name='state',
            field=models.CharField(choices=[('forming', 'Forming'), ('active', 'Active'), ('paused', 'Paused'), ('closed', 'Closed'), ('merged', 'Merged into another group')], default='forming', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_body_per_name'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('term_years__gte', 1), ('term_years__lte', 10)), name='term_of_some_years'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('peer_share', None), ('peer_share__lte', 100), _connector='OR'), name='share_of_a_hundred'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='merged_into_something'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('reports_to', models.F('id')), _negated=True), name='not_its_own_superior'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'task_group'), models.Q(('state__in', ['closed', 'merged']), _negated=True), _connector='OR'), name='only_task_groups_end'),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'co_lead'), ('until_on', None)), fields=('body', 'person'), name='nobody_co_leads_for_both_sides'),
        ),
        migrations.AddField(
            model_name='bodymove',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='governance.body'),
        ),
        migrations.AddField(
            model_name='bodymove',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='charter',
            name='body',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='charter', to='governance.body'),
        ),
        migrations.AddField(
            model_name='charter',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='charterdraft',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='charterdraft',
            name='answered_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body'),
        ),
        migrations.AddField(
            model_name='charterdraft',
            name='charter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='governance.charter'),
        ),
        migrations.AddField(
            model_name='charterdraft',
            name='final',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.version'),
        ),
        migrations.AddField(
            model_name='charterdraft',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='charterdraft',
            name='proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='charterdraft',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.version'),
        ),
        migrations.AddConstraint(
            model_name='charterdraft',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['writing', 'proposed'])), fields=('charter',), name='one_charter_draft_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='charterdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_at__isnull', True), ('proposed_by__isnull', True)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='charter_proposed_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='charterdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='charter_answered_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='charterdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('final__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('final__isnull', True)), _connector='OR'), name='approved_charter_is_final'),
        ),
        migrations.AddConstraint(
            model_name='charterdraft',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('proposed_by', models.F('answered_by')), _negated=True), _connector='OR'), name='nobody_approves_their_own'),
        ),
        migrations.RunPython(put_up, take_down),
        migrations.RunPython(forwards, backwards),
    ]
