from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What to tell, to whom, by which channel, and what became of it."""

    name = "notifications"
    verbose_name = "Messages"
