"""What may be done about a body, its seats and offices. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

SEE_SEATS = Permission("governance.see_seats", "see the seats of this group")
KNOW_WHO_SITS = Permission("governance.know_who_sits", "see who sits in this group", "its secretary")
SEE_SETTINGS = Permission("governance.see_settings", "see how this group is set up", "its secretary")
CHANGE_SETTINGS = Permission("governance.change_settings", "change how this group is set up", "its secretary")
MOVE_BODY = Permission("governance.move_body", "start, pause or close this group", "its secretary")
FILL_SEATS = Permission("governance.fill_seats", "change the seats of this group", "its secretary")
GIVE_OFFICES = Permission("governance.give_offices", "say who leads this group or is its secretary", "its secretary")
PROPOSE_CHARTER = Permission("governance.propose_charter", "write this group's terms of reference", "a co-lead")
SEE_CHARTER_DRAFT = Permission("governance.see_charter_draft", "see this draft", "a co-lead")
ANSWER_CHARTER = Permission("governance.answer_charter", "approve these terms of reference")
