"""What a passport asks: reference data. Keys are stored and stay as they are; words may change.

No question asks for a reason or a diagnosis, none must be answered, and nothing counts how many are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True)
class Choice:
    """One thing that somebody may need."""

    key: str
    words: str
    hint: str = ""


@dataclass(frozen=True)
class Detail:
    """Words that go with an answer. `under` is the choice that asks for them, or "" for words that stand alone."""

    key: str
    label: str
    under: str = ""
    hint: str = ""
    longest: int = 60


@dataclass(frozen=True)
class Question:
    """One page: a name for the list, what is asked, what may be chosen, and what may be written."""

    key: str
    name: str
    ask: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    details: tuple[Detail, ...] = field(default=())
    asks_size: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(choice.key for choice in self.choices)


ALL_THAT_APPLY = "Choose all that you want. You can leave this page empty."

QUESTIONS = (
    Question(
        "contact",
        "How to reach you",
        "How is it best to reach you?",
        ALL_THAT_APPLY,
        (
            Choice("email", "Email"),
            Choice("text", "Text message"),
            Choice("phone", "Phone call"),
            Choice("post", "Post"),
            Choice("through_sponsor", f"Through the {settings.WORDS['sponsor']}"),
            Choice("may_leave_message", "A message may be left on the phone"),
            Choice("may_say_service", "A message may say the name of this service"),
        ),
        (Detail("best_times", "Best times", hint="For example, weekday mornings"),),
    ),
    Question(
        "format",
        "What you read",
        "How do you want to get things to read?",
        ALL_THAT_APPLY,
        (
            Choice("standard", "As they are"),
            Choice("large_print", "Large print"),
            Choice("easy_read", "Easy Read", "Short sentences with pictures"),
            Choice("audio", "Audio"),
            Choice("braille", "Braille"),
            Choice("coloured_background", "On a coloured background"),
            Choice("plain_text", "Email in plain text"),
            Choice("other_language", "In another language"),
        ),
        (
            Detail("colour", "Which colour?", under="coloured_background"),
            Detail("language", "Which language?", under="other_language"),
        ),
        asks_size=True,
    ),
    Question(
        "communication",
        "Hearing, speaking and following",
        "What helps you to hear, speak or follow?",
        ALL_THAT_APPLY,
        (
            Choice("bsl_interpreter", "British Sign Language (BSL) interpreter"),
            Choice("speech_to_text", "Speech to text", "Someone types what is said, to read on a screen"),
            Choice("lipspeaker", "Lipspeaker"),
            Choice("hearing_loop", "Hearing loop"),
            Choice("note_taker", "Someone who takes notes"),
        ),
    ),
    Question(
        "meetings",
        "Support at meetings",
        "What helps you before a meeting and in it?",
        ALL_THAT_APPLY,
        (
            Choice("supporter", "An advocate or supporter comes too"),
            Choice("agenda_talk", "Talking the agenda through first"),
            Choice("join_online", "Joining online"),
            Choice("join_by_phone", "Joining by phone only"),
        ),
    ),
    Question(
        "getting_there",
        "Getting there",
        "What helps you to get there?",
        ALL_THAT_APPLY,
        (
            Choice("step_free", "No steps on the way in"),
            Choice("parking", "Parking close to the door"),
            Choice("care", "Childcare, or care for someone else at home"),
        ),
    ),
    Question(
        "comfort",
        "Breaks and quiet",
        "What helps you to be at ease?",
        ALL_THAT_APPLY,
        (
            Choice("breaks", "Breaks"),
            Choice("quiet_room", "A quiet room to go to"),
            Choice("camera_off", "Camera off online"),
        ),
    ),
    Question(
        "anything_else",
        "Anything else",
        "Is there anything else that helps you?",
        details=(
            Detail(
                "anything_else",
                "Is there anything else that helps you?",
                hint="You can leave this empty. You do not need to say why something helps.",
                longest=1000,
            ),
        ),
    ),
)

BY_KEY = {question.key: question for question in QUESTIONS}
WORDS_OF = {choice.key: choice.words for question in QUESTIONS for choice in question.choices}


def in_order(chosen: Iterable[str]) -> list[str]:
    """The keys of choices that are still offered, in the order of the pages; others are left out."""
    wanted = set(chosen)
    return [key for key in WORDS_OF if key in wanted]
