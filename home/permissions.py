"""What may be done here. The rule is bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

READ_HANDOVER = Permission(
    "home.read_handover", "read what is handed over with this part", "a co-lead or the secretary"
)
