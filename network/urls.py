"""The addresses of the Network's page, and of leaving it."""

from django.urls import path

from network.views import leaving, network

app_name = "network"
urlpatterns = [
    path("network/", network.network, name="network"),
    path("network/leave/", leaving.leave, name="leave"),
    path("network/leave/sure/", leaving.leave_for_sure, name="leave_for_sure"),
]
