"""Get help now, and keeping it right."""

from django.urls import path

from helplines import views

app_name = "helplines"

urlpatterns = [
    path("", views.help_now, name="help"),
    path("contacts/", views.contact_list, name="contacts"),
    path("contacts/add/", views.add_contact, name="add"),
    path("contacts/<int:pk>/", views.change_contact, name="change"),
    path("contacts/<int:pk>/still-right/", views.confirm_contact, name="confirm"),
    path("contacts/<int:pk>/remove/", views.remove_contact, name="remove"),
]
