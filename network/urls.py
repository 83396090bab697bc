"""Addresses of the Network. None holds a name, a reason, or what somebody is there."""

from django.urls import path

from network.views import corporate, handovers, leaving, members, network, pairs, requests

app_name = "network"
urlpatterns = [
    path("network/", network.network, name="network"),
    path("network/leave/", leaving.leave, name="leave"),
    path("network/leave/sure/", leaving.leave_for_sure, name="leave_for_sure"),
    path("network/members/", members.members, name="members"),
    path("network/waiting/", members.waiting, name="waiting"),
    path("network/pair/", members.pair, name="pair"),
    path("network/my-sponsor/", pairs.my_sponsor, name="my_sponsor"),
    path("network/my-sponsor/ask/", requests.ask, name="ask"),
    path("network/my-peers/", pairs.my_peers, name="my_peers"),
    path("network/partnerships/<uuid:key>/end/", members.end, name="end"),
    path("network/partnerships/<uuid:key>/handover/", handovers.propose, name="propose"),
    path("network/partnerships/<uuid:key>/sharing/", pairs.sharing, name="sharing"),
    path("network/partnerships/<uuid:key>/ask/", requests.ask_at_once, name="ask_at_once"),
    path("network/partnerships/<uuid:key>/today/", pairs.today, name="today"),
    path("network/partnerships/<uuid:key>/check/", pairs.check, name="check"),
    path("network/handovers/<uuid:handover_id>/", handovers.handover, name="handover"),
    path("network/handovers/<uuid:handover_id>/answer/", handovers.answer, name="answer_handover"),
    path("network/handovers/<uuid:handover_id>/take-back/", handovers.take_back, name="take_back_handover"),
    path("network/requests/<uuid:request_id>/", requests.sponsor_request, name="sponsor_request"),
    path("network/requests/<uuid:request_id>/propose/", requests.propose, name="propose_for_request"),
    path("network/requests/<uuid:request_id>/talked/", requests.talked, name="talked"),
    path("network/requests/<uuid:request_id>/take-back/", requests.take_back, name="take_back_request"),
    path("network/corporate/", corporate.corporate, name="corporate"),
    path("network/corporate/lead/", corporate.name_lead, name="name_lead"),
    path("network/corporate/leads/<uuid:lead_id>/end/", corporate.end_lead, name="end_lead"),
    path("network/corporate/nominate/", corporate.nominate, name="nominate"),
    path("network/nominations/<uuid:nomination_id>/", corporate.nomination, name="nomination"),
    path("network/nominations/<uuid:nomination_id>/answer/", corporate.answer, name="answer_nomination"),
    path("network/nominations/<uuid:nomination_id>/take-back/", corporate.take_back, name="take_back_nomination"),
]
