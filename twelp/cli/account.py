"""The live account in the terminal: each question's way, line by line, as the journal tells it."""

from __future__ import annotations

import sys
from datetime import datetime

from rich.console import Console
from rich.text import Text

from twelp.cli.trail import actor
from twelp.model import Entry, Post, Roster, Verdict
from twelp.ports import Store

_STYLES = {
    "triage": "magenta",
    "match": "blue",
    "dispatch": "blue",
    "gate": "yellow",
    "publish": "bold green",
    "delivery": "yellow",
    "customer": "cyan",
}
_WIDTH = 110


class Account:
    """Prints what the journal gained since the last look.

    Args:
        store: whose journal.
        roster: for people's names.
        console: where to; colours only on a terminal.
    """

    def __init__(self, store: Store, roster: Roster, console: Console | None = None) -> None:
        self._store = store
        self._roster = roster
        self._console = console or Console(file=sys.stdout, highlight=False, soft_wrap=True)
        self._numbers: dict[str, int] = {}
        with store.look() as tx:
            lines = tx.journal(0)
            while lines:
                self._after = lines[-1][0]
                lines = tx.journal(self._after)
        self._after = getattr(self, "_after", 0)

    def say(self, text: str, style: str = "") -> None:
        """Prints a line of our own."""
        self._console.print(Text(text, style=style))

    def tell(self) -> int:
        """Prints the new lines; how many."""
        with self._store.look() as tx:
            lines = tx.journal(self._after)
            for number, entry in lines:
                self._after = number
                heard = tx.post(entry.subject) if entry.subject not in self._numbers else None
                self._line(entry, heard)
        return len(lines)

    def _line(self, entry: Entry, heard: tuple[Post, Verdict] | None) -> None:
        number = self._numbers.setdefault(entry.subject, len(self._numbers) + 1)
        if heard is not None:
            post = heard[0]
            who = f"@{post.author.handle or post.author.id}"
            self._print(entry.at, number, Text(f"{who} “{_short(post.text)}”", style="bold"))
        if entry.step == "ask" or not (entry.step or entry.reasons):
            return
        words = Text()
        words.append(f"{actor(entry, self._roster)}: ", style=_STYLES.get(entry.actor, "green"))
        words.append(entry.step)
        if entry.reasons:
            words.append(f" — {_short('; '.join(entry.reasons), 2 * _WIDTH)}", style="dim")
        self._print(entry.at, number, words)

    def _print(self, at: datetime, number: int, words: Text) -> None:
        line = Text(f"{at.astimezone():%H:%M:%S} ", style="dim")
        line.append(f"#{number:<3} ", style=f"color({1 + number % 6})")
        line.append_text(words)
        self._console.print(line)


def _short(text: str, width: int = _WIDTH) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"
