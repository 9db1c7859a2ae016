"""Alternatives that are put together find what they find one by one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp import alternatives
from twelp.alternatives import Alternatives, put_together

LETTERS = st.text("ab ", min_size=1, max_size=4)
GROUP = st.lists(LETTERS, min_size=1, max_size=3).map(lambda found: f"(?:{'|'.join(found)})")
PART = st.one_of(
    LETTERS, GROUP, GROUP.map(lambda group: group + "?"), st.sampled_from([r"\w+", "[ab]", "a?", "b{1,2}"])
)
SOME = st.lists(st.lists(PART, min_size=1, max_size=4).map("".join), min_size=1, max_size=8).map("|".join)


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alternatives, "FEW", 0)


@given(SOME, st.text("ab c.", max_size=30), st.sampled_from([("", ""), (r"(?<!\w)", r"(?!\w)")]))
def test_the_same_is_found_as_in_the_order_they_are_written(written: str, text: str, limits: tuple[str, str]) -> None:
    before, after = limits
    plain = re.compile(f"{before}(?:{written}){after}")
    found = Alternatives(written, before=before, after=after)
    first, wanted = found.search(text), plain.search(text)
    assert (first and first.span()) == (wanted and wanted.span())
    assert found.near(text) is (wanted is not None)
    assert [one.span() for one in found.finditer(text)] == [one.span() for one in plain.finditer(text)]
    assert found.sub("·", text) == plain.sub("·", text)


@given(SOME, st.text("ab c", max_size=12), st.sampled_from([None, 0, 5, 800]))
def test_none_is_lost_and_none_is_added(written: str, text: str, copied: int | None) -> None:
    plain, made = re.compile(written), re.compile(put_together(written, copied=copied))
    assert bool(made.fullmatch(text)) is bool(plain.fullmatch(text))
