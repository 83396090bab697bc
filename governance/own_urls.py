"""Addresses of one's own seats, of deputies, and of seats that need someone."""

from django.urls import path

from governance.views import deputies, own_seats, vacancies

app_name = "own_seats"
urlpatterns = [
    path("my-seats/", own_seats.mine, name="mine"),
    path("my-seats/step-back/", own_seats.step_back_from_all, name="step_back_from_all"),
    path("my-seats/come-back/", own_seats.come_back_to_all, name="come_back_to_all"),
    path("my-seats/<uuid:body_id>/step-back/", own_seats.step_back, name="step_back"),
    path("my-seats/<uuid:body_id>/come-back/", own_seats.come_back, name="come_back"),
    path("my-seats/<uuid:body_id>/add-days/", own_seats.make_up_days, name="make_up_days"),
    path("my-seats/<uuid:body_id>/leave/", own_seats.leave, name="leave"),
    path("my-seats/<uuid:body_id>/leave/sure/", own_seats.leave_for_sure, name="leave_for_sure"),
    path("my-seats/<uuid:body_id>/deputy/", deputies.name_deputy, name="name_deputy"),
    path("my-seats/<uuid:body_id>/deputy/end/", deputies.end_deputy, name="end_deputy"),
    path("my-seats/questions/<uuid:notice_id>/", own_seats.question, name="question"),
    path("deputies/<uuid:deputy_id>/", deputies.deputy, name="deputy"),
    path("deputies/<uuid:deputy_id>/yes/", deputies.say_yes, name="say_yes"),
    path("deputies/<uuid:deputy_id>/no/", deputies.say_no, name="say_no"),
    path("vacancies/", vacancies.vacancies, name="vacancies"),
    path("vacancies/<uuid:body_id>/deputies/", vacancies.deputies_count, name="deputies_count"),
]
