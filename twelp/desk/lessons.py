"""Lessons: what answers and dismissals taught, in the rows and in the matcher."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import islice

from twelp.desk.context import Context, Topics
from twelp.flow.triage import signs
from twelp.flow.triage.opinion import Opinion
from twelp.ports import LessonChange, LessonsTx

_OVERLAP = 100
"""Lessons that are looked at again: another process may commit one after one with a higher number was read."""

REMEMBERED = 10_000
"""Lessons that the matcher knows, the latest, at the start and ever after: 3 s of processor time and 20 MB."""


TAUGHT_AT_START = 1_000
"""Lessons that move triage's second opinion at the start, the latest: 1 s of processor time."""


class Lessons:
    """What the matcher was taught, kept in step with the rows."""

    remembers = REMEMBERED
    """How many lessons the matcher keeps, the latest."""

    def __init__(self, ctx: Context[LessonsTx]) -> None:
        self._ctx = ctx
        self._teaching = threading.Lock()
        self._history: Callable[[], None] | None = None
        self._taught = self._known()
        self._opinion = self._informed()
        with ctx.store.read() as tx:
            self._caught_up_to = tx.last_lesson()

    def _known(self) -> dict[str, tuple[str, str | None]]:
        return {lesson.ref: (lesson.text, lesson.topic) for lesson in self._ctx.matcher.lessons() if lesson.ref}

    @property
    def opinion(self) -> Opinion:
        """Triage's second opinion, moved by what people here said of posts: answered, or not for us."""
        return self._opinion

    def _informed(self) -> Opinion:
        opinion = Opinion()
        for text, topic in islice(reversed(self._taught.values()), TAUGHT_AT_START):
            opinion.learn(signs.read(text), wants=topic is not None)
        return opinion

    def taught_first(self, history: Callable[[], None]) -> None:
        """Lets the next `catch_up` begin with `history`, which teaches a matcher that knows none of the rows yet."""
        self._history = history

    def match_with(self, matcher: Topics, known_to: int) -> None:
        """Questions are matched by this one from now on; it knows the rows up to that number."""
        with self._teaching:
            self._ctx.matcher = matcher
            self._taught, self._history = self._known(), None
            self._caught_up_to = min(self._caught_up_to, known_to)
        self.catch_up()

    def catch_up(self) -> None:
        """Lets the matcher know what was learned and forgotten since the last time, here or in another process.

        To be called once rows are committed, and before questions are matched. Repeatable: a lesson is learned once.
        Whoever dies before calling this loses nothing: at the next start the matcher is built from the rows.
        """
        with self._teaching:
            if self._history is not None:
                self._history()
                self._taught, self._history = self._known(), None
                self._opinion = self._informed()
            with self._ctx.store.read() as tx:
                changes = list(tx.lessons_since(self._caught_up_to - _OVERLAP))
            left = sum(1 for change in changes if not change.forgotten)
            for change in changes:
                self._teach(change, known=left <= self.remembers)
                left -= not change.forgotten
                self._caught_up_to = max(self._caught_up_to, change.number)
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        """A process that runs for months knows what one knows that starts now, and no more."""
        oldest = list(islice(self._taught, max(0, len(self._taught) - self.remembers)))
        for question in oldest:
            self._ctx.matcher.unlearn(*self._taught.pop(question), ref=question)

    def _teach(self, change: LessonChange, *, known: bool) -> None:
        """`known`: it is one of the latest, which the matcher is to know."""
        learned = known and not change.forgotten and self._can_be_about(change.topic)
        lesson = (change.text, change.topic) if learned else None
        former = self._taught.get(change.question)
        if former == lesson:
            return
        wants = lesson is None or lesson[1] is not None  # what is brought back is for us
        if lesson is not None or (former is not None and former[1] is None):
            self._opinion.learn(signs.read(change.text), wants=wants)
        if former is not None:
            self._ctx.matcher.unlearn(*former, ref=change.question)
            del self._taught[change.question]
        if lesson is not None:
            self._ctx.matcher.learn(*lesson, ref=change.question)
            self._taught[change.question] = lesson

    def _can_be_about(self, topic: str | None) -> bool:
        return topic is None or topic in self._ctx.roster.topics
