"""What may be done about the Network. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

SEE_NETWORK = Permission("network.see", "see this page: it is for members of the Network")
LEAVE_NETWORK = Permission("network.leave", "leave the Network: you are not in it")
