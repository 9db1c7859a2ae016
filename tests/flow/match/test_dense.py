"""Matching with a table of word vectors, by a tiny one that knows which words mean the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twelp.flow.match import By, Matcher, TopicText, fit
from twelp.flow.match.dense import DENSE, Dense, Rows

ALIKE = (("router", "modem"), ("headphones", "earphones"), ("refund", "reimbursement"))
"""Words that mean the same; all others stand alone."""
WORDS = [
    *(word for pair in ALIKE for word in pair),
    *["my", "the", "is", "are", "and", "where", "broken", "crackle", "down", "money", "back"],
]
TOPICS = {
    "wifi": TopicText("WiFi", ("router",), ("the router is down", "my router is down")),
    "audio": TopicText("Audio", ("headphones",), ("my headphones crackle", "the headphones crackle")),
    "money": TopicText("Money", ("refund",), ("where is my refund", "where is my money")),
}


class Table:
    """One dimension a group of words; a text with a word in capitals only counts as another language."""

    length = len(WORDS)

    def cut(self, text: str) -> list[tuple[str, Sequence[int]]]:
        words = [word.strip("?!.,") for word in text.split()]
        return [] if "ñ" in text else [(word, (WORDS.index(word),) if word in WORDS else ()) for word in words]

    def sum(self, rows: Rows) -> npt.NDArray[np.float32]:
        found = np.zeros(self.length, np.float32)
        for row in rows:
            found[row] += 0.3
            found[row - row % 2 if row < 2 * len(ALIKE) else row] += 1
        return found

    def knows(self, word: str) -> bool:
        return word in WORDS

    def meant(self, word: str) -> str:
        return {"modme": "modem"}.get(word, word)


@pytest.fixture
def matcher() -> Matcher:
    return fit(TOPICS, vectors=Table())


@pytest.mark.parametrize(("text", "topic"), [("my modem", "wifi"), ("earphones?", "audio"), ("reimbursement", "money")])
def test_a_word_never_seen_is_matched_by_its_meaning(matcher: Matcher, text: str, topic: str) -> None:
    assert matcher.rank(text).topics[0].topic == topic


def test_the_reason_names_the_rosters_word_that_the_customers_word_is_close_to(matcher: Matcher) -> None:
    assert "“earphones”, close to “headphones”" in matcher.rank("my earphones crackle").topics[0].reasons[0]
    assert "close to" not in matcher.rank("my headphones crackle").topics[0].reasons[0]


def test_a_text_the_table_cannot_read_is_matched_by_its_words_alone(matcher: Matcher) -> None:
    by_words = fit(TOPICS)
    text = "señor headphones crackle"
    assert [m.topic for m in matcher.rank(text).topics] == [m.topic for m in by_words.rank(text).topics]
    assert "close to" not in " ".join(matcher.rank("señor earphones headphones").topics[0].reasons)


def test_a_ranking_says_what_the_text_was_read_by(matcher: Matcher) -> None:
    assert matcher.rank("my modem").read_by is By.VECTOR
    assert matcher.rank("señor modem").read_by is By.WORDS


def test_a_words_shares_add_up_to_the_score() -> None:
    dense = Dense(Table(), 4)
    dense.put(
        dense.texts.vector(dense.texts.rows("my router is down"))[None], np.array([1, 0, -1, 0], np.float32)[None]
    )
    dense.put(dense.texts.vector(dense.texts.rows("my refund"))[None], np.array([0, 2, -2, 0], np.float32)[None])
    cut = dense.texts.cut("where is my modem")
    vector = dense.texts.vector(dense.texts.rows("where is my modem"))
    assert np.linalg.norm(vector) == pytest.approx(DENSE)
    assert dense.shares(cut).sum(axis=0) == pytest.approx(dense.scores(vector), abs=1e-5)


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
lessons = st.lists(st.tuples(texts, st.sampled_from([*TOPICS, None]), st.integers(1, 3)), min_size=1, max_size=12)


@settings(deadline=None, max_examples=50)
@given(lessons, st.randoms(use_true_random=False))
def test_what_is_unlearned_leaves_nothing_in_the_weights(
    taught: list[tuple[str, str | None, int]], dice: random.Random
) -> None:
    """Whatever was learned and taken back, in any order: weights and means are the sum of what is still there."""
    matcher = fit(TOPICS, vectors=Table())
    for text, topic, weight in taught:
        matcher.learn(text, topic, weight)
    gone = dice.sample(taught, dice.randint(0, len(taught)))
    for text, topic, _ in gone:
        assert matcher.unlearn(text, topic)
    dense = matcher._dense
    assert dense is not None
    weights, sums = np.zeros_like(dense._weights), np.zeros_like(dense._sums)
    for row in matcher._linear.rows:
        vector = dense.texts.vector(row.rows)
        weights += np.outer(vector, row.pull())
        sums[:, row.column] += row.weight / DENSE * vector
    assert dense._weights == pytest.approx(weights, abs=1e-3)
    assert dense._sums == pytest.approx(sums, abs=1e-3)


def test_many_lessons_take_no_room_in_the_weights(matcher: Matcher) -> None:
    assert matcher._dense is not None
    before = matcher._dense._weights.shape
    for at in range(50):
        matcher.learn(f"my modem {at}", "wifi")
    assert matcher._dense._weights.shape == before


def test_a_snapshot_brings_the_vectors_back(matcher: Matcher) -> None:
    matcher.learn("my modem crackle", "wifi")
    fresh = fit(TOPICS, vectors=Table())
    fresh.restore(matcher.snapshot())
    asked = "earphones crackle"
    assert [m.score for m in fresh.rank(asked).topics] == pytest.approx(
        [m.score for m in matcher.rank(asked).topics], abs=0.01
    )


def test_texts_of_the_same_meaning_are_alike_and_unread_ones_are_not(matcher: Matcher) -> None:
    same, other, unread = matcher.alike("my modem is down", ["my router is down", "where is my money", "señor router"])
    assert same > 0.8 > other
    assert unread == 0.0
    assert fit(TOPICS).alike("my modem", ["my modem"]) == [0.0]


def test_the_answered_question_that_means_the_same_is_named(matcher: Matcher) -> None:
    matcher.learn("where is the money", "money", ref="q1")
    matcher.learn("my money back", "money", ref="q2")
    like = matcher.rank("reimbursement back").like
    assert like is not None
    assert like.ref == "q2"


def test_a_common_word_is_never_called_close() -> None:
    """“my” stands in every topic's examples and says nothing about any."""
    matcher = fit(TOPICS, vectors=Table())
    reasons = " ".join(matcher.rank("our modem").topics[0].reasons)
    assert "“my”" not in reasons


def test_a_roster_in_another_language_is_matched_by_its_words() -> None:
    topics = {
        "a": TopicText("señal", ("señor",), ("mañana señal",)),
        "b": TopicText("año", ("niño",), ("el niño del año",)),
    }
    matcher, by_words = fit(topics, vectors=Table()), fit(topics)
    for text in ("niño del año", "my router", ""):
        assert matcher.rank(text).topics == by_words.rank(text).topics


def test_a_slip_is_read_as_the_word_it_is_of(matcher: Matcher) -> None:
    assert matcher.rank("my modme").topics[0].topic == "wifi"
    assert matcher.rank("my modeem").topics[0].topic == "wifi"
