"""What may be done about the Network. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

SEE_NETWORK = Permission("network.see", "see this page: it is for members of the Network")
LEAVE_NETWORK = Permission("network.leave", "leave the Network: you are not in it")
KEEP_NETWORK = Permission("network.keep", "keep the list of the Network")
SEE_MY_PEERS = Permission("network.see_my_peers", "see this page: it is for staff sponsors")
SEE_MY_SPONSOR = Permission("network.see_my_sponsor", "see this page: it is for peers")
SHARE = Permission("network.share", "choose what a sponsor sees", "the peer")
NOTE = Permission("network.note", "note what a sponsor did", "the sponsor")
PROPOSE_HANDOVER = Permission("network.propose_handover", "propose another sponsor")
ANSWER_HANDOVER = Permission("network.answer_handover", "answer this", "the person who was asked")
WITHDRAW_HANDOVER = Permission("network.withdraw_handover", "take this back")
SEE_SPONSOR_REQUEST = Permission("network.see_sponsor_request", "see this request")
ANSWER_SPONSOR_REQUEST = Permission("network.answer_sponsor_request", "answer this request")
TAKE_BACK_SPONSOR_REQUEST = Permission("network.take_back_sponsor_request", "take this back", "the person who asked")
NAME_LEADS = Permission("network.name_leads", "name who speaks for a part of Corporate Services")
SEE_CORPORATE = Permission("network.see_corporate", "see the seats of Corporate Services")
NOMINATE = Permission("network.nominate", "nominate someone for a seat", "whoever speaks for your part of the Trust")
ANSWER_NOMINATION = Permission("network.answer_nomination", "answer this nomination", "the secretary of the group")
TAKE_BACK_NOMINATION = Permission("network.take_back_nomination", "take this nomination back", "who nominated")
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
