"""Django form fields as NHS design system components. The crispy template pack `nhs` is drawn by this module.

A form may say more about its fields:

    nhs = {"answer": {"size": "m", "heading": True, "hint": "…"}}            more parameters, or other ones
    choice_hints = {"answer": {"partly": "Some of it is changed."}}           a hint under one choice
    conditionals = {"answer": {"partly": ["reason"]}}                         fields shown under one choice
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.forms import DateParts
from core.nhs import component
from core.wrong import first_error

#: Attributes of a widget that are parameters of the component.
PARAMS = ("autocomplete", "inputmode", "spellcheck", "pattern", "autocapitalize", "rows", "width", "prefix", "suffix")


def visible_fields(form: forms.BaseForm) -> Iterator[BoundField]:
    """The fields to draw one after another: neither hidden nor shown under a choice of another field."""
    under = {name for name, _, _ in _conditionals(form)}
    return (field for field in form.visible_fields() if field.name not in under)


def draw(field: BoundField, **more: Any) -> SafeString:
    """The component for one bound field, with its label, hint, error and what was typed."""
    widget = field.field.widget
    if field.is_hidden:
        return widget.render(field.html_name, field.value(), attrs={})  # without an id: a page may hold several
    more = {**getattr(field.form, "nhs", {}).get(field.name, {}), **more}
    for kind, drawer in DRAWERS:
        if isinstance(widget, kind):
            return drawer(field, widget, more)
    return _input(field, widget, more)


def error_link(field: BoundField) -> str:
    """The id that the error summary leads to: the input, the first choice, or the first wrong part of a date."""
    if isinstance(field.field.widget, DateParts):
        return f"{field.auto_id}-{field.field.widget.wrong_parts(field.data)[0]}"
    return field.auto_id


def error_summary(*sources: forms.BaseForm) -> SafeString:
    """One summary for all the forms of a page, in the order of their fields; empty when nothing is wrong."""
    errors = [error for form in sources for error in _errors_of(form)]
    if not errors:
        return SafeString("")
    return component("error-summary", {"heading": {"text": "There is a problem"}, "errorList": errors})


def _errors_of(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    if not form.is_bound:
        return
    for text in form.non_field_errors():
        yield {"text": str(text)}
    for field in form:
        if not field.errors:
            continue
        if field.is_hidden:
            yield {"text": first_error(field)}
        else:
            yield {"text": first_error(field), "href": f"#{error_link(field)}"}


def _conditionals(form: forms.BaseForm) -> Iterator[tuple[str, str, str]]:
    """(field shown, field that shows it, its choice) for every field that is shown under a choice."""
    for decider, by_choice in getattr(form, "conditionals", {}).items():
        for choice, names in by_choice.items():
            for name in names:
                if name in form.fields:
                    yield name, decider, choice


# -- parameters that every component takes -------------------------------------------------------------------------


def _label_text(field: BoundField, more: Mapping[str, Any]) -> str:
    text = more.get("label") or field.label
    optional = not field.field.required and not isinstance(field.field.widget, forms.CheckboxInput)
    under_choice = any(name == field.name for name, _, _ in _conditionals(field.form))
    if optional and not under_choice and more.get("optional", True) and "optional" not in str(text):
        return format_html("{} (optional)", text)
    return str(text)


def _words(field: BoundField, more: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Label (or legend), hint and error."""
    label: dict[str, Any] = {"text": _label_text(field, more)}
    if more.get("size"):
        label["size"] = more["size"]
    if more.get("heading"):
        label["isPageHeading"] = True
    if more.get("hide_label"):
        label["classes"] = "nhsuk-u-visually-hidden"
    params: dict[str, Any] = {"fieldset": {"legend": label}} if part == "legend" else {"label": label}
    hint = more.get("hint") or field.help_text
    if hint:
        params["hint"] = {"text": hint}
    if field.errors:
        params["errorMessage"] = {"text": first_error(field)}
    return params


def _attributes(field: BoundField, widget: forms.Widget) -> dict[str, Any]:
    """What the widget carries beyond the parameters of the component. `required` is left to the server's words."""
    attributes = {
        name: value
        for name, value in widget.attrs.items()
        if name not in PARAMS and name not in ("class", "id", "required")
    }
    if field.field.disabled:
        attributes["disabled"] = True
    return attributes


def _basics(field: BoundField, widget: forms.Widget, more: Mapping[str, Any]) -> dict[str, Any]:
    params = _words(field, more, "label")
    params |= {"id": field.auto_id or field.html_name, "name": field.html_name, "classes": _classes(widget, more)}
    params |= {name: widget.attrs[name] for name in PARAMS if name in widget.attrs}
    params |= {name: more[name] for name in PARAMS if name in more}
    params["attributes"] = _attributes(field, widget)
    return params


def _classes(widget: forms.Widget, more: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (widget.attrs.get("class", ""), more.get("classes", ""))))


def _value(field: BoundField) -> str | None:
    return field.field.widget.format_value(field.value())  # type: ignore[attr-defined]


# -- one drawer for each kind of widget ----------------------------------------------------------------------------


def _input(field: BoundField, widget: Any, more: Mapping[str, Any]) -> SafeString:
    kind = widget.input_type if widget.input_type not in ("number", "date", "time", "datetime-local") else "text"
    params = _basics(field, widget, more) | {"type": kind, "value": _value(field)}
    if widget.input_type == "number":
        params["inputmode"] = "decimal" if isinstance(field.field, forms.DecimalField | forms.FloatField) else "numeric"
        params.setdefault("width", "5")
        for name in ("min", "max", "step"):
            params["attributes"].pop(name, None)
    if widget.input_type == "email":
        params.setdefault("autocomplete", "email")
        params["spellcheck"] = False
    return component("input", params)


def _password(field: BoundField, widget: Any, more: Mapping[str, Any]) -> SafeString:
    params = _basics(field, widget, more)
    params.setdefault("autocomplete", "current-password")
    return component("password-input", params)


def _textarea(field: BoundField, widget: forms.Textarea, more: Mapping[str, Any]) -> SafeString:
    params = _basics(field, widget, more) | {"value": _value(field) or ""}
    for name in ("cols", "maxlength"):
        params["attributes"].pop(name, None)
    params["rows"] = str(more.get("rows") or widget.attrs.get("rows") or 5)
    limit = getattr(field.field, "max_length", None)
    if limit and more.get("count", True):
        return component("character-count", params | {"maxlength": limit, "threshold": 75})
    return component("textarea", params)


def _select(field: BoundField, widget: forms.Select, more: Mapping[str, Any]) -> SafeString:
    chosen = _chosen(field)
    items = [{"value": value, "text": label, "selected": value in chosen} for value, label in _choices(widget)]
    params = _basics(field, widget, more) | {"items": items}
    if widget.allow_multiple_selected:
        params["attributes"]["multiple"] = True
    return component("select", params)


def _choices(widget: Any) -> Iterator[tuple[str, Any]]:
    """Each choice with its value as it stands in the page; groups are flattened."""
    for value, label in widget.choices:
        if isinstance(label, list | tuple):
            yield from ((_plain(inner), text) for inner, text in label)
        else:
            yield _plain(value), label


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _chosen(field: BoundField) -> set[str]:
    value = field.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {_plain(field.field.prepare_value(each)) for each in values}


def _choice_list(kind: str) -> Any:
    def draw_choices(field: BoundField, widget: Any, more: Mapping[str, Any]) -> SafeString:
        params = _words(field, more, "legend")
        params |= {
            "idPrefix": field.auto_id or field.html_name,
            "name": field.html_name,
            "classes": _classes(widget, more),
        }
        params["items"] = [
            _choice(field, widget, value, label) for value, label in _choices(widget) if value or kind == "radios"
        ]
        return component(kind, params)

    return draw_choices


def _choice(field: BoundField, widget: Any, value: str, label: Any) -> dict[str, Any]:
    item: dict[str, Any] = {"value": value, "text": label, "checked": value in _chosen(field)}
    hint = getattr(field.form, "choice_hints", {}).get(field.name, {}).get(value)
    if hint:
        item["hint"] = {"text": hint}
    shown = [
        name for name, decider, choice in _conditionals(field.form) if decider == field.name and str(choice) == value
    ]
    if shown:
        item["conditional"] = {"html": mark_safe("".join(draw(field.form[name]) for name in shown))}  # noqa: S308
    if field.field.disabled:
        item["disabled"] = True
    return item


def _checkbox(field: BoundField, widget: forms.CheckboxInput, more: Mapping[str, Any]) -> SafeString:
    """One box to tick: its label is the choice itself, so it has no legend."""
    item: dict[str, Any] = {"value": "on", "text": _label_text(field, more), "checked": bool(field.value())}
    hint = more.get("hint") or field.help_text
    if hint:
        item["hint"] = {"text": hint}
    shown = [name for name, decider, _ in _conditionals(field.form) if decider == field.name]
    if shown:
        item["conditional"] = {"html": mark_safe("".join(draw(field.form[name]) for name in shown))}  # noqa: S308
    params: dict[str, Any] = {"idPrefix": field.auto_id or field.html_name, "name": field.html_name, "items": [item]}
    if field.errors:
        params["errorMessage"] = {"text": first_error(field)}
    return component("checkboxes", params)


def _file(field: BoundField, widget: Any, more: Mapping[str, Any]) -> SafeString:
    params = _basics(field, widget, more)
    if widget.attrs.get("multiple"):
        params["multiple"] = True
    return component("file-upload", params)


def _date(field: BoundField, widget: DateParts, more: Mapping[str, Any]) -> SafeString:
    values = widget.parts_of(field.value())
    wrong = widget.wrong_parts(field.data) if field.errors else ()
    items = [
        {
            "name": f"{field.html_name}_{part}",
            "id": f"{field.auto_id}-{part}",
            "label": part.capitalize(),
            "width": 4 if part == "year" else 2,
            "value": values[part],
            "error": part in wrong,
        }
        for part in DateParts.PARTS
    ]
    params = _words(field, more, "legend")
    params.setdefault("hint", {"text": "For example, 6 8 2026"})
    return component("date-input", params | {"id": field.auto_id or field.html_name, "items": items})


DRAWERS: tuple[tuple[type[forms.Widget], Any], ...] = (
    (DateParts, _date),
    (forms.CheckboxSelectMultiple, _choice_list("checkboxes")),
    (forms.RadioSelect, _choice_list("radios")),
    (forms.CheckboxInput, _checkbox),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
)
