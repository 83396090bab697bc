from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What was done, by whom, when; written once, never changed."""

    name = "audit"
    verbose_name = "Audit"
