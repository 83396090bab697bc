"""A figure that a campaign or a bench measured, beside its bar."""

from __future__ import annotations

import operator
from dataclasses import dataclass

_COMPARE = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}


@dataclass(frozen=True)
class Figure:
    """`bar` is such as "<= 10"; "" has none."""

    name: str
    value: float
    unit: str
    bar: str = ""

    @property
    def ok(self) -> bool:
        if not self.bar:
            return True
        sign, number = self.bar.split()
        return bool(_COMPARE[sign](self.value, float(number)))

    def as_dict(self) -> dict[str, object]:
        return {"name": self.name, "value": self.value, "unit": self.unit, "bar": self.bar or None, "ok": self.ok}

    def in_words(self) -> str:
        bar = f"  (bar: {self.bar})" if self.bar else ""
        return f"{'passed' if self.ok else 'FAILED'}  {self.name}: {self.value:g} {self.unit}{bar}"
