"""The same work on several durable queues; see `benchmarks.engines`. Each module here offers `run(address, questions)`.

A question is a row and eleven jobs: three cards, each in the lane of its person; three timers an hour away; the third
card that is sent enqueues its publication, and that three refreshes, in the persons' lanes again, and a lesson. A job
is one transaction on the question's row. Ours enqueues in it; the others after it, as their documents do.
"""

from __future__ import annotations

from typing import Final

PEOPLE: Final = 40
HANDS: Final = 16
"""Jobs that run side by side."""

MAKE: Final = "CREATE TABLE matter (id int PRIMARY KEY, cards int NOT NULL DEFAULT 0, done int NOT NULL DEFAULT 0)"
NEW: Final = "INSERT INTO matter (id) VALUES (%s)"
CARD: Final = "UPDATE matter SET cards = cards + 1 WHERE id = %s RETURNING cards"
STEP: Final = "UPDATE matter SET done = done + 1 WHERE id = %s"
LEFT: Final = "SELECT count(*) FROM matter WHERE done < 5"
"""A question is over after its publication, three refreshes and a lesson."""


def people(question: int) -> tuple[int, int, int]:
    """Who is asked about it."""
    return question % PEOPLE, (question * 7 + 1) % PEOPLE, (question * 11 + 2) % PEOPLE
