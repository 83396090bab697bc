"""Access passports of the demo Trust: three people say what helps them, and choose who sees it."""

from __future__ import annotations

import datetime as dt

from access import services
from access.questions import BY_KEY
from accounts.models import Person
from core import clock
from meetings.models import Meeting, NeedsMet
from meetings.services import say_if_needs_were_met
from oxleas_coprod.demo.structure import DemoTrust

#: Keys of people, then of questions, with what is chosen and what is written.
SAID: dict[str, dict[str, tuple[list[str], dict[str, str], int | None]]] = {
    "ishani": {
        "contact": (["text", "phone"], {"best_times": "After 11 in the morning"}, None),
        "comfort": (["breaks", "camera_off"], {}, None),
    },
    "cass": {
        "format": (["large_print", "coloured_background"], {"colour": "Pale yellow"}, 18),
        "meetings": (["agenda_talk"], {}, None),
        "anything_else": ([], {"anything_else": "I follow better when I sit near the door."}, None),
    },
    "kofi": {"communication": (["hearing_loop", "speech_to_text"], {}, None)},
}
SHARED_WITH = {"cass": ("role", "steering"), "kofi": ("steering",)}


def add(trust: DemoTrust) -> None:
    """Passports of some months ago, each shared on the day that it was filled in."""
    for days_ago, key in ((200, "cass"), (190, "ishani"), (120, "kofi")):
        with clock.set_to(clock.now() - dt.timedelta(days=days_ago)):
            _fill_in(trust.people[key], SAID[key])
            for body in SHARED_WITH.get(key, ()):
                services.share_with_body(by=trust.people[key], body=trust.bodies[body])
            if key == "ishani":
                services.share_with_person(by=trust.people[key], person=trust.people["samuel"])


def _fill_in(person: Person, said: dict[str, tuple[list[str], dict[str, str], int | None]]) -> None:
    for key, (chosen, words, size) in said.items():
        services.answer_question(by=person, question=BY_KEY[key], chosen=chosen, words=words, point_size=size)


def say_what_was_there(trust: DemoTrust) -> None:
    """After the last meeting that was held: for Cass it was there in part; the secretary has yet to act."""
    asked = NeedsMet.objects.filter(passport__person=trust.people["cass"], meeting__state=Meeting.State.HELD)
    last = asked.order_by("meeting__starts_at").last()
    if last:
        answer = NeedsMet.Answer.PARTLY
        words = "The papers came in ordinary print."
        say_if_needs_were_met(by=trust.people["cass"], asked=last, answer=answer, words=words)
