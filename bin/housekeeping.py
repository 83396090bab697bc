"""Set-up shared by the commands in bin/. Standard library only: it runs before anything is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PRODUCT = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"


def say(words: str) -> None:
    """Print at once, so that a person sees what is going on while it goes on."""
    print(words, flush=True)


def require_python() -> None:
    """Stop, with the line to run, on a Python that is too old or cannot make a virtual environment."""
    if sys.version_info < (3, 11):
        sys.exit("This needs Python 3.11 or newer. On Debian 12: apt-get install python3 python3-venv")
    try:
        import ensurepip  # noqa: F401, PLC0415 -- Debian leaves it out unless python3-venv is installed
    except ImportError:
        sys.exit("Python cannot make a virtual environment here. On Debian run: apt-get install python3-venv")


#: What the tests need beside Python: a program, where it may also lie, and the Debian package that brings it.
PROGRAMS = (
    ("redis-server", "", "redis-server"),
    ("initdb", "/usr/lib/postgresql", "postgresql"),
    ("chromium-headless-shell", "", "chromium-headless-shell"),
    ("java", "", "default-jre-headless"),
)


def ensure_programs() -> None:
    """Install the programs that the tests need, as root on Debian; otherwise print the line to run, and stop."""
    missing = [
        package for program, folder, package in PROGRAMS if not (shutil.which(program) or _lies_in(folder, program))
    ]
    if not missing:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"The tests need more programs. On Debian, as root, run:\n    apt-get update && {' '.join(line)}")
    say(f"Installing {', '.join(missing)} …")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], line):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(f"This failed: {' '.join(command)}")


def _lies_in(folder: str, program: str) -> bool:
    return bool(folder) and any(Path(folder).glob(f"*/bin/{program}"))


def ensure_packages(requirements: Path) -> None:
    """Make `.venv` and install the pinned packages, unless the same files were installed before."""
    require_python()
    stamp = VENV / f"installed-{requirements.stem}"
    wanted = _hash_of(PRODUCT, requirements)
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    began = time.monotonic()
    if not PYTHON.exists():
        say("Making a virtual environment in .venv …")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    say(f"Installing the packages of {requirements.name} …")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)]
    if subprocess.run(pip, check=False).returncode:
        sys.exit("The packages could not be installed. Is there a way to PyPI from here? Try the same command again.")
    stamp.write_text(wanted)
    say(f"Packages ready in {time.monotonic() - began:.0f} s.")


def ensure_frontend() -> None:
    """Fetch and build the NHS frontend by the lock file (bin/frontend does nothing when it is built already)."""
    if subprocess.run([str(PYTHON), str(ROOT / "bin" / "frontend")], check=False).returncode:
        sys.exit("The NHS frontend could not be fetched from npm. Try the same command again.")


def run_in_venv(*arguments: str, **environment: str) -> int:
    """Run a command with the virtual environment's Python, from the root; returns its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=os.environ | environment, check=False).returncode


def _hash_of(*files: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
