"""What a post is about, as the matcher sees it, and who answered one like it: the same for desk and `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from twelp.desk.context import Topics
from twelp.model import AnswerState, Roster, TopicScore
from twelp.ports import AnswersTx, QuestionsTx
from twelp.texts import reasons

_SHOWN = 120
"""Characters of an earlier question that a reason quotes."""


class MatchingRows(AnswersTx, QuestionsTx, Protocol):
    """Rows that tell what became of a like question."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a post is about.

    Attributes:
        topics: best first; empty when it is nobody's.
        ranked: the same, also when it is nobody's.
        reasons: for the journal: a line a topic, or why it is nobody's.
        detail: the numbers behind it, as JSON.
    """

    topics: tuple[TopicScore, ...]
    ranked: tuple[TopicScore, ...]
    reasons: tuple[str, ...]
    detail: Mapping[str, Any]


def find(text: str, matcher: Topics, roster: Roster, tx: MatchingRows | None) -> Subject:
    """What `text` is about. `tx` knows who answered what; without it nobody is named."""
    ranking = matcher.rank(text)
    ranked = tuple(TopicScore(t.topic, float(t.score), tuple(t.reasons)) for t in ranking.topics)
    topics = () if ranking.nobody else ranked
    if topics and tx is not None:
        similar = _similar(ranking.like.ref, roster, tx) if ranking.like else ()
        topics = (replace(topics[0], reasons=(*topics[0].reasons, *similar)), *topics[1:])
        ranked = topics
    why = tuple(f"{t.topic} {t.score:.2f}: {'; '.join(t.reasons)}" for t in topics)
    why = why or tuple(str(r) for r in ranking.reasons) or ("no topic matches",)
    scores = [{"topic": t.topic, "score": round(t.score, 4), "reasons": list(t.reasons)} for t in ranked]
    detail = {
        "topics": scores,
        "nobody": bool(ranking.nobody),
        "none_score": round(float(ranking.none_score), 4),
        "nobody_from": round(float(ranking.nobody_from), 4),
        "read_by": ranking.read_by.value,
    }
    return Subject(topics, ranked, why, detail)


def _similar(question_id: str, roster: Roster, tx: MatchingRows) -> tuple[str, ...]:
    """The answered question that spoke most for the topic, and who answered it; nothing when it is gone."""
    earlier = tx.question(question_id)
    if earlier is None:
        return ()
    answer = next((a for a in tx.answers(earlier.id) if a.state is AnswerState.PUBLISHED), None)
    author = roster.experts.get(answer.expert) if answer else None
    words = " ".join(earlier.post.text.split())
    quoted = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    if author is None:
        return (reasons.LIKE_AN_EARLIER(words=quoted),)
    return (reasons.ANSWERED_ONE_LIKE_IT(who=author.name, words=quoted),)
