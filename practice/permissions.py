"""What may be done about peer practice. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

AUTHOR = "the person who shared it"

SEE_REGISTER = Permission("practice.see_register", "see this page: it is for members of the Network and of groups")
SHARE = Permission("practice.share", "share practice here: it is for peers of the Network")
READ_ITEM = Permission("practice.read_item", "read this", AUTHOR)
CHANGE_ITEM = Permission("practice.change_item", "change this", AUTHOR)
LEAVE_LINE = Permission("practice.leave_line", "say that you saw this", AUTHOR)
READ_STEERING = Permission("practice.read_steering", "read what was shared with the Steering Group")
REPLY = Permission("practice.reply", "reply to this: replies come from members of the Steering Group")
CHANGE_REPLY = Permission("practice.change_reply", "change this reply", "the person who wrote it")
REPORT_ITEM = Permission("practice.report_item", "report what you shared yourself: you can take it back instead")
REPORT_REPLY = Permission("practice.report_reply", "report your own reply: you can take it back instead")
SEE_OWN_REPORT = Permission("practice.see_own_report", "see this", "the person who told us")
SEE_REPORTS = Permission("practice.see_reports", "see what was reported: it is for the moderators")
LOOK_AT_REPORT = Permission("practice.look_at_report", "look at this report", "another moderator")
NAME_MODERATORS = Permission("practice.name_moderators", "name the moderators", "the Steering Group secretary")
