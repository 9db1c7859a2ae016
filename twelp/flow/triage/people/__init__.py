"""What only people may handle, in eleven languages and a few more: the phrases it is known by.

How the tables are written: `lines`. Figures of speech are read over first; of several kinds that a post speaks of, it
is the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from twelp.flow.triage.people import (
    danger,
    figures,
    harm,
    law,
    need,
    risk,
    roundabout,
    roundabout_latin,
    roundabout_latin_trust,
    roundabout_scripts,
    roundabout_trust,
)
from twelp.flow.triage.people.lines import Table, folded, near
from twelp.flow.triage.people.typos import mended
from twelp.model import Kind

_ENGLISH: Final = roundabout.ROUNDABOUT | roundabout_trust.ROUNDABOUT
_OTHERS: Final = (roundabout_latin.ROUNDABOUT, roundabout_latin_trust.ROUNDABOUT, roundabout_scripts.ROUNDABOUT)


def _with_roundabout(kind: Kind, phrases: Mapping[str, str]) -> Mapping[str, str]:
    """The phrases by language, each language's roundabout words after its plain ones."""
    more = {"en": _ENGLISH[kind.value]}
    for others in _OTHERS:
        more |= others.get(kind.value, {})
    return {**phrases, **{code: f"{phrases[code]}\n{lines}" for code, lines in more.items()}}


_TABLES: Final = tuple(
    (kind, Table(kind.value, _with_roundabout(kind, phrases)))
    for kind, phrases in (
        (Kind.SELF_HARM, harm.SELF_HARM),
        (Kind.THREAT, harm.THREAT),
        (Kind.DANGER, danger.DANGER),
        (Kind.SECURITY, risk.SECURITY),
        (Kind.LEGAL, law.LEGAL),
        (Kind.PRESS, law.PRESS),
        (Kind.VULNERABLE, need.VULNERABLE),
        (Kind.PROTEST, risk.PROTEST),
    )
)
_ALL: Final = tuple(table for _, table in _TABLES)
_FIGURES: Final = Table("figures", figures.FIGURES)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a table: the kind, the very words, and whether they may be meant otherwise."""

    kind: Kind
    words: str
    weak: bool


def find(said: str, tongue: str) -> Iterator[Found]:
    """What the tables of one language see in folded text, the kinds in their order; each kind once."""
    said = _FIGURES.without(said, tongue)
    if not near(_ALL, said, tongue):
        return
    for kind, table in _TABLES:
        for weak in (False, True):
            if words := table.seen(said, tongue, weak=weak):
                yield Found(kind, words, weak)
                break


__all__ = ["Found", "Table", "find", "folded", "mended"]
