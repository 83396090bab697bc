"""What may be done to a meeting. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

OFFICERS = "a co-lead or the secretary of the group"

CALL_MEETING = Permission("meetings.call", "call a meeting of this group", OFFICERS)
SEE_MEETING = Permission("meetings.see", "see this meeting", OFFICERS)
REPLY = Permission("meetings.reply", "answer for this meeting", OFFICERS)
ANSWER_NEEDS = Permission("meetings.answer_needs", "answer this: it was asked of someone else", OFFICERS)
ACT_ON_NEEDS = Permission("meetings.act_on_needs", "say what was done about this", OFFICERS)
RUN_MEETING = Permission("meetings.run", "change this meeting or see who comes", OFFICERS)
