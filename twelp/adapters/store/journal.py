"""The journal, events, lessons, and counts; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base, among, once, table
from twelp.adapters.store.stage_columns import EXACT, UNDER_WAY
from twelp.adapters.store.tables import AnswerRow, AskRow, DeliveryRow, EventRow, JournalRow, LessonRow, PostRow
from twelp.adapters.store.tables import QuestionRow as _Question
from twelp.model import Entry, JournalStep
from twelp.ports import LessonChange

_journal, _lesson, _question = table(JournalRow), table(LessonRow), table(_Question)
_post, _answer, _ask, _delivery = table(PostRow), table(AnswerRow), table(AskRow), table(DeliveryRow)
_NOTE = sa.insert(_journal).inline()
_TRAIL = sa.select(_journal).where(_journal.c.subject == sa.bindparam("subject")).order_by(_journal.c.id)
_AFTER = (
    sa.select(*(column for column in _journal.c if column.name != "detail"))
    .where(_journal.c.id > sa.bindparam("after"))
    .order_by(_journal.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_each = (_question.c.stage == sa.literal_column(f"'{word}'") for word in UNDER_WAY)  # one list of all: a full scan
_under_way = sa.union_all(*(sa.select(EXACT.label("stage")).where(stands) for stands in _each)).subquery()
_STAGES = sa.select(_under_way.c.stage, sa.func.count()).group_by(_under_way.c.stage)
_stage = sa.select(EXACT.label("stage")).subquery().c.stage
_PROGRESS = sa.select(
    sa.select(sa.func.count()).select_from(_post).scalar_subquery(),
    sa.select(sa.func.count()).select_from(_question).where(among(_question.c.stage, UNDER_WAY)).scalar_subquery(),
    sa.select(sa.func.coalesce(sa.func.max(_journal.c.id), 0)).scalar_subquery(),
)
_LAST_LINE = sa.select(sa.func.max(_journal.c.id))
_EVENT = once(EventRow)
_LESSONS = (
    sa.select(_lesson.c.id, _lesson.c.question, _lesson.c.text, _lesson.c.topic, _lesson.c.forgotten)
    .where(_lesson.c.id > sa.bindparam("number"))
    .order_by(_lesson.c.id)
)
_NEWEST = sa.select(_lesson.c.id).order_by(_lesson.c.id.desc()).offset(sa.bindparam("most", type_=sa.Integer)).limit(1)
_LAST = sa.select(sa.func.max(_lesson.c.id))
_LESSON = sa.select(_lesson.c.text, _lesson.c.topic).where(
    _lesson.c.question == sa.bindparam("question"), _lesson.c.forgotten.is_(False)
)
_LEARN = sa.insert(_lesson).inline()
_FORMER = sa.delete(_lesson).where(_lesson.c.question == sa.bindparam("of"))
_COUNTED = {
    "posts": (_post.c.kind,),
    "questions": (_stage,),
    "answers": (_answer.c.state,),
    "asks": (_ask.c.role,),
    "journal": (_journal.c.step,),
    "deliveries": (_delivery.c.errand, _delivery.c.state),
}


class JournalTx(Base):
    """The part of a transaction that is about what happened and what was learned."""

    def note(self, entry: Entry) -> None:
        """Adds a line to the journal."""
        self.gather(_NOTE, rows.journal_row(entry))

    def trail(self, subject: str) -> Sequence[Entry]:
        """The journal of one post or question, oldest first."""
        self.write_gathered()
        return [rows.entry(row) for row in self._all(_TRAIL, {"subject": subject})]

    def noted(self, steps: Collection[JournalStep]) -> Iterator[Entry]:
        """The journal's lines with one of these steps, oldest first."""
        self.write_gathered()
        for row in self.connection.execute(
            sa.select(_journal).where(_journal.c.step.in_([step.value for step in steps])).order_by(_journal.c.id)
        ):
            yield rows.entry(row)

    def journal(self, after: int, limit: int = 500) -> Sequence[tuple[int, Entry]]:
        """The journal's lines with a number above `after`, oldest first, each with its number; see the port."""
        self.write_gathered()
        return [
            (row.id, rows.entry(row, with_detail=False)) for row in self._all(_AFTER, {"after": after, "most": limit})
        ]

    def progress(self) -> tuple[int, int, int]:
        """Posts heard, questions under way (from open to publishing), and the journal's last number."""
        posts, questions, lines = self._first(_PROGRESS)
        return int(posts), int(questions), int(lines)

    def last_line(self) -> int:
        """The number of the journal's latest line; 0 when there is none."""
        return int(self._value(_LAST_LINE) or 0)

    def under_way(self) -> Mapping[str, int]:
        """How many questions stand in each stage from open to publishing."""
        return {stage: int(count) for stage, count in self._all(_STAGES)}

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many rows stand where; see the port."""
        return {what: self._grouped(*by) for what, by in _COUNTED.items()}

    def _grouped(self, *by: Any) -> dict[str, int]:
        return {
            " ".join(row[:-1]): row[-1]
            for row in self.connection.execute(sa.select(*by, sa.func.count()).group_by(*by))
        }

    def first_time(self, event_id: str, at: datetime) -> bool:
        """True once per event id: the guard against re-sent events."""
        return self._add_once(_EVENT, {"id": event_id, "at": at}) is not None

    def learned(self, most: int | None = None) -> Iterator[tuple[str, str, str | None]]:
        """Every (question, text, topic) the matcher should know, oldest first; only the latest `most`."""
        begin = 0 if most is None else self._value(_NEWEST, {"most": most}) or 0
        return ((c.question, c.text, c.topic) for c in self.lessons_since(begin) if not c.forgotten)

    def last_lesson(self) -> int:
        """The number of the latest change of what is learned; 0 when there is none."""
        return int(self._value(_LAST) or 0)

    def lessons_since(self, number: int) -> Iterator[LessonChange]:
        """What was learned and forgotten after the change of that number, oldest first."""
        for row in self._all(_LESSONS, {"number": number}):
            yield LessonChange(*row)

    def lesson(self, question: str) -> tuple[str, str | None] | None:
        """The (text, topic) learned from a question; None when nothing is."""
        row = self._first(_LESSON, {"question": question})
        return None if row is None else (row[0], row[1])

    def learn(self, question: str, text: str, topic: str | None, at: datetime) -> None:
        """Remembers what a question turned out to be about, in place of what it was taken for before."""
        self._change_lesson(question, text, topic, at, forgotten=False)

    def unlearn(self, question: str, at: datetime) -> None:
        """Forgets what was learned from a question, and its text."""
        if self.lesson(question) is not None:
            self._change_lesson(question, "", None, at, forgotten=True)

    def _change_lesson(self, question: str, text: str, topic: str | None, at: datetime, *, forgotten: bool) -> None:
        self._do(_FORMER, {"of": question})
        self._do(_LEARN, {"question": question, "text": text, "topic": topic, "forgotten": forgotten, "at": at})
