"""An index of texts by their meaning: what is near, whatever was added and dropped, and never more than it may hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from twelp.flow.nearness import Near

MEANT = {
    "router": (100, 0, 0),
    "modem": (90, 10, 0),
    "refund": (0, 100, 0),
    "money": (0, 90, 20),
    "screen": (0, 0, 100),
}


def vector(text: str) -> npt.NDArray[np.int8] | None:
    return np.array(MEANT[text], np.int8) if text in MEANT else None


def test_the_nearest_come_first_each_key_once() -> None:
    near = Near(vector)
    for key, text in (("a", "router"), ("a", "modem"), ("b", "refund"), ("c", "screen")):
        near.add(key, text)
    assert [key for key, _ in near.nearest("modem", 5, 0.05)] == ["a", "b"]
    assert near.nearest("router", 5, 0.5) == [("a", 1.0)]
    assert len(near.nearest("money", 1, 0.1)) == 1


def test_a_text_whose_meaning_is_not_known_is_near_to_none() -> None:
    near = Near(vector)
    assert near.nearest("router", 5, 0.0) == []
    near.add("a", "señal")
    near.add("b", "router")
    assert near.nearest("señal", 5, 0.0) == []
    assert near.nearest("router", 5, 0.5) == [("b", 1.0)]


def test_the_oldest_goes_where_there_are_too_many() -> None:
    near = Near(vector, most=2)
    for key, text in (("a", "router"), ("b", "refund"), ("c", "screen")):
        near.add(key, text)
    assert len(near) == 2
    assert near.nearest("router", 5, 0.5) == []
    assert near.nearest("screen", 5, 0.5) == [("c", 1.0)]


acts = st.lists(st.tuples(st.booleans(), st.sampled_from("abcd"), st.sampled_from([*MEANT, "else"])), max_size=30)


@given(acts, st.integers(1, 6))
def test_it_finds_what_a_look_at_each_would(done: list[tuple[bool, str, str]], most: int) -> None:
    """By whatever was added and dropped: a drop leaves its places empty until the ring comes round to them."""
    near, ring, place = Near(vector, most), [("", "")] * most, 0
    for adds, key, text in done:
        if not adds:
            near.drop(key)
            ring = [("", "") if held == key else (held, other) for held, other in ring]
        elif text in MEANT:
            near.add(key, text)
            ring[place] = (key, text)
            place = (place + 1) % most
        assert len(near) == sum(1 for held, _ in ring if held)
    for text in MEANT:
        assert {key for key, _ in near.nearest(text, 9, 0.999)} == {held for held, other in ring if other == text}
