"""The journal, events, lessons, and counts; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import journal as queries
from twelp.model import Entry, JournalStep
from twelp.ports import LessonChange


class JournalTx(Base):
    """The part of a transaction that is about what happened."""

    def add_entry(self, entry: Entry) -> None:
        """Adds a line to the journal."""
        self.gather(queries.NOTE, rows.journal_row(entry))

    def trail(self, subject: str) -> Sequence[Entry]:
        """The journal of one post or question, oldest first."""
        self.write_gathered()
        return [rows.entry(row) for row in self._all(queries.TRAIL, {"subject": subject})]

    def entries_since(self, steps: Collection[JournalStep]) -> Iterator[Entry]:
        """The journal's lines with one of these steps, oldest first."""
        self.write_gathered()
        for row in self.connection.execute(queries.NOTED, {"steps": [step.value for step in steps]}):
            yield rows.entry(row)

    def journal(self, after: int, limit: int = 500) -> Sequence[tuple[int, Entry]]:
        """The journal's lines with a number above `after`, oldest first, each with its number; see the port."""
        self.write_gathered()
        return [
            (row.id, rows.entry(row, with_detail=False))
            for row in self._all(queries.AFTER, {"after": after, "most": limit})
        ]

    def progress(self) -> tuple[int, int, int]:
        """Posts heard, questions under way (from open to publishing), and the journal's last number."""
        posts, questions, lines = self._first(queries.PROGRESS)
        return int(posts), int(questions), int(lines)

    def last_line(self) -> int:
        """The number of the journal's latest line; 0 when there is none."""
        return int(self._value(queries.LAST_LINE) or 0)

    def under_way(self) -> Mapping[str, int]:
        """How many questions stand in each stage from open to publishing."""
        return {stage: int(count) for stage, count in self._all(queries.STAGES)}

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many rows stand where; see the port."""
        found = {what: self.connection.execute(statement) for what, statement in queries.COUNTED.items()}
        return {what: {" ".join(row[:-1]): row[-1] for row in counted} for what, counted in found.items()}

    def first_time(self, event_id: str, at: datetime) -> bool:
        """True once per event id: the guard against re-sent events."""
        return self._add_once(queries.EVENT, {"id": event_id, "at": at}) is not None


class LessonTx(Base):
    """The part of a transaction that is about what was learned."""

    def learned(self, most: int | None = None) -> Iterator[tuple[str, str, str | None]]:
        """Every (question, text, topic) the matcher should know, oldest first; only the latest `most`."""
        begin = 0 if most is None else self._value(queries.NEWEST_BUT, {"most": most}) or 0
        return ((c.question, c.text, c.topic) for c in self.lessons_since(begin) if not c.forgotten)

    def last_lesson(self) -> int:
        """The number of the latest change of what is learned; 0 when there is none."""
        return int(self._value(queries.LAST_LESSON) or 0)

    def lessons_since(self, number: int) -> Iterator[LessonChange]:
        """What was learned and forgotten after the change of that number, oldest first."""
        self.write_gathered()
        for row in self._all(queries.LESSONS, {"number": number}):
            yield LessonChange(*row)

    def lesson(self, question: str) -> tuple[str, str | None] | None:
        """The (text, topic) learned from a question; None when nothing is."""
        self.write_gathered()
        row = self._first(queries.LESSON, {"question": question})
        return None if row is None else (row[0], row[1])

    def learn(self, question: str, text: str, topic: str | None, at: datetime) -> None:
        """Remembers what a question turned out to be about, in place of what it was taken for before."""
        self._change_lesson(question, text, topic, at, forgotten=False)

    def unlearn(self, question: str, at: datetime) -> None:
        """Forgets what was learned from a question, and its text."""
        if self.lesson(question) is not None:
            self._change_lesson(question, "", None, at, forgotten=True)

    def _change_lesson(self, question: str, text: str, topic: str | None, at: datetime, *, forgotten: bool) -> None:
        self.drop_gathered(queries.LEARN, lambda row: bool(row["question"] == question))
        self.gather(queries.FORGET, {"of": question})
        lesson = {"question": question, "text": text, "topic": topic, "forgotten": forgotten, "at": at}
        self.gather(queries.LEARN, lesson)
