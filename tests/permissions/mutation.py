"""Take one rule away at a time, and see whether the matrix notices.

Every binding of the table is replaced by "everybody" and by "nobody"; every `visible_to` by "everything". For each, the
matrix is asked until one cell is not as written: first addresses that declare the permission, then all the others.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rules.predicates import always_allow, always_deny

from access.models import Passport
from core import permissions as table
from core.permissions import Permission
from governance.models import Body, Recusal
from meetings.models import Meeting, NeedsMet
from network.models import FunctionLead, Gap, Handover, Nomination, Offer, Partnership, SponsorRequest
from oxleas_coprod.permissions import TABLE
from practice.models import Item, Reply, Report
from steering.models import Comment, Consultation, Policy
from taskgroups.models import JoinRequest
from tests.permissions import hr_people
from tests.permissions.agreement import disagreements
from tests.permissions.asking import Askers
from tests.permissions.matrix import ROWS, wrong_cells
from tests.support.addresses import all_addresses

SCOPES = (
    *((model, "visible_to") for model in (Policy, Consultation, Comment, Meeting, JoinRequest, Body, Partnership)),
    *((model, "visible_to") for model in (Handover, SponsorRequest, Nomination, Gap, FunctionLead)),
    (SponsorRequest, "to_answer_by"),
    *((model, "visible_to") for model in (Passport, NeedsMet, Recusal, Offer)),
    (Policy, "taking_part"),
    *((model, "visible_to") for model in (Item, Reply, Report)),
    (Item, "shared_with"),
    (Item, "let_see"),
    (Report, "for_moderator"),
)

#: Where to look first for a permission that no address declares.
ASKED_WHERE_A_PAGE_IS_MADE = {
    "steering.see_open_draft": {"steering:changes"},
    "steering.read_views": {"steering:review"},
    "steering.know_whose_views": {"steering:review"},
    "taskgroups.see_members": {"taskgroups:group"},
    "workforce.change_role_records": {"hr:workforce_position_add"},
    "workforce.import_esr": {"hr:workforce_esrimport_changelist"},
    "workforce.change_sensitive": {"hr:workforce_dbs_add"},
}


def mutants() -> Iterator[tuple[str, Callable, str]]:
    """A name, a context in which the rule is gone, and the name of the permission that it was about, or ""."""
    for permission in TABLE:
        yield f"everybody may {permission.name}", lambda it=permission: _bound(it, always_allow), permission.name
        yield f"nobody may {permission.name}", lambda it=permission: _bound(it, always_deny), permission.name
    for model, method in SCOPES:
        yield f"{model.__name__}.{method} hides nothing", lambda m=model, n=method: _hides_nothing(m, n), ""


@contextlib.contextmanager
def _bound(permission: Permission, rule: object) -> Iterator[None]:
    table.bind({**TABLE, permission: rule})
    try:
        yield
    finally:
        table.bind(TABLE)


@contextlib.contextmanager
def _hides_nothing(model: type, method: str) -> Iterator[None]:
    """On the queryset, and so on its manager."""
    owner = type(model.objects.all())
    usual = getattr(owner, method)
    setattr(owner, method, lambda self, user: self)
    try:
        yield
    finally:
        setattr(owner, method, usual)


def complaints(askers: Askers, hr_askers: Askers, permission: str) -> Iterator[str]:
    """All that is not as written, in the order in which it is likely to be found.

    For a permission of HR's room HR's people are asked as well, each alone in what they hold.
    """
    near = {
        each.name for each in all_addresses() if permission in [getattr(it, "name", None) for it in each.view.policy]
    }
    near |= ASKED_WHERE_A_PAGE_IS_MADE.get(permission, set())
    for row in ROWS:
        if row.address in near:
            yield from wrong_cells(askers, row)
    if permission.startswith("workforce."):
        of_hr = sorted(hr_people.rows(), key=lambda row: row.address not in near)
        for row in of_hr:
            yield from wrong_cells(hr_askers, row, hr_people.WHO)
    yield from disagreements(askers.world)
    for row in ROWS:
        if row.address not in near:
            yield from wrong_cells(askers, row)


def _name_of(declared: Permission | str) -> str | None:
    return declared.name if isinstance(declared, Permission) else None


def noticed(askers: Askers, hr_askers: Askers, gone: Callable, permission: str) -> str:
    """The first thing that is wrong without the rule; "" when nothing is."""
    with gone():
        return next(complaints(askers, hr_askers, permission), "")
