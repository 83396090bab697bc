"""Setting up, changing and taking away the second factor: allauth's pages, each change told to its owner."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.mfa import did_second_factor, has_set_up_second_factor
from accounts.services.log_in import tell_log_in_changed


class _ToldToItsOwner:
    """The change, its audit row and its message in one transaction. Other sessions end; this one gets a new key."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            tell_log_in_changed(person=self.request.user)  # type: ignore[arg-type]
        update_session_auth_hash(self.request, self.request.user)  # type: ignore[arg-type]
        return response


class SetUpApp(_ToldToItsOwner, totp_views.ActivateTOTPView):
    """Whoever has just typed a right number from the app has given the second factor."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An app that is set up already and was not asked for in this session: log in again, and it will be."""
        if has_set_up_second_factor(request.user) and not did_second_factor(request):
            return redirect("account_reauthenticate")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")  # type: ignore[arg-type]
        return response


class TakeAwayApp(_ToldToItsOwner, totp_views.DeactivateTOTPView):
    pass


class MakeRecoveryCodes(_ToldToItsOwner, recovery_views.GenerateRecoveryCodesView):
    pass


set_up_app = SetUpApp.as_view()
take_away_app = TakeAwayApp.as_view()
make_recovery_codes = MakeRecoveryCodes.as_view()
