"""Addresses of the Network's page, of inviting, and of joining."""

from django.urls import path

from network.views import invited, inviting, joining, lists, network, reach

app_name = "network"
urlpatterns = [
    path("network/", network.network, name="network"),
    path("network/reach/", reach.reach, name="reach"),
    path("invitations/", inviting.invitations, name="invitations"),
    path("invitations/new/", inviting.invite, name="invite"),
    path("invitations/list/", lists.paste, name="paste"),
    path("invitations/list/<uuid:list_id>/", lists.pasted, name="list"),
    path("invitations/list/<uuid:list_id>/delete/", lists.drop, name="drop_list"),
    path("invitations/<uuid:offer_id>/", inviting.invitation, name="invitation"),
    path("invitations/<uuid:offer_id>/letter/", inviting.letter, name="letter"),
    path("invitations/<uuid:offer_id>/pass-on/", inviting.pass_on, name="pass_on"),
    path("invitations/<uuid:offer_id>/again/", inviting.send_again, name="send_again"),
    path("invitations/<uuid:offer_id>/take-back/", inviting.take_back, name="take_back"),
    path("invitations/<uuid:offer_id>/seat/", inviting.give_seat, name="give_seat"),
    path("invited/", invited.enter_code, name="enter_code"),
    path("invited/new/", invited.ask_by_address, name="ask_by_address"),
    path("invited/asked/", invited.asked, name="asked"),
    path("invited/check-your-email/", invited.address_given, name="address_given"),
    path("invited/thank-you/", invited.declined, name="declined"),
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("invited/<str:token>/new/", invited.ask_again, name="ask_again"),
    path("joining/", joining.joining, name="joining"),
    path("joining/name/", joining.name, name="name"),
    path("joining/contact/", joining.contact, name="contact"),
    path("agreement/", joining.agreement, name="agreement"),
    path("agreement/withdraw/", joining.withdraw, name="withdraw_agreement"),
    path("agreement/by-phone/", joining.by_phone, name="by_phone"),
    path("agreement/words/", joining.agreement_words, name="agreement_words"),
]
