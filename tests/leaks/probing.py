"""Questions whose answer would tell what no page shows: look-ups in the address, searches, orders, counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.leaks.fields import SENSITIVE
from tests.leaks.hunting import Hunt, shape_of
from tests.leaks.places import lists, lookups
from tests.leaks.planting import Planted
from tests.leaks.readers import Reader

#: A word of the same length as a mark that stands nowhere, and the look-up that no table has.
NOWHERE, NO_LOOKUP = "zqzzzzz", "no_such_column__exact"
LOOKUPS = ("exact", "startswith", "isnull", "in", "gte", "regex")


def without_sensitive(readers: Iterable[Reader]) -> list[str]:
    """HR's people who may not see health and DBS statuses."""
    return [reader.name for reader in readers if reader.is_of_hr and SENSITIVE not in reader.may]


def answered_lookups(
    hunt: Hunt, here: Planted, name: str, kinds: Iterable[str] = (), looks: Iterable[str] = LOOKUPS
) -> Iterator[str]:
    """Look-ups by a sensitive field that were answered otherwise than a look-up by a column that is not there."""
    every = lists()
    for kind in kinds or every:
        path = every[kind][0]
        control = shape_of(hunt.ask(name, f"{path}?{NO_LOOKUP}=1"), NO_LOOKUP)
        for way, field in lookups(kind):
            value = _value_of(here, field)
            for look in looks:
                asked = f"{way}__{look}"
                found = shape_of(hunt.ask(name, f"{path}?{asked}={_typed(look, value)}"), asked)
                if found != control:
                    yield f"{path}?{asked} as {name}"


def searches_that_tell(hunt: Hunt, here: Planted, name: str, kinds: Iterable[str] = ()) -> Iterator[str]:
    """Searches for a sensitive word, answered otherwise than a search for a word that stands nowhere."""
    every = lists()
    words = [mark.word for mark in here.marks if mark.level == SENSITIVE and not mark.is_old]
    for kind in kinds or every:
        path = every[kind][0]
        control = shape_of(hunt.ask(name, f"{path}?q={NOWHERE}"), NOWHERE)
        for word in words:
            answer = hunt.askers.ask(name, "GET", f"{path}?q={word}")  # the page says what was looked for
            hunt.asked += 1
            if shape_of(answer, word) != control:
                yield f"{path}?q= as {name}: {here.marks.by_word[word].field}"


def differences(hunt: Hunt, names: Iterable[str], paths: Iterable[str], twin: Callable[[], Any]) -> list[str]:
    """Pages that are not the same for these readers once the records are otherwise."""
    asked = [(name, path) for name in names for path in paths]
    before = [shape_of(hunt.ask(name, path)) for name, path in asked]
    with twin():
        after = [shape_of(hunt.ask(name, path)) for name, path in asked]
    return [f"{path} as {name}" for (name, path), one, two in zip(asked, before, after, strict=True) if one != two]


def _value_of(here: Planted, field: str) -> str:
    """What stands in a sensitive field of the records, so that a look-up that is answered finds its row."""
    model, _, name = field.partition(".")
    record = next(row for row in here.of(model) if getattr(row, "kind", "health") in ("health", "criminal"))
    return str(getattr(record, name))


def _typed(look: str, value: str) -> str:
    if look == "isnull":
        return "False"
    return value[:3] if look in ("startswith", "regex") else value
