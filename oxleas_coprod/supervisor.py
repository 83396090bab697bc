"""Start the product's processes together, watch them, and stop them together. `bin/run` ends here.

The processes are those of any installation (web server, worker, beat); only the broker and the database are embedded,
and only when the environment names no others.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
STOP_SECONDS = 35
RESTARTS = 5


def say(words: str) -> None:
    """Print at once."""
    print(words, flush=True)  # noqa: T201 -- this is a command a person runs


class Supervisor:
    """The running processes, by name, and how to start each again."""

    def __init__(self, *, port: int, var: Path) -> None:
        self.port = port
        self.var = var
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.starters: dict[str, Callable[[], subprocess.Popen[bytes]]] = {}
        self.restarts: dict[str, int] = {}
        self.stopping = False

    def start(self, name: str, starter: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.starters[name] = starter
        self.running[name] = starter()

    def watch(self) -> int:
        """Wait until told to stop. A process that dies is started again, a few times. Returns the exit code."""
        while not self.stopping:
            time.sleep(0.5)
            for name, process in list(self.running.items()):
                if process.poll() is None or self.stopping:
                    continue
                self.restarts[name] = self.restarts.get(name, 0) + 1
                if self.restarts[name] > RESTARTS:
                    say(f"The {name} keeps stopping (code {process.returncode}). Look at {self.var / 'log' / name}.log")
                    self.stop()
                    return 1
                say(f"The {name} stopped (code {process.returncode}); starting it again.")
                self.running[name] = self.starters[name]()
        return 0

    def stop(self) -> None:
        """Ask each process to finish what it is doing, last started first; then make sure."""
        self.stopping = True
        for name in reversed(list(self.running)):
            process = self.running[name]
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main(arguments: list[str]) -> int:
    """Set up and run until Ctrl-C. Returns an exit code."""
    options = _options(arguments)
    port = options.port or _free_port()
    # The address must be known before the settings are read, because links in messages carry it.
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oxleas_coprod.settings")
    var = Path(os.environ.setdefault("VAR_DIR", str(ROOT / "var")))
    if options.fresh:
        _throw_away(var)
    (var / "log").mkdir(parents=True, exist_ok=True)

    supervisor = Supervisor(port=port, var=var)

    def asked_to_stop(number: int, frame: FrameType | None) -> None:
        supervisor.stopping = True

    signal.signal(signal.SIGINT, asked_to_stop)
    signal.signal(signal.SIGTERM, asked_to_stop)
    try:
        _start_everything(supervisor)
        if not supervisor.stopping:
            _welcome(port)
        return supervisor.watch()
    finally:
        say("Stopping …")
        supervisor.stop()
        say("Stopped.")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run", description="Run the product with its demonstration Trust.")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on; 0 picks a free one")
    parser.add_argument("--fresh", action="store_true", help="throw the demonstration in var/ away first")
    return parser.parse_args(arguments)


def _start_everything(supervisor: Supervisor) -> None:
    environment = os.environ.copy()
    python = sys.executable

    def child(name: str, *command: str) -> Callable[[], subprocess.Popen[bytes]]:
        def begin() -> subprocess.Popen[bytes]:
            with (supervisor.var / "log" / f"{name.replace(' ', '-')}.log").open("ab") as log:
                # A session of its own: Ctrl-C reaches this supervisor alone, which then stops each in order.
                return subprocess.Popen(
                    [python, "-m", *command], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
                )

        return begin

    if not os.environ.get("BROKER_URL"):
        supervisor.start("broker", child("broker", "core.broker", str(supervisor.var)))
    subprocess.run([python, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
    if supervisor.stopping:
        return
    bind = f"[::]:{supervisor.port}" if os.environ.get("LISTEN") == "all" else f"127.0.0.1:{supervisor.port}"
    supervisor.start(
        "web server",
        child(
            "web-server",
            "gunicorn",
            "oxleas_coprod.wsgi",
            "--bind",
            bind,
            "--workers",
            "2",
            "--threads",
            "4",
            "--worker-class",
            "gthread",
            "--graceful-timeout",
            "30",
            "--timeout",
            "60",
        ),
    )
    celery = ("celery", "-A", "oxleas_coprod")
    supervisor.start("worker", child("worker", *celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"))
    supervisor.start("beat", child("beat", *celery, "beat", "--loglevel", "WARNING", "--pidfile", ""))
    _wait_for(supervisor)


def _wait_for(supervisor: Supervisor) -> None:
    """Wait until the web server answers. A port in use is said in words, not as a traceback."""
    for _ in range(300):
        if supervisor.stopping:
            return
        if supervisor.running["web server"].poll() is not None:
            sys.exit(f"The web server did not start. Is port {supervisor.port} in use? Try: bin/run --port 0")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", supervisor.port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("The web server did not answer within 30 seconds. Look in var/log/web-server.log")


def _welcome(port: int) -> None:
    subprocess.run([sys.executable, "manage.py", "who_can_log_in"], cwd=ROOT, check=False)
    say(f"\nOpen {os.environ['BASE_URL']}   (Ctrl-C stops everything)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _throw_away(var: Path) -> None:
    """Remove the demonstration's own files from `var`, and nothing else. Never in production."""
    if os.environ.get("MODE", "demo") == "production" or os.environ.get("DATABASE_URL"):
        sys.exit("--fresh throws the demonstration in var/ away. It is refused in production or with a DATABASE_URL.")
    for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "beat", "beat.db"):
        (var / name).unlink(missing_ok=True)
    for name in ("mail", "broker", "log"):
        shutil.rmtree(var / name, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
