"""Addresses of meetings."""

from django.urls import path

from meetings import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.my_meetings, name="mine"),
    path("groups/<uuid:body_id>/meetings/new/", views.call, name="call"),
    path("meetings/needs/", views.unmet, name="unmet"),
    path("meetings/needs/<uuid:asked_id>/", views.needs, name="needs"),
    path("meetings/needs/<uuid:asked_id>/done/", views.act_on_needs, name="act_on_needs"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/reply/", views.reply, name="reply"),
    path("meetings/<uuid:meeting_id>/change/", views.change, name="change"),
    path("meetings/<uuid:meeting_id>/cancel/", views.cancel, name="cancel"),
    path("meetings/<uuid:meeting_id>/presence/", views.presence, name="presence"),
    path("meetings/<uuid:meeting_id>/items/<int:number>/concerns-me/", views.concerns_me, name="concerns_me"),
]
