"""The demo Trust: invented people, bodies, posts and policies, made by the same verbs that people use.

Past acts are done with the clock set to when they would have happened, so that the record reads as it would have.
"""

from __future__ import annotations

from django.db import transaction

from oxleas_coprod.demo import breaks, interests, invitations, log_in, partners, passports, practice
from oxleas_coprod.demo.positions import make_positions
from oxleas_coprod.demo.story import make_policies
from oxleas_coprod.demo.structure import make_structure


@transaction.atomic
def load_demo() -> None:
    """Fill an empty database with the demo Trust. Never called in production (see the `prepare` command)."""
    trust = make_structure()
    passports.add(trust)
    invitations.add(trust)
    make_positions(trust.people["nadia"])
    make_policies(trust)
    breaks.add(trust)
    interests.add(trust)
    log_in.add(trust)
    partners.add(trust)
    practice.add(trust)
    passports.say_what_was_there(trust)
