"""Environments and `.env` files gone wrong: settings, or errors that name the variable and never a secret."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.hostile import Fault
from benchmarks.hostile.texts import SECRETS, word
from benchmarks.hostile.watch import secrets_in
from twelp.config import Settings
from twelp.errors import ConfigError

_PASSWORD: Final = SECRETS["DATABASE_PASSWORD"]
_RIGHT: Final = {
    **{name: value for name, value in SECRETS.items() if name != "DATABASE_PASSWORD"},
    "DATABASE_URL": f"postgresql://twelp:{_PASSWORD}@db.example/twelp",
    "X_POLL_SECONDS": "15",
    "PORT": "8080",
    "TWELP_EXPERTS": "experts.yaml",
    "TWELP_HOST": "127.0.0.1",
    "TWELP_LOG": "json",
}
_ODD: Final = (
    "", " ", "0", "-1", "1e999", "nan", "inf", "9" * 400, "0x10", "1_000", "٣", "true", "None", "null", "[]", "{}", '{"a": 1}', "x" * 5_000,
    "../../etc/passwd", "/dev/null", "sqlite://", "sqlite:///:memory:", "mysql://a", "http://[", "http://a:99999", "//", "javascript:1",
    f"postgresql://twelp:{_PASSWORD}", f"http://u:{_PASSWORD}@x", f"http://u:{_PASSWORD}/y@x", f"https://a/?k={_PASSWORD}",
    f"mysql://u:{_PASSWORD}@h/d", f"{_PASSWORD}", f"postgres//u:{_PASSWORD}@h", f"https://h/{_PASSWORD}", f"http://[{_PASSWORD}",
    f"http://h:{_PASSWORD}", f"ftp://{_PASSWORD}@h",
)  # fmt: skip
_LINES: Final = (
    "export A=b", "=x", "A", "A=", "A='", 'A="', "A=${B}", "A=${A}", "A=$(id)", "# c", "\ufeff", "A B=c", "TWELP_HLOD_SECONDS=1",
    "x_poll_seconds=3", f"SLACK_BOT_TOKEN='{SECRETS['SLACK_BOT_TOKEN']}", f"SLACK_BOT_TOKN={SECRETS['SLACK_BOT_TOKEN']}",
    f"{SECRETS['X_ACCESS_TOKEN_SECRET']}", f"TWELP_{'X' * 300}=1", f"TWELP_LOG={SECRETS['X_CONSUMER_KEY']}\x00",
)  # fmt: skip
_OURS: Final = ("X_", "SLACK_", "TWELP_", "DATABASE_", "PORT")


@dataclass(frozen=True)
class Given:
    """What stands in the environment, and the bytes of `.env`."""

    environment: dict[str, str]
    file: bytes


class SettingsFiles:
    """Settings that an operator got wrong."""

    name = "settings"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="twelp-fuzz-")
        self._path = Path(self._folder.name) / ".env"
        self._names = [row.name for row in Settings.table()]
        self._secret = [row.name for row in Settings.table() if row.secret]

    def close(self) -> None:
        """Leaves nothing behind."""
        self._folder.cleanup()

    def make(self, dice: Random) -> Given:
        """A good set of settings, bent in up to five places, spread over the environment and a file."""
        chosen = dict(_RIGHT)
        for _ in range(dice.randrange(6)):
            name = dice.choice(self._names)
            if dice.random() < 0.2:
                chosen.pop(name, None)
            elif name in self._secret and dice.random() < 0.6:  # a secret that was pasted wrongly
                secret = chosen.get(name) or SECRETS.get(name, _PASSWORD)
                chosen[name] = dice.choice((f"{secret}{word(dice)}", f"{word(dice)}{secret}", f"Bearer {secret}"))
            else:
                chosen[name] = dice.choice(_ODD) if dice.random() < 0.7 else word(dice)
        environment, lines = {}, []
        for name, value in chosen.items():
            if dice.random() < 0.5:
                environment[name] = (
                    value.replace("\x00", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
                )
            else:
                mark = dice.choice(("", "'", '"'))
                lines.append(f"{name}={mark}{value}{mark}")
        lines += [dice.choice(_LINES) for _ in range(dice.choice((0, 0, 1, 2)))]
        dice.shuffle(lines)
        raw = bytearray("\n".join(lines).encode("utf-8", "surrogatepass"))
        if raw and dice.random() < 0.1:
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        return Given(environment, bytes(raw))

    def faults(self, given: Given) -> Iterator[Fault]:
        """All that is wrong with how they are read."""
        self._path.write_bytes(given.file)
        before = dict(os.environ)
        for name in [n for n in os.environ if n.upper().startswith(_OURS)]:
            del os.environ[name]
        os.environ.update(given.environment)
        try:
            settings = Settings.read(self._path)
        except ConfigError as error:
            yield from self._judge(str(error))
        else:
            misplaced = any(_PASSWORD in str(getattr(settings, name, "")) for name in Settings.model_fields)
            if not misplaced:
                yield from secrets_in(f"{settings!r} {settings}")
            for note in settings.notes:
                yield from secrets_in(note)
                if not note.isprintable():
                    yield "forged", f"a note's words are the file's: {note[:200]!r}"
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _judge(self, said: str) -> Iterator[Fault]:
        yield from secrets_in(said)
        for line in said.split("\n"):
            if not line.startswith(str(self._path)) and not any(name in line for name in self._names):
                yield "unnamed", f"no place: {line[:200]!r}"
            if not line.isprintable():
                yield "forged", f"an error's words are the file's: {line[:200]!r}"
