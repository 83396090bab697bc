"""The address of the Network's page."""

from django.urls import path

from network.views import network

app_name = "network"
urlpatterns = [path("network/", network.network, name="network")]
