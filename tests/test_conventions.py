"""What the house has agreed on, held by walking the code: models, migrations, templates, messages, imports.

Each exception stands in a list here, with its reason.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import crispy_forms
import pytest
from allauth import app_settings as allauth
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.template.loader import get_template

from access.models import Passport
from core.models import both_or_neither
from governance.models import Body, Deputy, Interest, Recusal, TermNotice
from meetings.models import Meeting, NeedsMet
from network.models import FunctionLead, Gap, Handover, Nomination, Offer, Partnership, SponsorRequest
from notifications.kinds import Kind, all_kinds
from practice.models import Item, Reply, Report
from steering.models import Comment, Consultation, Policy
from taskgroups.models import JoinRequest

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
ROOMS = sorted(found.parent.name for found in ROOT.glob("*/apps.py"))
MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ROOMS and not model.__name__.startswith("Historical")
]


def by_label(model: type[models.Model]) -> str:
    return model._meta.label


@functools.cache
def source_files() -> tuple[Path, ...]:
    """Every Python file of the product, migrations aside."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def in_house(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# -- models ------------------------------------------------------------------------------------------------------------

#: Words that may stand in the text of a row, because they tell nothing of a person.
TELLS_NOTHING = {
    "audit.AuditEntry.verb": "verbs are written in the code",
    "audit.Look.what": "verbs are written in the code",
    "helplines.HelpContact.name": "shown to everybody, logged in or not",
    "notifications.Channel.name": "one of a few words in the code",
    "notifications.Pulse.name": "one of a few words in the code",
    "steering.Publication.reference": "stands on a page that everybody can read",
    "workforce.Position.number": "a post, not a person",
    "workforce.Position.title": "a post, not a person",
    "workforce.ReferenceValue.code": "an entry of a national list",
    "workforce.ReferenceValue.words": "an entry of a national list",
    "workforce.Worker.employee_number": "a number that only HR can read",
}


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_a_row_says_what_it_is_and_no_name_or_words(model):
    """The text of a row goes into logs, error reports and messages to whoever looks after the service."""
    assert any("__str__" in vars(base) for base in model.__mro__ if base.__module__.partition(".")[0] in ROOMS)
    planted = {
        field.name: f"CANARY{number}"
        for number, field in enumerate(model._meta.concrete_fields)
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    row = model(**{name: words[: model._meta.get_field(name).max_length] for name, words in planted.items()})
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField | models.DateField) and not field.primary_key:
            setattr(row, field.name, clock_like(field))
    told = {name for name, words in planted.items() if words in str(row)}
    assert {f"{model._meta.label}.{name}" for name in told} <= set(TELLS_NOTHING)


def clock_like(field: models.Field) -> object:
    return field.to_python("2026-09-01T09:00:00Z" if isinstance(field, models.DateTimeField) else "2026-09-01")


#: Who goes with when, where the two are named differently.
PAIRED = {
    "access.Consent.given_at": "person",
    "access.Passport.changed_at": "person",
    "accounts.ContactChoice.saved_at": "person",
    "accounts.RoleHeld.from_at": "given_by",
    "accounts.RoleHeld.until_at": "ended_by",
    "audit.AuditEntry.at": "actor",
    "audit.Look.at": "actor",
    "governance.Recusal.declared_at": "person",
    "practice.Item.changed_at": "author",
    "practice.Reply.sent_at": "author",
    "practice.Report.reported_at": "by",
    "practice.Witness.seen_at": "sponsor",
    "steering.Comment.sent_at": "author",
    "steering.CommentDraft.saved_at": "person",
    "steering.Consultation.opens_at": "opened_by",
    "steering.MemberView.at": "person",
    "steering.Ready.at": "person",
    "network.SponsorRequest.asked_at": "peer",
    "taskgroups.JoinRequest.asked_at": "person",
}

#: An instant that nobody chose, or whose person is known from elsewhere.
WITHOUT_WHO = {
    "accounts.EmailChange.asked_at": "asked by the person of the change, who is always there",
    "accounts.EmailChange.ended_at": "ended by the person of the change",
    "access.Consent.ended_at": "by the person of the consent or the clock: `ended_because` says which",
    "accounts.Agreed.withdrawn_at": "only the person of the row takes it back",
    "accounts.Invitation.issued_at": "the audit row of each issuing has its who",
    "accounts.Invitation.expires_at": "a limit, not an act",
    "accounts.Invitation.declined_at": "declined by the invited person, who has no account",
    "accounts.LoginLink.made_at": "made by the system for the person of the link",
    "accounts.LoginLink.expires_at": "a limit, not an act",
    "accounts.LoginLink.used_at": "used by the person of the link, who is always there",
    "governance.InterestAsk.answered_at": "answered by the person who was asked, who is there before the answer",
    "core.KeptForm.kept_at": "kept by the system for the person who typed it, who is always there",
    "meetings.Meeting.starts_at": "a date in a diary; who called the meeting stands beside it",
    "meetings.Meeting.ends_at": "a date in a diary",
    "meetings.NeedsMet.asked_at": "asked when the meeting was recorded, by whoever recorded it",
    "meetings.NeedsMet.answered_at": "answered by the person of the passport",
    "meetings.Reply.answered_at": "answered by the person of the reply, who is there before the answer",
    "network.Offer.asked_again_at": "asked by the invited person, who has no account",
    "network.Offer.named_at": "said by whoever accepted the invitation",
    "network.Offer.joined_at": "joined by whoever accepted the invitation",
    "notifications.Attempt.started_at": "an act of the sender, which is a program",
    "notifications.Attempt.ended_at": "an act of the sender, which is a program",
    "notifications.Message.posted_at": "the act that caused it has its own audit row, with who",
    "notifications.Message.due_at": "a limit, not an act",
    "notifications.Message.expires_at": "a limit, not an act",
    "notifications.Message.give_up_at": "a limit, not an act",
    "notifications.Message.settled_at": "an act of the sender, which is a program",
    "notifications.Pulse.at": "an act of the clock",
    "practice.Item.shared_at": "shared by its author, who is always there",
    "workforce.EsrImport.claimed_at": "an act of a worker, which is a program",
    "steering.Consultation.closes_at": "chosen with the opening, by whoever opened it",
}

#: A person who may be missing although the instant is there.
WHO_MAY_BE_MISSING = {
    "accounts.AgreementText.from_at": "the first version comes with the software",
    "accounts.Invitation.made_at": "the first secretary is invited by a command",
    "accounts.RoleHeld.from_at": "the first roles of an installation are given by a command",
    "audit.AuditEntry.at": "an act of the system names itself in `system` instead, held by a constraint",
}


def instants() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.DateTimeField) and (field.name == "at" or field.name.endswith("_at")):
                yield model, field


def label_of(model: type[models.Model], field: models.Field) -> str:
    return f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize(("model", "field"), [pytest.param(*each, id=label_of(*each)) for each in instants()])
def test_when_and_who_come_in_pairs(model, field):
    label = label_of(model, field)
    names = {each.name for each in model._meta.concrete_fields}
    who = PAIRED.get(label) or f"{field.name.removesuffix('at')}by".lstrip("_")
    if who not in names:
        assert label in WITHOUT_WHO, f"{label} has no {who}, and no reason is written down"
        return
    assert label not in WITHOUT_WHO, "this exception is no longer needed"
    if label in WHO_MAY_BE_MISSING:
        return
    partner = model._meta.get_field(who)
    assert field.null == partner.null
    if field.null:
        held = both_or_neither(field.name, who, name="any").condition
        conditions = [each.condition for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
        assert held in conditions, f"no constraint holds {field.name} and {who} together"


@pytest.mark.parametrize(
    "model",
    [
        *(Body, Deputy, TermNotice, Interest, Recusal),
        *(Meeting, NeedsMet, Passport, Partnership, Policy, Consultation, Comment, JoinRequest),
        *(Item, Reply, Report),
        *(FunctionLead, Gap, Handover, Nomination, Offer, SponsorRequest),
    ],
    ids=by_label,
)
def test_a_model_with_pages_knows_who_may_see_it(model):
    assert callable(getattr(model._default_manager.all(), "visible_to", None))


#: Functions that load a row for a page in another way than `visible_to`.
LOADED_OTHERWISE = {
    "governance/views/own_seats.py:own_term_in": "one's own seat and no other",
    "meetings/views.py:concerns_me": "an item of a meeting that was loaded for its reader the line before",
    "helplines/views.py:change_contact": "for those who may edit every contact, asked the line before",
    "helplines/views.py:confirm_contact": "for those who may edit every contact, asked the line before",
    "helplines/views.py:remove_contact": "for those who may edit every contact, asked the line before",
    "network/views/lists.py:_list": "for those who keep the Network, asked the line before",
    "notifications/views.py:send_again": "for those who may read the whole ledger, asked the line before",
    "practice/views/loading.py:report_to_look_at": "`for_moderator` says who may look; `visible_to` is for who told us",
    "practice/views/moderation.py:end_moderator": "for the secretary, who names them all, asked the line before",
    "steering/views/answers.py:_comment": "on a policy that the reader takes part in, loaded the line before",
    "steering/views/comments.py:comment_sent": "one's own comment and no other",
    "steering/views/loading.py:placing_in": "a paragraph of a version that was loaded for its reader",
    "steering/views/loading.py:policy_open_to": "`taking_part` is narrower than `visible_to`",
    "steering/views/policies.py:preview": "one's own upload and no other",
    "steering/views/publication.py:_published": "what is published is open to everybody",
}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_a_page_loads_only_what_its_reader_may_see():
    loading = set()
    for path in source_files():
        for function in functions(path):
            words = ast.unparse(function)
            if "get_object_or_404(" in words and "visible_to(" not in words:
                loading.add(f"{in_house(path)}:{function.name}")
    assert loading == set(LOADED_OTHERWISE)


# -- migrations --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_for_what_they_do():
    named = [path for room in ROOMS for path in (ROOT / room / "migrations").glob("[0-9]*.py")]
    assert named
    assert [in_house(path) for path in named if "_auto_" in path.name or re.fullmatch(r"\d+_\w{0,3}", path.stem)] == []


# -- templates ---------------------------------------------------------------------------------------------------------


def template_names() -> set[str]:
    return {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}


def said_somewhere() -> str:
    """All the code and all the templates, to look for names in."""
    texts = [path.read_text(encoding="utf-8") for path in source_files()]
    return "\n".join(texts + [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*") if path.is_file()])


def replaced_or_called_by_a_library() -> set[str]:
    """Templates that stand in for one of allauth's by its name, and those that crispy-forms looks for by name."""
    allauths = Path(allauth.__file__).parent / "templates"
    ours = {path.relative_to(allauths).as_posix() for path in allauths.rglob("*") if path.is_file()}
    crispy = "\n".join(path.read_text() for path in Path(crispy_forms.__file__).parent.rglob("*.py"))
    return ours | {
        name for name in template_names() if name.startswith("nhs/") and f"/{name.removeprefix('nhs/')}" in crispy
    }


def named_by_a_pattern() -> set[str]:
    """Templates named like f"room/{page}.html", where the same file also says "page" as a word of its own."""
    found = set()
    for path in source_files():
        nodes = list(ast.walk(parsed(path)))
        words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        for node in nodes:
            if isinstance(node, ast.JoinedStr):
                parts = (re.escape(part.value) if isinstance(part, ast.Constant) else r"(\w+)" for part in node.values)
                pattern = re.compile("".join(parts))
                matches = (pattern.fullmatch(name) for name in template_names())
                found |= {match.string for match in matches if match and set(match.groups()) <= words}
    return found


def test_every_template_is_used():
    said = said_somewhere()
    by_kind = {kind.template for kind in all_kinds()}
    unused = {name for name in template_names() if f'"{name}"' not in said and f"'{name}'" not in said}
    assert sorted(unused - by_kind - named_by_a_pattern() - replaced_or_called_by_a_library()) == []


# -- messages ----------------------------------------------------------------------------------------------------------


#: The product's own; the tests of the outbox register some to send about.
KINDS = [kind for kind in all_kinds() if not kind.name.startswith("check.")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_message_kind_has_its_words_and_a_purpose_one_can_read(kind: Kind):
    get_template(kind.template)
    assert re.fullmatch(r"[A-Z][^.]+ [^.]+ [^.]+\.( [A-Z][^.]+\.)*", kind.purpose), kind.purpose
    assert kind.name.partition(".")[0] in ROOMS


def test_the_rooms_that_tell_people_have_registered_their_kinds():
    assert {kind.name.partition(".")[0] for kind in KINDS} >= {
        "accounts",
        "steering",
        "taskgroups",
        "meetings",
        "practice",
    }


# -- code --------------------------------------------------------------------------------------------------------------


def imports(path: Path) -> Iterator[str]:
    """Every name that a file imports, in full."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


SIGNALS = ("django.db.models.signals", "django.db.models.signals.", "django.dispatch", "django.core.signals")


def test_no_model_signal_is_used():
    """What happens is said in a service, where one reads it; a signal misses `update()` and `bulk_create()` besides."""
    found = [
        f"{in_house(path)}: {name}" for path in source_files() for name in imports(path) if name.startswith(SIGNALS)
    ]
    assert found == []


def test_imports_stand_at_the_top():
    """Except in `AppConfig.ready`, which runs when all the models are there."""
    found = [
        f"{in_house(path)}:{inner.lineno}"
        for path in source_files()
        for function in functions(path)
        if not (path.name == "apps.py" and function.name == "ready")
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


#: Calls that ask another clock than `core.clock`.
OTHER_CLOCKS = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today|time\.time|localdate)\(")
MAY_ASK_ANOTHER = {
    "core/clock.py": "the one clock itself",
    "accounts/fresh.py": "compares instants that allauth wrote with the machine's own clock",
    "accounts/oidc.py": "compares an instant that the Trust's log-in wrote with the machine's own clock",
}


def test_there_is_one_clock():
    asking = {in_house(path) for path in source_files() if OTHER_CLOCKS.search(ast.unparse(parsed(path)))}
    assert asking == set(MAY_ASK_ANOTHER)


MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50


def test_files_and_functions_stay_short():
    long_files = [
        in_house(path) for path in source_files() if len(path.read_text().splitlines()) > MOST_LINES_OF_A_FILE
    ]
    long_functions = [
        f"{in_house(path)}:{function.name}"
        for path in source_files()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert (long_files, long_functions) == ([], [])
