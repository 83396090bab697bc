"""The platform administrator's site, `/platform/`: who may log in, and what they may do across the Trust.

Only people and roles are here: no log-in secret, no record of HR, no body and no draft.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin_site import ByNumberField, GatedAdminSite, PlainFilter, PlainModelForm, TabledAdmin
from accounts.models import Person, Role, RoleHeld
from accounts.permissions import MANAGE_PEOPLE
from accounts.services import people as services
from accounts.services.email import last_change_to_undo, put_email_back


class PlatformSite(GatedAdminSite):
    """People, roles, and a way to the help contacts, which have pages of their own."""

    def sections(self, request: HttpRequest) -> list[dict[str, str]]:
        contacts = {
            "name": "Help contacts",
            "says": "Who answers in a crisis, and the person to call.",
            "url": reverse("helplines:contacts"),
        }
        lost = {
            "name": "Lost second steps",
            "says": "For somebody who lost the phone they log in with. It takes two people.",
            "url": reverse("accounts:resets"),
        }
        return [*super().sections(request), lost, contacts]


site = PlatformSite("platform", permission=MANAGE_PEOPLE, title="People and roles")


class PersonForm(PlainModelForm):
    """Adds somebody; later, stops them from logging in."""

    stop = forms.BooleanField(
        label="Stop this person from logging in",
        required=False,
        help_text="Their roles and sessions end now. What they wrote and decided stays.",
    )

    put_back = forms.BooleanField(
        label="Put their email address back to the one before",
        required=False,
        help_text="For somebody who says that they did not change it. Their sessions end. Both addresses are told.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None or last_change_to_undo(self.instance) is None:
            self.fields.pop("put_back", None)

    def clean_email(self) -> str:
        """Addresses are the same however they are written: kept and compared in small letters."""
        email = self.cleaned_data["email"].lower()
        if Person.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody with this email address is here already")
        return email


class RoleForm(PlainModelForm):
    """Gives a role; later, ends it."""

    end = forms.BooleanField(
        label="End this role now", required=False, help_text="The person will have to log in again."
    )


class LogInFilter(PlainFilter):
    title, parameter_name, everything = "May log in", "may", "Yes or no"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "May log in"), ("no", "May not log in")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(is_active=value == "yes")


class RoleFilter(PlainFilter):
    title, parameter_name, everything = "Role", "role", "Any role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Role.choices


class HeldFilter(PlainFilter):
    title, parameter_name, everything = "Held", "held", "Now and in the past"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "Held now"), ("past", "Ended")]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(until_at__isnull=value == "now")


class PlatformAdmin(TabledAdmin):
    may_read = MANAGE_PEOPLE
    may_change = MANAGE_PEOPLE
    may_add = MANAGE_PEOPLE


def me(request: HttpRequest) -> Person:
    """Who is logged in: the gate lets nobody else through."""
    return cast("Person", request.user)


def become(obj: Model, made: Model) -> None:
    """Let the row that a service made stand in for the one that Django's form built."""
    obj.__dict__.update(made.__dict__)


@admin.register(Person, site=site)
class PersonAdmin(PlatformAdmin):
    says = "Who may log in. Adding somebody sends them their first link."
    form = PersonForm
    list_display = ("name", "email", "phone", "may_log_in")
    list_filter = (LogInFilter,)
    search_fields = ("name", "email")
    search_help_text = "Name or email address"

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> Any:
        who = ("Who", {"fields": ("name", "email", "phone")})
        if obj is None:
            return [who]
        may = {"fields": ("roles_held", "may_log_in", "stop", *(("put_back",) if last_change_to_undo(obj) else ()))}
        return [who, ("What they may do", may)]

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> tuple[str, ...]:
        """People keep their own details right; how they log in is theirs alone."""
        shut = ("name", "email", "phone", "roles_held", "may_log_in")
        if obj is None:
            return ("stop",)
        return shut if obj.is_active else (*shut, "stop")

    def save_model(self, request: HttpRequest, obj: Person, form: forms.ModelForm, change: bool) -> None:
        if not change:
            become(obj, services.add_person(by=me(request), email=obj.email, name=obj.name, phone=obj.phone))
        elif form.cleaned_data.get("stop"):
            become(obj, services.deactivate(by=me(request), person=obj))
        elif form.cleaned_data.get("put_back"):
            become(obj, put_email_back(by=me(request), person=obj))

    def heading_of(self, obj: Person) -> str:
        return obj.name

    @admin.display(description="Roles")
    def roles_held(self, obj: Person) -> str:
        held = obj.roles.filter(until_at=None).order_by("role")
        return ", ".join(each.get_role_display() for each in held) or "None"

    @admin.display(description="May log in", ordering="is_active")
    def may_log_in(self, obj: Person) -> bool:
        return obj.is_active

    @admin.display(description="Stop")
    def stop(self, obj: Person) -> str:
        return "Stopped"


@admin.register(RoleHeld, site=site)
class RoleAdmin(PlatformAdmin):
    says = "What people may do across the Trust, from when to when. Seats on a group are kept by its secretary."
    form = RoleForm
    list_display = ("holder", "role", "since", "until")
    list_filter = (RoleFilter, HeldFilter)
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email")
    search_help_text = "Name or email address"
    ordering = ("role", "-from_at")

    def get_fieldsets(self, request: HttpRequest, obj: RoleHeld | None = None) -> Any:
        if obj is None:
            return [("Who and what", {"fields": ("person", "role")})]
        return [("Who and what", {"fields": ("holder_link", "role", "since", "until", "end")})]

    def get_readonly_fields(self, request: HttpRequest, obj: RoleHeld | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("end",)
        shut = ("holder_link", "role", "since", "until")
        return shut if obj.until_at is None else (*shut, "end")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "person":
            words = {"required": "Enter their email address", "invalid_choice": "Nobody here has this email address"}
            return ByNumberField(
                Person.objects.filter(is_active=True),
                to_field_name="email",
                label="Email address",
                error_messages=words,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: RoleHeld, form: forms.ModelForm, change: bool) -> None:
        if not change:
            become(obj, services.give_role(by=me(request), person=obj.person, role=Role(obj.role)))
        elif form.cleaned_data.get("end"):
            become(obj, services.end_role(by=me(request), held=obj))

    def heading_of(self, obj: RoleHeld) -> str:
        return f"{obj.person.name}: {obj.get_role_display()}"

    @admin.display(description="Person", ordering="person__name")
    def holder(self, obj: RoleHeld) -> str:
        return obj.person.name

    @admin.display(description="Person")
    def holder_link(self, obj: RoleHeld) -> SafeString:
        url = reverse("admin:accounts_person_change", args=[obj.person_id], current_app=self.admin_site.name)
        return format_html('<a href="{}">{}</a>', url, obj.person.name)

    @admin.display(description="Since", ordering="from_at")
    def since(self, obj: RoleHeld) -> dt.datetime:
        return obj.from_at

    @admin.display(description="Until", ordering="until_at")
    def until(self, obj: RoleHeld) -> dt.datetime | None:
        return obj.until_at

    @admin.display(description="End")
    def end(self, obj: RoleHeld) -> str:
        return "Ended"
