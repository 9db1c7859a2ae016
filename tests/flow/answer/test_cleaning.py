"""What an expert typed is kept as they meant it, and nothing unseen comes along."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.flow.answer import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Hold it 10 s. \n", "Hold it 10 s."),
        ("Settings &gt; Sound &amp; TV &lt;HDMI&gt;", "Settings > Sound & TV <HDMI>"),
        ("&amp;lt;", "&lt;"),
        ("&quot;a&quot; &#39;", "&quot;a&quot; &#39;"),
        ("e\u0301", "é"),
        ("a\u202eb\u2066c\u2069\u200f\u061cd", "abcd"),
        ("a\x00b\x07c\x1b\x7f\x9fd", "abcd"),
        ("ze\u200bro\ufeff wi\u2060dth\u00ad", "zero width"),
        ("\ud83dhalf", "half"),
        ("one  two\t\tthree\tfour\u00a0\u00a0five", "one two three\tfour five"),
        ("one \r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("one\n \n\n\n\ntwo", "one\n\ntwo"),
        ("👩\u200d🔧 fixes it ❤\ufe0f\u200d🔥", "👩\u200d🔧 fixes it ❤\ufe0f\u200d🔥"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("pass\u200dword\u200c \u200d", "password"),
        ("\u200dא", "א"),
        ("", ""),
        ("\x00 \u200b\n", ""),
    ],
)
def test_the_text_is_kept_without_what_nobody_sees(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_entities_stay_where_the_input_is_not_escaped() -> None:
    assert clean("write &amp; in HTML", escaped=False) == "write &amp; in HTML"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" \n\r\t\u200d\u200c\u202e&;amp\u0301👩"))))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    once = clean(text, escaped=False)
    assert clean(once, escaped=False) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in once)
    once.encode("utf-8")


@pytest.mark.parametrize("piece", [" \n", "\u200d", "👩\u200d", "&amp;", "\r\n\t ", "e\u0301", "\x00"])
def test_a_huge_text_is_cleaned_in_no_time(piece: str) -> None:
    began = time.process_time()
    clean(piece * (100_000 // len(piece)) + "x")
    assert time.process_time() - began < 1
