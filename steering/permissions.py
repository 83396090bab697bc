"""What may be done to a policy, and by whom it may be asked. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

CO_LEADS = "the co-leads of the group that is writing it"

# -- drafting and comment
START_POLICY = Permission("steering.start_policy", "upload a new draft")
SEE_OPEN_DRAFT = Permission("steering.see_open_draft", "read a draft that is still being written", CO_LEADS)
EDIT_DRAFT = Permission("steering.edit_draft", "change the words of this draft", CO_LEADS)
SAY_READY = Permission("steering.say_ready", "say that this draft is ready", CO_LEADS)
SHARE_DRAFT = Permission("steering.share_draft", "share this draft", CO_LEADS)
OPEN_CONSULTATION = Permission("steering.open_consultation", "open a draft for comment")
COMMENT = Permission("steering.comment", "comment on this draft, because you are not one of the people who were asked")
READ_ALL_COMMENTS = Permission("steering.read_all_comments", "see the list of comments to answer", CO_LEADS)
ANSWER_COMMENT = Permission("steering.answer_comment", "answer comments on this draft", CO_LEADS)
SUBMIT_FOR_REVIEW = Permission("steering.submit_for_review", "send this draft for review", CO_LEADS)

# -- deciding and publishing
