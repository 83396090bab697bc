from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Text that people work on together: blocks, versions, import, redline, export."""

    name = "documents"
    verbose_name = "Documents"
