from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who logs in."""

    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from accounts import notifications  # noqa: F401, PLC0415 -- registers the message kinds
        from accounts.address_book import People  # noqa: PLC0415 -- models must be loaded first
        from notifications.ports import register_address_book  # noqa: PLC0415 -- models must be loaded first

        register_address_book(People())
