"""Who may do what: the one table. Read it aloud.

Each room declares its `Permission` constants in its `permissions.py` and its predicates in its `rules.py`;
this table binds each permission once, and the start stops when one is missing.
"""

from __future__ import annotations

from rules.predicates import Predicate

from access import permissions as access
from access.rules import is_own_passport, was_shared_with
from accounts import permissions as accounts
from core.permissions import Permission
from governance import interest_permissions as interests
from governance import own_permissions as own_seats
from governance import permissions as governance
from governance.interest_rules import (
    is_asked_about_interests,
    is_own_interest,
    is_own_recusal,
    keeps_a_body,
    reads_the_table,
    was_told_why,
)
from governance.rules import (
    answers_charter,
    co_leads_body,
    is_asked_by_steering,
    is_equality_lead,
    is_governance_lead,
    is_in_network,
    is_on_steering,
    is_platform_admin,
    is_secretary_of_body,
    is_steering_secretary,
    may_know_who_sits,
    may_see_seats,
    runs_body,
    runs_some_body,
    runs_the_body,
    sits_in_on_steering,
    sits_on_body,
)
from helplines import permissions as helping
from home import permissions as home
from home.handover_rules import may_take_over
from meetings import permissions as meetings
from meetings.rules import (
    answers_for_what_was_unmet,
    is_asked_to_come,
    is_of_its_body,
    runs_it,
    was_asked_of_them,
)
from network import permissions as network
from network.rules import (
    answers_it,
    asked_for_it,
    invited_them,
    is_asked_for_a_yes,
    is_its_peer,
    is_its_sponsor,
    is_network_keeper,
    is_peer_of_network,
    is_secretary_of_its_body,
    is_sponsor_of_network,
    may_call_it_off,
    speaks_for_a_function,
    speaks_for_its_function,
)
from notifications import permissions as notifications
from practice import permissions as practice
from practice.rules import (
    is_its_audience,
    is_let_see_it,
    is_moderator,
    is_network_peer,
    made_the_report,
    may_look_at,
    may_reply_to,
    may_report_item,
    may_report_reply,
    sits_somewhere,
    wrote_it,
)
from steering import permissions as deciding
from steering import permissions as drafting
from steering.rules import (
    co_leads_a_task_group,
    co_leads_the_group,
    has_left_a_view,
    is_decided,
    is_in_the_group,
    speaks_for_a_side,
    was_asked,
)
from taskgroups import permissions as taskgroups
from taskgroups.rules import is_own_request, may_ask_for_a_seat, runs_its_body
from workforce import permissions as workforce
from workforce.rules import (
    may_edit_hr_records,
    may_see_sensitive_statuses,
    may_take_records_away,
    may_view_hr_records,
)

TABLE: dict[Permission, Predicate] = {
    # notifications
    notifications.READ_LEDGER: is_steering_secretary | is_governance_lead,
    notifications.SEND_AGAIN: is_steering_secretary | is_governance_lead,
    # helplines
    helping.EDIT_HELP: is_steering_secretary | is_governance_lead | is_platform_admin,
    # governance: breaks, deputies, leaving and the term clock
    own_seats.SEE_VACANCIES: runs_some_body,
    own_seats.SET_DEPUTIES: is_secretary_of_body | is_steering_secretary,
    # governance: interests
    interests.DECLARE_INTERESTS: is_asked_about_interests,
    interests.CORRECT_INTEREST: is_own_interest,
    interests.READ_REGISTER: is_governance_lead | is_steering_secretary,
    interests.READ_BODY_REGISTER: reads_the_table,
    interests.SEE_WHO_HAS_ANSWERED: keeps_a_body,
    interests.SAY_IT_CONCERNS_ME: sits_on_body,
    interests.READ_RECUSAL: is_own_recusal | was_told_why,
    interests.WITHDRAW_RECUSAL: is_own_recusal,
    # governance: bodies, seats, offices, terms of reference
    governance.SEE_SEATS: may_see_seats,
    governance.KNOW_WHO_SITS: may_know_who_sits,
    governance.SEE_SETTINGS: runs_body | co_leads_body,
    governance.CHANGE_SETTINGS: runs_body,
    governance.MOVE_BODY: runs_body,
    governance.FILL_SEATS: runs_body,
    governance.GIVE_OFFICES: runs_body,
    governance.PROPOSE_CHARTER: co_leads_body | is_secretary_of_body,
    governance.SEE_CHARTER_DRAFT: co_leads_body | is_secretary_of_body | answers_charter,
    governance.ANSWER_CHARTER: answers_charter,
    # access
    access.READ_PASSPORT: is_own_passport | was_shared_with,
    access.SHARE_WITH_BODY: sits_on_body,
    # network
    network.LEAVE_NETWORK: is_in_network,
    network.SEE_NETWORK: is_in_network | is_steering_secretary,
    network.KEEP_NETWORK: is_steering_secretary,
    network.SEE_MY_PEERS: is_sponsor_of_network,
    network.SEE_MY_SPONSOR: is_peer_of_network,
    network.SHARE: is_its_peer,
    network.NOTE: is_its_sponsor,
    network.PROPOSE_HANDOVER: is_its_sponsor | is_steering_secretary,
    network.ANSWER_HANDOVER: is_asked_for_a_yes,
    network.WITHDRAW_HANDOVER: may_call_it_off,
    network.SEE_SPONSOR_REQUEST: asked_for_it | answers_it,
    network.ANSWER_SPONSOR_REQUEST: answers_it,
    network.TAKE_BACK_SPONSOR_REQUEST: asked_for_it,
    network.NAME_LEADS: is_steering_secretary,
    network.SEE_CORPORATE: is_steering_secretary | speaks_for_a_function,
    network.NOMINATE: speaks_for_a_function,
    network.ANSWER_NOMINATION: is_secretary_of_its_body,
    network.TAKE_BACK_NOMINATION: speaks_for_its_function,
    network.INVITE: is_network_keeper | is_sponsor_of_network,
    network.INVITE_ANYONE: is_network_keeper,
    network.SEE_INVITATION: is_network_keeper | invited_them,
    network.CHANGE_INVITATION: is_network_keeper | invited_them,
    network.GIVE_WAITING_SEAT: is_network_keeper,
    network.RECORD_AGREEMENT: is_network_keeper | is_sponsor_of_network,
    network.CHANGE_AGREEMENT: is_network_keeper | is_governance_lead,
    network.REACH_PEOPLE: is_network_keeper | is_sponsor_of_network,
    # taskgroups
    taskgroups.ASK_TO_JOIN: may_ask_for_a_seat,
    taskgroups.SEE_REQUEST: is_own_request | runs_its_body,
    taskgroups.WITHDRAW_REQUEST: is_own_request,
    taskgroups.ANSWER_REQUESTS: runs_the_body,
    taskgroups.SEE_MEMBERS: sits_on_body | runs_the_body,
    taskgroups.START_GROUP: is_steering_secretary,
    taskgroups.CHANGE_REMIT: runs_body,
    # practice
    practice.SEE_REGISTER: sits_somewhere | is_steering_secretary,
    practice.SHARE: is_network_peer,
    practice.READ_ITEM: wrote_it | is_its_audience | is_let_see_it,
    practice.CHANGE_ITEM: wrote_it,
    practice.LEAVE_LINE: is_let_see_it,
    practice.READ_STEERING: is_on_steering | is_steering_secretary,
    practice.REPLY: may_reply_to,
    practice.CHANGE_REPLY: wrote_it,
    practice.REPORT_ITEM: may_report_item,
    practice.REPORT_REPLY: may_report_reply,
    practice.SEE_OWN_REPORT: made_the_report,
    practice.SEE_REPORTS: is_moderator | is_steering_secretary,
    practice.LOOK_AT_REPORT: may_look_at,
    practice.NAME_MODERATORS: is_steering_secretary,
    # meetings
    meetings.CALL_MEETING: co_leads_body | is_secretary_of_body,
    meetings.SEE_MEETING: is_of_its_body,
    meetings.REPLY: is_asked_to_come,
    meetings.RUN_MEETING: runs_it,
    meetings.ANSWER_NEEDS: was_asked_of_them,
    meetings.ACT_ON_NEEDS: answers_for_what_was_unmet,
    # steering: drafting and comment
    drafting.START_POLICY: is_steering_secretary | co_leads_a_task_group,
    drafting.SEE_OPEN_DRAFT: is_in_the_group | is_steering_secretary | is_governance_lead,
    drafting.EDIT_DRAFT: co_leads_the_group,
    drafting.SAY_READY: speaks_for_a_side,
    drafting.SHARE_DRAFT: co_leads_the_group,
    drafting.OPEN_CONSULTATION: is_steering_secretary,
    drafting.COMMENT: was_asked,
    drafting.READ_ALL_COMMENTS: is_in_the_group | is_steering_secretary | is_governance_lead,
    drafting.ANSWER_COMMENT: co_leads_the_group,
    drafting.SUBMIT_FOR_REVIEW: co_leads_the_group | is_steering_secretary,
    # steering: deciding and publishing
    deciding.READ_REVIEW: (
        is_on_steering | sits_in_on_steering | is_steering_secretary | is_governance_lead | is_equality_lead
    ),
    deciding.LEAVE_VIEW: is_asked_by_steering,
    deciding.READ_VIEWS: is_steering_secretary | is_governance_lead | (is_on_steering & (has_left_a_view | is_decided)),
    deciding.KNOW_WHOSE_VIEWS: is_on_steering | is_steering_secretary,
    deciding.RECORD_RECOMMENDATION: is_steering_secretary,
    deciding.SIGN_OFF_EQUALITY: is_equality_lead,
    deciding.RECORD_RATIFICATION: is_steering_secretary | is_governance_lead,
    deciding.PUBLISH_POLICY: is_governance_lead | is_steering_secretary,
    deciding.READ_EVIDENCE: is_governance_lead | is_steering_secretary,
    deciding.READ_STAFF_FIGURES: is_on_steering | is_steering_secretary | is_governance_lead,
    # accounts: the platform administrator's site
    accounts.MANAGE_PEOPLE: is_platform_admin,
    # home
    home.LOOK_AFTER: runs_some_body,
    home.READ_HANDOVER: may_take_over,
    accounts.RESET_SECOND_FACTOR: is_platform_admin | is_governance_lead,
    # workforce
    workforce.READ_ROLE_RECORDS: may_view_hr_records | may_edit_hr_records,
    workforce.CHANGE_ROLE_RECORDS: may_edit_hr_records,
    workforce.IMPORT_ESR: may_edit_hr_records,
    workforce.EXPORT_ROLE_RECORDS: may_take_records_away & (may_view_hr_records | may_edit_hr_records),
    workforce.RELEASE_FIGURES: may_edit_hr_records,
    workforce.READ_SENSITIVE: may_see_sensitive_statuses & (may_view_hr_records | may_edit_hr_records),
    workforce.CHANGE_SENSITIVE: may_see_sensitive_statuses & may_edit_hr_records,
    workforce.STRIKE_OUT: may_edit_hr_records,
    workforce.READ_STRUCK_OUT: is_governance_lead,
}
