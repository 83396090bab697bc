from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Any body's meetings."""

    name = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        from meetings import notifications  # noqa: F401, PLC0415 -- registers the message kinds
