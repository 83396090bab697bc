"""A redline: leave out what was added and the old text is left; leave out what was removed and the new one is."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import redline
from documents.reading import blocks_of
from documents.reading import redline as redline_of
from documents.redline import compare
from documents.services import freeze, open_next_version
from tests.documents.plainly import page_words, words_of
from tests.factories.documents import TABLE, edit, every_kind, make_document, open_version

pytestmark = pytest.mark.usefixtures("_clear")


@pytest.fixture
def _clear():
    """What is kept in memory would hide a second answer that differs."""
    redline._words.cache_clear()


@dataclass(frozen=True)
class Placed:
    block_id: uuid.UUID
    kind: str
    level: int
    label: str
    text: str


IDS = [uuid.UUID(int=n) for n in range(1, 9)]
SAID = ["we", "all", "need", "time", "*to*", "**talk**", "[here](https://x.org)", "(", ")", ",", ".", "é\n"]
WORDS = st.lists(st.sampled_from(SAID)).map(" ".join)
CELLS = st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=4)
TABLES = st.tuples(st.booleans(), CELLS).map(lambda t: json.dumps({"head": t[1][:1] if t[0] else [], "rows": t[1]}))


@st.composite
def versions(draw):
    """A text: some of eight blocks in any order, each with words, a number, and a kind that may change."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True))
    return [draw(placed(block_id)) for block_id in ids]


@st.composite
def placed(draw, block_id):
    if draw(st.integers(0, 4)) == 0:
        return Placed(block_id, "table", 0, "", draw(TABLES))
    kind = draw(st.sampled_from(["paragraph", "heading", "list_item"]))
    return Placed(block_id, kind, draw(st.integers(0, 2)), draw(st.sampled_from(["", "1.", "2.", "(a)"])), draw(WORDS))


@settings(max_examples=300, deadline=None)
@given(versions(), versions())
def test_it_reproduces_both_texts(old, new):
    page = "".join(change.html + "\n" for change in compare(old, new))
    assert page_words(page, without="ins") == words_of(map(vars_of, old))
    assert page_words(page, without="del") == words_of(map(vars_of, new))


@settings(max_examples=300, deadline=None)
@given(versions(), versions())
def test_each_block_is_named_once_for_what_became_of_it(old, new):
    was, now = {b.block_id: b for b in old}, {b.block_id: b for b in new}
    seen: dict[uuid.UUID, list[str]] = {}
    for change in compare(old, new):
        seen.setdefault(change.block_id, []).append(change.how + ("_out" if change.moved_out else ""))
    for block_id, hows in seen.items():
        if block_id not in was:
            assert hows == ["added"]
        elif block_id not in now:
            assert hows == ["removed"]
        elif len(hows) == 2:
            assert sorted(hows) == ["moved", "moved_out"]
        else:
            assert hows == ["same" if was[block_id] == now[block_id] else "changed"]
    assert set(seen) == set(was) | set(now)


def vars_of(block: Placed) -> dict:
    return {"kind": block.kind, "label": block.label, "text": block.text}


def one(text: str, number: int = 1, kind: str = "paragraph", label: str = "", level: int = 0) -> Placed:
    return Placed(uuid.UUID(int=number), kind, level, label, text)


def bare(html: str) -> str:
    """HTML without the words that are only heard."""
    for before, after in redline.SPOKEN.values():
        for words in (before, after):
            html = html.replace(f'<span class="nhsuk-u-visually-hidden">{words}</span>', "")
    return html


def test_words_inside_a_paragraph():
    [change] = compare([one("Meet every four weeks.")], [one("Meet every two weeks.")])
    assert (change.how, bare(change.html)) == ("changed", "<p>Meet every <del>four</del><ins>two</ins> weeks.</p>")


def test_it_is_said_aloud():
    [change] = compare([one("Meet every four weeks.")], [one("Meet every two weeks.")])
    hidden = '<span class="nhsuk-u-visually-hidden">'
    assert f"<del>{hidden}removed: </span>four{hidden} end of removed</span></del>" in change.html
    assert f"<ins>{hidden}added: </span>two{hidden} end of added</span></ins>" in change.html


def test_words_that_only_look_different_have_changed():
    [change] = compare([one("You must ask.")], [one("You **must** ask.")])
    assert bare(change.html) == "<p>You <del>must</del><ins><strong>must</strong></ins> ask.</p>"


def test_a_new_number_alone_is_a_change():
    [change] = compare([one("Ask.", label="3.")], [one("Ask.", label="4.")])
    label = '<span class="app-block__label">{}</span>'
    assert bare(change.html) == f"<p><del>{label.format('3.')}</del><ins>{label.format('4.')}</ins> Ask.</p>"


def test_a_moved_paragraph_is_not_removed_and_added():
    old = [one("a", 1), one("b", 2), one("c", 3)]
    new = [one("b", 2), one("c", 3), one("a", 1)]
    changes = compare(old, new)
    assert [(c.how, c.moved_out, c.block_id.int) for c in changes] == [
        ("moved", True, 1),
        ("same", False, 2),
        ("same", False, 3),
        ("moved", False, 1),
    ]
    assert changes[0].anchor != changes[3].anchor


def test_what_was_removed_stands_before_what_came_in_its_place():
    changes = compare([one("a", 1), one("b", 2), one("d", 4)], [one("a", 1), one("c", 3), one("d", 4)])
    assert [c.how for c in changes] == ["same", "removed", "added", "same"]


def test_another_kind_shows_both():
    [change] = compare([one("Ask.")], [one("Ask.", kind="heading", level=1)])
    assert bare(change.html) == '<p><del>Ask.</del></p><h2 class="nhsuk-heading-l"><ins>Ask.</ins></h2>'


def test_a_table_changes_cell_by_cell():
    new = TABLE.replace("Yearly", "Every year")
    [change] = compare([one(TABLE, kind="table")], [one(new, kind="table")])
    assert bare(change.html).count("<ins>") == 1
    assert "<del>Yearly</del><ins>Every year</ins>" in bare(change.html)


def test_a_row_that_is_taken_out():
    new = TABLE.replace(',["Review","Yearly"]', "")
    [change] = compare([one(TABLE, kind="table")], [one(new, kind="table")])
    assert bare(change.html).count("<del>") == 2
    assert "app-row-del" in change.html
    assert "<ins>" not in change.html


def test_a_row_taken_out_beside_one_that_changed():
    old = '{"head":[],"rows":[["A","1"],["B","2"],["C","3"]]}'
    new = '{"head":[],"rows":[["A","4"],["C","3 or 5"]]}'
    [change] = compare([one(old, kind="table")], [one(new, kind="table")])
    rows = BeautifulSoup(bare(change.html), "html.parser").select("tbody tr")
    assert [row.get_text("|") for row in rows] == ["A|1|4", "B|2", "C|3| or 5"]
    assert [bool(row.find("del")) for row in rows] == [True, True, False]


def test_a_table_of_another_shape_is_replaced_whole():
    new = '{"head":[],"rows":[["one","two","three"]]}'
    [change] = compare([one(TABLE, kind="table")], [one(new, kind="table")])
    assert change.html.count("<table") == 2


def test_a_long_paragraph_rewritten_from_end_to_end_takes_no_time():
    old, new = (" ".join(f"{letter}{n}" for n in range(2_500)) for letter in "ab")
    [change] = compare([one(old)], [one(new)])
    assert (change.html.count("<del>"), change.html.count("<ins>")) == (1, 1)


def test_markup_of_an_author_cannot_leave_its_mark():
    [change] = compare([one("a")], [one("a <script>alert(1)</script> </ins>")])
    assert "<script" not in change.html
    assert change.html.count("</ins>") == 1


def test_between_any_two_versions_and_always_the_same(cast, django_assert_num_queries):
    document = make_document(cast.grace, blocks=every_kind())
    first = freeze(by=cast.grace, version=open_version(document))
    second = open_next_version(by=cast.grace, document=document)
    edit(cast.grace, second, blocks_of(second)[1], "We all need time.")
    freeze(by=cast.grace, version=second)
    third = open_next_version(by=cast.grace, document=document)
    edit(cast.grace, third, blocks_of(third)[1], "We all need more time.")
    with django_assert_num_queries(1):
        changes = redline_of(first, third)
    assert [c.how for c in changes] == ["same", "changed", *["same"] * 6]
    before = [c.html for c in changes]
    redline._words.cache_clear()
    assert [c.html for c in redline_of(first, third)] == before
    assert {c.how for c in redline_of(second, second)} == {"same"}
