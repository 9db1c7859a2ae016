"""Which public replies are too many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from twelp.cli.doubled import doubled
from twelp.model import Account, Point, Post, Question, Stage
from twelp.ports import QuestionsTx

POST = Post("x", "1", Account("2", "mia"), "How? And why?", datetime(2026, 11, 30, tzinfo=UTC), "1")
HALVES = (Point("How?", "tv", 7), Point("And why?", "audio", 8))


class Rows:
    """Knows one question."""

    def __init__(self, points: tuple[Point, ...]) -> None:
        self._question = Question("x:1", POST, Stage.PUBLISHED, 3, (), 1, POST.created_at, points=points)

    def question(self, question_id: str) -> Any:
        return self._question if question_id == "x:1" else None


@pytest.mark.parametrize(
    ("points", "number", "too_many"),
    [
        ((), 1, 0),
        ((), 2, 1),
        (HALVES, 2, 0),
        (HALVES, 3, 1),
        ((*HALVES[:1], replace(HALVES[1], answer=None)), 2, 1),
        ((HALVES[0], replace(HALVES[1], answer=7)), 2, 1),
    ],
)
def test_a_post_may_have_as_many_as_answers_cover_what_it_asks(points: tuple[Point, ...], number: int, too_many: int):
    assert doubled(cast(QuestionsTx, Rows(points)), {"1": number, "2": 1}) == too_many
