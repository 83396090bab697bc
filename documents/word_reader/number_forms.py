"""The ways in which Word writes a number before a paragraph."""

from __future__ import annotations

_ROMAN = "1000m 900cm 500d 400cd 100c 90xc 50l 40xl 10x 9ix 5v 4iv 1i"
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "one:first two:second three:third five:fifth eight:eighth nine:ninth twelve:twelfth"

ROMAN = [(int(pair.rstrip("mdclxvi")), pair.lstrip("0123456789")) for pair in _ROMAN.split()]
ONES, TENS = _ONES.split(), _TENS.split()
ORDINALS = dict(pair.split(":") for pair in _ORDINALS.split())


def in_form(form: str, count: int) -> str:
    """`count` as Word prints it in one of its number formats; plain figures for those we do not know."""
    if count < 0 or form in {"none", "bullet"}:
        return "" if form in {"none", "bullet"} else str(count)
    makers = {
        "decimalZero": lambda: f"{count:02d}",
        "lowerLetter": lambda: letters(count),
        "upperLetter": lambda: letters(count).upper(),
        "lowerRoman": lambda: roman(count),
        "upperRoman": lambda: roman(count).upper(),
        "ordinal": lambda: f"{count}{_ordinal_ending(count)}",
        "cardinalText": lambda: spelt(count).capitalize(),
        "ordinalText": lambda: _ordinal_word(spelt(count)).capitalize(),
        "numberInDash": lambda: f"- {count} -",
    }
    return makers[form]() if form in makers else str(count)


def letters(count: int) -> str:
    """a, b, … z, aa, bb, …"""
    if count < 1 or count > 780:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def roman(count: int) -> str:
    """i, ii, iii, iv, …"""
    if count < 1 or count > 3999:
        return str(count)
    out = ""
    for size, letter in ROMAN:
        out += letter * (count // size)
        count %= size
    return out


def spelt(count: int) -> str:
    """one, two, … ninety-nine; figures above."""
    if count < len(ONES):
        return ONES[count]
    if count > 99:
        return str(count)
    tens, ones = divmod(count, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def _ordinal_word(word: str) -> str:
    head, dash, last = word.rpartition("-")
    if last.isdigit():
        return f"{last}{_ordinal_ending(int(last))}"
    ending = ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return head + dash + ending


def _ordinal_ending(count: int) -> str:
    if count % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
