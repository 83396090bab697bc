"""Pages at the top. Their names stand alone: settings and every template point at them."""

from django.urls import path

from home import gallery, views

urlpatterns = [
    path("", views.front, name="home"),
    path("me/", views.me, name="me"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("how-comments-work/", views.how_comments_work, name="how_comments_work"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/errors/", gallery.gallery_errors, name="gallery_errors"),
]
