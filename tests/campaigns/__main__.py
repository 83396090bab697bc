"""`python -m tests.campaigns NAME`: run a campaign, print its figures, close with "N passed, N failed"."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.figures import write
from tests.campaigns import esr_import, hr_leaks, outbox_kill, permissions, seats

CAMPAIGNS = {
    "esr-import": esr_import.run,
    "hr-leaks": hr_leaks.run,
    "outbox-kill": outbox_kill.run,
    "permissions": permissions.run,
    "seats": seats.run,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/campaign", description="Run one fault or race campaign.")
    parser.add_argument("name", choices=sorted(CAMPAIGNS))
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--json", type=Path, help="write the figures to this file, one JSON object a line")
    options = parser.parse_args(arguments)
    figures = CAMPAIGNS[options.name](options.database)
    for figure in figures:
        print(figure.line)
    if options.json:
        write(figures, options.json)
    failed = sum(not figure.ok for figure in figures)
    print(f"{len(figures) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
