from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """Policies, consultations, comments, answers, recommendations."""

    name = "steering"
    verbose_name = "Steering Group"

    def ready(self) -> None:
        from steering.notifications import deciding, drafting  # noqa: F401, PLC0415 -- registers the message kinds
