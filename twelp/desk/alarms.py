"""Alarms and thanks: what reaches people in Slack besides questions, and how rarely.

Of private matters within ten minutes the moderators hear once, together; what only people may handle is a case of its
own (`crises`). Of a surge they hear once an hour. A customer's thanks reach the author when it is day for them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from twelp.desk.context import Context
from twelp.desk.roll import Roll
from twelp.desk.rows import JournalledRows, RefreshRows
from twelp.desk.telling import customer, quoted, tell
from twelp.flow.dispatch import free_at
from twelp.model import AnswerState, JournalStep, Kind, NoteKind, Post, Stage, Verdict
from twelp.ports import AnswersTx, ConversationsTx, PostsTx, ThanksTx, WaitingTx
from twelp.texts import notes
from twelp.texts.phrase import CLAUSES, in_a_row

_TOGETHER = timedelta(minutes=10)

_LINKS = 3

_AT_ONCE = 3
"""Doubtful posts within ten minutes that are shown by themselves."""

_ASIDE = 50
"""Questions set aside that are looked through for those that a moderator has not heard of."""


_LIKES_AFTER = (timedelta(hours=12),)
"""When it is looked whether an answer was liked, each from the look before: once, as each look costs."""


class AlarmsRows(RefreshRows, JournalledRows, AnswersTx, ConversationsTx, PostsTx, ThanksTx, WaitingTx, Protocol):
    """Rows that `Alarms` touches."""


class Alarms:
    """Notes."""

    def __init__(
        self,
        ctx: Context[AlarmsRows],
        *,
        roll: Roll,
    ) -> None:
        self._ctx = ctx
        self._roll = roll

    def alarm(self, tx: AlarmsRows, post: Post, verdict: Verdict) -> None:
        """Nothing automatic happens with such a post; the moderators hear of it, in a storm of them once a while."""
        now = self._ctx.clock.now()
        since = _slot(now)
        if not tx.first_time(f"alarm:{verdict.kind.value}:{since.timestamp():.0f}", now):
            return
        text = notes.ALARM(why=in_a_row(CLAUSES, verdict.reasons), url=post.url)
        self.tell_moderators(tx, NoteKind.ALARM.key(post.key), post.key, text)
        kind, delay = verdict.kind.value, since + _TOGETHER - now
        self._ctx.enqueue(tx, "alarms", f"alarms:{kind}", kind, since.timestamp(), post.key, delay=delay)

    def ask_cheaply(self, tx: AlarmsRows, post: Post, verdict: Verdict) -> None:
        """One moderator, whose turn it is, is shown a post that may be for us; of more than a few within ten minutes
        they hear once, together."""
        now = self._ctx.clock.now()
        since = _slot(now)
        if not any(tx.first_time(f"for us:{since.timestamp():.0f}:{turn}", now) for turn in range(_AT_ONCE)):
            key, delay = f"more for us:{since.timestamp():.0f}", since + _TOGETHER - now
            self._ctx.enqueue(tx, "more_for_us", key, since.timestamp(), post.key, delay=delay)
            return
        tx.first_time(f"for us:{post.key}", now)
        text = notes.FOR_US(
            who=customer(post),
            words=quoted(post.own_text),
            why=in_a_row(CLAUSES, verdict.reasons),
            url=post.url,
        )
        self._tell_one(tx, NoteKind.FOR_US.key(post.key), post.key, text)

    def more_for_us(self, since: float, about: str) -> None:
        """The ten minutes are over: tells one moderator of all that were not told of by themselves."""
        now, start = self._ctx.clock.now(), datetime.fromtimestamp(since, UTC)
        with self._ctx.store.transaction() as tx:
            aside = tx.waiting((Stage.DISMISSED,), _ASIDE, since=start)
            until = start + _TOGETHER
            doubtful = [q for q in aside if q.claimed_by is None and q.opened_at < until]
            more = [q.post for q in doubtful if tx.first_time(f"for us:{q.id}", now)]
            if more:
                links = " ".join(post.url for post in more[:_LINKS])
                urls = notes.AND_MORE(urls=links) if len(more) > _LINKS else links
                text = notes.MORE_FOR_US(count=len(more), urls=urls)
                self._tell_one(tx, NoteKind.FOR_US.key(f"{since:.0f}"), about, text)

    def _tell_one(self, tx: AlarmsRows, key: str, subject: str, text: str) -> None:
        """A note to the moderator whose turn it is: every day somebody else's, who can be asked now if there is one."""
        now = self._ctx.clock.now()
        moderators = self._roll.moderators(tx)
        awake = [one for one in moderators if free_at(one, now) == now] or list(moderators)
        if awake:
            to = awake[now.toordinal() % len(awake)].id
            tell(self._ctx, tx, to, f"{key}:{to}", text, question=subject)

    def alarms(self, kind: str, since: float, told: str) -> None:
        """The ten minutes are over: tells the moderators of all posts of that kind but the one they were told of."""
        start = datetime.fromtimestamp(since, UTC)
        with self._ctx.store.transaction() as tx:
            more = [p for p in tx.heard_as(Kind(kind), start, start + _TOGETHER) if p.key != told]
            if more:
                links = " ".join(post.url for post in more[:_LINKS])
                urls = notes.AND_MORE(urls=links) if len(more) > _LINKS else links
                text = notes.ALARMS[kind](count=len(more), urls=urls)
                self.tell_moderators(tx, NoteKind.ALARMS.key(kind, f"{since:.0f}"), told, text)

    def surge(self, tx: AlarmsRows, question_id: str, waiting: int) -> None:
        """So many questions wait that waves grow; the moderators hear of it once an hour."""
        now = self._ctx.clock.now()
        hour = f"{now:%Y-%m-%dT%H}"
        if tx.first_time(f"surge:{hour}", now):
            self.tell_moderators(tx, NoteKind.SURGE.key(hour), question_id, notes.SURGE(count=waiting))

    def tell_moderators(self, tx: AlarmsRows, key: str, subject: str, text: str) -> None:
        for moderator in self._roll.moderators(tx):
            to = moderator.id
            tell(self._ctx, tx, to, f"{key}:{to}", text, question=subject)

    def thanked(self, tx: AlarmsRows, post: Post) -> None:
        """A customer's thanks for an answer reach who wrote it, when it is day for them."""
        found = tx.answered_in(post.network, post.conversation, post.author.id)
        if found is None:
            return
        question_id, author = found
        tx.thank(post.key, question_id, author, self._ctx.clock.now())
        self._ctx.journal(tx, question_id, "customer", JournalStep.THANKS, self._ctx.name(author))
        words = quoted(post.text)
        text = notes.THANKED(who=customer(post), words=words, url=post.url)
        self._by_day(tx, NoteKind.THANKS.key(post.key), question_id, author, text)
        self._ctx.refresh_homes(tx, [author], f"thanks:{post.key}")

    def _by_day(self, tx: AlarmsRows, key: str, question_id: str, person: str, text: str) -> None:
        """A note that comes when it is day for the person; none for who left."""
        expert = self._roll.active(tx).experts.get(person)
        if expert is None:
            return
        now = self._ctx.clock.now()
        delay = ((free_at(expert, now) or now) - now) or None
        tell(self._ctx, tx, person, key, text, question=question_id, delay=delay)

    def look_for_likes(self, tx: AlarmsRows, question_id: str, number: int = 0, known: int = 0) -> None:
        """Sets the timer of look `number` at how the public likes an answer; nothing after the last."""
        if number < len(_LIKES_AFTER):
            key, delay = f"likes:{question_id}:{number}", _LIKES_AFTER[number]
            self._ctx.enqueue(tx, "likes", key, question_id, number, known, queue="network", delay=delay)

    def liked(self, question_id: str, number: int, known: int, found: int) -> None:
        """So many likes were found; new ones reach the author."""
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            answer = next((a for a in tx.answers(question_id) if a.state is AnswerState.PUBLISHED), None)
            if question is None or answer is None:
                return
            if found > known:
                self._ctx.journal(tx, question_id, "customer", JournalStep.LIKES, str(found))
                text = notes.LIKED(who=customer(question.post, notes.A_CUSTOMER), count=found, url=question.reply_url)
                self._by_day(tx, NoteKind.LIKES.key(question_id, found), question_id, answer.expert, text)
            self.look_for_likes(tx, question_id, number + 1, found)


def _slot(now: datetime) -> datetime:
    """The beginning of the ten minutes that `now` is in."""
    seconds = now.timestamp()
    return datetime.fromtimestamp(seconds - seconds % _TOGETHER.total_seconds(), UTC)
