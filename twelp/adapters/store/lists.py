"""What lies before people and waits for them, in lists: found by indexes however long the history is.

Two databases choose an index by statistics of the whole table, in which what is over outweighs what waits a thousand
times. So these statements begin at what is short: the questions of one stage, the latest asks of one person.
`coalesce` around a column keeps the index on it from being used where another one is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from twelp.adapters.store import rows
from twelp.adapters.store.asks import AskTx
from twelp.adapters.store.queries import lists as queries
from twelp.adapters.store.queries.stages import stored
from twelp.model import Ask, Question, Stage

_EVER: Final = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _in(stage: Stage) -> dict[str, str]:
    return {"stored": stored(stage), "stage": stage.value}


class ListTx(AskTx):
    """The part of a transaction that lists; see `twelp.ports.PeopleTx` for what each method promises."""

    def before(self, expert: str, limit: int = 20) -> Sequence[tuple[Question, Ask]]:
        """Open questions and held answers put before this person, newest first; what they hold comes first."""
        found = self._all(queries.PUT_BEFORE, {"expert": expert, "most": limit})
        asks = ((row, self.ask(row.ask_id)) for row in found)
        return [(rows.question(row), ask) for row, ask in asks if ask is not None]

    def undecided(self, expert: str) -> Sequence[Ask]:
        """Asks of any role that this person has not decided, of questions that are not over; see the port."""
        found = [rows.ask(row) for row in self._all(queries.UNDECIDED, {"expert": expert})]
        return sorted(found, key=lambda ask: ask.id)  # here: for an order by number SQLite would read every ask

    def undecided_people(self) -> Collection[str]:
        """Everybody, but no channel, with an ask that `undecided` would find."""
        return self._values(queries.UNDECIDED_PEOPLE)

    def over(self, expert: str, limit: int) -> Sequence[Ask]:
        """The newest asks of this person whose card stands where something may be taken back; see the port."""
        return [rows.ask(row) for row in self._all(queries.OVER, {"expert": expert, "most": limit})]

    def digest(self, key: str) -> Sequence[Ask]:
        """The asks that the message with this key shows, oldest first."""
        return [rows.ask(row) for row in self._all(queries.DIGEST, {"key": key})]

    def ask_at(self, channel: str, ts: str) -> Ask | None:
        """The ask whose card is that message."""
        row = self._first(queries.ASK_AT, {"channel": channel, "ts": ts})
        return None if row is None else rows.ask(row)

    def waiting(
        self, stages: Collection[Stage], limit: int = 100, *, newest: bool = False, since: datetime | None = None
    ) -> Sequence[Question]:
        """Questions in these stages that were opened at or after `since`, oldest first or newest first."""
        found: list[Question] = []
        for stage in stages:
            what = {**_in(stage), "since": since or _EVER, "most": limit}
            found += map(rows.question, self._all(queries.in_stage(newest=newest), what))
        return sorted(found, key=lambda question: (question.opened_at, question.id), reverse=newest)[:limit]

    def waiting_about(self, stages: Collection[Stage]) -> Mapping[str, int]:
        """How many questions in these stages are about each topic, by the likeliest topic of each."""
        found = (topics for stage in stages for topics in self._values(queries.TOPICS, _in(stage)))
        return Counter(topics[0].topic for topics in found if topics)

    def how_many(self, stages: Collection[Stage], before: datetime, most: int) -> int:
        """How many questions in these stages were opened before that hour; not counted further than `most`."""
        found = (self._value(queries.HOW_MANY, {**_in(stage), "before": before, "most": most}) for stage in stages)
        return min(sum(int(number or 0) for number in found), most)
