"""Routing benchmark: how well topics are found, beside the methods anyone would try first."""

from __future__ import annotations

from collections.abc import Sequence

from twelp.adapters.embed import load as load_embedder
from twelp.flow.match import Matcher, TopicText
from twelp.flow.match import fit as fit_matcher

Ranked = list[tuple[str, float]]


class Rank:
    """The matcher in the form the evaluation wants: call it with a question; ``many``, ``learn``, ``learn_many``."""

    def __init__(self, matcher: Matcher, size: int) -> None:
        self.matcher, self._size = matcher, size

    def __call__(self, query: str) -> Ranked:
        """(topic, chance), best first, all topics."""
        ranking = self.matcher.rank(query, self._size, explain=False)
        sure = 1.0 - ranking.none_score
        best = ranking.topics[0].score or 1.0
        return [(m.topic, sure * m.score / best) for m in ranking.topics]

    def learn(self, query: str, topic: str) -> None:
        """One answered question."""
        self.matcher.learn(query, topic)

    def learn_many(self, rows: Sequence[tuple[str, str]]) -> None:
        """Answered questions, one at a time."""
        for query, topic in rows:
            self.learn(query, topic)


def admin_text(texts: Sequence[str]) -> TopicText:
    """The first text is the name; texts of up to two words are keywords, longer ones example questions."""
    name, *rest = texts
    short = tuple(t for t in rest if len(t.split()) <= 2)
    return TopicText(name, short, tuple(t for t in rest if len(t.split()) > 2))


def fit(topics: dict[str, list[str]]) -> Rank:
    """The default matcher: no model file."""
    return Rank(fit_matcher({t: admin_text(texts) for t, texts in topics.items()}), len(topics))


def fit_semantic(topics: dict[str, list[str]]) -> Rank:
    """The matcher with sentence embeddings; needs ``twelp[semantic]``."""
    texts = {t: admin_text(texts) for t, texts in topics.items()}
    return Rank(fit_matcher(texts, embed=load_embedder()), len(topics))
