"""The start that campaigns share: an installation with no broker and no mail, and a part that runs in it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

from tests.support import services

NOBODY = {"broker_url": "redis+socket:///nobody/is/here.sock", "email_url": "consolemail://"}


def found_inside(
    part: str, words: Callable[[services.Installation], list[str]], *, database: str, longest: float
) -> dict[str, Any]:
    """What `tests.campaigns.<part>`, given those words, prints in its last line. `database` is sqlite or postgres.

    Raises what `Installation.run` raises when it fails, or takes longer than so many seconds.
    """
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(services.postgres()) if database == "postgres" else ""
        here = stack.enter_context(services.installation(database=url, **NOBODY))
        printed = here.run("-m", f"tests.campaigns.{part}", *words(here), timeout=longest)
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found
