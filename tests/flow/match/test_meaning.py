"""Matching with embeddings, by a tiny embedding that knows which words mean the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from twelp.flow.match import TopicText, fit
from twelp.flow.match.leaving import left_out
from twelp.flow.match.meaning import Meaning
from twelp.flow.match.reading import words_beside
from twelp.flow.match.values import By

MEANT = {"router": 0, "modem": 0, "screen": 1, "display": 1, "refund": 2, "reimbursement": 2}
TOPICS = {
    "wifi": TopicText("WiFi", ("router",), ("the router is down",)),
    "tv": TopicText("TV", ("screen",), ("the screen is black",)),
    "money": TopicText("Money", ("refund",), ("where is the refund",)),
}


class Embedding:
    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        rows = np.zeros((len(texts), 3), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                if word in MEANT:
                    row[MEANT[word]] += 1
        return rows

    def knows(self, word: str) -> bool:
        return word in MEANT


embed = Embedding()


@pytest.mark.parametrize(("text", "topic"), [("modem", "wifi"), ("my display", "tv"), ("reimbursement!", "money")])
def test_a_word_never_seen_is_matched_by_its_meaning(text: str, topic: str) -> None:
    assert fit(TOPICS, embed=embed).rank(text).topics[0].topic == topic


def test_a_text_the_model_cannot_read_is_matched_by_its_words_alone() -> None:
    text = "it is black"
    with_model, without = fit(TOPICS, embed=embed), fit(TOPICS)
    assert [m.topic for m in with_model.rank(text).topics] == [m.topic for m in without.rank(text).topics]


def test_a_lesson_is_learned_and_unlearned_in_the_embeddings_too() -> None:
    matcher = fit(TOPICS, embed=embed)
    before = matcher.rank("modem", explain=False)
    for _ in range(4):
        matcher.learn("modem reimbursement", "money")
    assert matcher.rank("modem", explain=False).topics != before.topics
    for _ in range(4):
        assert matcher.unlearn("modem reimbursement", "money")
    after = matcher.rank("modem", explain=False)
    assert [m.score for m in after.topics] == pytest.approx([m.score for m in before.topics], abs=0.03)


def test_a_similar_answered_question_is_found_by_meaning() -> None:
    matcher = fit(TOPICS, embed=embed)
    matcher.learn("modem", "wifi", ref="q7")
    like = matcher.rank("router").like
    assert like is not None
    assert (like.ref, like.text) == ("q7", "modem")


def test_an_embedding_of_the_wrong_shape_is_refused() -> None:
    class Flat(Embedding):
        def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            return np.zeros(3, np.float32)

    with pytest.raises(ValueError, match="expected one row of equal length each"):
        fit(TOPICS, embed=Flat())


def test_a_word_the_model_knows_is_not_taken_for_a_slip_of_another() -> None:
    """“modem” is near “modes” in letters; the model knows it, so it reads what was written."""
    read: list[str] = []

    class Listening(Embedding):
        def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            read.extend(texts)
            return super().__call__(texts)

    matcher = fit({**TOPICS, "modes": TopicText("modes", ("modes",))}, embed=Listening())
    matcher.rank("modem rooter")
    assert read[-1] == "modem router"


def test_what_is_near_in_meaning_is_less_likely_nobodys() -> None:
    topics = {
        name: TopicText(name, (), tuple(f"{word} {i} {name}" for i in range(20)))
        for name, word in (("wifi", "router"), ("tv", "screen"), ("money", "refund"))
    }
    matcher = fit(topics, embed=embed)
    assert matcher.rank("modem").none_score < matcher.rank("weather").none_score


def test_a_forgotten_text_gives_its_spot_to_the_next() -> None:
    meaning = Meaning(embed, 3)
    vectors = meaning.vectors(["router", "screen"])
    first, second = (meaning.take(v, i) for i, v in enumerate(vectors))
    meaning.put(first, np.array([1.0, 0.0, 0.0], np.float32))
    assert meaning.scores(vectors[:1])[0, 0] == pytest.approx(1.0)
    meaning.drop(first)
    assert not meaning.scores(vectors).any()
    assert meaning.take(vectors[0], 0) == first
    assert meaning.nearest(vectors[0], left_out=first) == pytest.approx(0.0)
    assert meaning.nearest(vectors[1], hidden=0) == pytest.approx(1.0)
    assert second != first


def test_a_text_left_out_sees_no_nearer_text_than_the_others() -> None:
    matcher = fit(TOPICS, embed=embed)
    parts = matcher._linear, matcher._counts, matcher._meaning
    for row in matcher._linear.rows:
        found = left_out(row, *parts)
        assert By.WORDS in found
        assert all(own >= hidden for own, hidden in found.values())


def test_a_question_the_model_reads_finds_a_roster_it_cannot_read_by_words() -> None:
    topics = {"a": TopicText("Xyz", ("qqq",), ("qqq zzz",)), "b": TopicText("Uvw", ("ppp",), ("ppp www",))}
    matcher = fit(topics, embed=embed)
    assert matcher.rank("router qqq zzz").topics[0].topic == "a"
    assert matcher.rank("router").topics


def test_each_way_of_reading_is_one_of_its_own() -> None:
    assert len(By) == len(By.__members__) == 3
    meaning = Meaning(embed, 1)
    embedding, vector, alone = (words_beside(by, meaning) for by in (By.EMBEDDING, By.VECTOR, By.WORDS))
    assert embedding < vector < alone
    assert words_beside(By.EMBEDDING, Meaning(embed, 1, 0.2)) < embedding
