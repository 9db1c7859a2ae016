"""Versions of a question's answers: each text that was confirmed, and what people and the network made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from twelp.model import Answer, AnswerState, Entry, JournalStep

_ABOUT_THE_ANSWER: Final = frozenset(
    {
        JournalStep.HELD,
        JournalStep.GOOD,
        JournalStep.UNDO,
        JournalStep.APPROVE,
        JournalStep.CHANGED,
        JournalStep.SEND_BACK,
        JournalStep.RETRACT,
        JournalStep.CORRECT,
        JournalStep.STANDS,
        JournalStep.PUBLISHED,
        JournalStep.REFUSED,
        JournalStep.REWORD,
        JournalStep.RECALLED,
        JournalStep.DELETED,
        JournalStep.NOT_DELETED,
        JournalStep.WITHDRAWN,
        JournalStep.IN_DOUBT,
        JournalStep.LANE,
        JournalStep.REPLACED,
        JournalStep.SAYS_POSTED,
        JournalStep.NOT_SEEN,
        JournalStep.NOT_POSTED_BY_HAND,
    }
)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody, or a part of twelp, did with an answer. `actor`: an expert's id, or the part's name."""

    at: datetime
    actor: str
    step: JournalStep
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One text as it was confirmed.

    Attributes:
        number: from 1 on, in the order in which they were confirmed.
        expert: whose it is.
        at: when it was confirmed.
        posts: word for word, post by post.
        state: what became of it; None: a later version of the same person took its place.
        acts: what was pressed and done since, oldest first.
    """

    number: int
    expert: str
    at: datetime
    posts: tuple[str, ...]
    state: AnswerState | None
    acts: tuple[Act, ...] = ()


def versions(trail: Sequence[Entry], answers: Sequence[Answer]) -> tuple[Version, ...]:
    """Every text that was confirmed, oldest first.

    A draft that was never confirmed is its writer's own, and is not in it. What the journal no longer tells, as it is
    kept for so long only, is read from the answers: the latest text of each person.
    """
    told = list(_told(trail))
    latest = {version.expert: index for index, version in enumerate(told)}
    for answer in answers:
        index = latest.get(answer.expert)
        if index is not None:
            told[index] = replace(told[index], state=answer.state)
        elif answer.posts and answer.state is not AnswerState.DRAFT:
            told.append(Version(0, answer.expert, answer.written_at or answer.updated_at, answer.posts, answer.state))
    told.sort(key=lambda version: version.at)
    return tuple(replace(version, number=number) for number, version in enumerate(told, 1))


def _told(trail: Sequence[Entry]) -> Iterator[Version]:
    confirmed: Version | None = None
    acts: list[Act] = []
    for entry in trail:
        if entry.step is JournalStep.CONFIRM:
            if confirmed is not None:
                yield replace(confirmed, acts=tuple(acts))
            posts = tuple(_unquoted(post) for post in entry.reasons)
            confirmed, acts = Version(0, entry.actor, entry.at, posts, None), []
        elif confirmed is not None and entry.step in _ABOUT_THE_ANSWER:
            acts.append(Act(entry.at, entry.actor, entry.step, tuple(entry.reasons)))
    if confirmed is not None:
        yield replace(confirmed, acts=tuple(acts))


def _unquoted(said: str) -> str:
    """The journal quotes what people wrote.

    >>> _unquoted("“Hold it. ^AL”")
    'Hold it. ^AL'
    """
    return str(said).removeprefix("“").removesuffix("”")
