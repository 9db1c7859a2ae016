"""Which public replies are too many: a post that asks several things may have one for each that an answer covers."""

from __future__ import annotations

from collections.abc import Mapping

from twelp.ports import QuestionsTx
from twelp.wiring import LOCAL


def doubled(tx: QuestionsTx, replies: Mapping[str, int]) -> int:
    """How many replies stand beyond those that should.

    Args:
        tx: knows which answers cover what a post asks.
        replies: how many of ours stand under each post of the local network, by its id.
    """
    return sum(number - _due(tx, post_id, number) for post_id, number in replies.items() if number > 1)


def _due(tx: QuestionsTx, post_id: str, number: int) -> int:
    question = tx.question(f"{LOCAL}:{post_id}")
    answers = {point.answer for point in question.points if point.answer is not None} if question else set()
    return min(number, max(1, len(answers)))
