"""Get help now, for everyone; and the pages that keep it right."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.permissions import open_to_all, policy, require
from core.views import attempt
from helplines import reading, services
from helplines.forms import ContactForm
from helplines.models import HelpContact
from helplines.permissions import EDIT_HELP
from helplines.presenters import help_page


@open_to_all("People must reach help without logging in.")
def help_now(request: HttpRequest) -> HttpResponse:
    return render(request, "helplines/help.html", help_page(reading.contacts()))


@policy(EDIT_HELP)
def contact_list(request: HttpRequest) -> HttpResponse:
    require(request.user, EDIT_HELP)
    contacts = HelpContact.objects.select_related("owner")
    return render(request, "helplines/contact_list.html", {"contacts": contacts})


@policy(EDIT_HELP)
def add_contact(request: HttpRequest) -> HttpResponse:
    require(request.user, EDIT_HELP)
    form = ContactForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: services.add_contact(by=request.user, **form.cleaned_data)):
        messages.success(request, "The contact is on the help page.")
        return redirect("helplines:contacts")
    return render(request, "helplines/contact_form.html", {"form": form})


@policy(EDIT_HELP)
def change_contact(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, EDIT_HELP)
    contact = get_object_or_404(HelpContact, pk=pk)
    form = ContactForm.of(contact, request.POST or None)
    words = form.cleaned_data if form.is_valid() else {}
    if words and attempt(form, lambda: services.change_contact(by=request.user, contact=contact, **words)):
        messages.success(request, "The contact is changed.")
        return redirect("helplines:contacts")
    return render(request, "helplines/contact_form.html", {"form": form, "contact": contact})


@policy(EDIT_HELP)
@require_POST
def confirm_contact(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, EDIT_HELP)
    services.confirm_contact(by=request.user, contact=get_object_or_404(HelpContact, pk=pk))
    messages.success(request, "Thank you. We will ask again in 6 months.")
    return redirect("helplines:contacts")


@policy(EDIT_HELP)
def remove_contact(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, EDIT_HELP)
    contact = get_object_or_404(HelpContact, pk=pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: services.remove_contact(by=request.user, contact=contact)):
        messages.success(request, "The contact is off the help page.")
        return redirect("helplines:contacts")
    return render(request, "helplines/remove_contact.html", {"form": form, "contact": contact})
