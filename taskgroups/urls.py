"""Addresses of the groups."""

from django.urls import path

from taskgroups import views

app_name = "taskgroups"
urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/new/", views.new_group, name="new_group"),
    path("groups/<uuid:body_id>/", views.group, name="group"),
    path("groups/<uuid:body_id>/join/", views.join, name="join"),
    path("groups/<uuid:body_id>/remit/", views.remit, name="remit"),
    path("groups/<uuid:body_id>/requests/", views.requests_to_join, name="requests"),
    path("groups/requests/<uuid:request_id>/", views.join_request, name="request"),
    path("groups/requests/<uuid:request_id>/withdraw/", views.withdraw, name="withdraw"),
    path("groups/requests/<uuid:request_id>/accept/", views.accept, name="accept"),
    path("groups/requests/<uuid:request_id>/decline/", views.decline, name="decline"),
]
