"""Every address of the product says who may come there, and has its rows in the matrix."""

from __future__ import annotations

import pytest
from django.views import View

from accounts.admin import site as platform
from core.permissions import Permission, declared, open_to_all
from oxleas_coprod.permissions import TABLE
from tests.permissions.matrix import ROWS
from tests.support.addresses import Address, all_addresses

ADDRESSES = all_addresses()

#: HR's pages of health and DBS statuses, which have a permission of their own.
HR_SENSITIVE = tuple(f"hr:workforce_{kind}_" for kind in ("workhealth", "dbs", "adjustments", "wellbeingplan"))

#: Pages of HR that are about no one kind of record, and have a permission of their own.
HR_ALONE = {"hr:export": "workforce.export_role_records"} | dict.fromkeys(
    ("hr:release", "hr:hand_over", "hr:take_back"), "workforce.release_figures"
)

#: Where nobody needs to be logged in. A new one is added here by hand, with `open_to_all` and its reason on the view.
OPEN = {
    *("home", "accessibility", "privacy", "how_comments_work", "gallery", "gallery_errors", "helplines:help"),
    *("steering:published_list", "steering:published", "steering:you_said", "steering:published_pdf"),
    *("notifications:mailboxes", "notifications:letter", "notifications:attachment"),
    *("accounts:link", "accounts:fresh_link", "accounts:check_your_email"),
    *("network:enter_code", "network:invited", "network:ask_again", "network:ask_by_address"),
    *("network:asked", "network:address_given", "network:declined"),
    *("accounts:log_out_and_hide", "accounts:hidden", "account_logout", "account_inactive"),
    *("accounts:trust_log_in", "accounts:trust_callback", "accounts:trust_not_known", "accounts:trust_went_wrong"),
    "mfa_login_webauthn",
    *("account_request_login_code", "account_confirm_login_code", "account_login", "mfa_authenticate"),
}


def without_a_policy(addresses: list[Address]) -> list[str]:
    """Those whose view does not say who may come there: by permissions, or by the reason why it asks none."""
    return [address.route for address in addresses if not _is_policy(getattr(address.view, "policy", None))]


def _is_policy(found: object) -> bool:
    return (
        isinstance(found, tuple) and bool(found) and all(isinstance(each, (Permission, str)) and each for each in found)
    )


def test_every_address_declares_who_may_come_there():
    assert without_a_policy(ADDRESSES) == []


def test_an_address_that_declares_nothing_would_be_found():
    def view(request):
        """Nothing is said of who may."""

    planted = [Address("planted/", "planted", view), Address("planted/too/", "too", View.as_view())]
    assert without_a_policy([*ADDRESSES, *planted]) == ["planted/", "planted/too/"]


def test_only_these_addresses_are_open_to_people_who_are_not_logged_in():
    """`LoginRequiredMiddleware` lets through a view whose `login_required` is False, and no other."""
    found = {address.name for address in ADDRESSES if getattr(address.view, "login_required", True) is False}
    assert found == OPEN


def test_whoever_opens_an_address_to_all_says_why():
    reasons = {address.name: address.view.policy for address in ADDRESSES if address.name in OPEN}
    assert {name for name, (reason, *more) in reasons.items() if not isinstance(reason, str) or more} == set()


def test_the_log_in_is_asked_for_by_middleware_and_after_the_person_is_known(settings):
    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    assert order.index("AuthenticationMiddleware") < order.index("LoginRequiredMiddleware")
    assert open_to_all("why")(lambda request: None).login_required is False


def test_every_address_has_rows_in_the_matrix():
    named = {row.address for row in ROWS}
    assert {address.name for address in ADDRESSES} - named == set(), "write what everybody gets there"
    assert named - {address.name for address in ADDRESSES} == set(), "there is no such address any more"


def test_every_address_about_one_thing_is_also_asked_about_nothing():
    """For something that does not exist: `absent`."""
    about = {
        address.name: address.route for address in ADDRESSES if "<" in address.route and not address.name.endswith(":")
    }
    asked = {row.address for row in ROWS if row.about.startswith("absent")}
    assert set(about) - asked == set()


def test_every_permission_is_asked_by_some_view():
    """A permission that nobody asks guards nothing. Those of the list are asked where a page is made."""
    by_views = {each for address in ADDRESSES for each in address.view.policy if isinstance(each, Permission)}
    where_a_page_is_made = {
        *("steering.see_open_draft", "steering.read_views", "steering.know_whose_views", "taskgroups.see_members")
    }
    #: HR's pages declare who may read; who may change is asked by the admin for each form.
    in_the_admin = {"workforce.change_sensitive"}
    assert {each.name for each in declared()} - {each.name for each in by_views} == where_a_page_is_made | in_the_admin


def test_the_table_binds_every_permission():
    assert set(TABLE) == set(declared())


def test_the_admin_sites_say_nothing_of_what_they_are_not_asked(settings):
    """No log-in page, no password page, no look-up as you type, no delete: what is not listed is not there."""
    names = {address.name.partition(":")[2] for address in ADDRESSES if address.route.startswith(("hr/", "platform/"))}
    unwanted = ("login", "logout", "password_change", "jsi18n", "autocomplete", "_delete", "view_on_site", "app_list")
    assert [name for name in names if name.endswith(unwanted)] == []
    assert platform.permission.name == "accounts.manage_people"


@pytest.mark.parametrize(
    "address", [address for address in ADDRESSES if address.route.startswith(("hr/", "platform/"))]
)
def test_each_page_of_an_admin_site_asks_its_own_permission(address):
    wanted = "workforce.read_role_records" if address.route.startswith("hr/") else "accounts.manage_people"
    if address.name.startswith(HR_SENSITIVE):
        wanted = "workforce.read_sensitive"
    if address.name.startswith("hr:workforce_esrimport"):
        wanted = "workforce.import_esr"
    if address.name.startswith("hr:workforce_struckout"):
        wanted = "workforce.read_struck_out"
    wanted = HR_ALONE.get(address.name, wanted)
    more = ["workforce.strike_out"] if address.name.endswith("_made_in_error") else []
    more += ["workforce.change_role_records"] if address.name.endswith("_change_many") else []
    assert [each.name for each in address.view.policy] == [wanted, *more]


def test_the_walk_finds_pages_deep_inside_other_lists():
    deep = {"hr:workforce_occupancy_history", "mfa_activate_totp", "steering:bundle"}
    assert deep <= {each.name for each in ADDRESSES}
