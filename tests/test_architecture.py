"""Doors open downward only. The contracts are in pyproject.toml; `lint-imports` walks the code by them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
ROOMS = tuple(CONTRACTS["root_packages"])


def doors(folder: Path) -> subprocess.CompletedProcess[str]:
    """Walk the doors of the house that stands in `folder`."""
    return subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_doors_open_downward_only():
    walked = doors(ROOT)
    assert walked.returncode == 0, walked.stdout + walked.stderr


def test_every_room_is_in_the_plan():
    """A room that is not named in the contracts would have doors that nobody looks at."""
    standing = {found.parent.name for found in ROOT.glob("*/apps.py")}
    assert set(ROOMS) == standing
    in_rows = {room for row in CONTRACTS["contracts"][0]["layers"] for room in row.replace("|", " ").split()}
    assert in_rows == standing


@pytest.fixture
def empty_house(tmp_path):
    """The same contracts over rooms with nothing in them."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
        (tmp_path / room / "models.py").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("core", "from accounts import models"),
        ("core", "from audit import models"),
        ("audit", "import accounts.models"),
        ("notifications", "from accounts import models"),
        ("accounts", "from governance import models"),
        ("documents", "from steering import models"),
        ("governance", "from network import models"),
        ("governance", "from access import models"),
        ("access", "from network import models"),
        ("taskgroups", "from meetings import models"),
        ("steering", "from workforce import models"),
        ("steering", "from home import models"),
        ("home", "from workforce import models"),
        ("workforce", "from home import models"),
        ("workforce", "from governance import models"),
        ("workforce", "from notifications import models"),
        ("workforce", "from steering import models"),
        ("core", "def later():\n    from steering import models\n    return models"),
        ("home", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from oxleas_coprod import models"),
    ],
)
def test_a_planted_door_is_found(empty_house, room, line):
    (empty_house / room / "planted.py").write_text(line + "\n")
    walked = doors(empty_house)
    assert walked.returncode == 1
    assert "BROKEN" in walked.stdout, walked.stderr


def test_hrs_room_knows_of_policies_by_one_file_alone(empty_house):
    door = empty_house / "workforce" / "policies.py"
    door.write_text("from steering import models\n")
    assert doors(empty_house).returncode == 0
    for line in ("from steering import services", "from documents import models", "from governance import models"):
        (empty_house / "steering" / "services.py").touch()
        door.write_text(line + "\n")
        walked = doors(empty_house)
        assert (walked.returncode, "BROKEN" in walked.stdout) == (1, True), line


def test_doors_that_open_downward_are_left_alone(empty_house):
    allowed = {"workforce": "accounts", "home": "steering", "steering": "documents", "oxleas_coprod": "workforce"}
    for room, below in allowed.items():
        (empty_house / room / "planted.py").write_text(f"from {below} import models\n")
    walked = doors(empty_house)
    assert walked.returncode == 0, walked.stdout
