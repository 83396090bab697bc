"""Figures that may leave HR: rounded, and none from which an exact one can be worked out.

Each number is rounded to the nearest 5 by itself, totals too. That alone is not safe: four rows shown as 0 under a
total shown as 10 are four times 2 exactly. So each table is added only if, with all that is shown already, nobody can
narrow any number down to fewer than three possible ones (`ranges`); and a table that differs from one released before
by fewer than five roles is left out, since it would show how one known person is recorded. Where there are about 10
posts or roles, or fewer, there is a total and nothing else.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from core.rounded import BASE
from workforce.figures.counting import BANDS, Counted, Progress, Role
from workforce.figures.tables import RELEASED, Kind

#: With as many posts or roles as are shown so, or fewer, there is only a total. By what is shown: were it by the exact
#: number, a total of 10 with nothing below it would say 8 or 9.
TOTAL_ONLY = 10
#: A number that could be this many different ones tells nobody's.
FEWEST_VALUES = 3
#: A table of which fewer roles than this have changed is not released again.
FEWEST_CHANGES = 5
TOGETHER = "All others together"
#: Nobody in the lowest band can have come up from a lower one: two rows of different tables that exclude each other.
LOWEST, HIGHER = ("band", f"Band {BANDS[0]}"), ("progress", Progress.WORDS[Progress.HIGHER])
#: More than any Trust has.
NO_LIMIT = 10**9
#: As many signs of a mark tell roles that were sorted alike from those that were not.
MARK = 8

Range = tuple[int, int]


def rounded(number: int) -> int:
    """To the nearest 5: 0, 1 and 2 are 0; 3 to 7 are 5."""
    return BASE * round(number / BASE)


def could_be(shown: int) -> Range:
    """The smallest and the largest number that are shown so."""
    return max(0, shown - BASE // 2), shown + BASE // 2


# -- what somebody can work out -----------------------------------------------------------------------------------


def ranges(figures: Mapping[str, Any]) -> dict[tuple[str, str], Range]:
    """What each number could be for somebody who knows everything that is shown, and how it was rounded.

    Rows of every table add up to all roles; posts filled and vacant to all that are open; no more posts are filled
    than roles are held, and no more are vacant for long than are vacant; nobody is both in the lowest band and higher
    than before. Keys are table and row.
    """
    found = {("", "roles"): could_be(figures["roles"]), ("", "open"): could_be(figures["open"])}
    sums = [(("", "roles"), [(t["key"], label) for label, _ in t["rows"]]) for t in figures["tables"]]
    at_most: list[tuple[tuple[str, str], tuple[str, str]]] = []
    for table in figures["tables"]:
        found |= {(table["key"], label): could_be(shown) for label, shown in table["rows"]}
    if figures["posts"]:
        found |= {("posts", name): could_be(shown) for name, shown in figures["posts"].items()}
        sums.append((("", "open"), [("posts", "filled"), ("posts", "vacant")]))
        at_most = [(("posts", "filled"), ("", "roles")), (("posts", "vacant_long"), ("posts", "vacant"))]
    if LOWEST in found and HIGHER in found:
        found["", "neither"] = 0, NO_LIMIT
        sums.append((("", "roles"), [LOWEST, HIGHER, ("", "neither")]))
    while True:
        before = dict(found)
        for whole, parts in sums:
            _narrow_sum(found, whole, parts)
        for less, more in at_most:
            found[less] = found[less][0], min(found[less][1], found[more][1])
            found[more] = max(found[more][0], found[less][0]), found[more][1]
        if found == before:
            return found


def _narrow_sum(found: dict[tuple[str, str], Range], whole: tuple[str, str], parts: list[tuple[str, str]]) -> None:
    """The parts add up to the whole: narrow the whole by its parts, and then each part by the whole and the others."""
    low, high = (sum(found[part][end] for part in parts) for end in (0, 1))
    least, most = max(found[whole][0], low), min(found[whole][1], high)
    found[whole] = least, most
    for part in parts:
        smallest, largest = found[part]
        found[part] = max(smallest, least - (high - largest)), min(largest, most - (low - smallest))


def tells_too_much(figures: Mapping[str, Any]) -> bool:
    """Whether some number could be fewer than three."""
    return any(high - low + 1 < FEWEST_VALUES for low, high in ranges(figures).values())


# -- what is released ---------------------------------------------------------------------------------------------


def figures_of(counted: Counted, earlier: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]] = ()) -> dict[str, Any]:
    """The figures of a day as they may leave HR. `earlier` are figures and basis of each release before.

    JSON: `roles` and `open` are rounded totals; `posts` has `filled`, `vacant`, `vacant_long`, or is None; `tables` are
    those that may be shown, each `key`, `heading`, `first_column`, and `rows` of label and number; `left_out` are the
    headings of the others.
    """
    found: dict[str, Any] = {
        "roles": rounded(len(counted.roles)),
        "open": rounded(counted.posts.open),
        "posts": None,
        "tables": [],
        "left_out": [],
        "is_total_only": min(rounded(counted.posts.open), rounded(len(counted.roles))) <= TOTAL_ONLY,
    }
    if found["is_total_only"]:
        return found
    posts = {name: rounded(getattr(counted.posts, name)) for name in ("filled", "vacant", "vacant_long")}
    with_posts = {**found, "posts": posts}
    if tells_too_much(with_posts):
        found["left_out"].append("Posts filled and vacant")
    else:
        found = with_posts
    earlier = list(earlier)
    basis = basis_of(counted)
    for place, kind in enumerate(RELEASED):
        table = _table(kind, counted.roles)
        with_it = {**found, "tables": [*found["tables"], table]}
        if tells_too_much(with_it) or any(_shows_few(kind, place, basis, each) for each in earlier):
            found["left_out"].append(kind.heading)
        else:
            found = with_it
    return found


def _table(kind: Kind, roles: Iterable[Role]) -> dict[str, Any]:
    """Rows that the records name, such as titles, stand together where each is shown as 0: being named tells of one."""
    counts = Counter(kind.of(role) for role in roles)
    if kind.rows is None:
        named = {label: number for label, number in counts.items() if rounded(number)}
        rest = sum(counts.values()) - sum(named.values())
        rows = [*sorted(named.items()), (TOGETHER, rest)]
    else:
        rows = [(label, counts[label]) for label in kind.rows]
    return {
        "key": kind.key,
        "heading": kind.heading,
        "first_column": kind.first_column,
        "rows": [[label, rounded(number)] for label, number in rows],
    }


# -- one release and another --------------------------------------------------------------------------------------


def basis_of(counted: Counted) -> dict[str, str]:
    """By the id of each role: a short mark for each kind of table, alike where it was sorted into the same row."""
    return {str(role.pk): "".join(_mark(role.pk, kind.of(role)) for kind in RELEASED) for role in counted.roles}


def _mark(pk: int, label: str) -> str:
    return hashlib.sha256(f"{pk}:{label}".encode()).hexdigest()[:MARK]


def _shows_few(
    kind: Kind, place: int, basis: Mapping[str, str], release: tuple[Mapping[str, Any], Mapping[str, str]]
) -> bool:
    """Whether some roles, and fewer than five, are sorted otherwise than in a table that was released before."""
    figures, before = release
    if kind.key not in {table["key"] for table in figures["tables"]}:
        return False
    here = slice(place * MARK, (place + 1) * MARK)
    changed = sum(basis.get(pk, "")[here] != before.get(pk, "")[here] for pk in basis.keys() | before.keys())
    return 0 < changed < FEWEST_CHANGES
