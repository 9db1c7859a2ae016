"""Seen: a press acts on what its button or window showed, and on nothing else.

A card or window carries marks of what it shows, one for each part a press may depend on. Whoever presses sends the
marks back; they are compared with the marks of what is true at that moment. `RULES` says for each act which parts must
be the same, and which one must be known at all: a button that was drawn before buttons carried marks knows none.

Marks tell contents, not counters: a question that somebody took and gave back is shown as before, so a press on it is
as good as before; an answer that was confirmed anew is another one, even with the same words. What was sent twice by
Slack is told by the press's own id, not here.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

from twelp.model import Answer, Crisis, Preview, Question

_SIZE: Final = 9
"""Bytes of a mark: 12 characters, and three of them fit beside a question's id into a menu's 150 characters."""

NOBODY: Final = "-"
"""The mark of what is not there: no holder, no answer."""


class Part(StrEnum):
    """What a press may depend on."""

    QUESTION = "question"
    """The customer's words."""
    HOLDER = "holder"
    """Who has it, or set it aside, and since when."""
    MINE = "mine"
    """The same, where the person who presses has it now: a lease taken anew is another one. Else it does not matter."""
    ANSWER = "answer"
    """The confirmed answer: whose, when it was confirmed, its words."""
    WORDS = "words"
    """What a confirmation showed: the posts word for word, and whether a moderator reads them first."""


class Act(StrEnum):
    """What can be done to a question or answer by a button or window."""

    CLAIM = "claim"
    RELEASE = "release"
    PASS_ON = "pass on"  # noqa: S105 - nobody's password
    PASS_TO = "pass to"  # noqa: S105 - nor this
    DISMISS = "dismiss"
    RETOPIC = "retopic"
    RESTORE = "restore"
    UNDO = "undo"
    APPROVE = "approve"
    SEND_BACK = "send back"
    RETRACT = "retract"
    CORRECT = "correct"
    TAKE = "take"
    GIVE_BACK = "give back"
    HANDLE = "handle"
    NO_CRISIS = "no crisis"
    ALARM = "alarm"
    CONFIRM = "confirm"
    DRAFT = "draft"
    TELL = "tell"
    UNTELL = "take the word back"
    SAY_POSTED = "say it is posted"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which parts must be as they were shown, and which one must be known; the rest may be unknown."""

    same: tuple[Part, ...]
    known: Part | None = None


RULES: Final[Mapping[Act, Rule]] = MappingProxyType(
    {
        # A lease on the question: who took it first is told by the question itself.
        Act.CLAIM: Rule((Part.QUESTION,)),
        # Gives up a lease: this one, not a later one of the same person.
        Act.RELEASE: Rule((Part.MINE,)),
        Act.PASS_ON: Rule((Part.MINE,)),
        # About the customer's words; whoever has the question now keeps it (the desk says so).
        Act.PASS_TO: Rule((Part.QUESTION, Part.MINE)),
        Act.DISMISS: Rule((Part.QUESTION, Part.MINE)),
        Act.RETOPIC: Rule((Part.QUESTION, Part.MINE)),
        # Takes back this person's decision, not a later one of somebody else.
        Act.RESTORE: Rule((Part.HOLDER,)),
        # Stops an answer before it goes out. Nothing becomes public and the text is kept, so an old button may.
        Act.UNDO: Rule((Part.ANSWER,)),
        # Make public, or act on what is public: never on an unknown answer.
        Act.APPROVE: Rule((Part.QUESTION, Part.ANSWER, Part.WORDS), Part.ANSWER),
        Act.SEND_BACK: Rule((Part.ANSWER,), Part.ANSWER),
        Act.RETRACT: Rule((Part.ANSWER,), Part.ANSWER),
        Act.CORRECT: Rule((Part.ANSWER,), Part.ANSWER),
        # About the text that the card gave to be posted by hand, and no other.
        Act.TELL: Rule((Part.QUESTION, Part.WORDS), Part.WORDS),
        Act.SAY_POSTED: Rule((Part.ANSWER,), Part.ANSWER),
        Act.DROP: Rule((Part.ANSWER,), Part.ANSWER),
        # A case for people: from nobody, or over from whoever had it when this was drawn, and not from anybody else.
        Act.TAKE: Rule((Part.HOLDER,), Part.HOLDER),
        Act.GIVE_BACK: Rule((Part.HOLDER,)),
        # Ends the case: as it was seen, with the customer's last words.
        Act.HANDLE: Rule((Part.QUESTION, Part.HOLDER), Part.HOLDER),
        Act.NO_CRISIS: Rule((Part.QUESTION, Part.HOLDER), Part.HOLDER),
        # Whatever was seen: when in doubt, it is raised.
        Act.ALARM: Rule(()),
        # The words that were read, for the question that was read. A lease that merely ran out does not matter.
        Act.CONFIRM: Rule((Part.WORDS, Part.QUESTION, Part.MINE), Part.WORDS),
        # Stops a sentence before it goes out: nothing becomes public, so an old button may.
        Act.UNTELL: Rule(()),
        # A window of an earlier lease does not write over what became of the text since.
        Act.DRAFT: Rule((Part.MINE,)),
    }
)
"""What each act compares."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The marks of what is shown; an empty one is unknown."""

    question: str = ""
    holder: str = ""
    answer: str = ""
    words: str = ""

    def __str__(self) -> str:
        return ".".join((self.question, self.holder, self.answer, self.words)).rstrip(".")


def mark(question: Question, answer: Answer | None, crisis: Crisis | None = None) -> Seen:
    """The marks of a question as it is, with the answer that was confirmed and not taken back, if there is one.

    `crisis`: it is shown as this case, whose holder is whoever took the case.
    """
    holder = (question.claimed_by, _moment(question.claimed_at)) if question.claimed_by else ()
    if crisis is not None:
        holder = (crisis.held_by, _moment(crisis.taken_at)) if crisis.held_by else ()
    confirmed = (str(answer.id), _moment(answer.written_at), *answer.posts) if answer else ()
    said = (question.post.text, *(one.text for one in question.added))
    return Seen(_print(*said), _print(*holder), _print(*confirmed))


def confirming(shown: str, preview: Preview) -> str:
    """The marks of a window, as text, with those of the words that its confirmation shows."""
    return str(replace(read(shown), words=words(preview)))


def words(preview: Preview) -> str:
    """The mark of a text as it would go out; whether somebody reads it first is part of what is confirmed."""
    reads = "held" if any(finding.holds for finding in preview.findings) else "out"
    return _print(reads, *preview.posts, *preview.variants)


def read(text: str) -> Seen:
    """The marks that `str` wrote; whatever else it is, nothing is known by it.

    >>> read(str(Seen("a", "-", "b"))) == Seen("a", "-", "b")
    True
    >>> read("")
    Seen(question='', holder='', answer='', words='')
    """
    parts = text.split(".")
    return Seen(*parts) if len(parts) <= len(Part) - 1 else Seen()


def unlike(act: Act, shown: Seen, now: Seen, *, mine: bool) -> Part | None:
    """The first part that is not as it was shown, or is not known and must be; None where the act may go on.

    Args:
        act: what the person wants to do.
        shown: what they saw.
        now: what is true.
        mine: whether the person who presses has the question now.
    """
    rule = RULES[act]
    for part in rule.same:
        if part is Part.MINE and not mine:
            continue
        before, after = _of(shown, part), _of(now, part)
        if before != after and (before or part is rule.known):
            return part
    return None


def known(act: Act, shown: Seen) -> bool:
    """Whether the button told what the act must know."""
    must = RULES[act].known
    return must is None or bool(_of(shown, must))


def _of(seen: Seen, part: Part) -> str:
    found: str = getattr(seen, "holder" if part is Part.MINE else part.value)
    return found


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}" if at else ""


def _print(*parts: str) -> str:
    """A short fingerprint of these texts, each counted by itself."""
    return _hashed(parts) if parts else NOBODY


def _hashed(parts: Sequence[str]) -> str:
    hashed = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(len(data).to_bytes(8, "big") + data)
    return urlsafe_b64encode(hashed.digest()).decode()
