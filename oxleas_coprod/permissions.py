"""Who may do what: the one table. Read it aloud.

Each room declares its `Permission` constants in its `permissions.py` and its predicates in its `rules.py`;
this table binds each permission once, and the start stops when one is missing.
"""

from __future__ import annotations

from rules.predicates import Predicate

from accounts import permissions as accounts
from core.permissions import Permission
from governance.rules import (
    co_leads_body,
    is_equality_lead,
    is_governance_lead,
    is_in_network,
    is_on_steering,
    is_platform_admin,
    is_secretary_of_body,
    is_steering_secretary,
    sits_on_body,
)
from helplines import permissions as helping
from meetings import permissions as meetings
from meetings.rules import is_asked_to_come, is_of_its_body, runs_it
from network import permissions as network
from network.rules import invited_them, is_network_keeper, is_network_sponsor
from notifications import permissions as notifications
from steering import permissions as deciding
from steering import permissions as drafting
from steering.rules import (
    co_leads_a_task_group,
    co_leads_the_group,
    has_left_a_view,
    is_decided,
    is_in_the_group,
    was_asked,
)
from taskgroups import permissions as taskgroups
from taskgroups.rules import is_own_request, may_ask_for_a_seat, runs_its_body, runs_the_body
from workforce import permissions as workforce
from workforce.rules import may_edit_hr_records, may_view_hr_records

TABLE: dict[Permission, Predicate] = {
    # notifications
    notifications.READ_LEDGER: is_steering_secretary | is_governance_lead,
    notifications.SEND_AGAIN: is_steering_secretary | is_governance_lead,
    # helplines
    helping.EDIT_HELP: is_steering_secretary | is_governance_lead | is_platform_admin,
    # network
    network.SEE_NETWORK: is_in_network | is_steering_secretary,
    network.INVITE: is_network_keeper | is_network_sponsor,
    network.INVITE_ANYONE: is_network_keeper,
    network.SEE_INVITATION: is_network_keeper | invited_them,
    network.CHANGE_INVITATION: is_network_keeper | invited_them,
    network.GIVE_WAITING_SEAT: is_network_keeper,
    network.RECORD_AGREEMENT: is_network_keeper | is_network_sponsor,
    network.CHANGE_AGREEMENT: is_network_keeper | is_governance_lead,
    network.REACH_PEOPLE: is_network_keeper | is_network_sponsor,
    # taskgroups
    taskgroups.ASK_TO_JOIN: may_ask_for_a_seat,
    taskgroups.SEE_REQUEST: is_own_request | runs_its_body,
    taskgroups.WITHDRAW_REQUEST: is_own_request,
    taskgroups.ANSWER_REQUESTS: runs_the_body,
    taskgroups.SEE_MEMBERS: sits_on_body | runs_the_body,
    # meetings
    meetings.CALL_MEETING: co_leads_body | is_secretary_of_body,
    meetings.SEE_MEETING: is_of_its_body,
    meetings.REPLY: is_asked_to_come,
    meetings.RUN_MEETING: runs_it,
    # steering: drafting and comment
    drafting.START_POLICY: is_steering_secretary | co_leads_a_task_group,
    drafting.SEE_OPEN_DRAFT: is_in_the_group | is_steering_secretary | is_governance_lead,
    drafting.EDIT_DRAFT: co_leads_the_group,
    drafting.SAY_READY: co_leads_the_group,
    drafting.SHARE_DRAFT: co_leads_the_group,
    drafting.OPEN_CONSULTATION: is_steering_secretary,
    drafting.COMMENT: was_asked,
    drafting.READ_ALL_COMMENTS: is_in_the_group | is_steering_secretary | is_governance_lead,
    drafting.ANSWER_COMMENT: co_leads_the_group,
    drafting.SUBMIT_FOR_REVIEW: co_leads_the_group | is_steering_secretary,
    # steering: deciding and publishing
    deciding.READ_REVIEW: is_on_steering | is_steering_secretary | is_governance_lead | is_equality_lead,
    deciding.LEAVE_VIEW: is_on_steering,
    deciding.READ_VIEWS: is_steering_secretary | is_governance_lead | (is_on_steering & (has_left_a_view | is_decided)),
    deciding.KNOW_WHOSE_VIEWS: is_on_steering | is_steering_secretary,
    deciding.RECORD_RECOMMENDATION: is_steering_secretary,
    deciding.SIGN_OFF_EQUALITY: is_equality_lead,
    deciding.RECORD_RATIFICATION: is_steering_secretary | is_governance_lead,
    deciding.PUBLISH_POLICY: is_governance_lead | is_steering_secretary,
    deciding.READ_EVIDENCE: is_governance_lead | is_steering_secretary,
    # accounts: the platform administrator's site
    accounts.MANAGE_PEOPLE: is_platform_admin,
    # workforce
    workforce.READ_ROLE_RECORDS: may_view_hr_records | may_edit_hr_records,
    workforce.CHANGE_ROLE_RECORDS: may_edit_hr_records,
}
