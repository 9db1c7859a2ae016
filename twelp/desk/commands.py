"""Commands: what `/twelp` answers. Only reads, but for what people ask to change about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from twelp.desk.context import Context
from twelp.desk.halts import Halts
from twelp.desk.home import HomeTab
from twelp.desk.members import Members
from twelp.desk.rows import AskingRows
from twelp.desk.terms import Terms
from twelp.flow import halt as halting
from twelp.flow import volunteers
from twelp.flow.selfservice import Unclear, day_and_hour, pause_end, switch, word_of
from twelp.model import (
    Done,
    Home,
    Membership,
)
from twelp.ports import LeftAloneTx, LessonsTx, PutBeforeTx
from twelp.ports.roster_file import RosterFileTx
from twelp.texts import acts
from twelp.texts.phrase import in_a_row

EXAMPLES: Final[Mapping[str, str]] = {
    "status": "",
    "topics": "",
    "quiet": "22:00-08:00",
    "budget": "3",
    "pause": "2h",
    "resume": "",
    "stats": "",
    "digest": "on",
    "join": "",
    "leave": "",
}
"""Every word after `/twelp`, in help's order, with what may follow it; `texts.acts.COMMANDS` says what each does."""

WORDS: Final = frozenset({"help", *EXAMPLES})


class CommandsRows(AskingRows, LeftAloneTx, LessonsTx, PutBeforeTx, RosterFileTx, Protocol):
    """Rows that `Commands` touches."""


class Commands:
    """The words after `/twelp`."""

    def __init__(
        self,
        ctx: Context[CommandsRows],
        *,
        members: Members,
        terms: Terms,
        home_tab: HomeTab,
        halts: Halts,
    ) -> None:
        self._ctx = ctx
        self._members = members
        self._terms = terms
        self._home_tab = home_tab
        self._halts = halts

    def command(self, person: str, text: str) -> Done:
        """What `/twelp TEXT` comes to, in words for this person alone; `details["window"]` names a window to open."""
        word, rest = word_of(text, WORDS)
        if word not in WORDS:
            return Done(False, acts.UNKNOWN_COMMAND(word=word[:40], known=tuple(sorted(WORDS))))
        if person not in self._ctx.roster.experts:
            return Done(False, acts.STRANGER_TO_COMMANDS)
        match word:
            case "help":
                forms = {word: f"{word} {example}".rstrip() for word, example in EXAMPLES.items()}
                lines = [acts.HELP_LINE(command=form, what=acts.COMMANDS[word]) for word, form in forms.items()]
                return Done(True, acts.HELP(lines=in_a_row(acts.LINES, lines)))
            case "join":
                return Done(True, "", {"window": "rules"})
            case "leave":
                return self._members.leave(person)
            case "pause" if halting.concerns(rest):
                return self._halts.pause(person, rest)
            case "pause":
                end = pause_end(rest, self._ctx.clock.now(), self._ctx.roster.experts[person].zone)
                return Done(False, end.message) if isinstance(end, Unclear) else self._terms.pause(person, end)
            case "resume":
                return self._resume(person, rest)
            case "quiet" | "budget" | "digest":
                return self._own(person, word, rest)
        with self._ctx.store.read() as tx:
            shown = self._home_tab.home(tx, person)
            assert shown is not None
            return Done(True, {"status": self._status, "topics": self._topics, "stats": self._stats}[word](shown))

    def _resume(self, person: str, rest: str) -> Done:
        """Their own pause ends; with a word behind it, or where they have none, what moderators paused."""
        with self._ctx.store.read() as tx:
            until, anything = tx.volunteer(person).paused_until, bool(tx.halts())
        paused_themselves = until is not None and until > self._ctx.clock.now()
        if not rest and (paused_themselves or not anything):
            return self._terms.pause(person, None)
        return self._halts.resume(person, rest)

    def _own(self, person: str, word: str, rest: str) -> Done:
        if word == "digest":
            wanted = switch(rest)
            return Done(False, acts.WRITE_DIGEST) if wanted is None else self._terms.set_digest(person, wanted)
        if rest:
            return (
                self._terms.set_hours(person, rest, None)
                if word == "quiet"
                else self._terms.set_hours(person, None, rest)
            )
        with self._ctx.store.read() as tx:
            own = volunteers.with_own_words(self._ctx.roster.experts[person], tx.volunteer(person))
        if word == "quiet":
            return Done(True, acts.YOUR_QUIET(quiet=volunteers.hours(own.quiet)))
        return Done(True, acts.YOUR_BUDGET(asks=own.daily_asks))

    def _status(self, home: Home) -> str:
        if home.membership is not Membership.ENROLLED:
            return acts.NO_PART
        held = sum(1 for shown in home.cards if shown.until is not None)
        lines: tuple[str, ...] = (
            self._asked_now(home),
            acts.STATUS_QUIET(quiet=home.quiet, zone=str(home.zone)),
            acts.STATUS_TODAY(today=home.asked_today, asks=home.daily_asks),
            acts.STATUS_CARDS(open=len(home.cards) - held, yours=held),
        )
        open_cases = len(home.crises) + home.crises_left_out
        if home.moderator and open_cases:
            lines = (acts.STATUS_CASES(count=open_cases, untaken=home.crises_untaken), *lines)
        return in_a_row(acts.LINES, lines)

    def _asked_now(self, home: Home) -> str:
        if home.away_until is not None:
            until = day_and_hour(home.away_until, home.zone)
            return acts.PAUSED_UNTIL(until=until) if home.paused else acts.AWAY_UNTIL(until=until)
        if home.daily_asks == 0:
            return acts.NO_BUDGET
        if home.quiet_now:
            return acts.QUIET_NOW
        return acts.USED_UP if home.asked_today >= home.daily_asks else acts.MAY_BE_ASKED

    def _topics(self, home: Home) -> str:
        if not home.topics:
            return acts.NO_TOPICS
        said = acts.TOPICS if home.membership is Membership.ENROLLED else acts.TOPICS_WOULD
        return said(topics=home.topics)

    def _stats(self, home: Home) -> str:
        mine = home.tally
        return acts.STATS(
            asked=mine.asked,
            answered=mine.answered,
            passed=mine.passed,
            published=mine.published,
            thanked=mine.thanked,
        )
