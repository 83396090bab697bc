"""Other people's files are tried only where a folder of them is named. Said aloud, never skipped in silence."""

from __future__ import annotations

import os

WHY = "WORD_CORPUS is not set, so the tests over a folder of real Word files were left out."


def pytest_collection_modifyitems(config, items):
    if os.environ.get("WORD_CORPUS"):
        return
    left_out = [item for item in items if item.get_closest_marker("corpus")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter):
    if not os.environ.get("WORD_CORPUS"):
        terminalreporter.write_line(WHY)
