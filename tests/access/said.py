"""Say things in a passport, shortly."""

from __future__ import annotations

from access import services
from access.questions import BY_KEY


def say(person, question="comfort", *, chosen=("breaks",), size=None, **words):
    """What `person` says to one question."""
    return services.answer_question(by=person, question=BY_KEY[question], chosen=chosen, words=words, point_size=size)


#: A word in each place where somebody writes, found nowhere else.
CANARIES = {
    "best_times": "Zanzibartime",
    "colour": "Zebrayellow",
    "language": "Zulucanary",
    "anything_else": "Zigguratneed",
}


def say_everything(person):
    """A passport with something in every place, each with its canary."""
    say(person, "contact", chosen=["post"], best_times=CANARIES["best_times"])
    say(
        person,
        "format",
        chosen=["large_print", "coloured_background", "other_language"],
        size=27,
        colour=CANARIES["colour"],
        language=CANARIES["language"],
    )
    say(person, "communication", chosen=["lipspeaker"])
    say(person, "meetings", chosen=["supporter"])
    say(person, "getting_there", chosen=["care"])
    say(person, "comfort", chosen=["quiet_room"])
    return say(person, "anything_else", chosen=[], anything_else=CANARIES["anything_else"])
