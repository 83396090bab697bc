from django.urls import URLPattern, path

from steering.views import evidence, figures, publication, review

urlpatterns: list[URLPattern] = [
    path("policies/<uuid:policy_id>/review/", review.review, name="review"),
    path("policies/<uuid:policy_id>/concerns-me/", review.concerns_me, name="concerns_me"),
    path("policies/<uuid:policy_id>/recommendation/", review.recommendation, name="recommendation"),
    path("policies/<uuid:policy_id>/conditions/", review.conditions, name="conditions"),
    path("policies/<uuid:policy_id>/equality/", review.equality, name="equality"),
    path("policies/<uuid:policy_id>/ratification/", review.ratification, name="ratification"),
    path("policies/<uuid:policy_id>/publish/", publication.publish, name="publish"),
    path("policies/<uuid:policy_id>/pdf/", publication.draft_pdf, name="draft_pdf"),
    path("policies/<uuid:policy_id>/evidence/", evidence.evidence, name="evidence"),
    path("policies/<uuid:policy_id>/evidence/comments/", evidence.comments, name="evidence_comments"),
    path("policies/<uuid:policy_id>/evidence/messages/", evidence.sent, name="evidence_messages"),
    path("policies/<uuid:policy_id>/evidence/recipients/", evidence.recipients, name="recipients"),
    path("policies/<uuid:policy_id>/evidence/bundle", evidence.bundle, name="bundle"),
    path("steering/figures/", figures.staff_figures, name="staff_figures"),
    path("published/", publication.published_list, name="published_list"),
    path("published/<slug:slug>/", publication.published, name="published"),
    path("published/<slug:slug>/what-you-said/", publication.you_said, name="you_said"),
    path("published/<slug:slug>/pdf", publication.published_pdf, name="published_pdf"),
]
