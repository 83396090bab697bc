"""Word files made from nothing, for tests: a real policy, and every bad file that somebody might send.

Written as raw OOXML, so that a test can say exactly what stands in the file, and never through the reader under test.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header1": "header",
    "settings": "settings",
}
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="24"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:rPr><w:sz w:val="52"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="34"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""
BULLET_FONT = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'


def level(depth: int, form: str, pattern: str, *, start: int = 1, more: str = "") -> str:
    """One depth of a numbering scheme."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


#: Scheme 0: headings; 1: (a), (i); 2: bullets.
SCHEMES = [
    level(0, "decimal", "%1.", more='<w:pStyle w:val="Heading1"/>')
    + level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Heading2"/>'),
    level(0, "lowerLetter", "(%1)") + level(1, "lowerRoman", "(%2)"),
    level(0, "bullet", "\uf0b7", more=BULLET_FONT),
]


def numbering(schemes: list[str] = SCHEMES, lists: list[str] | None = None) -> str:
    """numbering.xml of `schemes`; list n (from 1) follows scheme n - 1, and `lists` adds more lists as XML."""
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{i}">{s}</w:abstractNum>' for i, s in enumerate(schemes))
    plain = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(schemes)))
    return abstract + plain + "".join(lists or [])


def begins_anew(num_id: int, scheme: int) -> str:
    """A list that follows `scheme` and starts at 1 again."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{scheme}"/>{override}</w:num>'


def run(words: str, properties: str = "") -> str:
    """One run of plain words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(inside: str, *, style: str = "", num: tuple[int, int] | None = None, more: str = "") -> str:
    """A paragraph of runs already written; `num` is (list, depth)."""
    if inside and not inside.startswith("<"):
        inside = run(inside)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{inside}</w:p>"


def table(rows: list[list[str]], *, header: bool = True) -> str:
    """A table of cells already written as paragraphs."""
    look = '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>' if header else "<w:tblPr/>"
    lines = ("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{look}{''.join(lines)}</w:tbl>"


def docx(
    body: str,
    *,
    parts: dict[str, str] | None = None,
    links: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
    main_type: str = f"{TYPE}.document.main+xml",
    doctype: str = "",
) -> bytes:
    """A Word file with `body`. `parts` are insides of other parts by name, `links` are addresses by relation id."""
    inside = {"styles": STYLES, "numbering": numbering(), **(parts or {})}
    relations = "".join(
        f'<Relationship Id="part{n}" Type="{REL}/{PARTS[name]}" Target="{name}.xml"/>' for n, name in enumerate(inside)
    ) + "".join(
        f'<Relationship Id="{key}" Type="{REL}/hyperlink" Target="{escape(to)}" TargetMode="External"/>'
        for key, to in (links or {}).items()
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{PARTS[name]}+xml"/>' for name in inside
    )
    files = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{overrides}</Types>',
        "_rels/.rels": _relations(f'<Relationship Id="main" Type="{REL}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"{XML}{doctype}<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for name, content in inside.items():
        root = {"header1": "hdr"}.get(name, name)
        files[f"word/{name}.xml"] = f"{XML}<w:{root} {NAMES}>{content}</w:{root}>"
    return packed({**{name: text.encode() for name, text in files.items()}, **(extra or {})})


def packed(files: dict[str, bytes]) -> bytes:
    """An archive of `files`, the same every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2026, 9, 1, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _relations(rows: str) -> str:
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


# -- a real policy ------------------------------------------------------------------------------------------------

POLICY_TITLE = "Supervision and Reflective Practice for Peer Workers"
#: One line a paragraph: "# " and "## " are numbered headings, "- " a bullet, "a) " an item (a), "i) " an item (i)
#: inside it, "> " a quotation, "| " a row of the table, "^[…]" a footnote. Everything in it is made up.
POLICY = Path(__file__).with_name("policy.txt").read_text()

CORE_PROPERTIES = (
    f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Quentin Secretauthor</dc:creator>'
    "<cp:lastModifiedBy>Quentin Secretauthor</cp:lastModifiedBy></cp:coreProperties>"
)
INLINE = re.compile(
    r"\*\*(?P<strong>.+?)\*\*|\*(?P<slanted>.+?)\*|\[(?P<words>[^]]+)\]\((?P<to>[^)]+)\)|\^\[(?P<note>[^]]+)\]"
)


def policy_docx() -> bytes:
    """An invented policy of 8 to 15 pages: numbered headings, lists inside lists, a table, footnotes, links.

    Its properties name an author ("Quentin Secretauthor"), whom nothing may keep.
    """
    return _Policy().docx()


class _Policy:
    def __init__(self) -> None:
        self.notes: list[str] = []
        self.links: dict[str, str] = {}
        self.lists: list[str] = []
        self.body = [paragraph(run(POLICY_TITLE), style="Title")]
        self.rows: list[list[str]] = []
        self.letters = 0

    def docx(self) -> bytes:
        for line in POLICY.splitlines():
            self._line(line)
        return docx(
            "".join(self.body),
            parts={"footnotes": "".join(self.notes), "numbering": numbering(lists=self.lists)},
            links=self.links,
            extra={"docProps/core.xml": CORE_PROPERTIES.encode()},
        )

    def _line(self, line: str) -> None:
        if self.rows and not line.startswith("| "):
            self.body.append(table([[paragraph(run(cell)) for cell in row] for row in self.rows]))
            self.rows = []
        mark, _, words = line.partition(" ")
        if mark == "|":
            self.rows.append([cell.strip() for cell in words.strip("| ").split("|")])
        elif mark in {"#", "##"}:
            self.body.append(paragraph(self._runs(words), style=f"Heading{len(mark)}"))
        elif mark == "-":
            self.body.append(paragraph(self._runs(words), style="ListParagraph", num=(3, 0)))
        elif mark == ">":
            self.body.append(paragraph(self._runs(words), style="Quote"))
        elif re.fullmatch(r"[a-z]+\)", mark):
            self._item(mark, words)
        else:
            self.body.append(paragraph(self._runs(line)))

    def _item(self, mark: str, words: str) -> None:
        """An item (a) begins its list anew; (i) stands inside the item before it."""
        deep = mark in {"i)", "ii)", "iii)"}
        if mark == "a)":
            self.letters = 10 + len(self.lists)
            self.lists.append(begins_anew(self.letters, 1))
        self.body.append(paragraph(self._runs(words), style="ListParagraph", num=(self.letters, int(deep))))

    def _runs(self, text: str) -> str:
        out, at = "", 0
        for match in INLINE.finditer(text):
            out += run(text[at : match.start()]) + self._special(match)
            at = match.end()
        return out + run(text[at:])

    def _special(self, match: re.Match[str]) -> str:
        if match["strong"]:
            return run(match["strong"], '<w:rStyle w:val="Strong"/>')
        if match["slanted"]:
            return run(match["slanted"], "<w:i/>")
        if match["note"]:
            number = len(self.notes) + 1
            self.notes.append(f'<w:footnote w:id="{number}">{paragraph(run(match["note"]))}</w:footnote>')
            return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
        key = f"link{len(self.links)}"
        self.links[key] = match["to"]
        return f'<w:hyperlink r:id="{key}">{run(match["words"])}</w:hyperlink>'


# -- bad files ----------------------------------------------------------------------------------------------------


def not_word() -> bytes:
    """A picture's first bytes under a Word file's name."""
    return b"\x89PNG\r\n\x1a\n" + b"\0" * 400


def zip_not_word() -> bytes:
    """An archive with something else in it."""
    return packed({"hello.txt": b"Hello"})


def empty() -> bytes:
    return b""


def no_words() -> bytes:
    """A Word file with nothing in it but blank lines."""
    return docx(paragraph("") + paragraph(""))


def password_protected() -> bytes:
    """How Word keeps a file under a password: an older container that holds an encrypted package."""
    begins = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1016
    return begins + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2048


def old_word() -> bytes:
    """A file of Word 97."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1016 + "WordDocument".encode("utf-16-le")


def macros() -> bytes:
    """A document with small programs in it."""
    return docx(
        paragraph("Hello"),
        main_type="application/vnd.ms-word.document.macroEnabled.main+xml",
        extra={"word/vbaProject.bin": b"not really"},
    )


def hidden_macros() -> bytes:
    """The same, under an honest document's type."""
    return docx(paragraph("Hello"), extra={"word/vbaProject.bin": b"not really"})


def javascript_link() -> bytes:
    """A link that would run a program in the reader's browser, and three more that lead nowhere good."""
    links = {
        "bad1": "javascript:alert(document.cookie)",
        "bad2": "data:text/html,hello",
        "bad3": "file:///etc/passwd",
        "bad4": " JaVaScRiPt:alert(1)",
        "good": "https://www.example.org/a?b=1",
    }
    body = "".join(paragraph(f'<w:hyperlink r:id="{key}">{run(f"words of {key}")}</w:hyperlink>') for key in links)
    return docx(body, links=links)


def bomb() -> bytes:
    """Under 1 MB, unpacking to 226 MB."""
    out = io.BytesIO(docx(paragraph("Hello")))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/big.xml", "w") as part,
    ):
        for _ in range(226):
            part.write(b"a" * 1_000_000)
    return out.getvalue()


def text_bomb() -> bytes:
    """Words without end in the text itself: it unpacks to less than the limit, and to more than memory."""
    one = paragraph("word " * 20)
    return docx(one * 300_000)


def nested_tables(depth: int) -> bytes:
    """Tables inside tables, `depth` deep."""
    begin, end = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return docx(begin * depth + paragraph("deep") + end * depth)


def too_many_parts() -> bytes:
    return docx(paragraph("Hello"), extra={f"word/part{n}.xml": b"" for n in range(2_001)})


def path_escape() -> bytes:
    return docx(paragraph("Hello"), extra={"../../outside.xml": b"<a/>"})


def entities() -> bytes:
    """Entities that multiply themselves."""
    declared = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return docx(paragraph("Hello"), doctype=declared)


def damaged() -> bytes:
    """A good file, cut off in the middle."""
    whole = docx(paragraph("Hello"))
    return whole[: len(whole) // 2]


def lying_sizes() -> bytes:
    """An archive whose directory says that its text is short."""
    whole = bytearray(docx(paragraph("A long story. " * 200)))
    at = whole.rfind(b"PK\x01\x02", 0, whole.rfind(b"word/document.xml"))
    whole[at + 24 : at + 28] = (50).to_bytes(4, "little")
    return bytes(whole)
