"""experts.yaml in every wrong shape: a roster, or mistakes with file, line and remedy."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.hostile import Fault
from benchmarks.hostile.posts import ROSTER
from benchmarks.hostile.texts import FORGED_LINE, hostile, word
from benchmarks.hostile.watch import secrets_in
from twelp.roster import Mistake, Severity, check, check_file

_TODAY: Final = date(2026, 11, 22)
_RICH: Final = """version: 1
brand:
  name: Volt
  handles: {x: VoltHelp}
  watch: [Volt, "#volt"]
rules: {version: "1", text: Be kind.}
topics:
  - id: tv
    name: TV
    keywords: [tv, picture]
    aliases: [Lumavue]
    examples:
      - my tv shows no picture
    requires: [safety]
    channel: C0123456789
experts:
  - slack: ann@volt.example
    name: Ann Lee
    initials: AL
    topics: [tv]
    zone: Europe/Berlin
    quiet: "22:00-08:00"
    daily_asks: 5
    level: moderator
    certifications: [{name: safety, expires: "2027-01-31"}]
    holidays: ["2026-12-24/2026-12-31"]
  - {slack: U0123456, name: Bob, initials: BR, topics: [tv], zone: UTC}
"""
_SURPRISES: Final = (
    "no", "on", "y", "~", "null", "0123", "0x1F", "22:00", "1:30:00", "1_000", "1e3", ".inf", ".nan", "2026-02-30", "2026-12-24",
    "-", "=", "<<", "!!python/object/apply:os.system ['true']", "!!binary aGk=", "!!set {a}", "!x y", "&a *a", "*b", "&a [*a]",
    "{", "}", "[", "]", "[[[[", "{a: {a: {a: 1}}}", "'", '"', "|", ">", ">-2", "|9", "%YAML 9.9", "---", "...", "@x", "`x", "#",
    "? a", ": b", "a: b: c", "9" * 400, "-1", "1.5", '"\\x00"', '"\\ud800"', '"\\u202eX"', '"\\U0010ffff"', '"\\x1b[31m"',
    '"\\n' + FORGED_LINE + '"', "[a, a, a]", "{}", "[]", '""', "' '", "\u202eX", "\u200b", "\ufeff", "x" * 5_000, "Europe/../UTC",
    "../../etc/passwd", "/etc/localtime", "U" * 300, "C1", "<!channel>", "<@U1>", "@", "ann@volt.example", "AL", "tv",
)  # fmt: skip


def _bomb(dice: Random) -> str:
    """Aliases of aliases of aliases."""
    wide, deep = dice.choice(((2, 5), (9, 4), (9, 9), (40, 3), (2, 22), (10, 15)))
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * wide)}]" for n in range(1, deep)]
    return "\n".join([*lines, f"topics: *a{deep - 1}", _RICH])


_WHOLES: Final[tuple[Callable[[Random], str], ...]] = (
    _bomb,
    lambda dice: hostile(dice, 3_000),
    lambda dice: "[" * dice.choice((5, 30, 3_000)),
    lambda dice: "{a: " * dice.choice((5, 30, 3_000)),
    lambda dice: "- " * dice.choice((5, 30, 3_000)) + "x",
    lambda dice: "\n".join(" " * n + "a:" for n in range(dice.choice((5, 30, 300)))),
    lambda dice: _RICH * 2,
    lambda dice: _RICH + "---\n" + _RICH,
    lambda dice: _RICH.replace("\n", "\r"),
    lambda dice: _RICH.replace("  ", "\t"),
    lambda dice: _RICH.replace("\n", "\u2028"),
    lambda dice: _RICH + "".join(f"  - {{slack: U{n:07}, name: N, initials: NN, topics: [tv], zone: UTC}}\n" for n in range(200)),
    lambda dice: "<<: " * 20 + "x",
    lambda dice: "? " * dice.choice((5, 100)) + "x",
    lambda dice: "a: |\n" + " x\n" * 2_000,
    lambda dice: "".join(f"k{n}: &k{n} v\n" for n in range(2_000)),
)  # fmt: skip

_LINE_END: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Rosters:
    """Rosters as text, and as the bytes of a file."""

    name = "rosters"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="twelp-fuzz-")
        self._path = Path(self._folder.name) / "experts.yaml"

    def close(self) -> None:
        """Leaves nothing behind."""
        self._folder.cleanup()

    def make(self, dice: Random) -> str | bytes:
        """A roster with a few things wrong, or something that never was one."""
        if dice.random() < 0.06:
            text = dice.choice(_WHOLES)(dice)
        else:
            text = dice.choice((_RICH, ROSTER))
            for _ in range(dice.choice((1, 1, 2, 3, 6))):
                text = _bent(text, dice)
        if dice.random() < 0.15:
            return _bytes(text, dice)
        return text

    def faults(self, given: str | bytes) -> Iterator[Fault]:
        """All that is wrong with how it is judged."""
        if isinstance(given, bytes):
            self._path.write_bytes(given)
            made, mistakes = check_file(self._path, _TODAY)
            name = str(self._path)
            lines = len(_LINE_END.split(given.decode(errors="replace")))
        else:
            name = "experts.yaml"
            made, mistakes = check(given, name, _TODAY)
            lines = len(_LINE_END.split(given))
        if made is None and not any(m.severity is Severity.ERROR for m in mistakes):
            yield "unnamed", "no roster and no mistake"
        for mistake in mistakes:
            yield from _judge(mistake, name, lines)


def _judge(mistake: Mistake, name: str, lines: int) -> Iterator[Fault]:
    said = str(mistake)
    if mistake.file != name or not 0 <= mistake.line <= lines or not mistake.problem:
        yield "unnamed", f"no place: {said!r} ({lines} lines)"
    if not (mistake.expected or mistake.fix):
        yield "unnamed", f"no remedy: {said[:200]!r}"
    if mistake.line == 0 and mistake.field:
        yield "unnamed", f"no line: {said[:200]!r}"
    if not said.isprintable() or len(said) > 2_000:
        yield "forged", f"a mistake's words are the file's: {said[:200]!r}"
    yield from secrets_in(said)


def _bent(text: str, dice: Random) -> str:
    """One thing wrong."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    act = dice.randrange(8)
    if act == 0:
        del lines[at]
    elif act == 1:
        lines.insert(at, lines[dice.randrange(len(lines))])
    elif act == 2:
        lines[at] = dice.choice((" ", "\t", "  ", "    ")) + lines[at]
    elif act == 3:
        key, colon, _ = lines[at].partition(":")
        lines[at] = f"{key}{colon} {dice.choice(_SURPRISES)}"
    elif act == 4:
        lines[at] = re.sub(r"(?<=[:,\[] )?[\w@.]+(?=[,\]}]|$)", lambda _: dice.choice(_SURPRISES), lines[at], count=1)
    elif act == 5:
        cut = dice.randrange(len(text) + 1)
        return text[:cut] + word(dice) + text[cut:]
    elif act == 6:
        cut = dice.randrange(len(text) + 1)
        return text[:cut] + dice.choice(_SURPRISES) + text[min(len(text), cut + dice.randrange(4)) :]
    else:
        key = re.match(r"[\s{-]*(\w+):", lines[at])
        lines[at] = (
            lines[at].replace(key[1], dice.choice((word(dice), key[1].upper(), key[1][:-1], "no")), 1) if key else ""
        )
    return "\n".join(lines)


def _bytes(text: str, dice: Random) -> bytes:
    act = dice.randrange(4)
    if act == 0:
        return text.encode("utf-16", "surrogatepass")
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    if act == 1 and raw:
        for _ in range(dice.randint(1, 5)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
    elif act == 2:
        return bytes(raw[: dice.randrange(len(raw) + 1)])
    elif act == 3:
        return dice.randbytes(dice.randrange(300))
    return bytes(raw)
