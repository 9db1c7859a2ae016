"""How a model is meant to be used: what makes one vector of its tokens', and what is put before a text.

Rules: read from the files that sentence-transformers puts beside a model, so that bge, gte and e5 run as their makers
meant, and nothing is guessed by a model's name. A folder without them is used as before: the mean of the tokens.

- ``1_Pooling/config.json``: the mean of the tokens, the first one, or the last one.
- ``config_sentence_transformers.json``: ``prompts`` and ``default_prompt_name``; a question's prompt counts for all,
  for both sides of a comparison are questions here.
- ``twelp.json``, an admin's own words, before both: ``pooling`` (mean, first, last), ``prefix``, ``longest`` (tokens),
  ``output`` (the network's output to take, by name).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from twelp.errors import ConfigError

POOLING_FILE: Final = "1_Pooling/config.json"
PROMPTS_FILE: Final = "config_sentence_transformers.json"
OWN_FILE: Final = "twelp.json"
FILES: Final = (POOLING_FILE, PROMPTS_FILE, OWN_FILE)
LONGEST: Final = 64
"""Tokens read of a text; a post of 280 characters has about 60."""
_MOST: Final = 512
_KNOWN: Final = {"pooling", "prefix", "longest", "output"}


class Pooling(StrEnum):
    """What makes one vector of the tokens'."""

    MEAN = "mean"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is used.

    Attributes:
        pooling: What makes one vector of the tokens'.
        prefix: What is put before every text.
        longest: Tokens read of a text.
        output: The network's output to take; None for its first.
    """

    pooling: Pooling = Pooling.MEAN
    prefix: str = ""
    longest: int = LONGEST
    output: str | None = None


PLAIN: Final = Manner()


def manner(files: Mapping[str, Path]) -> Manner:
    """How the model is used whose settings files these are, by the names in :data:`FILES`; each may be missing.

    Raises:
        ConfigError: A file is no JSON object, or asks for what is not known here.
    """
    pooling = _pooling(files[POOLING_FILE]) if POOLING_FILE in files else Pooling.MEAN
    prefix = _prompt(files[PROMPTS_FILE]) if PROMPTS_FILE in files else ""
    if OWN_FILE not in files:
        return Manner(pooling, prefix)
    path = files[OWN_FILE]
    own = _object(path)
    if unknown := sorted(own.keys() - _KNOWN):
        raise ConfigError(f"{path}: {unknown[0]!r} is no setting of a model; there are {', '.join(sorted(_KNOWN))}")
    return Manner(
        _one_of(path, own.get("pooling", pooling)),
        _text(path, "prefix", own.get("prefix", prefix)),
        _number(path, own.get("longest", LONGEST)),
        _text(path, "output", own["output"]) if "output" in own else None,
    )


def _pooling(path: Path) -> Pooling:
    held = _object(path)
    modes = {name.removeprefix("pooling_mode_") for name, on in held.items() if name.startswith("pooling_mode_") and on}
    if isinstance(named := held.get("pooling_mode"), str):  # newer files name it in one word
        modes = {named}
    known = {"mean_tokens": Pooling.MEAN, "mean": Pooling.MEAN, "cls_token": Pooling.FIRST, "cls": Pooling.FIRST}
    known |= {"lasttoken": Pooling.LAST}
    if len(modes) != 1 or not modes <= known.keys():
        found = ", ".join(sorted(modes)) or "none"
        raise ConfigError(f"{path}: pooling {found}; known are the mean of the tokens, the first and the last one")
    return known[modes.pop()]


def _prompt(path: Path) -> str:
    held = _object(path)
    prompts, default = held.get("prompts") or {}, held.get("default_prompt_name")
    if not isinstance(prompts, dict):
        raise ConfigError(f"{path}: prompts is {prompts!r}; expected names with their texts")
    return _text(path, "prompts", prompts.get(default or "query", ""))


def _object(path: Path) -> dict[str, Any]:
    try:
        held = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as broken:
        raise ConfigError(f"{path} cannot be read: {broken}") from broken
    if not isinstance(held, dict):
        raise ConfigError(f"{path}: expected a JSON object, found {type(held).__name__}")
    return held


def _one_of(path: Path, value: object) -> Pooling:
    try:
        return Pooling(str(value))
    except ValueError:
        raise ConfigError(f"{path}: pooling is {value!r}; expected mean, first or last") from None


def _text(path: Path, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {name} is {value!r}; expected a text")
    return value


def _number(path: Path, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 4 <= value <= _MOST:
        raise ConfigError(f"{path}: longest is {value!r}; expected a number of tokens from 4 to {_MOST}")
    return value
