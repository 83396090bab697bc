"""The small Markdown subset: what it takes, what it leaves as words, and that writing and reading agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.markup import Run, join, parse, plain, safe_link, write

LINKS = ["", "", "https://www.example.org/a?b=1#c", "mailto:peer@example.org", "tel:01632960123"]
LETTERS = st.text("ab *_\\[]()<>&#\n é世!", max_size=8)
RUNS = st.lists(st.builds(Run, LETTERS, strong=st.booleans(), emphasis=st.booleans(), href=st.sampled_from(LINKS)))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [Run("plain")]),
        ("*a* b", [Run("a", emphasis=True), Run(" b")]),
        ("**a** b", [Run("a", strong=True), Run(" b")]),
        ("***a***", [Run("a", strong=True, emphasis=True)]),
        ("**a *b***", [Run("a ", strong=True), Run("b", strong=True, emphasis=True)]),
        ("[a *b*](https://x.org)", [Run("a ", href="https://x.org"), Run("b", emphasis=True, href="https://x.org")]),
        ("2 * 3 * 4", [Run("2 * 3 * 4")]),
        ("a * b*", [Run("a * b*")]),
        ("**a", [Run("**a")]),
        ("*a **b*", [Run("a **b", emphasis=True)]),
        (r"\*a\*", [Run("*a*")]),
        ("[1] note", [Run("[1] note")]),
        ("[a](javascript:alert(1))", [Run("[a](javascript:alert(1))")]),
        ("[a](/inside)", [Run("[a](/inside)")]),
        ("<b>a</b>", [Run("<b>a</b>")]),
        ("a\\nb", [Run("a\\nb")]),
    ],
)
def test_what_is_read(text, runs):
    assert list(parse(text)) == runs


@settings(deadline=None)
@given(RUNS)
def test_what_is_written_is_read_again(runs):
    again = list(parse(write(runs)))
    assert "".join(run.words for run in again) == "".join(run.words for run in runs)
    assert list(parse(write(again))) == again
    assert _bare(again) == _bare(join(runs))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert list(parse(write(parse(text)))) == list(parse(text))


@settings(deadline=None)
@given(st.text("*_[]()\\a ", max_size=60))
def test_words_are_never_lost(text):
    letters = [c for c in text if c == "a"]
    assert [c for c in plain(text) if c == "a"] == letters


@pytest.mark.parametrize("size", [50_000])
@pytest.mark.parametrize("piece", ["*a ", "**", "[a](", "[", "\\", "a](", "*a **b "])
def test_reading_takes_time_in_step_with_length(piece, size):
    """Texts that make a careless reader slow: this ends at once or not at all."""
    assert plain(piece * (size // len(piece)))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "/inside",
        "https://",
        "https:///x",
        "http://[",
        "mailto:nobody",
        'https://x.org/"onmouseover="alert(1)',
        "https://x.org/<script>",
        "https://x.org/" + "a" * 2000,
        "",
    ],
)
def test_no_other_address_becomes_a_link(url):
    assert safe_link(url) == ""


@pytest.mark.parametrize(
    "url", ["http://x.org", "https://x.org/a_b~c?d=e&f=%20#g", "mailto:a@b.org", "tel:+441632960123"]
)
def test_whole_addresses_do(url):
    assert safe_link(f" {url} ") == url


def _bare(runs):
    """Each letter that is not space, with its looks."""
    return [(c, run.strong, run.emphasis, run.href) for run in runs for c in run.words if not c.isspace()]
