"""What may be done to a policy, and by whom it may be asked. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission  # noqa: F401

# -- drafting and comment

# -- deciding and publishing
