"""A code picture (QR) as inline SVG: a phone's camera opens its link. Drawn here, so that no other host learns it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

#: White space around, in squares: readers need four.
MARGIN = 4


def svg(text: str, *, label: str) -> SafeString:
    """The picture of `text`, with `label` for those who do not see it. No style attribute: the policy forbids them."""
    code: Any = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=MARGIN)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(_runs(row, place) for place, row in enumerate(rows))
    return format_html(
        '<svg class="app-qr app-qr--letter" viewBox="0 0 {0} {0}" width="220" height="220" role="img" aria-label="{1}"'
        ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{2}"/></svg>',
        len(rows),
        label,
        path,
    )


def _runs(row: list[bool], place: int) -> str:
    """One line of the picture: a bar for each run of dark squares."""
    drawn, start = [], 0
    for is_dark, squares in groupby(row):
        length = len(list(squares))
        if is_dark:
            drawn.append(f"M{start} {place}h{length}v1h-{length}z")
        start += length
    return "".join(drawn)
