"""What was noted in the journal since one of its lines, by all processes: posts heard, and how long questions took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from twelp.model import JournalStep
from twelp.ports import JournalTx, QuestionsTx

REACHED: Final[Mapping[JournalStep, str]] = MappingProxyType(
    {
        JournalStep.CLAIM: "claimed",
        JournalStep.CONFIRM: "confirmed",
        JournalStep.PUBLISHED: "published",
        JournalStep.GAVE_UP: "given up",
    }
)
"""What a question comes to, by the step that says so."""


class LatelyRows(JournalTx, QuestionsTx, Protocol):
    """Rows that tell what was noted."""


@dataclass(frozen=True, slots=True)
class Lately:
    """Some lines of the journal.

    Attributes:
        last: the number of the latest of them: ask for what comes after it.
        lines: how many there were.
        posts: what triage took each post for, oldest first.
        took: what a question came to (a value of `REACHED`), and seconds since it was opened, oldest first.
    """

    last: int
    lines: int
    posts: tuple[str, ...]
    took: tuple[tuple[str, float], ...]


def read_lately(tx: LatelyRows, after: int, limit: int = 500) -> Lately:
    """What was noted after the line of that number, `limit` lines at most."""
    last, posts, took = after, list[str](), list[tuple[str, float]]()
    lines = tx.journal(after, limit)
    for number, line in lines:
        last = number
        if line.actor == "triage":
            posts.append(line.step.value)
        question = tx.question(line.subject) if line.step in REACHED else None
        if question is not None:
            took.append((REACHED[line.step], (line.at - question.opened_at).total_seconds()))
    return Lately(last, len(lines), tuple(posts), tuple(took))
