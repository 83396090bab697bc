from django.apps import AppConfig


class AccessConfig(AppConfig):
    """What a person needs to take part: given once, shared by consent."""

    name = "access"
    verbose_name = "Access"

    def ready(self) -> None:
        from access import notifications  # noqa: F401, PLC0415 -- registers the message kinds
