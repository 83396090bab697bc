"""XML, read without what makes XML dangerous: no declarations, no entities, no endless depth.

Names come out with a short prefix ("w.p"), the same for both of the name spaces that Word writes.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from documents.word_reader.errors import CannotRead

DEEPEST = 300
SEPARATOR = " "
_OPEN = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    f"{_OPEN}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OPEN}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OPEN}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OPEN}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OPEN}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OPEN}package/2006/relationships": "rel",
    f"{_OPEN}package/2006/content-types": "ct",
    f"{_OPEN}markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}


def parse(content: bytes) -> Element:
    """The root of `content`. Raises CannotRead."""
    return _Parser().parse(content)


class _Parser:
    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.depth = 0
        self.tree = TreeBuilder()

    def parse(self, content: bytes) -> Element:
        parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.tree.data
        try:
            parser.Parse(content, True)
            return self.tree.close()
        except (expat.ExpatError, ValueError) as error:
            raise CannotRead("damaged") from error

    def refuse(self, *_: object) -> None:
        raise CannotRead("declares_entities")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise CannotRead("too_deep")
        self.tree.start(self.short(name), {self.short(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.tree.end(self.short(name))

    def short(self, name: str) -> str:
        """`name` with its short prefix; "?.name" for a name space we do not know."""
        if name not in self.names:
            space, _, local = name.rpartition(SEPARATOR)
            self.names[name] = f"{PREFIXES.get(space, '?')}.{local}" if space else local
        return self.names[name]
