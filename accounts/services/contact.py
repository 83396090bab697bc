"""Say how one likes to be reached."""

from __future__ import annotations

from django.db import transaction

from accounts.models import ContactChoice, Person
from accounts.services.people import change_details
from audit.services import record
from core import clock
from core.errors import Refused

Way = ContactChoice.Way


@transaction.atomic
def choose_contact(
    *, by: Person, way: str, phone: str, post: str, times: str, may_leave_message: bool, may_show_name: bool
) -> ContactChoice:
    """Keep how `by` likes to be reached. Raises `Refused` when the number or the address for that way is missing."""
    if way in (Way.TEXT, Way.PHONE) and not phone.strip():
        raise Refused("Enter your phone number", field="phone")
    if way == Way.POST and not post.strip():
        raise Refused("Enter the address for your post", field="post")
    Person.objects.select_for_update().get(pk=by.pk)
    if phone.strip() != by.phone:
        change_details(by=by, name=by.name, phone=phone)
    chosen, _ = ContactChoice.objects.update_or_create(
        person=by,
        defaults={
            "way": way,
            "sealed": ContactChoice.seal(post=post.strip(), times=times.strip()),
            "may_leave_message": may_leave_message,
            "may_show_name": may_show_name,
            "saved_at": clock.now(),
        },
    )
    record(actor=by, verb="accounts.chose_contact", about=chosen)
    return chosen
