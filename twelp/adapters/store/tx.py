"""What can be read and written in one transaction; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from twelp.adapters.store import history, rows
from twelp.adapters.store.tables import (
    AnswerRow,
    AskRow,
    CursorRow,
    DeliveryRow,
    EventRow,
    JournalRow,
    LessonRow,
    PostRow,
    QuestionRow,
)
from twelp.adapters.store.volunteers import VolunteerTx
from twelp.model import (
    Answer,
    AnswerState,
    Ask,
    AskRole,
    AskState,
    Delivery,
    DeliveryState,
    Entry,
    Errand,
    Post,
    Question,
    Stage,
    Standing,
    Verdict,
)
from twelp.ports import LessonChange, Place

_UNDER_WAY = tuple(stage.value for stage in (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.PUBLISHING))
_OPEN_STAGES = (*_UNDER_WAY, Stage.UNANSWERED.value)


class SqlTx(VolunteerTx):
    """One transaction on a session; see `twelp.ports.Tx` for what each method promises."""

    def __init__(self, session: Session) -> None:
        self.session = session

    # ------------------------------------------------------------ posts

    def hear(self, post: Post, verdict: Verdict, heard_at: datetime, question: str | None) -> bool:
        """Records a post; False (and nothing done) when it was heard before."""
        return self._add_once(rows.post_row(post, verdict, heard_at, question)) is not None

    def heard(self, keys: Iterable[str]) -> set[str]:
        """Which of these posts were heard before."""
        wanted = list(keys)
        found: set[str] = set()
        for start in range(0, len(wanted), 500):
            found.update(
                self.session.exec(select(PostRow.key).where(col(PostRow.key).in_(wanted[start : start + 500])))
            )
        return found

    def post(self, key: str) -> tuple[Post, Verdict] | None:
        """A heard post and the verdict on it."""
        row = self.session.get(PostRow, key)
        return None if row is None else (rows.post(row), rows.verdict(row))

    def cursor(self, source: str) -> str | None:
        """How far `source` was read."""
        row = self.session.get(CursorRow, source)
        return None if row is None else row.value

    def set_cursor(self, source: str, value: str) -> None:
        """Remembers how far `source` was read."""
        self.session.merge(CursorRow(source=source, value=value))

    # ------------------------------------------------------------ questions

    def open_question(self, question: Question) -> None:
        """A new question; its `post` is heard in the same transaction."""
        self.session.add(rows.question_row(question))
        self.session.flush()

    def question(self, question_id: str) -> Question | None:
        """The question, or None."""
        return self._question(QuestionRow.id == question_id)

    def open_in_conversation(self, network: str, conversation: str, author_id: str) -> Question | None:
        """This author's question of that conversation that is not over yet, newest first."""
        return self._question(
            PostRow.network == network,
            PostRow.conversation == conversation,
            PostRow.author_id == author_id,
            col(QuestionRow.stage).in_(_OPEN_STAGES),
        )

    def _question(self, *where: Any) -> Question | None:
        found = self.session.exec(
            select(QuestionRow, PostRow)
            .join(PostRow, col(PostRow.key) == col(QuestionRow.id))
            .where(*where)
            .order_by(col(QuestionRow.opened_at).desc())
            .limit(1)
            .execution_options(populate_existing=True)
        ).first()
        return None if found is None else rows.question(*found)

    def move(self, question: Question, to: Stage, **changes: Any) -> Question | None:
        """Compare-and-set on `version`: the moved question, or None when somebody else moved it first."""
        if "topics" in changes:
            changes["topics"] = rows.topics(changes["topics"])
        result = self.session.execute(
            sa.update(QuestionRow)
            .where(col(QuestionRow.id) == question.id, col(QuestionRow.version) == question.version)
            .values(stage=to.value, version=question.version + 1, **changes)
            .execution_options(synchronize_session=False)
        )
        return self.question(question.id) if _count(result) else None

    def stays(self, question: Question) -> bool:
        """Keeps others from moving it until this transaction ends; False when somebody else moved it first."""
        wanted = select(QuestionRow.id).where(QuestionRow.id == question.id, QuestionRow.version == question.version)
        return self.session.exec(wanted.with_for_update()).first() is not None

    # ------------------------------------------------------------ asks

    def add_ask(
        self,
        question: str,
        expert: str,
        *,
        role: AskRole,
        wave: int,
        reasons: Sequence[str],
        at: datetime,
        topic: str = "",
        digest: str = "",
    ) -> Ask:
        """Puts the question before an expert, for one of its topics; anew, where their ask was closed."""
        row = self.session.exec(
            select(AskRow)
            .where(AskRow.question == question, AskRow.expert == expert, AskRow.role == role.value)
            .where(AskRow.state == AskState.CLOSED.value)
            .execution_options(populate_existing=True)
        ).first() or AskRow(question=question, expert=expert, role=role.value, wave=wave, state="", created_at=at)
        row.wave, row.state, row.reasons, row.topic = wave, AskState.OPEN.value, list(reasons), topic
        row.created_at, row.digest = at, digest
        self.session.add(row)
        self.session.flush()
        return rows.ask(row)

    def asks(self, question_id: str) -> Sequence[Ask]:
        """All asks of a question, oldest first."""
        found = self.session.exec(
            select(AskRow)
            .where(AskRow.question == question_id)
            .order_by(col(AskRow.id))
            .execution_options(populate_existing=True)
        )
        return [rows.ask(row) for row in found]

    def ask(self, ask_id: int) -> Ask | None:
        """One ask."""
        row = self.session.get(AskRow, ask_id, populate_existing=True)
        return None if row is None else rows.ask(row)

    def set_ask(
        self, ask_id: int, *, state: AskState | None = None, place: Place | None = None, shown: int | None = None
    ) -> None:
        """Changes an ask's state, where its card is, or which version of the question that card shows."""
        values: dict[str, Any] = {}
        if state is not None:
            values["state"] = state.value
        if place is not None:
            values |= {"channel": place.channel, "ts": place.ts}
        if shown is not None:
            values["shown"] = shown
        self._update(AskRow, ask_id, values)

    def asks_since(self, since: datetime) -> Mapping[str, Sequence[datetime]]:
        """Who was asked to answer when, from `since` on: expert id → hours, oldest first."""
        found: dict[str, list[datetime]] = {}
        statement = (
            select(AskRow.expert, AskRow.created_at)
            .where(AskRow.created_at >= since, AskRow.role == AskRole.ANSWER.value)
            .where(AskRow.state != AskState.CLOSED.value)
            .order_by(col(AskRow.created_at))
        )
        for expert, at in self.session.exec(statement):
            found.setdefault(expert, []).append(at)
        return found

    def standings(self, topic: str, since: datetime) -> Mapping[str, Standing]:
        """How each expert fared with the topic's latest asks; see the port."""
        return history.standings(self.session, topic, since)

    def holding(self) -> Mapping[str, int]:
        """How many questions each expert has claimed and not yet answered."""
        return history.holding(self.session)

    def writing_since(self, since: datetime) -> Mapping[str, datetime]:
        """Who wrote answers or drafts from `since` on, and when last: expert id → hour."""
        return history.writing_since(self.session, since)

    # ------------------------------------------------------------ answers

    def answers(self, question_id: str) -> Sequence[Answer]:
        """All answers of a question, oldest first."""
        found = self.session.exec(
            select(AnswerRow)
            .where(AnswerRow.question == question_id)
            .order_by(col(AnswerRow.id))
            .execution_options(populate_existing=True)
        )
        return [rows.answer(row) for row in found]

    def answer(self, answer_id: int) -> Answer | None:
        """One answer."""
        row = self.session.get(AnswerRow, answer_id, populate_existing=True)
        return None if row is None else rows.answer(row)

    def save_answer(
        self,
        question: str,
        expert: str,
        text: str,
        public: str,
        *,
        state: AnswerState,
        reasons: Sequence[str],
        at: datetime,
    ) -> Answer:
        """Adds the expert's answer, or replaces their draft of it."""
        row = self.session.exec(
            select(AnswerRow)
            .where(AnswerRow.question == question, AnswerRow.expert == expert)
            .execution_options(populate_existing=True)
        ).first() or AnswerRow(question=question, expert=expert, text="", state="", updated_at=at, written_at=at)
        row.text, row.public, row.state, row.reasons = text, public, state.value, list(reasons)
        row.updated_at = row.written_at = at
        self.session.add(row)
        self.session.flush()
        return rows.answer(row)

    def set_answer(
        self,
        answer_id: int,
        state: AnswerState,
        at: datetime,
        *,
        reasons: Sequence[str] | None = None,
        remote_id: str | None = None,
        returned: bool = False,
    ) -> None:
        """Changes an answer's state. `returned`: a second person did not let it pass or stand, which is counted."""
        values: dict[str, Any] = {"state": state.value, "updated_at": at}
        if reasons is not None:
            values["reasons"] = list(reasons)
        if remote_id is not None:
            values["remote_id"] = remote_id
        if returned:
            values["returned"] = col(AnswerRow.returned) + 1
        self._update(AnswerRow, answer_id, values)

    # ------------------------------------------------------------ outbox

    def add_delivery(
        self, key: str, errand: Errand, *, question: str, subject: str, text: str, at: datetime
    ) -> int | None:
        """Adds an outbox row; None when that key is there already."""
        row = DeliveryRow(
            key=key,
            errand=errand.value,
            question=question,
            subject=subject,
            text=text,
            state=DeliveryState.READY.value,
            created_at=at,
            updated_at=at,
        )
        added: int | None = self._add_once(row)
        return added

    def refreshing(self, question: str, ask: int | None = None) -> set[str]:
        """Asks of the question whose card's refresh has not ended; see the port."""
        return set(
            self.session.exec(
                select(DeliveryRow.subject)
                .where(
                    DeliveryRow.question == question,
                    DeliveryRow.errand == Errand.REFRESH.value,
                    DeliveryRow.state == DeliveryState.READY.value,
                    *(() if ask is None else (DeliveryRow.subject == str(ask),)),
                )
                .order_by(col(DeliveryRow.id))
                .with_for_update()
            )
        )

    def delivery(self, delivery_id: int) -> Delivery | None:
        """One outbox row."""
        row = self.session.get(DeliveryRow, delivery_id, populate_existing=True)
        return None if row is None else rows.delivery(row)

    def set_delivery(
        self, delivery: Delivery, state: DeliveryState, at: datetime, *, remote_id: str = "", error: str = ""
    ) -> Delivery | None:
        """Compare-and-set on state and attempts; None: another worker was first. CALLING, and staying, count one."""
        tried = state is DeliveryState.CALLING or state is delivery.state
        attempts = delivery.attempts + (1 if tried else 0)
        result = self.session.execute(
            sa.update(DeliveryRow)
            .where(
                col(DeliveryRow.id) == delivery.id,
                col(DeliveryRow.state) == delivery.state.value,
                col(DeliveryRow.attempts) == delivery.attempts,
            )
            .values(state=state.value, attempts=attempts, updated_at=at, remote_id=remote_id, error=error)
            .execution_options(synchronize_session=False)
        )
        return self.delivery(delivery.id) if _count(result) else None

    # ------------------------------------------------------------ journal, events, learning

    def note(self, entry: Entry) -> None:
        """Adds a line to the journal."""
        self.session.add(
            JournalRow(
                at=entry.at,
                subject=entry.subject,
                actor=entry.actor,
                step=entry.step,
                reasons=list(entry.reasons),
                detail=dict(entry.detail) or None,
            )
        )

    def trail(self, subject: str) -> Sequence[Entry]:
        """The journal of one post or question, oldest first."""
        found = self.session.exec(select(JournalRow).where(JournalRow.subject == subject).order_by(col(JournalRow.id)))
        return [rows.entry(row) for row in found]

    def noted(self, steps: Collection[str]) -> Iterator[Entry]:
        """The journal's lines with one of these steps, oldest first."""
        for row in self.session.exec(
            select(JournalRow).where(col(JournalRow.step).in_(steps)).order_by(col(JournalRow.id))
        ):
            yield rows.entry(row)

    def authors(self) -> Mapping[str, str]:
        """Who wrote the published answer: question id → expert id."""
        return history.authors(self.session)

    def journal(self, after: int, limit: int = 500) -> Sequence[tuple[int, Entry]]:
        """The journal's lines with a number above `after`, oldest first, each with its number."""
        found = self.session.exec(
            select(JournalRow).where(col(JournalRow.id) > after).order_by(col(JournalRow.id)).limit(limit)
        )
        return [(row.id or 0, rows.entry(row)) for row in found]

    def progress(self) -> tuple[int, int, int]:
        """Posts heard, questions under way (from open to publishing), and the journal's last number."""
        under_way = col(QuestionRow.stage).in_(_UNDER_WAY)
        posts, questions, lines = self.session.execute(
            sa.select(
                sa.select(sa.func.count()).select_from(PostRow).scalar_subquery(),
                sa.select(sa.func.count()).select_from(QuestionRow).where(under_way).scalar_subquery(),
                sa.select(sa.func.coalesce(sa.func.max(JournalRow.id), 0)).scalar_subquery(),
            )
        ).one()
        return int(posts), int(questions), int(lines)

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many rows stand where; see the port."""

        def grouped(*columns: Any) -> dict[str, int]:
            found = self.session.execute(sa.select(*columns, sa.func.count()).group_by(*columns))
            return {" ".join(row[:-1]): row[-1] for row in found}

        return {
            "posts": grouped(col(PostRow.kind)),
            "questions": grouped(col(QuestionRow.stage)),
            "answers": grouped(col(AnswerRow.state)),
            "asks": grouped(col(AskRow.role)),
            "journal": grouped(col(JournalRow.step)),
            "deliveries": grouped(col(DeliveryRow.errand), col(DeliveryRow.state)),
        }

    def first_time(self, event_id: str, at: datetime) -> bool:
        """True once per event id: the guard against re-sent events."""
        return self._add_once(EventRow(id=event_id, at=at)) is not None

    def learned(self) -> Iterator[tuple[str, str, str | None]]:
        """Every (question, text, topic) the matcher should know, oldest first."""
        return ((c.question, c.text, c.topic) for c in self.lessons_since(0) if not c.forgotten)

    def lessons_since(self, number: int) -> Iterator[LessonChange]:
        """What was learned and forgotten after the change of that number, oldest first."""
        columns = (LessonRow.id, LessonRow.question, LessonRow.text, LessonRow.topic, LessonRow.forgotten)
        newer = col(LessonRow.id) > number
        for row in self.session.execute(sa.select(*map(col, columns)).where(newer).order_by(col(LessonRow.id))):
            yield LessonChange(*row)

    def lesson(self, question: str) -> tuple[str, str | None] | None:
        """The (text, topic) learned from a question; None when nothing is."""
        wanted = select(LessonRow).where(LessonRow.question == question, col(LessonRow.forgotten).is_(False))
        row = self.session.exec(wanted).first()
        return None if row is None else (row.text, row.topic)

    def learn(self, question: str, text: str, topic: str | None, at: datetime) -> None:
        """Remembers what a question turned out to be about, in place of what it was taken for before."""
        self._change_lesson(LessonRow(question=question, text=text, topic=topic, at=at))

    def unlearn(self, question: str, at: datetime) -> None:
        """Forgets what was learned from a question, and its text."""
        if self.lesson(question) is not None:
            self._change_lesson(LessonRow(question=question, text="", forgotten=True, at=at))

    def _change_lesson(self, row: LessonRow) -> None:
        former = sa.delete(LessonRow).where(col(LessonRow.question) == row.question)
        self.session.execute(former.execution_options(synchronize_session=False))
        self.session.add(row)

    def _add_once(self, row: SQLModel) -> Any:
        """Inserts the row unless its key is there (though another worker does so this moment): its id, or None."""
        table: sa.Table = row.__table__  # type: ignore[attr-defined]
        values = {name: value for name, value in row.model_dump().items() if (name, value) != ("id", None)}
        insert = sqlite.insert if self.session.get_bind().dialect.name == "sqlite" else postgresql.insert
        key = next(iter(table.primary_key))
        return self.session.execute(insert(table).values(values).on_conflict_do_nothing().returning(key)).scalar()

    def _update(self, table: type[SQLModel], row_id: int, values: Mapping[str, Any]) -> None:
        if values:
            self.session.execute(
                sa.update(table)
                .where(table.id == row_id)  # type: ignore[attr-defined]
                .values(**values)
                .execution_options(synchronize_session=False)
            )


def _count(result: Any) -> int:
    return int(result.rowcount)
