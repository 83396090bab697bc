from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """The peer practice register, and its moderation."""

    name = "practice"
    verbose_name = "Peer practice"

    def ready(self) -> None:
        from practice import notifications  # noqa: F401, PLC0415 -- registers the message kinds
