"""Questions that say the same in other words join, whatever words they share; what differs in a thing never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from twelp.adapters.vectors import load
from twelp.flow import sameness
from twelp.flow.match import TextVectors
from twelp.flow.match.clean import sentence
from twelp.flow.nearness import Near

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def vectors() -> TextVectors:
    return TextVectors(load())


def told(text: str, topic: str = "audio") -> sameness.Told:
    return sameness.told(text, products=("Sonaro Buds", "Sonaro Max"), language="en", topic=topic)


def found(vectors: TextVectors | None, first: str, then: str, topic: str = "audio") -> sameness.Sameness | None:
    index = sameness.Index(None, Near(lambda text: vectors.known(sentence(text))) if vectors else None)
    index.add("x:1", told(first), AT)
    likely = index.find(told(then, topic), AT + timedelta(minutes=5))
    return likely[0] if likely else None


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("how long does shipping take?", "how long will the delivery take?"),
        ("when does the shop open?", "what time does the store open?"),
    ],
)
def test_the_same_in_other_words_joins_and_says_why(vectors: TextVectors, first: str, then: str) -> None:
    assert found(None, first, then) is None
    same = found(vectors, first, then)
    assert same is not None
    assert same.matter == "x:1"
    assert any(why.startswith("meaning 0.8") for why in same.reasons)


def test_a_matter_that_is_over_is_not_found_by_its_meaning(vectors: TextVectors) -> None:
    index = sameness.Index(None, Near(lambda text: vectors.known(sentence(text))))
    index.add("x:1", told("how long does shipping take?"), AT)
    index.drop("x:1")
    assert not index.find(told("how long will the delivery take?"), AT)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("my headphones crackle all the time", "where is my parcel?"),
        ("why do the Sonaro Buds crackle?", "why do the Sonaro Max crackle?"),
        ("the app says error e17", "the app says error e42"),
    ],
)
def test_another_thing_is_another_matter(vectors: TextVectors, first: str, then: str) -> None:
    assert found(vectors, first, then) is None


def test_another_topic_is_another_matter(vectors: TextVectors) -> None:
    assert found(vectors, "my earphones crackle", "my headphones crackle", topic="tv") is None
