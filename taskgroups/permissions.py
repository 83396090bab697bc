"""What may be done about the Task Groups. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

ASK_TO_JOIN = Permission("taskgroups.ask_to_join", "ask to join this group")
SEE_REQUEST = Permission("taskgroups.see_request", "see this request")
WITHDRAW_REQUEST = Permission("taskgroups.withdraw_request", "take this request back", "the person who asked")
ANSWER_REQUESTS = Permission("taskgroups.answer_requests", "answer requests to join this group", "a co-lead")
START_GROUP = Permission("taskgroups.start_group", "start a new group")
CHANGE_REMIT = Permission("taskgroups.change_remit", "change what this group is for", "its secretary")
SEE_MEMBERS = Permission("taskgroups.see_members", "see who sits in this group", "a co-lead")
