"""Who logs in, and what they may do across the Trust."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from core.models import both_or_neither


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, *, email: str, name: str, phone: str = "") -> Person:
        """A person without a password: they log in by link or code until they choose one."""
        person = self.model(email=self.normalize_email(email).lower(), name=name, phone=phone)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Someone who logs in. Never the HR person of `workforce`: no key and no look-up joins the two."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField("name to show", max_length=100)
    phone = models.CharField("phone number", max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    sessions_round = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_superuser = False

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def is_staff(self) -> bool:
        """Django's word for "may enter an admin". Each admin site asks its own permission instead."""
        return False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must still match. `sessions_round` is in it, so that counting it up ends every session."""
        return salted_hmac(
            "accounts.models.Person.session",
            f"{self.sessions_round}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Never: permissions are asked by constant, from the one table."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False

    @property
    def role_names(self) -> frozenset[str]:
        """The roles this person holds now, read once per request."""
        if not hasattr(self, "_role_names"):
            self._role_names = frozenset(self.roles.filter(until_at=None).values_list("role", flat=True))
        return self._role_names


class Role(models.TextChoices):
    """What a login may do across the Trust. Seats and offices on a body are in `governance`."""

    GOVERNANCE_LEAD = "governance_lead", "Governance lead"
    EQUALITY_LEAD = "equality_lead", "Equality lead"
    HR_EDITOR = "hr_editor", "HR, may change records"
    HR_VIEWER = "hr_viewer", "HR, may read records"
    HR_EXPORTER = "hr_exporter", "HR, may also take records away as a file"
    HR_SENSITIVE = "hr_sensitive", "HR, may also see health and DBS statuses"
    PLATFORM_ADMIN = "platform_admin", "Platform administrator"


class RoleHeld(models.Model):
    """A role one person holds, from when to when, given and ended by whom."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    from_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "role"
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(until_at=None), name="role_held_once"),
            both_or_neither("until_at", "ended_by", name="role_ended_by_someone"),
        ]

    def __str__(self) -> str:
        return f"role {self.pk}"
