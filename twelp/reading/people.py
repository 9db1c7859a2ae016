"""Who was asked about a question, and who was passed over, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from twelp.model import Ask, AskRole, AskState, Entry, JournalStep, Roster

_REACHED_NOBODY: Final = frozenset(
    {JournalStep.DID_NOT_ASK, JournalStep.WANTS_QUIET, JournalStep.UNREACHABLE, JournalStep.NOT_POSTED}
)
"""Steps whose first reason names somebody whose card did not go out; the others say why."""

_UNAVAILABLE: Final = MappingProxyType(
    {"away": "is away", "quiet": "has quiet hours", "used_up": "has had all asks of the day"}
)
_OTHERS: Final = "others were likelier to answer"


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """One ask: a person, or a channel, and why.

    Attributes:
        person: the expert's id; a channel's where `role` says so.
        role: what they were asked for.
        topic: the topic they were asked for; empty for a moderator.
        wave: in which wave.
        at: when.
        state: whether they may still answer.
        reached: whether the card is in Slack.
        reasons: why they.
    """

    person: str
    role: AskRole
    topic: str
    wave: int
    at: datetime
    state: AskState
    reached: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody who could have been asked and was not.

    Attributes:
        person: the expert's id; a name as the journal has it, where the roster does not know it any more.
        at: when that was decided last.
        why: the reasons.
        score: how likely they seemed, from 0 to 1; None where nobody was compared.
        parts: the numbers that the score is the product of.
    """

    person: str
    at: datetime
    why: tuple[str, ...]
    score: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)


def asked(asks: Iterable[Ask]) -> tuple[AskedPerson, ...]:
    """Everybody who was asked, oldest first."""
    return tuple(
        AskedPerson(
            ask.expert, ask.role, ask.topic or "", ask.wave, ask.created_at, ask.state, ask.sent, tuple(ask.reasons)
        )
        for ask in asks
    )


def passed_over(trail: Sequence[Entry], asks: Iterable[Ask], roster: Roster | None) -> tuple[PassedOver, ...]:
    """Who was thought of and has no open ask, each with what was said of them last: likeliest first, then by name."""
    ids = {expert.name: expert.id for expert in roster.experts.values()} if roster else {}
    found: dict[str, PassedOver] = {}
    for entry in trail:
        for one in _named(entry, ids):
            found[one.person] = one
    reached = {ask.expert for ask in asks if ask.state is not AskState.CLOSED}
    left = [one for one in found.values() if one.person not in reached]
    return tuple(sorted(left, key=lambda one: (-(one.score or 0.0), one.person)))


def _named(entry: Entry, ids: Mapping[str, str]) -> Iterable[PassedOver]:
    """Whom this line of the journal tells of as not asked."""
    if entry.step in _REACHED_NOBODY and entry.reasons:
        name, *why = entry.reasons
        yield PassedOver(ids.get(name, str(name)), entry.at, (entry.step.value, *why))
    for one in _listed(entry.detail.get("unavailable")):
        yield PassedOver(one["expert"], entry.at, (_UNAVAILABLE.get(one.get("why", ""), str(one.get("why", ""))),))
    if entry.step is JournalStep.NOT_ASKED:
        for one in _listed(entry.detail.get("candidates")):
            yield PassedOver(one["expert"], entry.at, (_OTHERS,), one.get("score"), one.get("parts") or {})


def _listed(found: Any) -> list[dict[str, Any]]:
    """What a line's detail lists, as far as it is of a shape that this version knows."""
    return [one for one in found if isinstance(one, dict) and "expert" in one] if isinstance(found, list) else []
