"""Start with the national contacts. Nobody owns them yet, and they fall due for a check in six months."""

import datetime as dt

from django.db import migrations
from django.utils import timezone

from helplines.standard import STANDARD


def add(apps, schema_editor):
    HelpContact = apps.get_model("helplines", "HelpContact")
    today = timezone.localdate()
    HelpContact.objects.bulk_create(
        HelpContact(**contact, checked_on=today, review_on=today + dt.timedelta(days=182)) for contact in STANDARD
    )


class Migration(migrations.Migration):
    dependencies = [("helplines", "0001_first_tables")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
