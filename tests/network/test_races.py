"""Two at once: they take turns at the Network's row, and the database has the last word."""

from __future__ import annotations

import uuid

from governance.models import Constituency, Function
from network.models import FunctionLead, Gap, Handover, Nomination, Partnership, SponsorRequest
from network.services import corporate, handovers, requests
from network.services.gaps import notice_gaps
from network.services.partnerships import end_partnership, pair
from notifications.models import Message
from tests.cast import make_cast, seat
from tests.network.acting import a_sponsor, accepted, ishanis, proposed
from tests.support.races import at_once, race

pytestmark = race


def test_the_peers_yes_and_taking_back_leave_one_of_the_two():
    cast = make_cast()
    handover = accepted(cast)
    outcomes = at_once(
        lambda: handovers.agree(by=cast.ishani, handover=handover),
        lambda: handovers.withdraw(by=cast.samuel, handover=handover),
        lambda: handovers.refuse(by=cast.ishani, handover=handover),
    )
    assert sum(isinstance(each, str) for each in outcomes) == 2
    handover.refresh_from_db()
    assert handover.state in {"done", "withdrawn", "refused"}
    is_done = handover.state == "done"
    assert ishanis(cast).sponsor == (cast.priya if is_done else cast.samuel)
    assert Partnership.objects.filter(peer=cast.ishani).count() == (2 if is_done else 1)


def test_the_new_sponsors_yes_and_taking_back():
    cast = make_cast()
    handover = proposed(cast)
    at_once(
        lambda: handovers.accept(by=cast.priya, handover=handover),
        lambda: handovers.withdraw(by=cast.samuel, handover=handover),
    )
    handover.refresh_from_db()
    assert handover.state == "withdrawn", "either it came first, or it took back what was accepted"


def test_two_handovers_proposed_at_once():
    cast = make_cast()
    a_sponsor(cast, cast.nadia)
    outcomes = at_once(*(lambda new=new: proposed(cast, new=new).pk for new in (cast.priya, cast.nadia)))
    assert [each for each in outcomes if isinstance(each, str)] == [
        "A new sponsor has been proposed already. Take that back first."
    ]
    assert Handover.objects.count() == 1


def test_two_yeses_to_two_handovers_leave_one_sponsor():
    cast = make_cast()
    a_sponsor(cast, cast.nadia)
    own, private = accepted(cast), accepted(cast, by=cast.grace, new=cast.nadia)
    outcomes = at_once(*(lambda it=it: handovers.agree(by=cast.ishani, handover=it).pk for it in (own, private)))
    assert sum(isinstance(each, str) for each in outcomes) == 1
    assert Partnership.objects.unended().filter(peer=cast.ishani).count() == 1
    assert set(Handover.objects.values_list("state", flat=True)) == {"done", "overtaken"}


def test_one_form_sent_three_times_at_once():
    cast = make_cast()
    key, old = uuid.uuid4(), ishanis(cast)
    outcomes = at_once(
        *[lambda: handovers.propose(by=cast.samuel, peer=cast.ishani, old=old, new_sponsor=cast.priya, form_key=key).pk]
        * 3
    )
    assert set(outcomes) == {Handover.objects.get().pk}


def test_asking_twice_at_once_asks_once():
    cast = make_cast()
    old = ishanis(cast)
    outcomes = at_once(
        lambda: requests.say_on_care_team(by=cast.ishani, partnership=old).pk,
        lambda: requests.say_on_care_team(by=cast.ishani, partnership=old).pk,
    )
    assert set(outcomes) == {SponsorRequest.objects.get().pk}


def test_a_gap_is_written_down_once_by_however_many_clocks():
    cast = make_cast()
    at_once(notice_gaps, notice_gaps, notice_gaps)
    assert Gap.objects.count() == 3
    assert Message.objects.filter(kind="network.waits", recipient=cast.cass).count() == 1


def test_ending_and_pairing_at_once_leave_no_open_gap_beside_a_sponsor():
    cast = make_cast()
    old = ishanis(cast)
    at_once(
        lambda: end_partnership(by=cast.grace, partnership=old).pk,
        lambda: pair(by=cast.grace, peer=cast.ishani, sponsor=cast.priya).pk,
    )
    assert ishanis(cast).sponsor == cast.priya
    assert not Gap.objects.open().filter(peer=cast.ishani).exists()


def test_a_nomination_answered_yes_and_no_at_once():
    cast = make_cast()
    FunctionLead.objects.create(function=Function.HR, person=cast.nadia, from_on="2026-09-01")
    chair = seat(cast.steering, None, Constituency.CORPORATE, Function.HR)
    asked = corporate.nominate(by=cast.nadia, seat=chair, email=cast.nadia.email, form_key=uuid.uuid4())
    outcomes = at_once(
        lambda: corporate.confirm(by=cast.grace, nomination=asked).pk,
        lambda: corporate.decline(by=cast.grace, nomination=asked).pk,
    )
    assert sum(isinstance(each, str) for each in outcomes) == 1
    assert chair.terms.count() == Nomination.objects.filter(state="confirmed").count()
