from django.urls import URLPattern, path

from steering.views import answers, comments, consultations, drafts, policies

urlpatterns: list[URLPattern] = [
    path("policies/", policies.policy_list, name="policies"),
    path("policies/new/", policies.new_policy, name="new_policy"),
    path("policies/new/<uuid:upload_id>/", policies.preview, name="preview"),
    path("policies/<uuid:policy_id>/", policies.policy_page, name="policy"),
    path("policies/<uuid:policy_id>/ready/", policies.say_ready, name="say_ready"),
    path("policies/<uuid:policy_id>/next-draft/", policies.start_next_draft, name="start_next_draft"),
    path("policies/<uuid:policy_id>/share/", policies.share_draft, name="share_draft"),
    path("policies/<uuid:policy_id>/submit/", policies.submit_for_review, name="submit_for_review"),
    path("policies/<uuid:policy_id>/changes/", policies.changes, name="changes"),
    path("policies/<uuid:policy_id>/open/", consultations.open_consultation, name="open_consultation"),
    path("policies/<uuid:policy_id>/draft/", drafts.draft, name="draft"),
    path("policies/<uuid:policy_id>/edit/", drafts.edit, name="edit"),
    path("policies/<uuid:policy_id>/edit/add/", drafts.add_block, name="add_first"),
    path("policies/<uuid:policy_id>/edit/<uuid:block_id>/", drafts.edit_block, name="edit_block"),
    path("policies/<uuid:policy_id>/edit/<uuid:block_id>/add/", drafts.add_block, name="add_block"),
    path("policies/<uuid:policy_id>/edit/<uuid:block_id>/remove/", drafts.remove_block, name="remove_block"),
    path("policies/<uuid:policy_id>/comment/<uuid:block_id>/", comments.write_comment, name="comment"),
    path("policies/<uuid:policy_id>/comment/<uuid:block_id>/keep/", comments.keep_comment, name="keep_comment"),
    path("policies/<uuid:policy_id>/comment/<uuid:block_id>/check/", comments.check_comment, name="check_comment"),
    path("policies/<uuid:policy_id>/comments/<uuid:comment_id>/", answers.comment_place, name="comment_place"),
    path("policies/<uuid:policy_id>/comments/<uuid:comment_id>/sent/", comments.comment_sent, name="comment_sent"),
    path("policies/<uuid:policy_id>/answers/", answers.answers, name="answers"),
    path("policies/<uuid:policy_id>/answers/<uuid:comment_id>/", answers.answer, name="answer"),
]
