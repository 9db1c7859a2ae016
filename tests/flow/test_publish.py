"""The public text and the room it leaves."""

from __future__ import annotations

import string
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.adapters.x import counting
from twelp.adapters.x.counting import LIMIT
from twelp.adapters.x.rules import RULES
from twelp.flow.publish import compose, left


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Hold it 10 s.", "Hold it 10 s. ^JD"),
        ("  Hold it 10 s.\n", "Hold it 10 s. ^JD"),
        ("Hold it 10 s. ^JD", "Hold it 10 s. ^JD"),
        ("Hold it 10 s.\n^JD ^JD", "Hold it 10 s. ^JD"),
        ("2^JD", "2^JD ^JD"),
        ("Hold it ^AB", "Hold it ^AB ^JD"),
        ("", "^JD"),
        ("^JD", "^JD"),
        ("cafe\u0301", "café ^JD"),
    ],
)
def test_an_answer_is_signed_once_and_last(text: str, public: str) -> None:
    assert compose(text, "JD") == public


@given(st.text(), st.text(alphabet="ABCÄÖ字\u0308", min_size=1, max_size=3))
def test_signing_again_changes_nothing(text: str, initials: str) -> None:
    once = compose(text, initials)
    assert compose(once, initials) == once


@pytest.mark.parametrize(
    ("public", "weight"),
    [
        ("", 0),
        ("a" * 280, 280),
        ("a" * 281, 281),
        ("你好", 4),
        ("😀", 2),
        ("👩\u200d👩\u200d👧", 2),
        ("see https://example.com/" + "a" * 100, 27),
        ("see example.com", 27),
        ("é", 1),
        ("e\u0301", 1),
    ],
)
def test_weighted_characters_are_counted_as_the_network_does(public: str, weight: int) -> None:
    """Source: X, counting characters: 280 in all, a link 23, CJK and emoji 2 each."""
    assert left(public, RULES) == LIMIT - weight


@given(st.lists(st.sampled_from([*string.printable, "e.g. ", "www.a.co", "https://t.co/b.c?d=e", "a@b.com", "x.y,"])))
def test_plain_texts_are_counted_as_the_library_counts_them(pieces: list[str]) -> None:
    public = "".join(pieces)
    assert left(public, RULES) == LIMIT - counting._library().parse_tweet(public).weightedLength


@given(st.text())
def test_any_text_can_be_counted(public: str) -> None:
    assert left(public, RULES) <= LIMIT


@pytest.mark.parametrize(
    "piece", ["a", "a.", "😀", "http://", "a.b/c?d=e&", "中.", "\x00", "\ud800", "(", "@", "a-", ".。"]
)
def test_a_huge_text_is_counted_in_no_time_and_is_too_long(piece: str) -> None:
    """The parser's time grows with the square of the dots in a host name; a modal counts at each key."""
    began = time.process_time()
    assert left(piece * (100_000 // len(piece)), RULES) < 0
    assert time.process_time() - began < 2


def test_counting_needs_no_setuptools_in_the_bot_nor_in_the_sandbox() -> None:
    """The counting library asks for `pkg_resources`, which Python 3.12 and setuptools 82 no longer bring."""
    script = """
import sys
class Absent:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("pkg_resources", "setuptools"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from twelp.adapters.x.counting import weigh as weighed
from twelp.sandbox.x.text import weigh
assert weighed("\\u4e2d https://example.com/a/b \\U0001f468\\u200d\\U0001f3a4") == 29
assert weigh("\\u4e2d https://example.com/a/b") == 26
assert "pkg_resources" not in sys.modules
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, timeout=30)
