"""Who logs in, what they may do across the Trust, and all that belongs to logging in."""

from accounts.models.changes import EmailChange
from accounts.models.links import LoginLink
from accounts.models.people import Person, PersonManager, Role, RoleHeld
from accounts.models.resets import SecondFactorReset
from accounts.models.sessions import LoginSession

__all__ = [
    "EmailChange",
    "LoginLink",
    "LoginSession",
    "Person",
    "PersonManager",
    "Role",
    "RoleHeld",
    "SecondFactorReset",
]
