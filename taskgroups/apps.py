from django.apps import AppConfig


class TaskGroupsConfig(AppConfig):
    """The Task Groups: remit and requests to join."""

    name = "taskgroups"
    verbose_name = "Task Groups"
