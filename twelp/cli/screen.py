"""Lines on a terminal: a narrow first column, and words that hang beside it and never break inside a word.

Where output is no terminal (a file, a pipe, a process manager), each line is one plain line of text.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from twelp.cli.plain import plain

Styled = Sequence[tuple[str, str]]
"""Pieces of a line, each with its style."""


_NARROWEST = 20
"""Columns that words get at least, however narrow the terminal."""


def breaks(text: str, width: int) -> list[int]:
    """Where rows of at most `width` columns begin: before words, inside one only where it alone is too long.

    Links are never broken: a terminal wraps them by itself, so that they stay whole when they are copied.

    >>> breaks("no sound from the bar", 9)
    [9, 14, 18]
    """
    from rich.cells import cell_len

    found, used = [], 0
    for word in re.finditer(r"\S+\s*|\s+", text):
        at, long = word.start(), cell_len(word[0].rstrip())
        if used and used + long > width:
            found.append(at)
            used = 0
        if long > width and "://" not in word[0]:
            for sign in word[0]:
                if used + cell_len(sign) > width:
                    found.append(at)
                    used = 0
                at, used = at + len(sign), used + cell_len(sign)
        else:
            used += cell_len(word[0])
    return found


class Screen:
    """Standard output, line by line. Nobody reading any more does not end the program.

    Args:
        width: columns; the terminal's own by default.
    """

    def __init__(self, width: int | None = None) -> None:
        self._console: Any = None
        if sys.stdout.isatty() or width is not None:  # the library for colours is not loaded where nobody sees them
            from rich.console import Console

            self._console = Console(highlight=False, width=width)

    def show(self, words: Styled, mark: Styled = ()) -> None:
        """Prints one line; `mark` stands before it, and further rows of the words hang beside the mark."""
        try:
            if self._console is None:
                print(plain("".join(text for text, _ in (*mark, *words))))
            else:
                for row in self._rows(words, mark):
                    self._console.print(row, soft_wrap=True)
        except BrokenPipeError:
            self._nobody_reads()

    def _rows(self, words: Styled, mark: Styled) -> Iterator[Any]:
        """The rows of one line; a link too long for its column has a row of its own from the left edge, whole."""
        from rich.text import Text

        first, second = (Text.assemble(*((plain(text), style) for text, style in part)) for part in (mark, words))
        width = max(_NARROWEST, self._console.width - first.cell_len)
        for number, row in enumerate(second.divide(breaks(second.plain, width))):
            row.rstrip()
            hangs = number and row.cell_len <= width
            yield Text.assemble(" " * first.cell_len, row) if hangs else row if number else Text.assemble(first, row)

    def flush(self) -> None:
        """Lets what was printed be seen now."""
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            self._nobody_reads()

    def _nobody_reads(self) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
