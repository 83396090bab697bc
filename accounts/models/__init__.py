"""Who logs in, how they came, what they may do across the Trust, and all that belongs to logging in."""

from accounts.models.agreements import Agreed, AgreementText
from accounts.models.changes import EmailChange
from accounts.models.contact import ContactChoice
from accounts.models.invitations import Invitation, Way
from accounts.models.links import LoginLink
from accounts.models.people import Person, PersonManager, Role, RoleHeld
from accounts.models.resets import SecondFactorReset
from accounts.models.sessions import LoginSession

__all__ = [
    "Agreed",
    "AgreementText",
    "ContactChoice",
    "EmailChange",
    "Invitation",
    "LoginLink",
    "LoginSession",
    "Person",
    "PersonManager",
    "Role",
    "RoleHeld",
    "SecondFactorReset",
    "Way",
]
