"""What may be done to the help contacts."""

from core.permissions import Permission

EDIT_HELP = Permission("helplines.edit_contacts", "change the help contacts", "the Steering Group secretary")
