"""Who logs in, what they may do across the Trust, and the links that log them in."""

from accounts.models.links import LoginLink
from accounts.models.people import Person, PersonManager, Role, RoleHeld

__all__ = ["LoginLink", "Person", "PersonManager", "Role", "RoleHeld"]
