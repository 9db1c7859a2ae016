"""Answers, from the first draft to the public post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from twelp.model.posts import Post, Said
from twelp.model.questions import Point, PointShown

COLLEAGUE: Final = "by hand"
"""The author of an answer that somebody wrote in the network's own app: nobody of the roster. No address is like it."""


class AnswerState(StrEnum):
    """draft → held / refused / accepted → published → retracted; `alternative`: came second, never posted by itself."""

    DRAFT = "draft"
    HELD = "held"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    ALTERNATIVE = "alternative"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Answer:
    """An expert's text for a question.

    `posts` is word for word what goes out, signature included: one post, or a thread of several, each under the one
    before. `post_ids` are theirs on the network, as far as they stand there. `written_at` is when the text was written
    or, once confirmed, confirmed; what becomes of it later moves `updated_at` only. `variants` are the
    wordings that were confirmed for others who ask the same; `{handle}` stands for theirs. `shared_from` is the answer
    whose wording this one is, where it was confirmed for another question of the same matter. `covers` are the points
    that it answers, by their places, where the post asks several things.
    """

    id: int
    question: str
    expert: str
    text: str
    posts: tuple[str, ...]
    state: AnswerState
    reasons: tuple[str, ...]
    updated_at: datetime
    post_ids: tuple[str, ...] = ()
    written_at: datetime | None = None
    variants: tuple[str, ...] = ()
    covers: tuple[int, ...] = ()
    shared_from: int | None = None

    @property
    def public(self) -> str:
        """All its posts as one text."""
        return "\n\n".join(self.posts)


class FindingLevel(StrEnum):
    """REFUSE: the author must change the text. SECOND_PAIR: a second person must pass it. WARN: the author is told."""

    REFUSE = "refuse"
    SECOND_PAIR = "second_pair_of_eyes"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the gate saw, and where: characters `start` to `end` of the answer; both 0 where it is about all of it."""

    rule: str
    message: str
    level: FindingLevel = FindingLevel.REFUSE
    start: int = 0
    end: int = 0

    @property
    def blocks(self) -> bool:
        """The author must change the text."""
        return self.level is FindingLevel.REFUSE

    @property
    def holds(self) -> bool:
        """A second person must pass it."""
        return self.level is FindingLevel.SECOND_PAIR


@dataclass(frozen=True, slots=True)
class Link:
    """Words of an answer that the network will make a link of.

    Attributes:
        words: as they stand in the answer.
        host: where it leads, in ASCII letters and in lower case.
        known: it is one of the company's own domains.
        sure: it is no link that anybody meant.
        instead: what was probably meant, with a space; empty where it does not look like a slip.
    """

    words: str
    host: str
    known: bool = False
    sure: bool = False
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A published answer, the question it answered, and who wrote it. `text` is without the signature."""

    answer: int
    question: str
    text: str
    expert: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """What the answer modal shows: the question, the draft so far, the limit in weighted characters.

    `thread` is what else was said in the conversation, oldest first; `similar` are earlier answers to start from, with
    their author's name as `expert`; `replaced` is the text that a shorter one was proposed for; `changes` were made to
    what was typed or suggested, so that it is as the public reads it; `seen` are the marks of the question as shown;
    `network` is where it was asked, as people write that; `privately`: the customer can be asked to write privately;
    `points`: what the post asks, where that is several things.
    """

    question: str
    post: Post
    topic: str
    draft: str
    signature: str
    limit: int
    thread: tuple[Said, ...] = ()
    similar: tuple[Earlier, ...] = ()
    replaced: str = ""
    changes: tuple[str, ...] = ()
    seen: str = ""
    network: str = ""
    privately: bool = False
    points: tuple[PointShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as it would go out.

    Attributes:
        posts: each word for word.
        left: weighted characters still free in the last of them; negative: too long by so many.
        findings: what blocks it, or holds it.
        as_thread: of how many posts it could be a thread, where it is too long for one; 0: it need not or cannot.
        changes: what was changed in what was typed, as signs and names of emoji are not for the public.
        links: what the network will make links of.
        network: its name, as people write it.
        text: what findings tell places of: the answer without its signature.
        variants: what others who ask the same get, each one of these; `{handle}` stands for their own.
        others: how many those are so far.
        points: what the post asks, where that is several things of which more than one is open.
        covers: the places of those that the text is taken to answer.
    """

    posts: tuple[str, ...]
    left: int
    findings: tuple[Finding, ...] = ()
    as_thread: int = 0
    changes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    network: str = ""
    text: str = ""
    variants: tuple[str, ...] = ()
    others: int = 0
    points: tuple[Point, ...] = ()
    covers: tuple[int, ...] = ()

    @property
    def ready(self) -> bool:
        """True when nothing blocks: it may be confirmed."""
        return not any(f.blocks for f in self.findings)
