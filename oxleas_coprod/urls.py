"""Where each address leads. Rooms join here and nowhere else."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
