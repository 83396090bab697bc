"""A real OpenID Connect provider on this machine (npm's oidc-provider), for the length of a `with` block."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support import npm

FOLDER = Path(__file__).resolve().parent / "oidc"
CLIENT = {"OIDC_CLIENT_ID": "working-together", "OIDC_CLIENT_SECRET": "a-secret-for-tests"}


@contextlib.contextmanager
def running_provider(port: int, callback: str) -> Iterator[str]:
    """Gives its issuer. It sends people back to `callback`."""
    npm.install(FOLDER)
    command = [npm.node(), "provider.mjs", str(port), callback]
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
