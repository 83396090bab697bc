"""Addresses of one's own passport, and of those that others shared."""

from django.urls import path

from access import views

app_name = "access"
urlpatterns = [
    path("", views.passport, name="passport"),
    path("question/<slug:key>/", views.question, name="question"),
    path("still-right/", views.still_right, name="still_right"),
    path("share/<uuid:body_id>/", views.share, name="share"),
    path("share/people/", views.share_with_people, name="share_with_people"),
    path("looks/", views.looks, name="looks"),
    path("delete/", views.delete, name="delete"),
    path("shared/", views.shared, name="shared"),
    path("shared/<uuid:passport_id>/", views.read, name="read"),
]
