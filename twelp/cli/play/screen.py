"""How cards, windows and what else there is to say look on a terminal, at any width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from twelp.cli.plain import plain
from twelp.cli.play.keys import Lines
from twelp.cli.play.reading import Item, Kind, Part

_WIDEST = 100


class Screen:
    """Prints above whatever is being typed.

    Args:
        lines: where lines are typed.
        number: the number of an item, the same for the same item.
    """

    def __init__(self, lines: Lines, number: Callable[[Item], int]) -> None:
        self._lines = lines
        self._number = number
        self._whole = Console(highlight=False)

    @property
    def _console(self) -> Console:
        """As wide as the terminal is now, within reason."""
        width = min(self._whole.size.width, _WIDEST)
        return Console(file=self._whole.file, highlight=False, width=width)

    def say(self, text: str | Text, style: str = "") -> None:
        """One line or more."""
        with self._lines.hidden():
            self._console.print(Text(text, style) if isinstance(text, str) else text)

    def line(self, text: str) -> None:
        """One line of news, cut where the terminal ends."""
        shown = Text("· ", "cyan").append(text)
        shown.truncate(self._console.width - 1, overflow="ellipsis")
        self.say(shown)

    def sheet(self, title: str, parts: Sequence[Part], errors: Mapping[str, str] | None = None) -> None:
        """A card, window or Home tab, its items with their numbers.

        Args:
            title: what stands above it, if anything.
            parts: its parts, in order.
            errors: what was refused, by block.
        """
        console = self._console
        with self._lines.hidden():
            if title:
                console.print(Rule(Text(title, "bold"), align="left", style="cyan"))
            for part in parts:
                self._part(console, part)
                if errors and part.block_id in errors:
                    _indented(console, Text(f"✗ {plain(errors[part.block_id])}", "bold red"), 4)

    def _part(self, console: Console, part: Part) -> None:
        if part.style == "rule":
            console.print()
        elif part.style == "quote":
            for line in part.text.wrap(console, max(console.width - 4, 20)):
                console.print(Text("  │ ", "cyan") + line)
        elif part.text:
            _indented(console, Text.assemble(part.text, style=_STYLES.get(part.style, "")))
        if part.items:
            self._items(console, part.items)

    def _items(self, console: Console, items: Sequence[Item]) -> None:
        """Several to a line where they fit; a field has a line of its own."""
        row = Text()
        for item in items:
            shown = self._item(item)
            if row and (item.kind is Kind.WRITE or row.cell_len + shown.cell_len + 5 > console.width):
                _indented(console, row)
                row = Text()
            row = Text("   ").join([row, shown]) if row else shown
        if row:
            _indented(console, row)

    def _item(self, item: Item) -> Text:
        shown = Text(f"[{self._number(item)}] ", "bold cyan")
        if item.kind is Kind.WRITE:
            value = plain(str(item.value)).replace("\n", " ⏎ ") if item.value not in (None, "", []) else "…"
            return shown.append(f"{item.label}: ", "bold").append(value)
        mark = "" if item.value is None else "● " if item.value else "○ "
        return shown.append(f"{mark}{item.label}", "bold")


def _indented(console: Console, text: Text, cells: int = 2) -> None:
    console.print(Padding(text, (0, 0, 0, cells), expand=False))


_STYLES = {"headline": "bold", "label": "bold"}
