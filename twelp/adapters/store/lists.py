"""What lies before people and waits for them, in lists: found by indexes however long the history is.

Two databases choose an index by statistics of the whole table, in which what is over outweighs what waits a thousand
times. So these statements begin at what is short: the questions of one stage, the latest asks of one person.
`coalesce` around a column keeps the index on it from being used where another one is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from twelp.adapters.store import rows
from twelp.adapters.store.asks import AskTx
from twelp.adapters.store.base import among, columns, table
from twelp.adapters.store.stage_columns import EXACT, QUESTION_COLUMNS, UNDER_WAY, all_stored, stored
from twelp.adapters.store.tables import AskRow, PostRow, QuestionRow, Utc
from twelp.flow import lifecycle
from twelp.model import Ask, AskRole, AskState, Question, Stage

_ask, _question, _post = table(AskRow), table(QuestionRow), table(PostRow)
_MOST = sa.bindparam("most", type_=sa.Integer)
_SINCE, _BEFORE = sa.bindparam("since", type_=Utc()), sa.bindparam("before", type_=Utc())
_STORED, _STAGE = sa.bindparam("stored", type_=sa.String), sa.bindparam("stage", type_=sa.String)
_IN_STAGE = (_question.c.stage == _STORED, _STAGE == EXACT)
_EVER: Final = datetime.fromisoformat("2000-01-01T00:00:00+00:00")

_LATEST_ASKS: Final = 500
"""Of one person, among which `over` looks for cards on which something may be taken back."""

_LATEST_UNANSWERED: Final = 1_000
"""Questions nobody answered in time whose asks still count as undecided, newest first. An older card stays as it is."""

_BEFORE_PEOPLE = lifecycle.UNCLAIMED | {Stage.CLAIMED, Stage.HELD, Stage.REVIEW}


def _of(words: Collection[str]) -> list[sa.Select[Any]]:
    """The questions with each of these in `stage`; one list of all of them would be taken for most of the table."""
    return [sa.select(_question.c.id).where(_question.c.stage == sa.literal_column(f"'{word}'")) for word in words]


def _not_over() -> Any:
    unanswered = (
        sa.select(_question.c.id, _question.c.opened_at)
        .where(_question.c.stage == sa.literal_column(f"'{Stage.UNANSWERED.value}'"))
        .order_by(_question.c.opened_at.desc())
        .limit(sa.literal_column(str(_LATEST_UNANSWERED)))
        .subquery()
    )
    return sa.union_all(*_of(UNDER_WAY), sa.select(unanswered.c.id)).subquery("not_over")


def _person(column: Any) -> Any:
    return sa.func.coalesce(column, "") == sa.bindparam("expert", type_=sa.String)


def _before() -> sa.Select[Any]:
    asked = sa.union_all(*_of(all_stored(_BEFORE_PEOPLE))).subquery("asked")
    mine = _question.c.claimed_by == sa.bindparam("expert", type_=sa.String)
    open_now = among(_question.c.stage, all_stored(lifecycle.UNCLAIMED))
    held = sa.and_(mine, among(_question.c.stage, all_stored(_BEFORE_PEOPLE - lifecycle.UNCLAIMED)))
    to_answer = _ask.c.role == AskRole.ANSWER.value
    to_review = Stage.REVIEW.value == EXACT
    return (
        sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_"), _ask.c.id.label("ask_id"))
        .select_from(asked)
        .join(_ask, _ask.c.question == asked.c.id)
        .join(_question, _question.c.id == asked.c.id)
        .join(_post, _post.c.key == _question.c.id)
        .where(_person(_ask.c.expert), _ask.c.state == AskState.OPEN.value)
        .where(sa.or_(sa.and_(to_answer, sa.or_(open_now, held)), sa.and_(~to_answer, to_review)))
        .order_by(held.desc(), _ask.c.created_at.desc())
        .limit(_MOST)
    )


def _undecided(*what: Any) -> sa.Select[Any]:
    not_over = _not_over()
    found = sa.select(*what).select_from(not_over).join(_ask, _ask.c.question == not_over.c.id)
    return found.where(sa.func.coalesce(_ask.c.state, "") == AskState.OPEN.value)


def _over() -> sa.Select[Any]:
    latest = (
        sa.select(_ask)
        .where(_ask.c.expert == sa.bindparam("expert", type_=sa.String))
        .order_by(_ask.c.created_at.desc())
        .limit(sa.literal_column(str(_LATEST_ASKS)))
        .subquery("latest")
    )
    stages = (Stage.PUBLISHED.value, Stage.DISMISSED.value)
    return (
        sa.select(latest)
        .join(_question, _question.c.id == latest.c.question)
        .where(latest.c.ts != "", among(sa.func.coalesce(_question.c.stage, ""), stages))
        .order_by(latest.c.created_at.desc())
        .limit(_MOST)
    )


@cache
def _in_stage(*, newest: bool) -> sa.Select[Any]:
    hour, number = _question.c.opened_at, _question.c.id
    return (
        sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_"))
        .join(_post, _post.c.key == _question.c.id)
        .where(*_IN_STAGE, hour >= _SINCE)
        .order_by(*((hour.desc(), number.desc()) if newest else (hour, number)))
        .limit(_MOST)
    )


_PUT_BEFORE = _before()
_UNDECIDED = _undecided(_ask).where(_person(_ask.c.expert))
_UNDECIDED_PEOPLE = _undecided(_ask.c.expert).where(_ask.c.role != AskRole.CHANNEL.value).distinct()
_OVER = _over()
_DIGEST = (
    sa.select(_ask)
    .where(_ask.c.digest == sa.bindparam("key", type_=sa.String), sa.text("digest <> ''"))  # as its index says
    .order_by(_ask.c.id)
)
_ASK_AT = sa.select(_ask).where(
    _ask.c.ts == sa.bindparam("ts", type_=sa.String), _ask.c.channel == sa.bindparam("channel", type_=sa.String)
)
_TOPICS = sa.select(_question.c.topics).where(*_IN_STAGE)
_some = sa.select(_question.c.id).where(*_IN_STAGE, _question.c.opened_at < _BEFORE).limit(_MOST).subquery()
_HOW_MANY = sa.select(sa.func.count()).select_from(_some)


def _in(stage: Stage) -> dict[str, str]:
    return {"stored": stored(stage), "stage": stage.value}


class ListTx(AskTx):
    """The part of a transaction that lists; see `twelp.ports.PeopleTx` for what each method promises."""

    def before(self, expert: str, limit: int = 20) -> Sequence[tuple[Question, Ask]]:
        """Open questions and held answers put before this person, newest first; what they hold comes first."""
        found = self._all(_PUT_BEFORE, {"expert": expert, "most": limit})
        asks = ((row, self.ask(row.ask_id)) for row in found)
        return [(rows.question(row), ask) for row, ask in asks if ask is not None]

    def undecided(self, expert: str) -> Sequence[Ask]:
        """Asks of any role that this person has not decided, of questions that are not over; see the port."""
        found = [rows.ask(row) for row in self._all(_UNDECIDED, {"expert": expert})]
        return sorted(found, key=lambda ask: ask.id)  # here: for an order by number SQLite would read every ask

    def undecided_people(self) -> Collection[str]:
        """Everybody, but no channel, with an ask that `undecided` would find."""
        return self._values(_UNDECIDED_PEOPLE)

    def over(self, expert: str, limit: int) -> Sequence[Ask]:
        """The newest asks of this person whose card stands where something may be taken back; see the port."""
        return [rows.ask(row) for row in self._all(_OVER, {"expert": expert, "most": limit})]

    def digest(self, key: str) -> Sequence[Ask]:
        """The asks that the message with this key shows, oldest first."""
        return [rows.ask(row) for row in self._all(_DIGEST, {"key": key})]

    def ask_at(self, channel: str, ts: str) -> Ask | None:
        """The ask whose card is that message."""
        row = self._first(_ASK_AT, {"channel": channel, "ts": ts})
        return None if row is None else rows.ask(row)

    def waiting(
        self, stages: Collection[Stage], limit: int = 100, *, newest: bool = False, since: datetime | None = None
    ) -> Sequence[Question]:
        """Questions in these stages that were opened at or after `since`, oldest first or newest first."""
        found: list[Question] = []
        for stage in stages:
            what = {**_in(stage), "since": since or _EVER, "most": limit}
            found += map(rows.question, self._all(_in_stage(newest=newest), what))
        return sorted(found, key=lambda question: (question.opened_at, question.id), reverse=newest)[:limit]

    def waiting_about(self, stages: Collection[Stage]) -> Mapping[str, int]:
        """How many questions in these stages are about each topic, by the likeliest topic of each."""
        found = (topics for stage in stages for topics in self._values(_TOPICS, _in(stage)))
        return Counter(topics[0].topic for topics in found if topics)

    def how_many(self, stages: Collection[Stage], before: datetime, most: int) -> int:
        """How many questions in these stages were opened before that hour; not counted further than `most`."""
        found = (self._value(_HOW_MANY, {**_in(stage), "before": before, "most": most}) for stage in stages)
        return min(sum(int(number or 0) for number in found), most)
