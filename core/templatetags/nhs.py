"""The NHS design system in templates.

{% nhs "button" text="Save" %}                          a component; parameters as the design system names them,
{% nhs "summary-list" params=rows %}                    in snake or camel case, or all in one dictionary
{% nhsblock "card" heading="Title" %}…{% endnhsblock %} one with something inside
{% error_summary form %}                                one a page, for one form or several
{% nhs_fields_of form %} {% nhs_field form.name size="l" heading=True %}
{{ day|nhs_date }} {{ day|nhs_day }} {{ instant|nhs_time }} {{ instant|nhs_when }}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import nhs_fields, said
from core.nhs import component

register = template.Library()


@register.simple_tag(name="nhs")
def nhs_tag(name: str, /, params: Mapping[str, Any] | None = None, **more: Any) -> SafeString:
    """One component of the design system."""
    return component(name, {**(params or {}), **more})


@register.tag(name="nhsblock")
def nhs_block(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """A component around other markup."""
    _, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError("nhsblock needs the name of a component.")
    inside = parser.parse(("endnhsblock",))
    parser.delete_first_token()
    more = template.base.token_kwargs(bits[1:], parser)
    return _Block(parser.compile_filter(bits[0]), more, inside)


class _Block(template.Node):
    def __init__(self, name: Any, more: dict[str, Any], inside: template.NodeList) -> None:
        self.name, self.more, self.inside = name, more, inside

    def render(self, context: template.Context) -> SafeString:
        params = {key: value.resolve(context) for key, value in self.more.items()}
        params = {**(params.pop("params", None) or {}), **params}
        return component(self.name.resolve(context), params, inside=mark_safe(self.inside.render(context)))  # noqa: S308


@register.simple_tag
def error_summary(*sources: forms.BaseForm | None) -> SafeString:
    """What is wrong with the forms, with links to the fields; nothing when nothing is wrong."""
    return nhs_fields.error_summary(*(form for form in sources if form))


@register.simple_tag
def nhs_field(field: BoundField, **more: Any) -> SafeString:
    """One field, with parameters such as `size`, `heading`, `hint`, `classes`."""
    return nhs_fields.draw(field, **more)


@register.simple_tag
def nhs_fields_of(form: forms.BaseForm) -> SafeString:
    """All the fields of a form, hidden ones first, those under a choice in their place."""
    hidden = [nhs_fields.draw(field) for field in form.hidden_fields()]
    return mark_safe("".join([*hidden, *(nhs_fields.draw(field) for field in nhs_fields.visible_fields(form))]))  # noqa: S308


@register.filter
def nhs_date(value: dt.date | None) -> str:
    """6 August 2026."""
    return said.nhs_date(value) if value else ""


@register.filter
def nhs_day(value: dt.date | None) -> str:
    """Thursday 6 August 2026."""
    return said.nhs_date(value, weekday=True) if value else ""


@register.filter
def nhs_time(value: dt.time | dt.datetime | None) -> str:
    """5:30pm."""
    return said.nhs_time(value) if value is not None and value != "" else ""


@register.filter
def nhs_when(value: dt.datetime | None) -> str:
    """Thursday 6 August 2026 at 5:30pm."""
    return said.nhs_when(value) if value else ""


@register.filter
def how_long(value: dt.timedelta | None) -> str:
    """3 hours."""
    return said.how_long(value)


@register.filter
def person_key(person: Any) -> str:
    """A key under which a browser keeps this person's unsent words; it tells nothing about them."""
    return salted_hmac("kept words", str(person.pk), algorithm="sha256").hexdigest()[:16]


@register.filter(is_safe=True)
def as_way_back(markup: str) -> str:
    """What stands before the main part, as a landmark of its own, so that nothing on a page is outside one."""
    if not markup.strip() or "<nav" in markup:
        return markup
    return format_html('<nav aria-label="Back">{}</nav>', markup)


@register.filter
def dial(number: str) -> str:
    """A number as a phone dials it."""
    return said.dial(number)
