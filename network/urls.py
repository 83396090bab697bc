"""The address of the Network's page."""

from django.urls import path

from network import views

app_name = "network"
urlpatterns = [path("network/", views.network, name="network")]
