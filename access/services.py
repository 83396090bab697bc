"""Keep a passport, share it, take it back, read one that was shared. What was written never reaches an audit row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from access import notifications as told
from access import ports, wording
from access.models import Consent, Passport
from access.questions import Question, in_order
from access.readers import office_of, who_acts
from accounts.models import Person
from audit.services import record, record_look
from core import clock
from core.errors import Refused
from core.secrets import Unreadable
from governance import standing
from governance.models import Body
from notifications.services import post

#: So long after the last change those who may see it are told: somebody who fills in seven pages changes it once.
QUIET_FOR = dt.timedelta(minutes=30)
#: What is older than this is not told any more; the page shows it.
TOLD_WITHIN = dt.timedelta(days=7)
Ended = Consent.Ended
CANNOT_READ = (
    "We cannot open what you wrote before, so we cannot change it. Call us, or delete your passport and begin again."
)


# -- one's own passport ------------------------------------------------------------------------------------------------


@transaction.atomic
def answer_question(
    *, by: Person, question: Question, chosen: Iterable[str], words: Mapping[str, str], point_size: int | None
) -> Passport:
    """Keep what `by` says to one question; all of it may be empty. The other questions stay as they are.

    `words` are by the key of the detail. The same again changes nothing. Raises `Refused` for what is not offered, and
    when what was written before cannot be opened.
    """
    chosen = set(chosen)
    if chosen - question.keys or set(words) - {detail.key for detail in question.details}:
        raise Refused("Choose from the list.", field="chosen")
    passport = _locked(by) or Passport(person=by)
    before = _content(passport)
    passport.chosen = in_order((set(passport.chosen) - question.keys) | chosen)
    passport.seal_words(_written(passport) | {key: text.strip() for key, text in words.items()})
    if question.asks_size:
        passport.point_size = point_size
    if _content(passport) == before:
        return passport
    passport.changed_at, passport.reviewed_on = clock.now(), clock.today()
    passport.save()
    record(actor=by, verb="access.changed_passport", about=passport)
    return passport


@transaction.atomic
def confirm_still_right(*, by: Person) -> Passport | None:
    """Say that all of one's passport is still right; it is asked about again in a year. None when there is none."""
    passport = _locked(by)
    if passport and passport.reviewed_on != clock.today():
        passport.reviewed_on = clock.today()
        passport.save(update_fields=["reviewed_on"])
        record(actor=by, verb="access.reviewed_passport", about=passport)
    return passport


@transaction.atomic
def delete_passport(*, by: Person) -> None:
    """Delete all that `by` wrote, and what they said of whether it was met, at once. Nobody may see it any more."""
    passport = _locked(by)
    _end(Consent.objects.filter(person=by), by=by, because=Ended.DELETED)
    if passport:
        record(actor=by, verb="access.deleted_passport", about=passport)
        passport.delete()


# -- sharing -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def share_with_body(*, by: Person, body: Body) -> Consent:
    """Let those who run `body` see one's passport from now on, and tell its secretary. Shared already stays shared.

    Raises `Refused` for a body one does not sit on.
    """
    _locked(by)
    standing.forget(by)
    if not standing.of(by).sits_on(body.pk):
        raise Refused("You can share this only with a group that you sit on.")
    return _share(by, body=body)


@transaction.atomic
def share_with_person(*, by: Person, person: Person) -> Consent:
    """Let one other person see one's passport from now on, and tell them. Shared already stays shared.

    Raises `Refused` unless they stand by `by` today, as a staff sponsor does (see `access.ports`).
    """
    _locked(by)
    if person not in ports.companions_of(by):
        raise Refused("You can share this only with someone on the list.", field="people")
    return _share(by, reader=person)


@transaction.atomic
def stop_sharing_with_body(*, by: Person, body: Body) -> None:
    """Take back what one said yes to. It takes effect at once, and nobody is told."""
    _locked(by)
    _end(Consent.objects.filter(person=by, body=body), by=by, because=Ended.WITHDRAWN)


@transaction.atomic
def stop_sharing_with_person(*, by: Person, person: Person) -> None:
    """As `stop_sharing_with_body`, for one other person."""
    _locked(by)
    _end(Consent.objects.filter(person=by, reader=person), by=by, because=Ended.WITHDRAWN)


@transaction.atomic
def choose_people(*, by: Person, people: Iterable[Person]) -> None:
    """Share with those of `people` and with no other person. Raises `Refused` as `share_with_person` does."""
    chosen = {person.pk: person for person in people}
    for consent in Consent.objects.filter(person=by, ended_at=None, body=None).select_related("reader"):
        if consent.reader_id not in chosen and consent.reader is not None:
            stop_sharing_with_person(by=by, person=consent.reader)
    for person in chosen.values():
        share_with_person(by=by, person=person)


def _share(by: Person, body: Body | None = None, reader: Person | None = None) -> Consent:
    consent, is_new = Consent.objects.get_or_create(
        person=by,
        body=body,
        reader=reader,
        ended_at=None,
        defaults={"wording": wording.CURRENT, "given_at": clock.now()},
    )
    if is_new:
        whom = {"body": str(body.pk)} if body else {"reader": reader.pk if reader else None}
        record(actor=by, verb="access.shared", about=consent, wording=consent.wording, **whom)
        if Passport.objects.saying_something().filter(person=by).exists():
            post(kind=told.CHANGED, recipients=who_acts(consent), occasion=f"consent {consent.pk}", about=consent)
    return consent


def _end(consents: QuerySet[Consent], *, by: Person | None, because: str, system: str = "") -> None:
    """End those that have not ended; what somebody else ended meanwhile stays as they ended it."""
    for consent in consents.filter(ended_at=None):
        ended = Consent.objects.filter(pk=consent.pk, ended_at=None)
        if ended.update(ended_at=clock.now(), ended_because=because):
            record(actor=by, system=system, verb="access.stopped_sharing", about=consent, because=str(because))


# -- reading what was shared -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """A passport that somebody reads, with what its owner wrote; `words` is None when it cannot be opened."""

    passport: Passport
    words: dict[str, str] | None


def access_of(person: Person, reader: Person) -> Passport | None:
    """The passport of `person` if `reader` may see it today and it says something: for a link to it. One query.

    Nothing of what it says may be shown from here: `read_passport` is the way to read it, and logs the look.
    """
    return Passport.objects.visible_to(reader).saying_something().filter(person=person).first()


@transaction.atomic
def read_passport(*, by: Person, passport: Passport) -> Read:
    """What the passport of somebody else says. The look is logged in the same transaction: no log, no page.

    Raises `Refused` when it is not shared with `by` (any more).
    """
    consent = Consent.objects.first_that_opens(passport.person, to=by)
    if consent is None:
        raise Refused("This is no longer shared with you.")
    record_look(actor=by, what=office_of(by, consent).verb, about=consent)
    return _opened(passport)


def read_own(person: Person) -> Read | None:
    """What the passport of `person` says, for themselves; None when there is none. One query."""
    passport = Passport.objects.select_related("person").filter(person=person).first()
    return _opened(passport) if passport else None


def _opened(passport: Passport) -> Read:
    try:
        return Read(passport, passport.words())
    except Unreadable:
        return Read(passport, None)


# -- what the clock brings ---------------------------------------------------------------------------------------------


@transaction.atomic
def end_consents_of_those_who_left() -> None:
    """Consents whose reason is gone end for good: somebody who comes back to a group is asked anew."""
    stale = Consent.objects.exclude(pk__in=Consent.objects.live().values("pk"))
    _end(stale, by=None, because=Ended.LEFT, system="end consents of those who left")


@transaction.atomic
def tell_of_changes() -> None:
    """Tell those who act for it, once for each time that a shared passport was changed and then left alone."""
    now = clock.now()
    changed = Consent.objects.live().filter(
        person__passport__in=Passport.objects.saying_something(),
        person__passport__changed_at__gt=F("given_at"),
        person__passport__changed_at__range=(now - TOLD_WITHIN, now - QUIET_FOR),
    )
    for consent in changed.select_related("body", "reader", "person__passport"):
        occasion = f"consent {consent.pk} changed {consent.person.passport.changed_at.isoformat()}"
        post(kind=told.CHANGED, recipients=who_acts(consent), occasion=occasion, about=consent)


@transaction.atomic
def ask_for_reviews() -> None:
    """Ask whoever has not looked over their passport for a year, once for each year."""
    due = Passport.objects.due_for_review().filter(person__is_active=True)
    for passport in due.select_related("person"):
        occasion = f"passport {passport.pk} reviewed {passport.reviewed_on}"
        post(kind=told.REVIEW, recipients=[passport.person], occasion=occasion, about=passport)


def _locked(person: Person) -> Passport | None:
    """Whatever one does to one's passport and consents takes turns at one's own row."""
    Person.objects.select_for_update().get(pk=person.pk)
    return Passport.objects.filter(person=person).first()


def _written(passport: Passport) -> dict[str, str]:
    try:
        return passport.words()
    except Unreadable:
        raise Refused(CANNOT_READ) from None


def _content(passport: Passport) -> tuple[list[str], int | None, dict[str, str]]:
    return list(passport.chosen), passport.point_size, _written(passport)
