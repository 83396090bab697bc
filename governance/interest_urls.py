"""Addresses of the register of interests, and of what people say concerns them."""

from django.urls import path

from governance.views import interests, recusals

app_name = "interests"
urlpatterns = [
    path("interests/", interests.mine, name="mine"),
    path("interests/answer/", interests.answer, name="answer"),
    path("interests/new/", interests.declare, name="declare"),
    path("interests/register/", interests.register, name="register"),
    path("interests/waiting/", interests.waiting, name="waiting"),
    path("interests/<uuid:interest_id>/", interests.correct, name="correct"),
    path("groups/<uuid:body_id>/interests/", interests.of_body, name="body"),
    path("concerns/<uuid:recusal_id>/", recusals.recusal, name="recusal"),
    path("concerns/<uuid:recusal_id>/take-back/", recusals.take_back, name="take_back"),
]
