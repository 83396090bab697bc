from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Any body's meetings."""

    name = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        from meetings import notifications  # noqa: F401, PLC0415 -- registers the message kinds
        from meetings.coming import find_coming  # noqa: PLC0415 -- models must be loaded first
        from network.ports import register_coming  # noqa: PLC0415 -- as above

        register_coming(find_coming)
