"""What the reader makes of each thing that Word can put into a file, and what it says of the rest."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest

from documents.word_reader.document import read
from documents.word_reader.errors import CannotRead
from tests.support.word_files import begins_anew, docx, level, numbering, packed, paragraph, run, table

TRACKED = "This file had tracked changes. They were read as if all of them were accepted."


def blocks(body: str, **more) -> list[tuple[str, int, str, str]]:
    """(kind, level, label, text) of each block read of `body`."""
    return [(b["kind"], b["level"], b["label"], b["text"]) for b in read(docx(body, **more))["blocks"]]


def texts(body: str, **more) -> list[str]:
    return [text for _, _, _, text in blocks(body, **more)]


def said(body: str, **more) -> list[str]:
    """What is said to be left out. There must be words to read, so some are added."""
    return read(docx(paragraph("words") + body, **more))["left_out"]


def cells(body: str, **more) -> dict:
    [(kind, _, _, text)] = blocks(body, **more)
    assert kind == "table"
    return json.loads(text)


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("a") + run(" b"), "a b"),
        (run("a", "<w:b/>") + run(" b"), "**a** b"),
        (run("a", '<w:b w:val="0"/>'), "a"),
        (run("a ", "<w:b/>") + run("b", "<w:b/><w:i/>"), "**a** ***b***"),
        (run("a", '<w:rStyle w:val="Strong"/>'), "**a**"),
        (run("a*b"), r"a\*b"),
        (run("[a](https://x.org)"), r"[a]\(https://x.org)"),
        (run(r"a\b"), r"a\\b"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/></w:r>', "a"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a\u2011b"),
        ("<w:r><w:t>co</w:t><w:softHyphen/><w:t>op</w:t></w:r>", "co\u00adop"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0b3</w:t></w:r>', "≥"),
        ("<w:smartTag>" + run("a") + "</w:smartTag>" + run("b"), "ab"),
        ("<w:sdt><w:sdtContent>" + run("chosen") + "</w:sdtContent></w:sdt>", "chosen"),
        ("<w:bdo>" + run("עברית") + "</w:bdo>", "עברית"),
        (run("a &amp; <b>"), "a &amp; <b>"),
        (run(" spaced "), "spaced"),
    ],
)
def test_words_inside_a_paragraph(inside, text):
    assert texts(paragraph(inside)) == [text]


def test_headings_are_not_bold_besides():
    assert blocks(paragraph(run("Why", "<w:b/>"), style="Heading1")) == [("heading", 1, "1.", "Why")]


def test_blank_paragraphs_are_no_blocks():
    assert texts(paragraph("") + paragraph(run("a")) + paragraph(run("   "))) == ["a"]


def test_a_symbol_we_do_not_know_is_shown_as_a_box_and_said():
    body = paragraph('<w:r><w:sym w:font="Webdings" w:char="F099"/></w:r>' + run("x"))
    assert texts(body) == ["□x"]
    assert said(body) == ["1 symbol from a picture font could not be read. It is shown as □."]


# -- kinds ---------------------------------------------------------------------------------------------------------

OUTLINES = """
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My own"/><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Circle"><w:name w:val="a"/><w:basedOn w:val="Circle2"/></w:style>
<w:style w:type="paragraph" w:styleId="Circle2"><w:name w:val="b"/><w:basedOn w:val="Circle"/></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="heading 9"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/></w:style>
"""


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (paragraph("a", style="Own"), ("heading", 3)),
        (paragraph("a", style="Deep"), ("heading", 6)),
        (paragraph("a", style="T"), ("heading", 1)),
        (paragraph("a", style="Body"), ("paragraph", 0)),
        (paragraph("a", style="Circle"), ("paragraph", 0)),
        (paragraph("a", style="Missing"), ("paragraph", 0)),
        (paragraph("a", style="Q"), ("quote", 0)),
        (paragraph("a", more='<w:outlineLvl w:val="1"/>'), ("heading", 2)),
        (paragraph("a", style="Own", more='<w:outlineLvl w:val="9"/>'), ("paragraph", 0)),
    ],
)
def test_kinds_by_style_and_outline(body, kind):
    assert blocks(body, parts={"styles": OUTLINES})[0][:2] == kind


# -- tracked changes -----------------------------------------------------------------------------------------------


def gone(words: str) -> str:
    return f"<w:del><w:r><w:delText>{words}</w:delText></w:r></w:del>"


ENDS_GONE = "<w:rPr><w:del/></w:rPr>"


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        (paragraph(run("a ") + gone("old ") + f"<w:ins>{run('new ')}</w:ins>" + run("b")), ["a new b"]),
        (
            paragraph(f"<w:moveTo>{run('moved')}</w:moveTo>") + paragraph(f"<w:moveFrom>{run('moved')}</w:moveFrom>"),
            ["moved"],
        ),
        (paragraph(run("one "), more=ENDS_GONE) + paragraph(run("line")), ["one line"]),
        (paragraph(gone("all"), more=ENDS_GONE) + paragraph(run("left")), ["left"]),
        (paragraph(f"<w:ins><w:del>{run('in and out')}</w:del></w:ins>" + run("stays")), ["stays"]),
        (paragraph(run("last"), more=ENDS_GONE), ["last"]),
        (paragraph(run("new end"), more="<w:rPr><w:ins/></w:rPr>"), ["new end"]),
    ],
)
def test_tracked_changes_are_read_as_accepted_and_that_is_said(body, accepted):
    answer = read(docx(body))
    assert [b["text"] for b in answer["blocks"]] == accepted
    assert answer["left_out"] == [TRACKED]


def test_a_deleted_numbered_paragraph_is_not_counted():
    body = (
        paragraph("one", num=(2, 0))
        + paragraph(gone("two"), num=(2, 0), more=ENDS_GONE)
        + paragraph("three", num=(2, 0))
    )
    assert [(label, text) for _, _, label, text in blocks(body)] == [("(a)", "one"), ("(b)", "three")]


def test_a_deleted_row_and_a_deleted_cell():
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("gone") + "</w:tc></w:tr>"
    cell = "<w:tr><w:tc>{}</w:tc><w:tc><w:tcPr><w:cellDel/></w:tcPr>{}</w:tc></w:tr>"
    body = "<w:tbl>" + row + cell.format(paragraph("a"), paragraph("gone")) * 2 + "</w:tbl>"
    assert cells(body) == {"head": [], "rows": [["a"], ["a"]]}
    assert read(docx(body))["left_out"] == [TRACKED]


# -- links and fields ----------------------------------------------------------------------------------------------


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def word_field(instruction: str, result: str) -> str:
    instruct = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return char("begin") + instruct + char("separate") + result + char("end")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph(word_field(' HYPERLINK "https://x.org" ', run("here"))), "[here](https://x.org)"),
        (paragraph(word_field(" REF _Ref1 \\h ", run("section 3")) + run(".")), "section 3."),
        (paragraph('<w:fldSimple w:instr=" PAGE ">' + run("7") + "</w:fldSimple>"), "7"),
        (paragraph(word_field(" IF ", word_field(" REF b ", run("inner")) + run(" outer"))), "inner outer"),
        (
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
                "</w:fldChar></w:r>" + char("end") + run(" yes")
            ),
            "☒ yes",
        ),
    ],
)
def test_fields_are_kept_as_they_last_came_out(body, text):
    assert texts(body) == [text]


def test_a_field_that_never_ends_swallows_nothing():
    body = paragraph(
        char("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + char("separate") + run("a")
    ) + paragraph("b")
    assert texts(body) == ["a", "b"]


def test_a_table_of_contents_is_left_out_and_said():
    contents = paragraph(
        char("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>" + char("separate") + run("Why 1")
    )
    body = contents + paragraph(run("Who 2") + char("end")) + paragraph("a")
    answer = read(docx(body))
    assert [b["text"] for b in answer["blocks"]] == ["a"]
    assert answer["left_out"] == ["The table of contents was left out, because its page numbers no longer fit."]


def test_a_table_of_contents_in_a_frame_of_its_own():
    frame = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Contents')}{paragraph('Why 1')}</w:sdtContent></w:sdt>"
    )
    assert texts(frame + paragraph("a")) == ["a"]
    assert said(frame) == ["The table of contents was left out, because its page numbers no longer fit."]


def test_links():
    links = {"good": "https://x.org/a (b)", "mail": "mailto:a@x.org", "bad": "ftp://x.org"}
    body = "".join(paragraph(f'<w:hyperlink r:id="{key}">{run(key)}</w:hyperlink>') for key in links)
    assert texts(body, links=links) == ["[good](https://x.org/a%20%28b%29)", "[mail](mailto:a@x.org)", "bad"]


def test_a_link_inside_the_document_keeps_its_words():
    body = paragraph('<w:hyperlink w:anchor="there">' + run("see there") + "</w:hyperlink>")
    assert texts(body) == ["see there"]
    assert said(body) == ["1 link to another place in the document was taken off. Its words were kept."]


# -- tables --------------------------------------------------------------------------------------------------------


def test_a_table():
    body = table([[paragraph("A"), paragraph("B")], [paragraph(run("1", "<w:b/>")), paragraph("2") + paragraph("3")]])
    assert cells(body) == {"head": [["A", "B"]], "rows": [["**1**", "2\n3"]]}


def test_rows_that_word_repeats_on_every_page_are_the_head():
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = row.format("<w:tblHeader/>", paragraph("A"), paragraph("B")) * 2 + row.format(
        "", paragraph("1"), paragraph("2")
    )
    assert cells(f"<w:tbl>{rows}</w:tbl>") == {"head": [["A", "B"], ["A", "B"]], "rows": [["1", "2"]]}


def test_lists_in_cells_keep_their_numbers():
    inside = paragraph("x", num=(2, 0)) + paragraph("y", num=(2, 0))
    assert cells(table([[inside, paragraph("b")]], header=False))["rows"] == [["(a) x\n(b) y", "b"]]


def test_joined_cells_are_split_and_said():
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("wide")}</w:tc></w:tr>'
    tall = '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>'
    rows = (
        wide
        + tall.format(paragraph("a"), paragraph("b"))
        + tall.replace("restart", "continue").format(paragraph(""), paragraph("c"))
    )
    body = f"<w:tbl>{rows}</w:tbl>"
    assert cells(body) == {"head": [], "rows": [["wide", ""], ["a", "b"], ["", "c"]]}
    assert said(body) == ["Cells that were joined have been split. Their words stand in the first of them."]


def test_a_table_in_a_table_becomes_lines_and_is_said():
    inner = table([[paragraph("x"), paragraph("y")], [paragraph("z"), paragraph("")]], header=False)
    body = table([[paragraph("a") + inner, paragraph("b")]], header=False)
    assert cells(body)["rows"] == [["a\nx\ny\nz", "b"]]
    assert said(body) == ["1 table inside a table was read as lines of words in its cell."]


def test_a_table_of_one_cell_is_a_box_of_paragraphs():
    body = table([[paragraph("Why", style="Heading1") + paragraph("Because.")]])
    assert blocks(body) == [("heading", 1, "1.", "Why"), ("paragraph", 0, "", "Because.")]
    assert said(body) == ["1 box drawn as a table with a single cell was read as ordinary paragraphs."]


def test_an_empty_table_is_nothing():
    assert texts(table([[paragraph(""), paragraph("")]]) + paragraph("a")) == ["a"]


# -- notes, and what stands beside the text ------------------------------------------------------------------------


def note(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_notes_are_numbered_where_the_text_refers_to_them():
    footnotes = "".join(f'<w:footnote w:id="{n}">{paragraph(f"note {n}")}</w:footnote>' for n in (1, 2, 3))
    endnotes = f'<w:endnote w:id="1">{paragraph("end")}</w:endnote>'
    body = paragraph(run("a") + note("footnote", 3) + run(" b") + note("footnote", 1) + note("endnote", 1))
    assert blocks(body, parts={"footnotes": footnotes, "endnotes": endnotes}) == [
        ("paragraph", 0, "", "a[1] b[2][i]"),
        ("footnote", 0, "[1]", "note 3"),
        ("footnote", 0, "[2]", "note 1"),
        ("footnote", 0, "[i]", "end"),
    ]


def test_a_note_of_several_paragraphs_with_a_list():
    inside = paragraph("x") + paragraph("y", num=(2, 0))
    body = paragraph("one", num=(2, 0)) + paragraph(run("a") + note("footnote", 1)) + paragraph("two", num=(2, 0))
    found = blocks(body, parts={"footnotes": f'<w:footnote w:id="1">{inside}</w:footnote>'})
    assert [(label, text) for _, _, label, text in found] == [
        ("(a)", "one"),
        ("", "a[1]"),
        ("(b)", "two"),
        ("[1]", "x\n(a) y"),
    ]


def test_a_deleted_reference_takes_its_note_along():
    footnotes = f'<w:footnote w:id="1">{paragraph("gone")}</w:footnote>'
    body = paragraph(run("a") + f"<w:del>{note('footnote', 1)}</w:del>")
    assert texts(body, parts={"footnotes": footnotes}) == ["a"]


def test_comments_are_left_out_and_counted():
    one = f'<w:comment w:id="1" w:author="Quentin Secretauthor">{paragraph("private")}</w:comment>'
    answer = read(docx(paragraph("a"), parts={"comments": one * 2}))
    assert answer["left_out"] == ["2 comments in the margin were left out."]
    assert "private" not in json.dumps(answer)
    assert "Secretauthor" not in json.dumps(answer)


def test_headers_are_left_out_and_said():
    assert said("", parts={"header1": paragraph("Anytown")}) == [
        "The words at the top and bottom of each page (header and footer) were left out."
    ]
    assert said("", parts={"header1": paragraph("")}) == []


def box(*inside: str, twice: bool = True) -> str:
    content = f"<w:txbxContent>{''.join(inside)}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback>"
    return (
        f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
        if twice
        else (f"<w:r><w:pict>{content}</w:pict></w:r>")
    )


@pytest.mark.parametrize("twice", [True, False])
def test_the_words_of_a_text_box_are_kept_once(twice):
    body = paragraph(run("a") + box(paragraph("in the box"), paragraph("more"), twice=twice)) + paragraph("b")
    answer = read(docx(body))
    assert [b["text"] for b in answer["blocks"]] == ["a", "in the box", "more", "b"]
    assert answer["left_out"] == ["The words of 1 text box were kept. They follow the paragraph it was fixed to."]


def test_a_text_box_counts_by_itself():
    body = (
        paragraph("one", num=(2, 0))
        + paragraph(run("x") + box(paragraph("boxed", num=(2, 0))))
        + paragraph("two", num=(2, 0))
    )
    assert [label for _, _, label, _ in blocks(body)] == ["(a)", "", "(a)", "(b)"]


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "1 picture was left out."),
        ("<w:r><w:drawing><a:blip/></w:drawing></w:r>" * 2, "2 pictures were left out."),
        ("<w:r><w:drawing><a:chart/></w:drawing></w:r>", "1 chart or embedded file was left out."),
        ("<w:r><w:object/></w:r>", "1 chart or embedded file was left out."),
        (run("secret", "<w:vanish/>"), "Words formatted as hidden were left out."),
        (run("old", "<w:strike/>"), "Some words were crossed out. They were kept as ordinary words, so check them."),
        (
            run("under", '<w:u w:val="single"/>'),
            "Underlining, highlighting, and raised or lowered letters were left out. The words were kept.",
        ),
        ("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>", "1 formula was kept as plain letters and signs."),
        ("<w:subDoc/>", "Words that this file takes from another file were left out."),
    ],
)
def test_what_else_is_left_out_is_said(inside, sentence):
    assert said(paragraph(inside)) == [sentence]


def test_hidden_words_are_not_kept():
    assert texts(paragraph(run("shown ") + run("secret", "<w:vanish/>"))) == ["shown"]


def test_words_in_a_part_we_do_not_know_are_counted_and_said():
    strange = '<w:r><strange xmlns="urn:x"><w:t>three lost words</w:t></strange></w:r>'
    assert said(paragraph(strange)) == ["3 words stood in parts of the file we cannot read, and were left out."]


def test_blocks_of_text_in_holders_are_read():
    holder = f"<w:customXml>{paragraph('a')}</w:customXml><w:sdt><w:sdtContent>{paragraph('b')}</w:sdtContent></w:sdt>"
    assert texts(holder) == ["a", "b"]
    assert said(holder) == []


# -- numbers -------------------------------------------------------------------------------------------------------


def labels(items: list[tuple[int, int]], schemes: list[str], lists: list[str] | None = None) -> list[str]:
    """The labels of paragraphs at (list, depth)."""
    body = "".join(paragraph("x", num=item) for item in items)
    return [label for _, _, label, _ in blocks(body, parts={"numbering": numbering(schemes, lists)})]


OUTLINE = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)")
LEGAL = level(0, "upperRoman", "Part %1") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
CONTINUES = level(0, "decimal", "%1.") + level(1, "decimal", "%2)", more='<w:lvlRestart w:val="0"/>')
MIDDLE = level(0, "decimal", "%1.") + level(1, "bullet", "—") + level(2, "decimal", "%1.%2%3")


@pytest.mark.parametrize(
    ("items", "schemes", "lists", "expected"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)], [OUTLINE], [], "1. 1.1 1.2 (a) 2. 2.1"),
        ([(1, 1), (1, 0)], [OUTLINE], [], "1.1 2."),
        ([(1, 0), (1, 1), (1, 0)], [LEGAL], [], "Part I|1.1|Part II"),
        ([(1, 0), (1, 1), (1, 0), (1, 1)], [CONTINUES], [], "1. 1) 2. 2)"),
        ([(1, 0), (1, 2), (1, 2)], [MIDDLE], [], "1. 1.1 1.2"),
        ([(1, 0), (2, 0), (1, 0)], [OUTLINE], ['<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'], "1. 2. 3."),
        ([(1, 0), (1, 0), (9, 0), (9, 0)], [OUTLINE], [begins_anew(9, 0)], "1. 2. 1. 2."),
        ([(1, 0)] * 3, [level(0, "decimal", "%1.", start=5)], [], "5. 6. 7."),
        ([(1, 0)] * 3, [level(0, "upperLetter", "%1)")], [], "A) B) C)"),
        ([(1, 0)] * 4, [level(0, "lowerRoman", "%1.")], [], "i. ii. iii. iv."),
        ([(1, 0)] * 3, [level(0, "ordinal", "%1")], [], "1st 2nd 3rd"),
        ([(1, 0)] * 3, [level(0, "cardinalText", "%1")], [], "One Two Three"),
        ([(1, 0)] * 3, [level(0, "ordinalText", "%1")], [], "First Second Third"),
        ([(1, 0)] * 2, [level(0, "decimalZero", "%1")], [], "01 02"),
        ([(1, 0)] * 2, [level(0, "bullet", "–")], [], "– –"),
        ([(1, 0)], [level(0, "bullet", "\uf0a7", more='<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')], [], "▪"),
        ([(1, 0)], [level(0, "bullet", "\uf0ff", more='<w:rPr><w:rFonts w:ascii="Webdings"/></w:rPr>')], [], "•"),
        ([(1, 0)], [level(0, "bullet", "o", more='<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>')], [], "◦"),
    ],
)
def test_numbers_as_word_prints_them(items, schemes, lists, expected):
    assert labels(items, schemes, lists) == expected.split("|" if "|" in expected else None)


@pytest.mark.parametrize(
    ("form", "count", "printed"),
    [
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 54, "bbb"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("ordinal", 12, "12th"),
        ("ordinal", 22, "22nd"),
        ("ordinalText", 20, "Twentieth"),
        ("ordinalText", 21, "Twenty-first"),
        ("cardinalText", 42, "Forty-two"),
        ("cardinalText", 100, "100"),
        ("decimal", 0, "0"),
        ("chineseCounting", 3, "3"),
    ],
)
def test_forms_of_numbers(form, count, printed):
    schemes = [level(0, form, "%1", start=count)]
    assert labels([(1, 0)], schemes) == [printed]


def test_a_number_given_by_a_style_and_taken_away_by_the_paragraph():
    body = (
        paragraph("a", style="Heading1")
        + paragraph("b", style="Heading2")
        + paragraph("c", style="Heading1", num=(0, 0))
        + paragraph("d", style="Heading1")
    )
    assert blocks(body) == [
        ("heading", 1, "1.", "a"),
        ("heading", 2, "1.1", "b"),
        ("heading", 1, "", "c"),
        ("heading", 1, "2.", "d"),
    ]


def test_a_numbering_style():
    styles = (
        '<w:style w:type="numbering" w:styleId="Legal"><w:name w:val="Legal"/>'
        '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    )
    linked = (
        f'<w:abstractNum w:abstractNumId="0">{OUTLINE}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    )
    found = blocks(
        paragraph("x", num=(5, 0)) + paragraph("y", num=(5, 1)), parts={"styles": styles, "numbering": linked}
    )
    assert [label for _, _, label, _ in found] == ["1.", "1.1"]


def test_an_item_left_empty_keeps_its_number_but_not_its_bullet():
    assert blocks(paragraph("", num=(2, 0)) + paragraph("b", num=(2, 0)) + paragraph("", num=(3, 0))) == [
        ("list_item", 0, "(a)", ""),
        ("list_item", 0, "(b)", "b"),
    ]


def test_a_list_that_is_not_there_numbers_nothing():
    assert blocks(paragraph("a", num=(99, 0))) == [("paragraph", 0, "", "a")]


def test_words_before_the_number_too_long_for_a_label_become_words():
    schemes = [level(0, "decimal", "A very long beginning of every one of these paragraphs %1:")]
    found = blocks(paragraph("x", num=(1, 0)), parts={"numbering": numbering(schemes)})
    assert found == [("paragraph", 0, "", "A very long beginning of every one of these paragraphs 1: x")]


# -- whole files ---------------------------------------------------------------------------------------------------


def remade(content: bytes, change) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return packed({change(name): change(archive.read(name)) for name in archive.namelist()})


def test_a_file_in_the_strict_form_of_the_standard():
    def strict(what):
        if isinstance(what, str):
            return what
        return (
            what.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        )  # fmt: skip

    assert read(remade(docx(paragraph("a", style="Heading1")), strict))["blocks"] == [
        {"kind": "heading", "level": 1, "label": "1.", "text": "a"}
    ]


def test_the_text_may_stand_under_another_name():
    def moved(what):
        if isinstance(what, str):
            return what.replace("document.xml", "document7.xml")
        return what.replace(b"document.xml", b"document7.xml")

    assert read(remade(docx(paragraph("a")), moved))["blocks"][0]["text"] == "a"


def test_a_spreadsheet_is_not_word():
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with pytest.raises(CannotRead, match="not_word"):
        read(docx(paragraph("a"), main_type=kind))


def test_the_title_is_the_first_in_the_style_title_or_else_the_first_heading():
    titled = paragraph("Not this", style="Heading1") + paragraph("This *one*", style="Title")
    assert read(docx(titled))["title"] == "This *one*"
    assert read(docx(paragraph("a") + paragraph("This", style="Heading1")))["title"] == "This"
    assert read(docx(paragraph("a")))["title"] == ""
