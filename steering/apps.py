from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """Policies, consultations, comments, answers, recommendations."""

    name = "steering"
    verbose_name = "Steering Group"
