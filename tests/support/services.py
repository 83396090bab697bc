"""Start and stop real services, private and on free sockets: PostgreSQL, the broker, workers, beat.

Plain functions and context managers, usable by tests, benches and campaigns alike. Each ends what it started, by
process id, and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from core import broker
from tests.support import migrated

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "tests.settings"
ASYNC_UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"


class Missing(Exception):
    """A program that is needed is not installed; the message says which."""


@contextlib.contextmanager
def postgres(*, durable: bool = False, keep: Path | None = None) -> Iterator[str]:
    """A private PostgreSQL on a Unix socket. Gives its DATABASE_URL. Raises `Missing`.

    Run as root, it runs as the user `postgres`, because it refuses root. `durable` keeps fsync on. It begins as a copy
    of the one that was migrated before, if there is one (see `migrated`). `keep` is where its data stay at the end.
    """
    binaries = _postgres_binaries()
    # Directly under the temporary folder: the path of a Unix socket may have no more than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    kept = migrated.cluster()
    if kept:
        _quiet(["cp", "-a", kept, data], folder)
    else:
        initdb = [binaries / "initdb", "-D", data, "-U", "coprod", "-A", "trust", "-E", "UTF8"]
        _quiet([*as_user, *initdb, "--locale=C.UTF-8", "-N"], folder)
    options = ["-k", folder, "-c", "listen_addresses=", "-c", "max_connections=60"]
    if not durable:
        options += ["-c", "fsync=off", "-c", "full_page_writes=off"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*as_user, binaries / "postgres", "-D", data, *options], cwd=folder, stdout=log, stderr=log
        )
    try:
        _wait_until(lambda: _psql_answers(binaries, folder), 20, f"PostgreSQL did not start; see {folder / 'log'}")
        if not kept:
            _quiet([binaries / "createdb", "-h", folder, "-U", "coprod", "coprod"], folder)
        yield f"postgres://coprod@/coprod?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # fast shutdown: ends connections, keeps the data whole
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
        if server.poll() is None:
            server.kill()
            server.wait()
        if keep:
            shutil.move(data, keep)
        shutil.rmtree(folder, ignore_errors=True)


def another_like(database_url: str, name: str) -> str:
    """Make a copy of a database of a private PostgreSQL, under that name. Nobody may be connected to it."""
    parts = urlsplit(database_url)
    like, [folder] = parts.path.removeprefix("/"), parse_qs(parts.query)["host"]
    _quiet([_postgres_binaries() / "createdb", "-h", folder, "-U", "coprod", "-T", like, name], Path(folder))
    return parts._replace(path=f"/{name}").geturl()


def _postgres_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise Missing("PostgreSQL is not installed: apt-get install postgresql")


def _psql_answers(binaries: Path, folder: Path) -> bool:
    ask = [binaries / "pg_isready", "-q", "-h", folder]
    return subprocess.run(ask, check=False).returncode == 0


@dataclass
class Broker:
    """A private broker on a Unix socket."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        return self.folder / broker.SOCKET_NAME

    @property
    def url(self) -> str:
        """What BROKER_URL must be."""
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        self.process = broker.start(self.socket, self.folder / "broker")

    def stop(self) -> None:
        """Stop it; what it held is on disk, and its socket is gone."""
        if self.process:
            end(self.process)
            self.process = None


@contextlib.contextmanager
def running_broker() -> Iterator[Broker]:
    """A broker for the length of a `with` block. It may be stopped and started inside."""
    folder = Path(tempfile.mkdtemp(prefix="broker-"))
    private = Broker(folder)
    private.start()
    try:
        yield private
    finally:
        private.stop()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Installation:
    """The environment of one private installation, and the processes started in it."""

    environment: dict[str, str]
    folder: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *command: str, timeout: float = 120) -> str:
        """Run a Python module or script to its end. Gives what it printed; raises when it fails."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a Python module in its own process group, its words in `<name>.log`."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def worker(self, name: str = "worker", *, children: int = 1) -> subprocess.Popen[bytes]:
        """Start a real Celery worker with that many children."""
        words = ["worker", "--concurrency", str(children), "--loglevel", "INFO", "-n", f"{name}@here"]
        return self.start(name, "-m", "celery", "-A", "oxleas_coprod", *words)

    def beat(self, name: str = "beat") -> subprocess.Popen[bytes]:
        """Start a real Celery beat."""
        schedule = str(self.folder / name)
        return self.start(name, "-m", "celery", "-A", "oxleas_coprod", "beat", "--pidfile", "", "-s", schedule)

    def stop(self) -> None:
        """End every process started here, whole groups, gently first."""
        for process in self.started:
            end(process)


def surroundings() -> dict[str, str]:
    """The environment, without what the fixture `browser` sets for its own process: it would hide faults of another."""
    return {name: value for name, value in os.environ.items() if name != ASYNC_UNSAFE}


@contextlib.contextmanager
def installation(*, database: str, broker_url: str, email_url: str, **more: str) -> Iterator[Installation]:
    """A private installation with those services, its tables made. Ends the processes started in it."""
    folder = Path(tempfile.mkdtemp(prefix="coprod-"))
    environment = {
        **surroundings(),
        "MODE": "test",
        "SECRET_KEY": "for-tests-only-" + "x" * 40,
        "VAR_DIR": str(folder),
        "DATABASE_URL": database or f"sqlite:///{folder / 'db.sqlite3'}",
        "BROKER_URL": broker_url,
        "EMAIL_URL": email_url,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        **more,
    }
    made = Installation(environment, folder)
    if not database:
        migrated.copy_sqlite(folder / "db.sqlite3")
    try:
        made.run("manage.py", "migrate", "--verbosity", "0")
        made.run("manage.py", "createcachetable")
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_worker(here: Installation, name: str = "worker", *, seconds: float = 30) -> None:
    """Wait until a worker says that it is ready."""
    log = here.folder / f"{name}.log"
    try:
        _wait_until(lambda: log.exists() and " ready." in log.read_text(), seconds, f"The worker {name} did not start.")
    except RuntimeError as silence:
        raise RuntimeError(f"{silence} It said:\n{log.read_text()[-4000:]}") from None


def end(process: subprocess.Popen[bytes], *, seconds: float = 15) -> None:
    """Ask one process to stop, wait, and make sure."""
    if process.poll() is not None:
        return
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 a process that leads a group, with its children."""
    with contextlib.suppress(ProcessLookupError):
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _wait_until(true: Callable[[], bool], seconds: float, otherwise: str) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.05)
    raise RuntimeError(otherwise)


def _quiet(command: list[str | Path], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr}")
