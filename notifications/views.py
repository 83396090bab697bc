"""Two sets of pages: the ledger for those who answer for the messages, and the demonstration's mailbox."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.errors import Refused
from core.permissions import can, open_to_all, policy, require
from notifications import ledger as book
from notifications import mailbox, services
from notifications.kinds import all_kinds
from notifications.models import Message
from notifications.permissions import READ_LEDGER, SEND_AGAIN

IN_DEMONSTRATION = "The mailbox of the demonstration: mail kept on this machine. In production there is no such page."


@policy(READ_LEDGER)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """How many messages stand where, and what needs a look. No names."""
    require(request.user, READ_LEDGER)
    shown = {"overview": book.overview(), "kinds": all_kinds(), "may_send_again": can(request.user, SEND_AGAIN)}
    return render(request, "notifications/ledger.html", shown)


@policy(SEND_AGAIN)
@require_POST
def send_again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Put a refused or held message back in the queue."""
    require(request.user, SEND_AGAIN)
    message = get_object_or_404(Message, pk=message_id)
    try:
        services.send_again(by=request.user, message=message)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "The message waits to be sent again. It goes within a minute or two.")
    return redirect("notifications:ledger")


@open_to_all(IN_DEMONSTRATION)
@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Who was sent mail, or with `?to=` what one person was sent."""
    _only_where_mail_is_kept()
    to = request.GET.get("to", "")
    shown = {"to": to, "letters": mailbox.messages_to(to)} if to else {"addresses": mailbox.addresses()}
    return render(request, "notifications/mailboxes.html", shown)


@open_to_all(IN_DEMONSTRATION)
@require_safe
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One kept message."""
    return render(request, "notifications/letter.html", {"letter": _kept(request, key)})


@open_to_all(IN_DEMONSTRATION)
@require_safe
def attachment(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One file that came with a kept message."""
    files = _kept(request, key).attachments
    if number >= len(files):
        raise Http404
    file = files[number]
    headers = {"Content-Disposition": f'attachment; filename="{file.safe_name}"'}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)


def _kept(request: HttpRequest, key: str) -> mailbox.Kept:
    _only_where_mail_is_kept()
    kept = mailbox.message(request.GET.get("to", ""), key)
    if kept is None:
        raise Http404
    return kept


def _only_where_mail_is_kept() -> None:
    if not settings.KEEP_MAIL:
        raise Http404
