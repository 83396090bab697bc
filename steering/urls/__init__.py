"""Addresses of this room: drafting and comment, then deciding."""

from steering.urls import deciding, drafting

app_name = "steering"
urlpatterns = [*drafting.urlpatterns, *deciding.urlpatterns]
