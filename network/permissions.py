"""What may be done about the Network. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

SEE_NETWORK = Permission("network.see", "see this page: it is for members of the Network")
INVITE = Permission("network.invite", "invite people: that is for the secretary and for staff sponsors")
INVITE_ANYONE = Permission("network.invite_anyone", "invite a list of people: that is for the secretary")
SEE_INVITATION = Permission("network.see_invitation", "see this invitation")
CHANGE_INVITATION = Permission("network.change_invitation", "send this invitation again or take it back")
GIVE_WAITING_SEAT = Permission("network.give_waiting_seat", "give this seat: that is for the secretary")
RECORD_AGREEMENT = Permission(
    "network.record_agreement", "write down what somebody said on the phone: that is for the secretary and for sponsors"
)
CHANGE_AGREEMENT = Permission("network.change_agreement", "change the words of the agreement")
REACH_PEOPLE = Permission(
    "network.reach_people", "see how people like to be reached: that is for the secretary and for sponsors"
)
