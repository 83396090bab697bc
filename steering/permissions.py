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
READ_REVIEW = Permission(
    "steering.read_review", "read what the Steering Group has before it", ask="the Steering Group secretary"
)
LEAVE_VIEW = Permission(
    "steering.leave_view", "leave a view for the Steering Group", ask="the Steering Group secretary"
)
READ_VIEWS = Permission(
    "steering.read_views", "read the views of Steering Group members", ask="the Steering Group secretary"
)
KNOW_WHOSE_VIEWS = Permission(
    "steering.know_whose_views", "read who left which view", ask="the Steering Group secretary"
)
RECORD_RECOMMENDATION = Permission(
    "steering.record_recommendation", "record what the Steering Group decided", ask="the Steering Group secretary"
)
SIGN_OFF_EQUALITY = Permission("steering.sign_off_equality", "sign off the equality analysis", ask="the equality lead")
RECORD_RATIFICATION = Permission(
    "steering.record_ratification",
    "record that the committee ratified this policy",
    ask="the Steering Group secretary or the governance lead",
)
PUBLISH_POLICY = Permission("steering.publish_policy", "publish this policy", ask="the governance lead")
READ_EVIDENCE = Permission("steering.read_evidence", "read the evidence for this policy", ask="the governance lead")

# -- figures that HR handed over
READ_STAFF_FIGURES = Permission(
    "steering.read_staff_figures",
    "read the figures that HR gave the Steering Group",
    ask="the Steering Group secretary",
)
