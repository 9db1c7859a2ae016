"""Lines that somebody types while news may come in between: what they have typed so far stays below the news."""

from __future__ import annotations

import codecs
import contextlib
import os
import queue
import select
import sys
import termios
import threading
import tty
from collections.abc import Iterator
from typing import Final, Protocol, TextIO

from rich.cells import cell_len

_LEFT: Final = ("\x1b[D", "\x1bOD")
_RIGHT: Final = ("\x1b[C", "\x1bOC")


class Lines(Protocol):
    """Where typed lines come from."""

    def line(self, wait_s: float) -> str | None:
        """The next line, or None when none came in time.

        Raises:
            EOFError: no more will come.
        """

    def ask(self, prompt: str, text: str = "") -> None:
        """From now on show this prompt, with a text to change."""

    def hidden(self) -> contextlib.AbstractContextManager[None]:
        """While something is printed, nothing typed stands in the way."""


class Piped:
    """Lines from a pipe or file, without a prompt."""

    def __init__(self, source: TextIO) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    def _read(self, source: TextIO) -> None:
        for line in source:
            self._lines.put(line.rstrip("\r\n"))
        self._lines.put(None)

    def line(self, wait_s: float) -> str | None:
        """See `Lines`."""
        try:
            found = self._lines.get(timeout=wait_s)
        except queue.Empty:
            return None
        if found is None:
            raise EOFError
        return found

    def ask(self, prompt: str, text: str = "") -> None:
        """See `Lines`; a pipe is asked nothing."""

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """See `Lines`."""
        yield


class Keyboard:
    """Keys of a terminal, as lines that can be changed while they are typed; use it as a context manager."""

    def __init__(self) -> None:
        self._file = sys.stdin.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._prompt, self._text, self._at = "> ", "", 0
        self._shown = False
        self._row = 0
        self._waiting: list[str] = []

    def __enter__(self) -> Keyboard:
        self._before = termios.tcgetattr(self._file)
        tty.setcbreak(self._file, termios.TCSADRAIN)
        self._draw()
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()
        termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)

    def ask(self, prompt: str, text: str = "") -> None:
        """See `Lines`."""
        if (prompt, text) != (self._prompt, "") or text:
            self._clear()
            self._prompt, self._text, self._at = prompt, text, len(text)
            self._draw()

    def line(self, wait_s: float) -> str | None:
        """See `Lines`."""
        if not self._waiting and not select.select([self._file], [], [], wait_s)[0]:
            return None
        if not self._waiting:
            read = os.read(self._file, 4096)
            if not read:
                raise EOFError
            self._waiting = _keys(self._decoder.decode(read))
        while self._waiting:
            if (line := self._press(self._waiting.pop(0))) is not None:
                return line
        self._clear()
        self._draw()
        return None

    def _press(self, key: str) -> str | None:
        """What a key does; a line when it ends one."""
        text, at = self._text, self._at
        if key in ("\r", "\n"):
            self._clear()
            self._write(f"{self._prompt}{text}\n")
            self._text, self._at = "", 0
            return text
        if key == "\x04" and not text:
            raise EOFError
        if key in ("\x7f", "\x08"):
            self._text, self._at = text[: max(at - 1, 0)] + text[at:], max(at - 1, 0)
        elif key == "\x1b[3~":
            self._text = text[:at] + text[at + 1 :]
        elif key == "\x15":
            self._text, self._at = text[at:], 0
        elif key == "\x17":
            kept = text[:at].rstrip().rpartition(" ")
            self._text, self._at = kept[0] + kept[1] + text[at:], len(kept[0] + kept[1])
        elif key in _LEFT or key in _RIGHT:
            self._at = min(max(at + (1 if key in _RIGHT else -1), 0), len(text))
        elif key in ("\x01", "\x1b[H", "\x1bOH"):
            self._at = 0
        elif key in ("\x05", "\x1b[F", "\x1bOF"):
            self._at = len(text)
        elif key.isprintable():
            self._text, self._at = text[:at] + key + text[at:], at + len(key)
        return None

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """See `Lines`."""
        self._clear()
        try:
            yield
        finally:
            self._draw()

    def _draw(self) -> None:
        width = os.get_terminal_size(self._file).columns or 80
        shown = f"{self._prompt}{self._text}"
        end, here = cell_len(shown), cell_len(f"{self._prompt}{self._text[: self._at]}")
        self._write(shown)
        if end and end % width == 0:
            self._write("\n")
        up = end // width - here // width
        self._write(f"\x1b[{up}A" * bool(up) + "\r" + f"\x1b[{here % width}C" * bool(here % width))
        self._row, self._shown = here // width, True

    def _clear(self) -> None:
        if self._shown:
            self._write((f"\x1b[{self._row}A" if self._row else "") + "\r\x1b[J")
            self._shown = False

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _keys(text: str) -> list[str]:
    """Single keys; an escape sequence is one."""
    found: list[str] = []
    while text:
        size = 1
        if text.startswith(("\x1b[", "\x1bO")):
            size = 3
            while size < len(text) and not (text[size - 1].isalpha() or text[size - 1] == "~"):
                size += 1
        found.append(text[:size])
        text = text[size:]
    return found
