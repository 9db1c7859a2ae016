"""The names that `.env` and the environment set, whether anybody reads them or not.

Rules: a line nobody understands is an error and a name nobody reads is told, because a misspelt setting is otherwise
silence. Values are not looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from dotenv.parser import parse_stream

from twelp.config.values import shown
from twelp.errors import ConfigError

PREFIXES = ("TWELP_", "X_", "SLACK_")


def names_in(env_file: Path) -> tuple[str, ...]:
    """The names the file sets, in its order.

    Raises:
        ConfigError: it cannot be read, or a line of it cannot be understood.
    """
    try:
        with env_file.open(encoding="utf-8-sig") as stream:
            lines = list(parse_stream(stream))
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as wrong:
        raise ConfigError(f"{env_file}: not UTF-8 (byte {wrong.start}). Save the file as UTF-8.") from None
    except OSError as wrong:
        raise ConfigError(f"{env_file}: cannot be read ({wrong.strerror}). Make it a file twelp may read.") from None
    if bad := [str(line.original.line) for line in lines if line.error]:
        raise ConfigError(f"{env_file}:{', '.join(bad)}: not understood. Write NAME=value; close every quote.")
    return tuple(line.key for line in lines if line.key)


def unknown(names: tuple[str, ...], env_file: Path | None, known: Sequence[str]) -> Iterable[str]:
    """Names that look like ours and are read by nobody: of the whole file, and of the environment TWELP_ alone."""
    places = [(str(env_file), name) for name in dict.fromkeys(names) if name.upper().startswith(PREFIXES)]
    places += [("environment", name) for name in sorted(os.environ) if name.upper().startswith("TWELP_")]
    for place, name in places:
        if name.upper() not in known:
            from rapidfuzz.process import extractOne

            name = shown(name)
            best = extractOne(name.upper(), known, score_cutoff=70)
            hint = f"did you mean {best[0]}?" if best else "see docs/configuration.md."
            yield f"{place}: {name} is not a setting of twelp; {hint}"
