"""Setting up, changing and taking away the second factor: allauth's pages, each change told to its owner."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as base_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.mfa import needs_second_factor
from accounts.models import SecondFactorReset
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


class Index(base_views.IndexView):
    """One's passkeys, app and recovery codes; and whether somebody asks to take them away."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Any = self.request.user
        waiting = SecondFactorReset.objects.filter(person=person, confirmed_at=None, stopped_at=None).first()
        more = {"reset": waiting if waiting and waiting.is_waiting else None, "is_needed": needs_second_factor(person)}
        return super().get_context_data(**kwargs) | more


class SecondStep(base_views.AuthenticateView):
    """At log-in: the passkey, the number or a recovery code, whichever the person has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = Authenticator.objects.filter(user_id=self.stage.login.user.pk).values_list("type", flat=True)
        return super().get_context_data(**kwargs) | {"kinds": set(kinds)}


class SetUpApp(_ToldToItsOwner, totp_views.ActivateTOTPView):
    """Whoever has just typed a right number from the app has given the second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")  # type: ignore[arg-type]
        return response


class TakeAwayApp(_ToldToItsOwner, totp_views.DeactivateTOTPView):
    pass


class MakeRecoveryCodes(_ToldToItsOwner, recovery_views.GenerateRecoveryCodesView):
    pass


index = Index.as_view()
second_step = SecondStep.as_view()
set_up_app = SetUpApp.as_view()
take_away_app = TakeAwayApp.as_view()
make_recovery_codes = MakeRecoveryCodes.as_view()
