from django.apps import AppConfig


class TaskGroupsConfig(AppConfig):
    """The Task Groups: remit and requests to join."""

    name = "taskgroups"
    verbose_name = "Task Groups"

    def ready(self) -> None:
        from taskgroups import notifications  # noqa: F401, PLC0415 -- registers the message kinds
