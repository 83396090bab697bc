from django.apps import AppConfig


class TaskGroupsConfig(AppConfig):
    """The Task Groups: remit and requests to join."""

    name = "taskgroups"
    verbose_name = "Task Groups"

    def ready(self) -> None:
        from network.services.leaving import register_what_ends  # noqa: PLC0415
        from taskgroups import notifications  # noqa: F401, PLC0415 -- registers the message kinds
        from taskgroups.services import withdraw_all  # noqa: PLC0415

        register_what_ends(withdraw_all)
