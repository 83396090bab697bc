"""Acts in the audit log, as sentences."""

from __future__ import annotations

#: What each verb says. Each sentence follows a name, or "a member".
SENTENCES = {
    "documents.started": "put the first draft in",
    "documents.opened_version": "opened the next draft for changes",
    "documents.edited_block": "changed a paragraph",
    "documents.removed_block": "took a paragraph out",
    "documents.added_block": "put a paragraph in",
    "documents.froze_version": "closed a draft, so that its words are fixed",
    "steering.started_policy": "started the policy from a Word file",
    "steering.said_ready": "said that the draft is ready",
    "steering.withdrew_ready": "changed the draft, so it needs both co-leads again",
    "steering.screened_equality": "recorded the equality screening",
    "steering.opened_consultation": "opened the draft for comment",
    "steering.sent_comment": "sent a comment",
    "steering.answered_comment": "answered a comment",
    "steering.started_next_draft": "started the next draft",
    "steering.shared_draft": "shared the draft",
    "steering.submitted_for_review": "sent the draft to the Steering Group",
    "steering.left_view": "left a view for the Steering Group",
    "steering.changed_view": "changed their view",
    "steering.decided_recommended": "recorded that the Steering Group recommends it",
    "steering.decided_conditions": "recorded that the Steering Group recommends it with conditions",
    "steering.decided_returned": "recorded that the Steering Group returned it",
    "steering.met_conditions": "recorded how the conditions were met",
    "steering.signed_off_equality": "recorded the equality sign-off",
    "steering.recorded_ratification": "recorded that the committee ratified it",
    "steering.published": "published it",
    "meetings.called": "called a meeting about it",
    "meetings.changed": "changed a meeting about it",
    "meetings.cancelled": "cancelled a meeting about it",
    "meetings.held": "recorded who was at a meeting about it",
}

#: Acts of people as members: the log on a page says what was done, and not who did it.
NAMELESS = frozenset({"steering.sent_comment", "steering.left_view", "steering.changed_view"})


def in_words(verb: str) -> str:
    """A verb of the audit log as the rest of a sentence; one nobody has put into words is shown plainly."""
    return SENTENCES.get(verb) or verb.partition(".")[2].replace("_", " ")
