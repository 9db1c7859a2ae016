"""Matching with embeddings, by a tiny embedding that knows which words mean the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from twelp.flow.match import TopicText, fit

MEANT = {"router": 0, "modem": 0, "screen": 1, "display": 1, "refund": 2, "reimbursement": 2}
TOPICS = {
    "wifi": TopicText("WiFi", ("router",), ("the router is down",)),
    "tv": TopicText("TV", ("screen",), ("the screen is black",)),
    "money": TopicText("Money", ("refund",), ("where is the refund",)),
}


def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    rows = np.zeros((len(texts), 3), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in text.lower().split():
            if word in MEANT:
                row[MEANT[word]] += 1
    return rows


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
    similar = [r for r in matcher.why("router", "wifi") if r.kind == "similar"]
    assert [(r.ref, r.text) for r in similar] == [("q7", "like an answered question: “modem”")]


def test_an_embedding_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one row of equal length each"):
        fit(TOPICS, embed=lambda texts: np.zeros(3))
