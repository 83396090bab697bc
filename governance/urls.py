"""Addresses of bodies: seats, offices, how they are set up, terms of reference."""

from django.urls import path

from governance.views import bodies, charters, offices, seats

app_name = "governance"
urlpatterns = [
    path("my-seats/all/", seats.my_seats, name="my_seats"),
    path("bodies/<uuid:body_id>/seats/", seats.seats, name="seats"),
    path("bodies/<uuid:body_id>/seats/open/", seats.open_seat, name="open_seat"),
    path("bodies/<uuid:body_id>/seats/<int:number>/close/", seats.close_seat, name="close_seat"),
    path("bodies/<uuid:body_id>/seats/<int:number>/fill/", seats.fill_seat, name="fill_seat"),
    path("bodies/<uuid:body_id>/seats/<int:number>/<int:turn>/renew/", seats.renew_term, name="renew_term"),
    path("bodies/<uuid:body_id>/seats/<int:number>/<int:turn>/end/", seats.end_term, name="end_term"),
    path("bodies/<uuid:body_id>/offices/", offices.offices, name="offices"),
    path("bodies/<uuid:body_id>/offices/<slug:kind>/appoint/", offices.appoint, name="appoint"),
    path("bodies/<uuid:body_id>/offices/<slug:kind>/<slug:side>/end/", offices.end_office, name="end_office"),
    path("bodies/<uuid:body_id>/settings/", bodies.settings, name="settings"),
    path("bodies/<uuid:body_id>/settings/change/", bodies.change_settings, name="change_settings"),
    path("bodies/<uuid:body_id>/move/<slug:move>/", bodies.move, name="move"),
    path("bodies/<uuid:body_id>/terms-of-reference/", charters.charter, name="charter"),
    path("bodies/<uuid:body_id>/terms-of-reference/write/", charters.write, name="write_charter"),
    path("bodies/<uuid:body_id>/terms-of-reference/draft/", charters.draft, name="charter_draft"),
    path("bodies/<uuid:body_id>/terms-of-reference/propose/", charters.propose, name="propose_charter"),
    path("bodies/<uuid:body_id>/terms-of-reference/answer/", charters.answer, name="answer_charter"),
    path("bodies/<uuid:body_id>/terms-of-reference/<int:major>/", charters.version, name="charter_version"),
    path("bodies/<uuid:body_id>/terms-of-reference/<int:major>/changes/", charters.changes, name="charter_changes"),
]
