"""Who logs in, what they may do across the Trust, the links that log them in, and how they came."""

from accounts.models.agreements import Agreed, AgreementText
from accounts.models.contact import ContactChoice
from accounts.models.invitations import Invitation, Way
from accounts.models.links import LoginLink
from accounts.models.people import Person, PersonManager, Role, RoleHeld

__all__ = [
    "Agreed",
    "AgreementText",
    "ContactChoice",
    "Invitation",
    "LoginLink",
    "Person",
    "PersonManager",
    "Role",
    "RoleHeld",
    "Way",
]
