"""NHS design system components, as Python calls: a name and its parameters in, safe HTML out.

The markup comes from nhsuk-frontend-jinja, whose parameters are those of the design system itself.
Anything given as `html` that is not already marked safe is escaped, so that a person's words can never become markup.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

#: Names of the macros that differ from the name of their folder.
FOLDERS = {"table": "tables", "list": "do-dont-list", "image": "images"}

#: Keys whose value the components print as it stands.
RAW = frozenset({"html", "descriptionHtml", "headingHtml", "summaryHtml", "titleHtml"})


class _Tidy(Extension):
    """Lets less of the templates' own white space into the page: a plain input would carry 90 empty lines."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        blank = "" if (stream.name or "").startswith("nhsuk/macros/") else "\n"
        for token in stream:
            if token.type == "data" and not token.value.strip():
                yield Token(token.lineno, "data", blank)
            else:
                yield token


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        extensions=[_Tidy],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )


@cache
def _template(name: str) -> Template:
    folder = re.sub(r"(?<!^)(?=[A-Z])", "-", name).replace("_", "-").lower()
    return _environment().get_template(f"nhsuk/components/{FOLDERS.get(folder, folder)}/template.jinja")


def component(name: str, params: Mapping[str, Any], *, inside: SafeString | None = None) -> SafeString:
    """The HTML of one component. `inside` is what stands between its tags, where it takes a block.

    Raises `jinja2.TemplateNotFound` for a name the design system does not have.
    """
    prepared = prepare(params)
    if inside is not None:
        return _draw(_Drawing(name, prepared, inside))
    typed = _take_out_what_was_typed(prepared) if name in TYPED_IN else []
    html: str = _drawn_before(_Drawing(name, prepared))
    for number, words in enumerate(typed):
        html = html.replace(_mark(number), conditional_escape(words))
    return mark_safe(html)  # noqa: S308 -- what was put in is escaped in the line above


#: What people type stands in these. It is put in afterwards, so that no process remembers anybody's words.
TYPED_IN = frozenset({"input", "textarea", "password-input", "character-count", "date-input"})


def _mark(number: int) -> str:
    """Stands where words go in. Of the private use area, which `_take_out_what_was_typed` keeps out of the words."""
    return f"\ue000{number}\ue001"


def _take_out_what_was_typed(params: dict[str, Any]) -> list[str]:
    """Replace each value in `params` by a mark; give the values, in order."""
    typed: list[str] = []
    for place in (params, *(params.get("items") or ())):
        if place and place.get("value"):
            typed.append(str(place["value"]).replace("\ue000", "").replace("\ue001", ""))
            place["value"] = _mark(len(typed) - 1)
    return typed


class _Drawing:
    """A component about to be drawn. Two are equal when they would come out the same."""

    def __init__(self, name: str, params: dict[str, Any], inside: SafeString | None = None) -> None:
        self.name, self.params, self.inside = name, params, inside
        self.key = (name, _frozen(params))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and self.key == other.key


def _draw(drawing: _Drawing) -> SafeString:
    context: dict[str, Any] = {"params": drawing.params}
    if drawing.inside is not None:
        context["caller"] = lambda: drawing.inside
    html = _template(drawing.name).render(context)
    return mark_safe(html)  # noqa: S308 -- autoescaped, and raw values escaped by prepare


#: A form of ten questions is drawn a thousand times with the same words: the templates take milliseconds each.
_drawn_before = lru_cache(maxsize=512)(_draw)


def _frozen(value: Any) -> Hashable:
    """The parameters as something that can be looked up. Safe markup never equals the same text unsafe, nor 1 True."""
    if isinstance(value, Mapping):
        return tuple((name, _frozen(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return (list, *(_frozen(each) for each in value))
    return type(value), value


def prepare(value: Any, key: str = "") -> Any:
    """Keys from snake to camel case; `html` values escaped unless marked safe; lazy strings made plain."""
    if isinstance(value, Mapping):
        if key == "attributes":
            return {name: _attribute(each) for name, each in value.items()}
        return {_camel(name): prepare(each, _camel(name)) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [prepare(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    if key in RAW:
        return conditional_escape(value)
    return _plain_if_it_can_be(value) if isinstance(value, str) else str(value)


def _plain_if_it_can_be(text: str) -> str:
    """A template's own literals are marked safe; without markup in them they are plain words, and drawn once."""
    return text if "<" in text or "&" in text else str.__str__(text)


def _attribute(value: Any) -> Any:
    """A boolean attribute that is on is written with an empty value; one that is off is left out."""
    if isinstance(value, Mapping):
        return {name: _attribute(each) if name == "value" else each for name, each in value.items()}
    if value is True:
        return ""
    if value is False or value is None:
        return {"value": False, "optional": True}
    return value if isinstance(value, str) else str(value)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
