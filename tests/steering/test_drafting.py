"""From a Word file to a draft that both sides call ready."""

from __future__ import annotations

import uuid

import pytest

from audit.models import AuditEntry
from core.errors import Refused, Stale
from documents.models import Placing, Upload
from governance.models import Side
from notifications.models import Message
from steering.models import Policy, Ready
from steering.services import policies
from tests.factories.drafting import TITLE, drafted, made_ready, next_draft, out_for_comment, sent, text_at, upload_of


def messages(kind: str) -> list[int]:
    """To whom messages of a kind were posted."""
    return sorted(Message.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def ids(*people) -> list[int]:
    return sorted(person.pk for person in people)


def test_what_was_read_becomes_draft_0_1(cast):
    policy = drafted(cast)
    assert policy.document.title == TITLE
    assert policy.state == "drafting"
    assert policy.open_version.number == "0.1"
    assert policy.shared_versions == []
    assert not Upload.objects.exists()
    entry = AuditEntry.objects.get(verb="steering.started_policy")
    assert (entry.actor, entry.about_id) == (cast.grace, str(policy.pk))


def test_saved_twice_is_one_policy(cast):
    upload = upload_of(cast.grace)
    facts = {"by": cast.grace, "body": cast.group, "title": TITLE, "upload": upload, "form_key": upload.pk}
    assert policies.start_policy(**facts) == policies.start_policy(**facts)
    assert Policy.objects.count() == 1


def test_only_a_task_group_writes_a_policy(cast):
    upload = upload_of(cast.grace)
    with pytest.raises(Refused) as refusal:
        policies.start_policy(by=cast.grace, body=cast.network, title=TITLE, upload=upload, form_key=uuid.uuid4())
    assert refusal.value.field == "body"
    assert not Policy.objects.exists()


def test_a_side_says_ready_once_and_the_other_co_lead_is_told(cast):
    policy = drafted(cast)
    first = policies.say_ready(by=cast.tunde, policy=policy)
    assert policies.say_ready(by=cast.tunde, policy=policy) == first
    assert first.side == Side.PEER
    assert messages("steering.look_at_draft") == ids(cast.priya)
    assert messages("steering.draft_ready") == []
    policies.say_ready(by=cast.priya, policy=policy)
    assert messages("steering.look_at_draft") == ids(cast.priya)
    assert messages("steering.draft_ready") == ids(cast.grace)


def test_who_co_leads_no_side_cannot_say_ready(cast):
    policy = drafted(cast)
    for person in (cast.cass, cast.grace, cast.morgan):
        with pytest.raises(Refused):
            policies.say_ready(by=person, policy=policy)
    assert not Ready.objects.exists()


def test_a_changed_word_withdraws_both_readies_and_tells_the_other(cast):
    policy = made_ready(cast, drafted(cast))
    Message.objects.all().delete()
    seen = text_at(policy.open_version, 1)
    policies.edit_paragraph(by=cast.priya, policy=policy, block=seen.block, seen=seen, text="Other words.")
    assert not Ready.objects.exists()
    assert messages("steering.look_at_draft") == ids(cast.tunde)
    assert AuditEntry.objects.filter(verb="steering.withdrew_ready").count() == 2


def test_saving_the_same_words_withdraws_nothing(cast):
    policy = made_ready(cast, drafted(cast))
    seen = text_at(policy.open_version, 1)
    policies.edit_paragraph(by=cast.priya, policy=policy, block=seen.block, seen=seen, text=seen.text)
    assert Ready.objects.count() == 2


@pytest.mark.parametrize("how", ["add", "remove"])
def test_adding_or_removing_withdraws_readies_too(cast, how):
    policy = made_ready(cast, drafted(cast))
    seen = text_at(policy.open_version, 1)
    if how == "add":
        policies.add_paragraph(by=cast.tunde, policy=policy, after=seen.block, kind="paragraph", level=0, text="New.")
    else:
        policies.remove_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen)
    assert not Ready.objects.exists()


def test_a_stale_edit_changes_nothing_and_gives_both_texts(cast):
    policy = drafted(cast)
    seen = text_at(policy.open_version, 1)
    policies.edit_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen, text="Tunde's words.")
    with pytest.raises(Stale) as stale:
        policies.edit_paragraph(by=cast.priya, policy=policy, block=seen.block, seen=seen, text="Priya's words.")
    assert (stale.value.theirs, stale.value.yours) == ("Tunde's words.", "Priya's words.")
    assert text_at(policy.open_version, 1).text == "Tunde's words."


def test_no_words_change_while_the_steering_group_has_it(cast):
    policy = drafted(cast)
    seen = text_at(policy.open_version, 1)
    Policy.objects.update(state="withdrawn")
    with pytest.raises(Refused):
        policies.edit_paragraph(by=cast.tunde, policy=policy, block=seen.block, seen=seen, text="Other.")
    with pytest.raises(Refused):
        policies.say_ready(by=cast.tunde, policy=policy)
    with pytest.raises(Refused):
        policies.start_next_draft(by=cast.tunde, policy=policy)


def test_the_next_draft_keeps_every_paragraph_and_only_one_is_open(cast):
    policy = out_for_comment(cast).policy
    version = policies.start_next_draft(by=cast.tunde, policy=policy)
    assert version.number == "0.2"
    same = [
        list(Placing.objects.filter(version=v).values_list("block", "text")) for v in policy.document.versions.all()
    ]
    assert same[0] == same[1]
    with pytest.raises(Refused):
        policies.start_next_draft(by=cast.priya, policy=policy)


def test_a_next_draft_is_shared_when_both_are_ready_and_commenters_are_told(cast):
    consultation = out_for_comment(cast)
    sent(consultation, cast.ishani)
    sent(consultation, cast.ishani, place=4)
    sent(consultation, cast.samuel)
    policy = consultation.policy
    next_draft(cast, policy)
    with pytest.raises(Refused) as refusal:
        policies.share_draft(by=cast.tunde, policy=policy)
    assert "peer co-lead and the staff co-lead" in refusal.value.message
    made_ready(cast, policy)
    version = policies.share_draft(by=cast.tunde, policy=policy)
    assert version.frozen_at is not None
    assert [v.number for v in Policy.objects.get().shared_versions] == ["0.1", "0.2"]
    assert messages("steering.new_draft") == ids(cast.ishani, cast.samuel)


def test_the_first_draft_is_not_shared_but_opened(cast):
    policy = made_ready(cast, drafted(cast))
    with pytest.raises(Refused):
        policies.share_draft(by=cast.tunde, policy=policy)
    assert policy.open_version is not None
