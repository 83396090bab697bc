"""Words of the demo policies: plain, invented, and short enough to read in a demonstration.

A line is a paragraph. A mark at its start says what it is: "# " heading, "- " list item with a
bullet, "1. " numbered list item (the number is kept as printed).
"""

from __future__ import annotations

import re

Block = dict[str, object]

JOB_DESCRIPTION = """
# 1 Why this document
This document says what a peer support worker does in our Trust, and what we look for when we choose one.
It was drafted by people who have used our services and by staff, together.
# 2 What a peer support worker does
A peer support worker uses their own experience of a mental health problem to help others who face one.
- meets people one to one, and listens
- runs groups with another member of staff
- shares parts of their own story when it helps, and never because they are told to
- helps people to plan their own recovery
# 3 What a peer support worker does not do
A peer support worker is not a cheaper nurse. They do not give medicines, and they do not restrain anyone.
They are not asked to write about people in words those people may not see.
# 4 What we look for
Applicants must have experience of a mental health problem and of their own recovery.
Applicants should have been well for at least two years before they apply.
We look for people who are kind, who listen, and who can work in a team.
No school certificates are needed. Training is given in paid time.
# 5 Hours and pay
The post is at band 3 of the national pay system. Most posts are part time, from 15 to 22.5 hours a week.
Every post has a line manager and, beside them, a peer supervisor.
# 6 How we will check that this works
The Task Group reads this document again each year and asks peer workers what should change.
"""

TEAM_READINESS = """
# 1 Before a peer worker starts
A team that welcomes its first peer worker needs time to get ready. This guide says how.
The team manager books two hours with the whole team, with a peer trainer in the room.
# 2 Questions every team asks
- What can I say about our new colleague to patients?
- Who do I talk to if I am worried about how a colleague is?
- What is shared in notes, and what is not?
# 3 The first month
The new peer worker has a desk, a log-in and a name badge on the first day.
They meet their peer supervisor in the first week.
"""

RECRUITING = """
# 1 Purpose
This procedure says how we recruit people with lived experience, so that what they have lived through counts for them and not against them.
# 2 Adverts
Adverts are in plain words and say what the job is really like.
Each advert gives the name and number of a peer worker whom people can call before they apply.
# 3 Applying
People may apply in writing, by a recording, or by talking to someone who writes it down.
A gap in work is not held against anyone. References may come from a group, a course or a volunteer role.
# 4 Interviews
Every panel has a peer member who has the same say as the others.
Questions are sent to people two days before.
# 5 Checks
A criminal record is looked at case by case, by two people, one of them a peer member of the panel.
Health questions are asked only after an offer, by occupational health, and only to see what support is needed.
"""

SUPERVISION = """
# 1 Purpose
Peer workers give a lot of themselves. This policy makes sure that somebody is there for them.
# 2 Who it is for
It is for every peer worker in the Trust, whatever their hours, and for those who manage or supervise them.
# 3 What each peer worker can count on
1. One hour with their line manager every four weeks.
2. One hour with a peer supervisor every four weeks, who is not their manager.
3. A group with other peer workers every month, in paid time.
# 4 What is kept
Only the date of each meeting is kept. What is said there stays there.
If somebody is at serious risk, the supervisor must act, and says so first where they can.
# 5 When it does not happen
If two meetings in a row are missed, the peer worker may call the peer lead, who finds another supervisor within ten working days.
"""

CAREER = """
# 1 Purpose
A peer worker who wants to stay, grow or move on should know how.
# 2 Steps
- peer support worker
- senior peer support worker
- peer supervisor or trainer
- peer lead
# 3 Time to learn
Each peer worker has five paid days a year to learn, and chooses with their supervisor what to use them for.
# 4 Fixed-term posts
No peer worker hears in the last three months that their post is ending. The Trust tells them at least six months before.
"""

_NUMBERED = re.compile(r"(\d+\.) (.+)")


def blocks_of(words: str) -> list[Block]:
    """The text as the blocks that an upload holds: {"kind", "level", "label", "text"}."""
    return [_block(line) for line in words.strip().splitlines()]


def _block(line: str) -> Block:
    if line.startswith("## "):
        return {"kind": "heading", "level": 2, "label": "", "text": line[3:]}
    if line.startswith("# "):
        number, _, words = line[2:].partition(" ")
        return {"kind": "heading", "level": 1, "label": number, "text": words}
    if line.startswith("- "):
        return {"kind": "list_item", "level": 0, "label": "•", "text": line[2:]}
    if numbered := _NUMBERED.fullmatch(line):
        return {"kind": "list_item", "level": 0, "label": numbered[1], "text": numbered[2]}
    return {"kind": "paragraph", "level": 0, "label": "", "text": line}
