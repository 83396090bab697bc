"""Policies: who may know of one, read it, change it, comment, answer, decide, publish and prove.

`writing` has a draft that nobody outside the group has been shown; `asked` is open to the Network and the group, with
the next draft open; `review` is with the Steering Group. `far_…` belong to a group of which only Morgan is.
"""

from __future__ import annotations

from tests.factories.steering import CANARY_VIEW
from tests.permissions.notation import (
    ASKED,
    CO_LEADS,
    EQUALITY,
    EVERYONE,
    FAR_IN_WRITING,
    FAR_LEAD,
    FAR_REVIEWED,
    FAR_TAKE_PART,
    GOVERNANCE,
    GROUP,
    IN_WRITING,
    OVERSEERS,
    SECRETARY,
    STEERING,
    TAKE_PART,
    Row,
    button,
    page,
    people,
)
from tests.permissions.world import CANARIES

#: Co-leads of any Task Group, and the secretary who uploads for them (story, step 1).
UPLOADERS = CO_LEADS | FAR_LEAD | SECRETARY
#: Those who read words that are still being written: the group whose words they are, the secretary who helps it, and
#: the governance lead who must prove how they came about. The equality lead reads what is shared.
SEE_OPEN = GROUP | SECRETARY | GOVERNANCE
#: The Steering Group decides; the secretary writes it down; governance and equality leads have their own part.
REVIEWERS = STEERING | OVERSEERS


def for_co_leads(address: str, *, get: int = 200, post: int = 200) -> list[Row]:
    """What only the two co-leads of the group do to its words. Even the secretary does not speak for them."""
    both = {"get": get, "post": post}
    return [
        Row(address, "writing", may=CO_LEADS, refused=IN_WRITING - CO_LEADS, **both),
        Row(address, "asked", may=CO_LEADS, refused=TAKE_PART - CO_LEADS, **both),
        Row(address, "far_writing", may=FAR_LEAD, refused=FAR_IN_WRITING - FAR_LEAD, **both),
        Row(address, "far_asked", may=FAR_LEAD, refused=FAR_TAKE_PART - FAR_LEAD, **both),
        Row(address, "absent", **both),
    ]


def for_readers(address: str, *, post: int = 405) -> list[Row]:
    """What those who take part may read."""
    return [
        Row(address, "writing", may=SEE_OPEN, post=post, why="no draft was shared yet; an open one is for the group"),
        Row(address, "asked", may=TAKE_PART, post=post),
        Row(address, "review", may=TAKE_PART, post=post),
        Row(address, "published", may=TAKE_PART, post=post, why="publication opens the text, not how it came about"),
        Row(address, "withdrawn", may=TAKE_PART, post=post),
        Row(address, "far_writing", may=FAR_LEAD | SECRETARY | GOVERNANCE, post=post),
        Row(address, "far_asked", may=FAR_TAKE_PART, post=post),
        Row(address, "far_review", may=FAR_REVIEWED, post=post, why="it came to the Steering Group"),
        Row(address, "far_published", may=FAR_REVIEWED, post=post),
        Row(address, "absent", post=post),
    ]


LIST = [
    page("steering:policies", may=EVERYONE, shows={"Being written": IN_WRITING | FAR_IN_WRITING}, why="to each theirs"),
    Row("steering:new_policy", may=UPLOADERS, rest=403, why="the page exists for everyone; it is not theirs to use"),
    Row("steering:preview", "own", may=people("tunde"), refused=EVERYONE - UPLOADERS, why="an upload is its owner's"),
    Row("steering:preview", "other", may=SECRETARY, refused=EVERYONE - UPLOADERS),
    Row("steering:preview", "absent", refused=EVERYONE - UPLOADERS),
    page("steering:policy", "writing", may=IN_WRITING),
    page("steering:policy", "asked", may=TAKE_PART),
    page("steering:policy", "review", may=TAKE_PART),
    page("steering:policy", "recommended", may=TAKE_PART),
    page("steering:policy", "withdrawn", may=TAKE_PART),
    page("steering:policy", "published", may=EVERYONE, why="that a published policy exists is no secret"),
    page("steering:policy", "far_writing", may=FAR_IN_WRITING),
    page("steering:policy", "far_asked", may=FAR_TAKE_PART),
    page("steering:policy", "far_review", may=FAR_REVIEWED),
    page("steering:policy", "far_published", may=EVERYONE),
    page("steering:policy", "absent"),
]

SUBMITTERS = CO_LEADS | SECRETARY
BUTTONS = [
    *for_co_leads("steering:say_ready", get=405, post=302),
    *for_co_leads("steering:start_next_draft", get=405, post=302),
    *for_co_leads("steering:share_draft", get=405, post=302),
    button("steering:say_ready", "published", may=CO_LEADS, refused=EVERYONE - CO_LEADS, why="all know it"),
    button("steering:submit_for_review", "writing", may=SUBMITTERS, refused=IN_WRITING - SUBMITTERS),
    button("steering:submit_for_review", "asked", may=SUBMITTERS, refused=TAKE_PART - SUBMITTERS),
    button("steering:submit_for_review", "far_asked", may=FAR_LEAD | SECRETARY, refused=GOVERNANCE | EQUALITY),
    button("steering:submit_for_review", "absent"),
]

READING = [
    *for_readers("steering:changes"),
    *for_readers("steering:draft"),
    page("steering:draft", "asked?version=0.1", may=TAKE_PART),
    page("steering:draft", "asked?version=0.2", may=SEE_OPEN, why="0.2 is still being written"),
    page("steering:draft", "far_asked?version=0.2", may=FAR_LEAD | SECRETARY | GOVERNANCE),
    page("steering:changes", "asked?to=0.2", may=SEE_OPEN),
    page("steering:draft", "asked?version=7.7"),
]

WRITING = [
    *for_co_leads("steering:edit", post=405),
    page("steering:edit", "review", may=CO_LEADS, refused=TAKE_PART - CO_LEADS, get=302, why="none is open"),
    *for_co_leads("steering:add_first"),
    *for_co_leads("steering:edit_block"),
    *for_co_leads("steering:add_block"),
    *for_co_leads("steering:remove_block"),
    *(
        Row(f"steering:{name}", about, refused=TAKE_PART - CO_LEADS, why="no such paragraph in the open draft")
        for name in ("edit_block", "add_block", "remove_block")
        for about in ("foreign", "absent_inside", "review")
    ),
]

#: Who is asked comments; who only looks on was not asked.
ONLOOKERS = OVERSEERS
COMMENTING = [
    Row("steering:comment", "asked", may=ASKED, refused=ONLOOKERS),
    Row("steering:comment", "writing", refused=IN_WRITING, why="nobody has been asked yet"),
    Row("steering:comment", "review", may=ASKED, refused=ONLOOKERS, why="closed: the page says so"),
    Row("steering:comment", "withdrawn", may=ASKED, refused=ONLOOKERS),
    Row("steering:comment", "far_asked", may=FAR_LEAD, refused=ONLOOKERS),
    Row("steering:comment", "far_review", may=FAR_LEAD, refused=STEERING | ONLOOKERS),
    Row("steering:comment", "foreign", refused=ONLOOKERS, why="a paragraph of another policy"),
    Row("steering:comment", "absent_inside", refused=ONLOOKERS),
    Row("steering:comment", "absent"),
    Row("steering:keep_comment", "asked", may=ASKED, refused=ONLOOKERS, get=405, post=409, why="no words, none kept"),
    Row("steering:keep_comment", "far_asked", may=FAR_LEAD, refused=ONLOOKERS, get=405, post=409),
    Row("steering:keep_comment", "foreign", refused=ONLOOKERS, get=405),
    Row("steering:keep_comment", "absent", get=405),
    Row("steering:check_comment", "begun", may=people("ishani"), gets=dict.fromkeys(ASKED - {"ishani"}, 302),
        posts=dict.fromkeys(ASKED - {"ishani"}, 302), refused=ONLOOKERS, shows={"Not sent yet.": people("ishani")},
        why="words begun are seen by nobody else; who began none is sent to begin"),
    Row("steering:check_comment", "far_asked", may=FAR_LEAD, refused=ONLOOKERS, get=302, post=302),
    Row("steering:check_comment", "absent"),
]  # fmt: skip

COMMENTS = [
    page("steering:comment_place", "asked", may=TAKE_PART),
    page("steering:comment_place", "published", may=TAKE_PART, why="a published policy does not open its comments"),
    page("steering:comment_place", "far_asked", may=FAR_TAKE_PART),
    page("steering:comment_place", "far_review", may=FAR_REVIEWED),
    page("steering:comment_place", "far_published", may=FAR_REVIEWED),
    page("steering:comment_place", "foreign"),
    page("steering:comment_place", "absent_inside"),
    page("steering:comment_place", "absent"),
    page("steering:comment_sent", "asked", may=people("ishani"), why="her own"),
    page("steering:comment_sent", "far_asked", why="its author is not of the cast"),
    page("steering:comment_sent", "foreign"),
    page("steering:comment_sent", "absent"),
    page("steering:answers", "asked", may=SEE_OPEN, refused=TAKE_PART - SEE_OPEN, why="the work list of the group"),
    page("steering:answers", "writing", may=SEE_OPEN, refused=EQUALITY),
    page("steering:answers", "review", may=SEE_OPEN, refused=TAKE_PART - SEE_OPEN),
    page("steering:answers", "far_asked", may=FAR_LEAD | SECRETARY | GOVERNANCE, refused=EQUALITY),
    page("steering:answers", "far_published", may=FAR_LEAD | SECRETARY | GOVERNANCE, refused=STEERING),
    page("steering:answers", "absent"),
    Row("steering:answer", "asked", may=CO_LEADS, refused=TAKE_PART - CO_LEADS),
    Row("steering:answer", "review", may=CO_LEADS, refused=TAKE_PART - CO_LEADS),
    Row("steering:answer", "far_asked", may=FAR_LEAD, refused=OVERSEERS),
    Row("steering:answer", "foreign", refused=TAKE_PART - CO_LEADS),
    Row("steering:answer", "absent"),
]

OPENING = [
    Row("steering:open_consultation", "writing", may=SECRETARY, refused=IN_WRITING - SECRETARY, why="story, step 2"),
    Row("steering:open_consultation", "published", may=SECRETARY, refused=TAKE_PART - SECRETARY),
    Row("steering:open_consultation", "far_writing", may=SECRETARY, refused=FAR_IN_WRITING - SECRETARY),
    Row("steering:open_consultation", "absent"),
]


def for_deciders(address: str, may: frozenset[str], **more: int) -> list[Row]:
    """What is done to a policy that has come to the Steering Group; before that there is nothing to do it to."""
    return [
        Row(address, "review", may=may, refused=TAKE_PART - may, **more),
        Row(address, "ratified", may=may, refused=TAKE_PART - may, **more),
        Row(address, "published", may=may, refused=EVERYONE - may, **more),
        Row(address, "asked", refused=TAKE_PART - may, why="it has not come to the Steering Group"),
        Row(address, "writing", refused=IN_WRITING - may),
        Row(address, "far_review", may=may, refused=FAR_REVIEWED - may, **more),
        Row(address, "far_asked", refused=FAR_TAKE_PART - may),
        Row(address, "absent"),
    ]


#: Before the decision views are read by who left theirs, and by who keeps the record; the governance lead reads sides.
VIEWS_BEFORE = SECRETARY | GOVERNANCE | people("samuel")
SHOWN_BEFORE = {CANARY_VIEW: VIEWS_BEFORE, CANARIES["steering"]: VIEWS_BEFORE - GOVERNANCE}
DECIDING = [
    Row("steering:review", "review", may=REVIEWERS, refused=TAKE_PART - REVIEWERS, post_may=STEERING,
        post_refused=TAKE_PART - STEERING, shows=SHOWN_BEFORE,
        why="views are read by those who left theirs, so that nobody is swayed"),
    Row("steering:review", "far_review", may=REVIEWERS, refused=FAR_LEAD, post_may=STEERING,
        post_refused=FAR_REVIEWED - STEERING, shows=SHOWN_BEFORE),
    Row("steering:review", "ratified", may=REVIEWERS, refused=TAKE_PART - REVIEWERS, post_may=STEERING,
        post_refused=TAKE_PART - STEERING),
    Row("steering:review", "far_published", may=REVIEWERS, refused=EVERYONE - REVIEWERS, post_may=STEERING,
        post_refused=EVERYONE - STEERING),
    Row("steering:review", "asked", refused=TAKE_PART - REVIEWERS, why="it has not come to the Steering Group"),
    Row("steering:review", "far_asked", refused=FAR_LEAD),
    Row("steering:review", "absent"),
    *for_deciders("steering:recommendation", SECRETARY),
    *for_deciders("steering:conditions", SECRETARY),
    *for_deciders("steering:equality", EQUALITY),
    *for_deciders("steering:ratification", SECRETARY | GOVERNANCE),
]  # fmt: skip

PROVERS = SECRETARY | GOVERNANCE


def for_provers(address: str, **more: int) -> list[Row]:
    """What the governance lead and the secretary do, to a policy in any state."""
    return [
        Row(address, "writing", may=PROVERS, refused=IN_WRITING - PROVERS, **more),
        Row(address, "ratified", may=PROVERS, refused=TAKE_PART - PROVERS, **more),
        Row(address, "published", may=PROVERS, refused=EVERYONE - PROVERS, **more),
        Row(address, "far_asked", may=PROVERS, refused=FAR_TAKE_PART - PROVERS, **more),
        Row(address, "far_review", may=PROVERS, refused=FAR_REVIEWED - PROVERS, **more),
        Row(address, "absent", **more),
    ]


PROVING = [
    *for_provers("steering:publish"),
    *for_provers("steering:evidence", post=405),
    *for_provers("steering:evidence_comments", post=405),
    *for_provers("steering:evidence_messages", post=405),
    *for_provers("steering:recipients"),
    *for_provers("steering:bundle"),
    page("steering:draft_pdf", "writing", may=SEE_OPEN),
    page("steering:draft_pdf", "far_asked", may=FAR_TAKE_PART),
    page("steering:draft_pdf", "published", may=TAKE_PART, get=302, why="leads to the published file"),
    page("steering:draft_pdf", "far_published", may=FAR_REVIEWED, get=302),
    page("steering:draft_pdf", "absent"),
]

ROWS = [*LIST, *BUTTONS, *READING, *WRITING, *COMMENTING, *COMMENTS, *OPENING, *DECIDING, *PROVING]
