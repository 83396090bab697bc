"""Pages at the top. Their names stand alone: settings and every template point at them."""

from django.urls import path

from home import gallery, views, views_handover

urlpatterns = [
    path("", views.front, name="home"),
    path("me/", views.me, name="me"),
    path("look-after/", views.look_after_groups, name="look_after"),
    path("handover/", views_handover.handover, name="handover"),
    path("handover/<uuid:body_id>/<slug:part>/", views_handover.handover_pack, name="handover_pack"),
    path("handover/<uuid:body_id>/<slug:part>/pdf", views_handover.handover_pdf, name="handover_pdf"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("how-comments-work/", views.how_comments_work, name="how_comments_work"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/errors/", gallery.gallery_errors, name="gallery_errors"),
]
