"""The register of interests, the yearly question, and what people say concerns them.

What was declared stays as it was said: a trigger refuses to change an entry, on both databases. It may be deleted, by
who disposes of what was kept long enough. SQLite drops the trigger of a table that a later migration remakes: such a
migration must end with `keep_entries` again (`tests/governance/test_interests.py` fails when one forgets).
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


NAME = "interest_entry_never_changes"
SQLITE = f"""
CREATE TRIGGER {NAME} BEFORE UPDATE ON governance_interestentry BEGIN SELECT RAISE(ABORT, '{NAME}'); END
"""
POSTGRESQL = [
    f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation';
END $$
""",
    f"CREATE TRIGGER {NAME} BEFORE UPDATE ON governance_interestentry FOR EACH ROW EXECUTE FUNCTION {NAME}()",
]


def keep_entries(apps, schema_editor):
    let_entries_go(apps, schema_editor)
    for sql in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else [SQLITE]:
        schema_editor.execute(sql)


def let_entries_go(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    on_table = " ON governance_interestentry" if on_postgresql else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}{on_table}")
    if on_postgresql:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0003_breaks_and_deputies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InterestAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('asked_on', models.DateField()),
                ('answer', models.CharField(blank=True, choices=[('nothing', 'I have nothing to declare'), ('stands', 'What I declared is still right'), ('declared', 'I declared something')], max_length=8)),
                ('answered_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interest_asks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('person', 'number'), name='asked_of_interests_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='interest_answer_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='InterestEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('paid_work', 'Paid work outside the Trust'), ('role', 'A role in another organisation'), ('contract', 'A contract with the Trust, or a wish for one'), ('relation', 'Someone close to me has one of these'), ('gift', 'A gift, a meal or a trip'), ('other', 'Something else')], max_length=10)),
                ('words', models.CharField(max_length=500)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('is_mistake', models.BooleanField(default=False)),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why it was put right')),
                ('at', models.DateTimeField()),
                ('form_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='governance.interest')),
            ],
            options={
                'verbose_name_plural': 'interest entries',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('interest', 'number'), name='interest_entry_number_once'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='interest_says_what'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='interest_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('is_mistake', False), ('number', 1)), ('number__gt', 1), _connector='OR'), name='mistake_comes_later')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('peer', 'Peer'), ('staff', 'Staff')], max_length=5)),
                ('about_type', models.CharField(max_length=60)),
                ('about_id', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('effect', models.CharField(choices=[('out', 'I take no part in this item'), ('speaks', 'I stay and speak, and do not decide'), ('takes_part', 'I say so, and I take part')], max_length=10)),
                ('reason_sealed', models.TextField(blank=True)),
                ('is_shared', models.BooleanField(default=False)),
                ('declared_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='governance.body')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['declared_at', 'id'],
                'indexes': [models.Index(fields=['about_type', 'about_id'], name='recusal_about')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('body', 'person', 'about_type', 'about_id'), name='one_recusal_for_a_matter'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='recusal_withdrawn_by_someone'), models.CheckConstraint(condition=models.Q(('is_shared', False), models.Q(('reason_sealed', ''), _negated=True), _connector='OR'), name='shared_reason_is_there')],
            },
        ),
        migrations.RunPython(keep_entries, let_entries_go),
    ]
