"""The stages of `bin/test`, one after another, and what each counted. One that fails does not hide the others."""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import migrated
from tests.support.services import postgres, running_broker

ROOT = Path(__file__).resolve().parent.parent
EVERYWHERE = "not journey and not services"
#: Not by file: tests that commit empty the tables afterwards, and pytest-django puts them last, over all files.
ON_BOTH_CORES = ("-n", "2")

#: Named at the end of a stage, so that whoever finds it slow knows where to look.
SLOWEST = ("--durations=15", "--durations-min=4")

#: What is started for one database stays on one core.
BY_GROUP = ("-n", "2", "--dist", "loadgroup")

#: A gate starts some hundred processes; each would compile all of our modules and rewrite all of our assertions anew.
SLOWS = {"PYTHONDONTWRITEBYTECODE"}


@dataclass
class Bench:
    """What the stages share: a scratch folder, and the addresses of the private services."""

    scratch: Path
    database_url: str
    broker_url: str

    def run(self, *command: str, **environment: str) -> bool:
        return subprocess.run(command, cwd=ROOT, env=clean(self.scratch) | environment, check=False).returncode == 0

    def pytest(self, name: str, *options: str, **environment: str) -> bool:
        """Run a part of the suite; what it counted is read from its report."""
        report = f"--junitxml={self.scratch / name}.xml"
        return self.run(sys.executable, "-m", "pytest", report, *options, **environment)


def clean(scratch: Path) -> dict[str, str]:
    """The environment without what a person may have set for the product itself, or what they once started left."""
    ours = {"DATABASE_URL", "BROKER_URL", "EMAIL_URL", "SECRET_KEY", "VAR_DIR", "CLOCK_FILE", "LOOKED_AT"}
    kept = {name: value for name, value in os.environ.items() if name not in ours | SLOWS}
    # An empty folder for static files: each new test client reads all that lie there, which takes a third of a test.
    folders = {"VAR_DIR": str(scratch / "var"), "STATIC_ROOT": str(scratch / "static")}
    return kept | folders | {"MODE": "test", "SECRET_KEY": "for-tests-only-" + "x" * 40}


def lint(bench: Bench) -> bool:
    checked = bench.run(sys.executable, "-m", "ruff", "check", ".")
    return bench.run(sys.executable, "-m", "ruff", "format", "--check", ".") and checked


def types(bench: Bench) -> bool:
    return bench.run(sys.executable, "-m", "mypy")


def sqlite(bench: Bench) -> bool:
    return bench.pytest("sqlite", "-m", EVERYWHERE, *ON_BOTH_CORES, *SLOWEST)


def postgresql(bench: Bench) -> bool:
    _say("Walks over every page as everybody were made in the stage sqlite: one database is enough for them.")
    wanted = f"{EVERYWHERE} and not walk"
    return bench.pytest("postgres", "-m", wanted, *ON_BOTH_CORES, *SLOWEST, DATABASE_URL=bench.database_url)


def services(bench: Bench) -> bool:
    return bench.pytest(
        "services", "-m", "services", *BY_GROUP, DATABASE_URL=bench.database_url, BROKER_URL=bench.broker_url
    )


def journeys(bench: Bench) -> bool:
    looked_at = bench.scratch / "looked-at"
    looked_at.mkdir()
    options = ("-m", "journey", "-p", "no:randomly", *BY_GROUP, *SLOWEST)
    return bench.pytest("journeys", *options, LOOKED_AT=str(looked_at))


def campaign(bench: Bench) -> bool:
    return bench.run(sys.executable, "bin/campaign", "outbox-kill", "--database", "postgres")


STAGES: dict[str, Callable[[Bench], bool]] = {
    "lint": lint,
    "types": types,
    "sqlite": sqlite,
    "postgres": postgresql,
    "services": services,
    "journeys": journeys,
    "campaign": campaign,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test")
    parser.add_argument("--only", nargs="+", choices=STAGES, default=list(STAGES), metavar="STAGE")
    wanted = parser.parse_args().only
    results: dict[str, tuple[bool, float]] = {}
    with _bench() as bench:
        for name in wanted:
            _say(f"\n== {name} " + "=" * (100 - len(name)))
            began = time.monotonic()
            results[name] = (STAGES[name](bench), time.monotonic() - began)
        _say("\n== what was checked " + "=" * 84)
        for line in _counts(bench.scratch):
            _say(line)
    for name, (passed, seconds) in results.items():
        _say(f"{name:<12} {'passed' if passed else 'FAILED':<8} {seconds:>6.0f} s")
    return 0 if all(passed for passed, _ in results.values()) else 1


@contextlib.contextmanager
def _bench() -> Iterator[Bench]:
    """Private services and a scratch folder, for the length of the run."""
    with TemporaryDirectory(prefix="test-") as scratch, running_broker() as broker:
        (Path(scratch) / "var").mkdir()
        with _migrated(Path(scratch)), postgres() as database_url:
            yield Bench(Path(scratch), database_url, broker.url)


@contextlib.contextmanager
def _migrated(scratch: Path) -> Iterator[None]:
    """The migrations run here, once on each database; all stages begin with copies."""
    folder = scratch / "migrated"
    folder.mkdir()
    os.environ.pop(migrated.NAME, None)  # a run that called this one has databases of its own
    began = time.monotonic()
    with postgres(keep=folder / migrated.CLUSTER) as database_url:
        migrated.make(folder / migrated.SQLITE, database_url, clean(scratch))
    _say(f"The migrations ran on both databases in {time.monotonic() - began:.0f} s.")
    os.environ[migrated.NAME] = str(folder)
    try:
        yield
    finally:
        del os.environ[migrated.NAME]


def _counts(folder: Path) -> Iterator[str]:
    """How many tests of each kind ran, by the folder they are in, for each report."""
    for report in sorted(folder.glob("*.xml")):
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 -- we wrote the report ourselves
        skipped = sum(case.find("skipped") is not None for case in cases)
        kinds = Counter(case.get("classname", "").removeprefix("tests.").split(".")[0] for case in cases)
        kinds_in_words = ", ".join(f"{kind.removeprefix('test_')} {count}" for kind, count in sorted(kinds.items()))
        yield f"{report.stem}: {len(cases)} tests, {skipped} skipped ({kinds_in_words})"


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
