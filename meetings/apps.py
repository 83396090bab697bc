from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Any body's meetings."""

    name = "meetings"
    verbose_name = "Meetings"
