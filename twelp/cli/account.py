"""The live account in the terminal: each question's way, line by line, as the journal tells it, and a sum at the end.

All hours are UTC, as in the log and the trail. Of a decision, only the topics and people that were chosen are told;
`twelp trail` and `twelp explain` hold the rest.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from twelp.cli.names import actor, handle
from twelp.cli.screen import Screen, Styled
from twelp.cli.third_person import joined
from twelp.flow.dispatch import counting
from twelp.model import Entry, JournalStep, Roster
from twelp.ports import Store, Tx
from twelp.texts.phrase import listed

_STYLES = {
    "triage": "magenta",
    "match": "blue",
    "dispatch": "blue",
    "gate": "yellow",
    "publish": "bold green",
    "delivery": "yellow",
    "customer": "cyan",
}
_MOST = 220
"""Characters of one post or reason: a screen is for the gist."""

_SCORED = re.compile(r"(?P<topic>\S+) (?P<score>\d\.\d\d): (?P<why>.*)", re.DOTALL)
_UNTOLD = {JournalStep.INTO_OUTBOX, JournalStep.NOT_ASKED}
"""Steps that say nothing which the line before or after does not say."""


@dataclass
class Sum:
    """What happened while somebody watched.

    Attributes:
        posts: heard.
        questions: opened.
        waits_s: from the customer's post to the public answer, in seconds, one for each answer.
    """

    posts: int = 0
    questions: int = 0
    waits_s: list[float] = field(default_factory=list)

    def told(self) -> str:
        """In one sentence."""
        heard = f"{_count(self.posts, 'post')} heard, {_count(self.questions, 'question')}"
        answered = _count(len(self.waits_s), "answer")
        if self.waits_s:
            answered += f", half of them within {_span(statistics.median(self.waits_s))}"
        return f"{heard}, {answered}."


class Account:
    """Prints what the journal gained since the last look: in colour on a terminal, plain lines elsewhere.

    Args:
        store: whose journal.
        roster: gives the roster in force, for people's names.
        screen: where to.
    """

    def __init__(self, store: Store[Tx], roster: Callable[[], Roster], screen: Screen | None = None) -> None:
        self._store = store
        self._roster = roster
        self._screen = screen or Screen()
        self._numbers: dict[str, int] = {}
        self.sum = Sum()
        with store.read() as tx:
            self._after = tx.last_line()

    def say(self, text: str, style: str = "") -> None:
        """Prints a line of our own."""
        self._screen.show([(text, style)])
        self._screen.flush()

    def tell(self) -> int:
        """Prints the new lines; how many lines the journal gained."""
        with self._store.read() as tx:
            lines = tx.journal(self._after)
            for entries in _together([entry for _, entry in lines]):
                self._step(tx, entries)
            if lines:
                self._after = lines[-1][0]
        self._screen.flush()
        return len(lines)

    def _step(self, tx: Tx, entries: Sequence[Entry]) -> None:
        entry = entries[0]
        if entry.subject not in self._numbers and not entry.subject.startswith(("volunteer:", "roster:")):
            self._introduce(tx, entry)
        self._add_up(tx, entry)
        if entry.step in _UNTOLD:
            return
        step, why = self._words(tx, entries)
        words = [(f"{actor(entry.actor, self._roster())}: ", _STYLES.get(entry.actor, "green"))]
        self._line(entry, [*words, (" — ".join(part for part in (step, why) if part), "")])

    def _introduce(self, tx: Tx, entry: Entry) -> None:
        """The post itself stands before its first line."""
        self._numbers[entry.subject] = len(self._numbers) + 1
        question = tx.question(entry.subject)  # whose topics are told next
        heard = tx.post(entry.subject) if question is None else (question.post, None)
        if heard is not None:
            self._line(entry, [(f"{handle(heard[0].author)} “{_short(heard[0].text)}”", "bold")])

    def _add_up(self, tx: Tx, entry: Entry) -> None:
        match (entry.actor, entry.step):
            case ("triage", _):
                self.sum.posts += 1
            case ("match", _):
                self.sum.questions += 1
            case ("publish", JournalStep.PUBLISHED) if (heard := tx.post(entry.subject)) is not None:
                self.sum.waits_s.append((entry.at - heard[0].created_at).total_seconds())

    def _words(self, tx: Tx, entries: Sequence[Entry]) -> tuple[str, str]:
        """What was done, and why."""
        entry = entries[0]
        asked = [e.reasons[0] for e in entries if _is_ask(e)]
        if asked:
            wave = [reason for e in entries if not _is_ask(e) for reason in e.told()[1]]
            return f"asks {listed(asked)}", _short("; ".join(wave).partition(" at once")[2].removeprefix(": "))
        if entry.actor == "match" and (chosen := self._topics(tx, entry)):
            return "", "; ".join(chosen)
        if entry.step is JournalStep.PUBLISHED:
            url, *waited = entry.reasons
            return f"published, {'; '.join(waited)}", url
        step, why = entry.told()
        return step, _short(joined(why))

    def _topics(self, tx: Tx, entry: Entry) -> list[str]:
        """The topics that decide who is asked, by name, with why."""
        question = tx.question(entry.subject)
        chosen = {found.topic for found in counting(question.topics)} if question else set()
        found = [match for reason in entry.reasons if (match := _SCORED.fullmatch(reason)) is not None]
        names = {topic.id: topic.name for topic in self._roster().topics.values()}
        return [f"{names.get(m['topic'], m['topic'])} ({_short(m['why'])})" for m in found if m["topic"] in chosen]

    def _line(self, entry: Entry, words: Iterable[tuple[str, str]]) -> None:
        number = self._numbers.get(entry.subject)
        mark = ("     ", "") if number is None else (f"#{number:<3} ", f"color({1 + number % 6})")
        shown: Styled = [(text, style) for text, style in words if text]
        self._screen.show(shown, [(f"{_hour(entry.at)} ", ""), mark])


def _together(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The journal's lines, with a wave and the people whom it asks as one."""
    group: list[Entry] = []
    for entry in entries:
        begins = entry.step is JournalStep.WAVE or not _is_ask(entry)
        if group and (begins or entry.subject != group[0].subject):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _is_ask(entry: Entry) -> bool:
    return entry.step is JournalStep.ASK and bool(entry.reasons)


def _hour(at: datetime) -> str:
    return f"{at.astimezone(UTC):%H:%M:%S}"


def _short(text: str, width: int = _MOST) -> str:
    flat = " ".join(text.split())
    if len(flat) <= width:
        return flat
    return f"{flat[:width].rpartition(' ')[0] or flat[: width - 1]}…"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
