"""An act of the desk is begun anew where another worker was first, and only there."""

from __future__ import annotations

import pytest

from twelp.desk.context import retry_on_conflict
from twelp.errors import StoreError
from twelp.ports import Conflict


class Acting:
    """Fails as it is told, then succeeds."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)

    @retry_on_conflict
    def act(self, question: str) -> str:
        if self.troubles:
            raise self.troubles.pop(0)
        return question


def test_who_was_overtaken_begins_anew():
    troubles = [Conflict("x:1"), StoreError("deadlock detected", away=True, overtaken=True)]
    assert Acting(*troubles).act("x:1") == "x:1"


def test_a_database_that_is_away_is_not_asked_again_at_once():
    acting = Acting(StoreError("no answer", away=True), StoreError("no answer", away=True))
    with pytest.raises(StoreError):
        acting.act("x:1")
    assert len(acting.troubles) == 1
