"""The NHS front end is fetched by lock file, changed in three ways, and not fetched twice."""

import importlib.metadata
import json
import re
import shutil
import subprocess
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LOCK = ROOT / "package-lock.json"


@pytest.fixture
def frontend(monkeypatch):
    """The script, as a module; its own folder stays untouched."""
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader = SourceFileLoader("frontend", str(ROOT / "bin" / "frontend"))
    module = module_from_spec(spec_from_loader("frontend", loader))
    loader.exec_module(module)
    return module


def source_of(folder, style, script="export const a=1;\n//# sourceMappingURL=a.js.map"):
    """A folder like the one npm unpacks."""
    (folder / "assets" / "images").mkdir(parents=True)
    (folder / "assets" / "images" / "tick.svg").write_text("<svg/>")
    (folder / "assets" / "images" / "unused.svg").write_text("<svg/>")
    (folder / "nhsuk-frontend.min.css").write_text(style)
    (folder / "nhsuk-frontend.min.js").write_text(script)
    return folder


def test_the_lock_file_names_no_host_and_holds_a_hash():
    packages = json.loads(LOCK.read_text())["packages"]
    assert "://" not in LOCK.read_text()
    assert all("resolved" not in package for package in packages.values())
    assert packages["node_modules/nhsuk-frontend"]["integrity"].startswith("sha512-")


def test_markup_and_style_move_together():
    version = json.loads(LOCK.read_text())["packages"]["node_modules/nhsuk-frontend"]["version"]
    assert (version, importlib.metadata.version("nhsuk-frontend-jinja")) == ("10.6.1", "0.10.2")


def test_what_is_changed(frontend, tmp_path):
    style = (
        "@font-face{font-family:Frutiger W01;src:url(https://example.org/a.woff2)}"
        "a{background:url(/assets/images/tick.svg)}b{color:red}\n/*# sourceMappingURL=a.css.map */\n"
    )
    target = tmp_path / "out"
    target.mkdir()
    frontend.build(source_of(tmp_path / "in", style), target)
    assert (target / "nhsuk.css").read_text() == "a{background:url(images/tick.svg)}b{color:red}"
    assert (target / "nhsuk.js").read_text() == "export const a=1;"
    assert [icon.name for icon in (target / "images").iterdir()] == ["tick.svg"]


def test_a_style_that_still_points_elsewhere_stops_the_build(frontend, tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    with pytest.raises(SystemExit, match="still points elsewhere"):
        frontend.build(source_of(tmp_path / "in", "a{background:url(https://example.org/a.png)}"), target)


def test_what_is_built_already_is_not_fetched_again(frontend, tmp_path, monkeypatch):
    monkeypatch.setattr(frontend, "BUILT", tmp_path)
    monkeypatch.setattr(frontend, "FIXTURES", tmp_path)
    monkeypatch.setattr(frontend, "install", lambda folder: pytest.fail("it was fetched"))
    (tmp_path / "built-from").write_text(frontend.wanted())
    frontend.main()


def test_another_lock_file_is_fetched_and_swapped_in_whole(frontend, tmp_path, monkeypatch):
    built = tmp_path / "static" / "nhsuk"
    built.mkdir(parents=True)
    (built / "built-from").write_text("an older lock file")
    (built / "left-over").write_text("")
    monkeypatch.setattr(frontend, "BUILT", built)
    monkeypatch.setattr(frontend, "FIXTURES", tmp_path / "fixtures")
    monkeypatch.setattr(frontend, "install", lambda folder: source_of(folder / "package", "b{color:red}"))
    frontend.main()
    assert sorted(file.name for file in built.iterdir()) == ["built-from", "images", "nhsuk.css", "nhsuk.js"]
    assert (built / "built-from").read_text() == frontend.wanted()
    assert [file.name for file in built.parent.iterdir()] == ["nhsuk"]


def test_a_machine_without_npm_uses_the_one_that_pip_installed(frontend, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("PATH", "/usr/bin")
    said = subprocess.run([*frontend.npm(), "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\d+\.\d+\.\d+", said.stdout.strip())


def test_npm_that_fails_says_so_plainly(frontend, tmp_path, monkeypatch):
    failing = tmp_path / "npm"
    failing.write_text("#!/bin/sh\necho no network >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(failing))
    with pytest.raises(SystemExit, match="Is this machine connected"):
        frontend.install(tmp_path)
