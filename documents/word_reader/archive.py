"""The parts inside a Word file, opened only when the archive is one that Word could have made."""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from documents.word_reader import safe_xml
from documents.word_reader.errors import CannotRead

MOST_PARTS = 2_000
MOST_BYTES = 100 * 1024 * 1024
MOST_TIMES_ITS_SIZE = 100
#: Below this a file may unpack to any multiple of its size: text that repeats packs well, and does no harm.
HARMLESS_BYTES = 2 * 1024 * 1024
CHUNK = 64 * 1024
CONTENT_TYPES = "[Content_Types].xml"
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another, or of an address outside."""

    kind: str
    target: str
    outside: bool


class Archive:
    """A Word file. Raises CannotRead for one that is damaged, has macros, or is built to do harm."""

    def __init__(self, content: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise CannotRead("damaged") from error
        self._check_parts()
        self._check_unpacked(len(content))
        self.names = set(self.zip.namelist())
        self.main = self._find_main()

    def xml(self, name: str) -> Element | None:
        """The root of the part called `name`; None when there is no such part."""
        return safe_xml.parse(self._read(name)) if name in self.names else None

    def relations(self, name: str) -> dict[str, Relation]:
        """The relations of the part called `name`, by their ids."""
        folder, _, file = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, Relation] = {}
        for row in root.iter("rel.Relationship") if root is not None else ():
            outside = row.get("TargetMode") == "External"
            target = row.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[row.get("Id", "")] = Relation(row.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def _read(self, name: str) -> bytes:
        return self.zip.read(name)

    def _check_parts(self) -> None:
        parts = self.zip.infolist()
        if len(parts) > MOST_PARTS:
            raise CannotRead("too_many_parts")
        if len({part.filename for part in parts}) != len(parts):
            raise CannotRead("damaged")
        for part in parts:
            if _escapes(part):
                raise CannotRead("bad_path")
            if part.flag_bits & 1 or part.compress_type not in READABLE:
                raise CannotRead("damaged")

    def _check_unpacked(self, packed: int) -> None:
        """Unpack everything once, throwing it away, and count: what the archive says of its sizes is not believed."""
        most = min(MOST_BYTES, max(HARMLESS_BYTES, packed * MOST_TIMES_ITS_SIZE))
        total = 0
        try:
            for part in self.zip.infolist():
                with self.zip.open(part) as opened:
                    while chunk := opened.read(CHUNK):
                        total += len(chunk)
                        if total > most:
                            raise CannotRead("unpacks_too_big")
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise CannotRead("damaged") from error

    def _find_main(self) -> str:
        """The part with the text. Raises CannotRead when the file is not Word's, or has macros."""
        types = self.xml(CONTENT_TYPES)
        if types is None:
            raise CannotRead("not_word")
        kinds = {row.get("PartName", "").lstrip("/"): row.get("ContentType", "") for row in types.iter("ct.Override")}
        defaults = {row.get("ContentType", "") for row in types.iter("ct.Default")}
        if any("macroEnabled" in kind or "vbaProject" in kind for kind in defaults.union(kinds.values())):
            raise CannotRead("macros")
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise CannotRead("macros")
        targets = [r.target for r in self.relations("").values() if r.kind == "officeDocument" and not r.outside]
        main = targets[0] if targets else "word/document.xml"
        if main not in self.names or "wordprocessingml" not in kinds.get(main, "wordprocessingml"):
            raise CannotRead("not_word")
        return main


def _escapes(part: zipfile.ZipInfo) -> bool:
    name = part.orig_filename
    return (
        name.startswith(("/", "\\"))
        or "\\" in name
        or "\0" in name
        or ":" in name.split("/")[0]
        or ".." in name.split("/")
        or stat.S_ISLNK(part.external_attr >> 16)
    )
