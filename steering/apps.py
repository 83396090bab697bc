from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """Policies, consultations, comments, answers, recommendations."""

    name = "steering"
    verbose_name = "Steering Group"

    def ready(self) -> None:
        from meetings.papers import register_papers  # noqa: PLC0415 -- models must be loaded first
        from steering.notifications import deciding, drafting  # noqa: F401, PLC0415 -- registers the message kinds
        from steering.papers import find_papers  # noqa: PLC0415 -- models must be loaded first

        register_papers(find_papers)
