"""What the letters of picture fonts stand for."""

from __future__ import annotations

#: The Symbol font, from code 0x20 on and from 0xA0 on.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪□〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
SYMBOL = {0x20 + i: c for i, c in enumerate(_SYMBOL_LOW)} | {0xA0 + i: c for i, c in enumerate(_SYMBOL_HIGH)}
#: The letters of Wingdings that office documents use.
WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA1: "○", 0xA7: "▪",
    0xA8: "◻", 0xAB: "★", 0xB7: "•", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
UNKNOWN = "□"
BULLET = "•"


def symbol(font: str, code: int) -> str:
    """The character that letter `code` of the picture font `font` stands for; UNKNOWN if we do not know it."""
    family = font.casefold()
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    if family.startswith("symbol"):
        return SYMBOL.get(code, UNKNOWN)
    if family.startswith("wingdings"):
        return WINGDINGS.get(code, UNKNOWN) if family == "wingdings" else UNKNOWN
    if code < 0x20 or 0xD800 <= code <= 0xDFFF:
        return UNKNOWN
    return chr(code)


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
