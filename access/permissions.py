"""What may be done with an access passport. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

READ_PASSPORT = Permission("access.read_passport", "see this: it is for those its owner chose", "the person themselves")
SHARE_WITH_BODY = Permission("access.share_with_body", "share with this group, because you do not sit on it")
