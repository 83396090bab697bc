from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("messages/", views.ledger, name="ledger"),
    path("messages/<uuid:message_id>/again/", views.send_again, name="send_again"),
    path("mailbox/", views.mailboxes, name="mailboxes"),
    path("mailbox/<str:key>/", views.letter, name="letter"),
    path("mailbox/<str:key>/<int:number>/", views.attachment, name="attachment"),
]
