"""Read a Word file that somebody sent. The file is opened in a process of its own, with limits, and nowhere else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from core.errors import Refused

ZIP_BEGINS = b"PK\x03\x04"
#: How Microsoft's older container begins: old .doc files, and new files under a password.
OLE_BEGINS = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
SECONDS = 30

SAVE_AS = "In Word, save it as a “Word document (.docx)” and choose that file."
COPY = "Copy the text into a new Word document and choose that."
#: What each refusal of the reading process means to the person.
REFUSALS = {
    "not_word": "This is not a Word file we can read. Choose a file whose name ends in .docx.",
    "damaged": "This Word file is damaged. Open it in Word, save it under a new name and choose the new file.",
    "macros": f"This file has macros in it (small programs). {SAVE_AS}",
    "too_many_parts": f"This file has too many parts inside it. {COPY}",
    "unpacks_too_big": f"This file would unpack to far more than a policy needs. {COPY}",
    "bad_path": f"This file has parts that point outside itself. {COPY}",
    "declares_entities": f"This file was not made by Word in the usual way. {COPY}",
    "too_deep": "This file has tables inside tables, too deep to read. Take some apart and choose it again.",
    "too_long": "This document is too long to work on here. Split it into shorter documents.",
    "too_hard": f"This file took too long to read. {COPY}",
    "password": "This file has a password. In Word, take the password off, save it and choose it again.",
    "old_word": f"This is an older kind of Word file. {SAVE_AS}",
    "no_words": "There are no words in this file. Choose another file.",
}


@dataclass(frozen=True)
class WordFound:
    """What was read: a title to suggest, blocks, and plain sentences about what was left out."""

    title: str
    blocks: list[dict[str, Any]]
    left_out: list[str]


def shown_name(name: str) -> str:
    """The name of the file as it may be shown again: no folders, no control characters, 200 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .,()&'’+-]", "", last).strip()[-200:] or "file.docx"


def read_word(file: Any) -> WordFound:
    """Read Django's uploaded `file`. Raises Refused (field "file") in plain words."""
    title = shown_name(file.name).removesuffix(".docx")
    content = _checked(file)
    answer = _ask_reader(content)
    if "refused" in answer:
        raise _refused(answer["refused"])
    return WordFound((" ".join(answer["title"].split()) or title)[:200], answer["blocks"], answer["left_out"])


def _refused(why: str) -> Refused:
    return Refused(REFUSALS[why], field="file")


def _checked(file: Any) -> bytes:
    """The bytes of `file`, when its size and first bytes are those of a Word file."""
    most = settings.WORD_MAX_BYTES
    content = file.read(most + 1)
    if not content:
        raise Refused("The file is empty. Choose another file.", field="file")
    if len(content) > most:
        raise Refused(f"The file is too big. It must be smaller than {most // 1024 // 1024} MB.", field="file")
    if content.startswith(OLE_BEGINS):
        raise _refused("password" if ENCRYPTED_PART in content else "old_word")
    if not content.startswith(ZIP_BEGINS):
        raise _refused("not_word")
    return content


def _ask_reader(content: bytes) -> dict[str, Any]:
    """Give `content` to a new process with no environment, no third-party code, and limits it sets itself."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, no shell, no argument from outside
            [sys.executable, "-s", "-S", "-m", "documents.word_reader"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused("too_hard") from None
    try:
        return json.loads(done.stdout)
    except ValueError:  # killed at one of its limits before it could answer
        raise _refused("too_hard") from None
