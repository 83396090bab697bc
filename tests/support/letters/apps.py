from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "tests.support.letters"
    label = "letters_for_tests"

    def ready(self) -> None:
        from tests.support.letters import kinds  # noqa: F401, PLC0415 -- registers the kinds
