"""Addresses of logging in. allauth's views are mounted one by one: what is not here does not exist.

Names without a namespace are allauth's own, which it looks up by name.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from django.urls import include, path

from accounts.fresh import fresh_log_in_needed
from accounts.mfa import open_before_second_factor
from accounts.views import devices, email, links, log_in, own, passkeys, resets, second_factor, trust_log_in
from core.permissions import open_to_all, open_to_logged_in

to_log_in = open_to_all("One must be able to reach the log-in.")
to_log_out = open_to_all("Logging out when already logged out does no harm.")
own_second_step = open_to_logged_in("Everybody may look after their own second step.")


def _change(view: Callable) -> Callable:
    """A page that changes the second factor: fresh log-in needed, and open to those who are setting one up."""
    return own_second_step(open_before_second_factor(fresh_log_in_needed(view)))


ours = [
    path("l/<str:token>/", links.link, name="link"),
    path("l/<str:token>/new/", links.fresh_link, name="fresh_link"),
    path("account/check-your-email/", links.check_your_email, name="check_your_email"),
    path("account/log-out/hide/", log_in.log_out_and_hide, name="log_out_and_hide"),
    path("account/hidden/", log_in.hidden, name="hidden"),
    path("account/details/", own.details, name="details"),
    path("account/password/", own.password, name="password"),
    path("account/devices/", devices.devices, name="devices"),
    path("account/devices/end/", devices.end_device, name="end_device"),
    path("account/devices/end-others/", devices.end_other_devices, name="end_other_devices"),
    path("account/email/", email.change, name="email"),
    path("account/email/code/", email.confirm, name="confirm_email"),
    path("account/email/keep/", email.give_up, name="keep_email"),
    path("account/second-step/passkeys/add/", passkeys.add, name="passkey_add"),
    path("account/second-step/passkeys/<int:number>/", passkeys.rename, name="passkey_rename"),
    path("account/second-step/passkeys/<int:number>/remove/", passkeys.remove, name="passkey_remove"),
    path("account/second-step/keep/", resets.keep_mine, name="keep_second_step"),
    path("account/log-in/trust/", trust_log_in.trust_log_in, name="trust_log_in"),
    path("account/log-in/trust/back/", trust_log_in.trust_callback, name="trust_callback"),
    path("account/log-in/trust/not-known/", trust_log_in.trust_not_known, name="trust_not_known"),
    path("account/log-in/trust/went-wrong/", trust_log_in.trust_went_wrong, name="trust_went_wrong"),
    path("account/trust/forget/", trust_log_in.forget_trust, name="forget_trust"),
    path("lost-second-steps/", resets.resets, name="resets"),
    path("lost-second-steps/ask/", resets.ask, name="reset_ask"),
    path("lost-second-steps/<uuid:reset_id>/", resets.reset, name="reset"),
    path("lost-second-steps/<uuid:reset_id>/stop/", resets.stop, name="reset_stop"),
]

names_of_allauth = [
    path("log-in/", to_log_in(log_in.ask_for_code), name="account_request_login_code"),
    path("log-in/code/", to_log_in(log_in.give_code), name="account_confirm_login_code"),
    path("log-in/password/", to_log_in(account.login), name="account_login"),
    path("log-in/second-step/", to_log_in(second_factor.second_step), name="mfa_authenticate"),
    path("log-in/passkey/", to_log_in(log_in.log_in_with_passkey), name="mfa_login_webauthn"),
    path("log-in/again/", open_before_second_factor(log_in.log_in_again), name="account_reauthenticate"),
    path("log-in/closed/", to_log_in(account.account_inactive), name="account_inactive"),
    path("log-out/", to_log_out(account.logout), name="account_logout"),
    path("second-step/", own_second_step(open_before_second_factor(second_factor.index)), name="mfa_index"),
    path("second-step/app/", _change(second_factor.set_up_app), name="mfa_activate_totp"),
    path("second-step/app/remove/", _change(second_factor.take_away_app), name="mfa_deactivate_totp"),
    path("second-step/codes/", _change(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", _change(second_factor.make_recovery_codes), name="mfa_generate_recovery_codes"),
    path("second-step/codes/download/", _change(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
]

urlpatterns = [
    path("", include((ours, "accounts"))),
    path("account/", include(names_of_allauth)),
]
