"""Publish what was recommended, signed off and ratified: that version, and no other."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from documents.models import Version
from documents.services import finalise, fingerprint
from governance.people import co_leads_of
from notifications.services import post
from steering.models import Asked, Policy, Publication
from steering.notifications import deciding as kinds
from steering.presenters.next_steps import what_is_missing
from steering.services.policies import locked
from steering.services.review import people_who_commented, version_before
from steering.workflows import POLICY, PolicyState


@transaction.atomic
def publish(
    *,
    by: Person,
    policy: Policy,
    reference: str,
    executive_lead: str,
    audience: str,
    effective_from: dt.date,
    review_on: dt.date,
    slug: str,
    supersedes: str = "",
) -> Publication:
    """Publish the ratified version as 1.0, at a stable address, and tell those who were asked or commented.

    The published version holds the same blocks and so the same SHA-256 as the one that was ratified. A repeat for
    the same address gets the first result. Raises `Refused` saying what is missing and whom to ask; for a reference or
    address in use; and for dates that do not follow one another.
    """
    policy = locked(policy)
    first = Publication.objects.filter(policy=policy, slug=slug).first()
    if first:
        return first
    said = Publication(
        policy=policy,
        slug=slug,
        reference=reference,
        executive_lead=executive_lead,
        audience=audience,
        supersedes=supersedes,
        effective_from=effective_from,
        review_on=review_on,
        published_at=clock.now(),
        published_by=by,
    )
    check_publication(said)
    said.version = _final_version(by, version_before(policy))
    said.save(force_insert=True)
    POLICY.move(policy, "publish")
    record(actor=by, verb="steering.published", about=policy, **_facts_of(said))
    post(kind=kinds.PUBLISHED, recipients=_who_took_part(policy), occasion=f"published {policy.pk}", about=said)
    return said


def check_publication(said: Publication) -> Publication:
    """Hold a publication, not yet saved, against the rules, and give it back. Changes nothing.

    Raises `Refused` as `publish` does.
    """
    _check_ready(said.policy)
    _check_dates(said)
    _check_unused(said)
    return said


def _check_ready(policy: Policy) -> None:
    missing = what_is_missing(policy)
    if missing:
        raise Refused(" ".join(["This cannot be published yet.", *map(str, missing)]))
    if policy.state != PolicyState.RATIFIED:
        raise Refused("This is published already. Its address stays the same.")


def _check_dates(said: Publication) -> None:
    if said.effective_from < said.policy.ratification.decided_on:
        raise Refused("It cannot take effect before the day the committee ratified it.", field="effective_from")
    if said.review_on <= said.effective_from:
        raise Refused("The review date must come after the day it takes effect.", field="review_on")


def _check_unused(said: Publication) -> None:
    if Publication.objects.filter(reference=said.reference).exists():
        raise Refused("Another policy has this reference. Enter a different one.", field="reference")
    if Publication.objects.filter(slug=said.slug).exists():
        raise Refused("Another policy has this address. Enter a different one.", field="slug")


def _final_version(by: Person, ratified: Version) -> Version:
    """The ratified words as a version with a whole number. Stops everything if they are not the ratified words."""
    if fingerprint(ratified) != ratified.sha256:
        raise RuntimeError(f"Version {ratified.pk} no longer matches the hash it was frozen with.")
    final = finalise(by=by, version=ratified)
    if final.sha256 != ratified.sha256:
        raise RuntimeError(f"Version {final.pk} does not hold the words that were ratified.")
    return final


def _facts_of(published: Publication) -> dict[str, str]:
    return {
        "version": str(published.version_id),
        "sha256": published.version.sha256,
        "reference": published.reference,
        "effective_from": str(published.effective_from),
        "review_on": str(published.review_on),
    }


def _who_took_part(policy: Policy) -> list[Person]:
    asked = Person.objects.filter(pk__in=Asked.objects.filter(consultation__policy=policy).values("person"))
    return [*co_leads_of(policy.body), *asked, *people_who_commented(policy)]
