"""The live account in the terminal: each question's way, line by line, as the journal tells it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from twelp.cli.names import actor
from twelp.cli.plain import plain
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

Words = Iterable[tuple[str, str]]
"""Pieces of a line, each with its style."""


class Account:
    """Prints what the journal gained since the last look: in colour on a terminal, plain lines elsewhere.

    Args:
        store: whose journal.
        roster: for people's names.
    """

    def __init__(self, store: Store, roster: Roster) -> None:
        self._store = store
        self._roster = roster
        self._console: Any = None
        if sys.stdout.isatty():  # the library for colours is not loaded where nobody sees them
            from rich.console import Console

            self._console = Console(highlight=False, soft_wrap=True)
        self._numbers: dict[str, int] = {}
        with store.look() as tx:
            self._after = tx.progress()[2]

    def say(self, text: str, style: str = "") -> None:
        """Prints a line of our own."""
        self._show([(text, style)])
        self._flush()

    def tell(self) -> int:
        """Prints the new lines; how many."""
        with self._store.look() as tx:
            lines = tx.journal(self._after)
            for number, entry in lines:
                self._after = number
                heard = tx.post(entry.subject) if entry.subject not in self._numbers else None
                self._line(entry, heard)
        self._flush()
        return len(lines)

    def _line(self, entry: Entry, heard: tuple[Post, Verdict] | None) -> None:
        about_a_post = not entry.subject.startswith("volunteer:")
        number = self._numbers.setdefault(entry.subject, len(self._numbers) + 1) if about_a_post else None
        if heard is not None:
            post = heard[0]
            who = f"@{post.author.handle or post.author.id}"
            self._print(entry.at, number, [(f"{who} “{_short(post.text)}”", "bold")])
        words = [(f"{actor(entry, self._roster)}: ", _STYLES.get(entry.actor, "green")), (entry.step, "")]
        if entry.reasons:
            words.append((f" — {_short('; '.join(entry.reasons), 2 * _WIDTH)}", "dim"))
        self._print(entry.at, number, words)

    def _print(self, at: datetime, number: int | None, words: Words) -> None:
        stamp = (f"{at.astimezone():%H:%M:%S} ", "dim")
        mark = ("     ", "") if number is None else (f"#{number:<3} ", f"color({1 + number % 6})")
        self._show([stamp, mark, *words])

    def _show(self, words: Words) -> None:
        try:
            if self._console is None:
                print(plain("".join(text for text, _ in words)))
                return
            from rich.text import Text

            self._console.print(Text.assemble(*((plain(text), style) for text, style in words)))
        except BrokenPipeError:
            self._nobody_reads()

    def _flush(self) -> None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            self._nobody_reads()

    def _nobody_reads(self) -> None:
        """Nobody reads any more; the bot goes on."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _short(text: str, width: int = _WIDTH) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"
