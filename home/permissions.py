"""What may be done here. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

LOOK_AFTER = Permission("home.look_after", "see this page: it is for those who look after a group")
READ_HANDOVER = Permission(
    "home.read_handover", "read what is handed over with this part", "a co-lead or the secretary"
)
