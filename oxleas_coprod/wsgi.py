"""The WSGI application. Refuses to start unsafe."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oxleas_coprod.settings")

application = get_wsgi_application()

from oxleas_coprod.checks import refuse_unsafe_start  # noqa: E402 -- needs the apps, which are loaded just above

refuse_unsafe_start()
