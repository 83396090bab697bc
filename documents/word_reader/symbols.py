"""What the letters of picture fonts stand for."""

from __future__ import annotations

#: The Symbol font, from code 0x20 on and from 0xA0 on.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪□〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
SYMBOL = {0x20 + i: c for i, c in enumerate(_SYMBOL_LOW)} | {0xA0 + i: c for i, c in enumerate(_SYMBOL_HIGH)}
#: The letters of Wingdings that office documents use.
_WINGDINGS = (
    "21✏ 22✂ 28☎ 2A✉ 46☞ 4A☺ 4C☹ 6C● 6D❍ 6E■ 6F□ 71❑ 72❒ 73⬧ 74⧫ 75◆ 76❖ 77⬥ 9F• A1○ A7▪ "
    "A8◻ AB★ B7• D8➢ DF← E0→ E1↑ E2↓ E8➔ F0⇨ FB✗ FC✓ FD☒ FE☑"
)
WINGDINGS = {int(pair[:2], 16): pair[2:] for pair in _WINGDINGS.split()}
UNKNOWN = "□"
BULLET = "•"


def symbol(font: str, code: int) -> str:
    """The character that letter `code` of the picture font `font` stands for; UNKNOWN if we do not know it."""
    family = font.casefold()
    is_private = 0xF000 <= code <= 0xF0FF
    code -= 0xF000 if is_private else 0
    if family.startswith("symbol"):
        return SYMBOL.get(code, UNKNOWN)
    if family == "wingdings":
        return WINGDINGS.get(code, UNKNOWN)
    is_letter = not is_private and code >= 0x20 and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_letter and not family.startswith(("wingdings", "webdings")) else UNKNOWN


def in_words(text: str, font: str) -> str:
    """`text` with the letters of a picture font replaced by what they stand for."""
    if text.isascii():
        return text
    return "".join(symbol(font, ord(c)) if 0xF020 <= ord(c) <= 0xF0FF else c for c in text)


def bullet(text: str, font: str) -> str:
    """The mark before an item of a list."""
    if text == "o" and "courier" in font.casefold():
        return "◦"
    found = in_words(text, font or "Symbol")
    return found.replace(UNKNOWN, BULLET) if any(0xF020 <= ord(c) <= 0xF0FF for c in text) else found
