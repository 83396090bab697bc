"""The Nu HTML checker (npm's vnu-jar, which runs on Java) over many pages at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import npm

FOLDER = Path(__file__).resolve().parent / "nu"
JAR = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors_of(pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """By the name of a page, what is wrong with it; only pages with errors are in the answer. Starts Java once."""
    java = shutil.which("java")
    if java is None:
        raise RuntimeError("Java is missing. On Debian: apt-get install default-jre-headless")
    npm.install(FOLDER)
    with TemporaryDirectory(prefix="pages-") as folder:
        files = {f"{number:04}.html": name for number, name in enumerate(pages)}
        for file, name in files.items():
            (Path(folder) / file).write_bytes(pages[name])
        options = ["--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]
        checked = subprocess.run(
            [java, "-Xss2m", "-jar", str(JAR), *options, *files], cwd=folder, capture_output=True, text=True, check=True
        )
    found: dict[str, list[str]] = {}
    for each in json.loads(checked.stdout)["messages"]:
        name = files[each["url"].rpartition("/")[2]]
        found.setdefault(name, []).append(f"{each['message']} {each.get('extract', '').strip()}")
    return found
