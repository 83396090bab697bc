from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who logs in."""

    name = "accounts"
    verbose_name = "People"
