"""Posts as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from twelp.model import Answer, Kind, Post, Question, Said, Verdict


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a heard post belongs: the question that it asks or adds to, and whose conversation it is in."""

    question: str | None
    conversation: str
    author_id: str


class PostsTx(Protocol):
    """The part of a transaction that is about which posts were heard, as what, and how far a network was read."""

    def add_post(self, post: Post, verdict: Verdict, heard_at: datetime, question: str | None) -> bool:
        """Records a post; False (and nothing done) when it was heard before."""

    def known_posts(self, keys: Iterable[str]) -> set[str]:
        """Which of these posts were heard before."""

    def post(self, key: str) -> tuple[Post, Verdict] | None:
        """A heard post and the verdict on it."""

    def heard_as(self, kind: Kind, since: datetime, until: datetime) -> Sequence[Post]:
        """Posts that were taken for this, heard from `since` on and before `until`, oldest first."""

    def belongs_to(self, key: str) -> str | None:
        """The question that a heard post asks or adds to; None where it does neither, or was not heard."""

    def filed(self, keys: Collection[str]) -> Mapping[str, Filed]:
        """Where these posts belong; those that were not heard are not in it."""

    def reword(self, key: str, post: Post) -> None:
        """Gives a heard post the words of its newer version; its key, hour and conversation stay."""

    def cursor(self, source: str) -> str | None:
        """How far `source` was read."""

    def set_cursor(self, source: str, value: str) -> None:
        """Remembers how far `source` was read."""

    def set_cursor_once(self, source: str, value: str) -> None:
        """Remembers it, unless something is remembered for `source` already; of several at once, one is kept."""


class ErasingTx(Protocol):
    """The part of a transaction that is about posts that are gone from their network."""

    def heard_since(self, network: str, since: datetime, after: str, most: int) -> Sequence[tuple[datetime, Post]]:
        """Posts that stand, as far as is known, with the hour they were heard, in that order: those heard after
        `since`, and of those heard at that very hour the ones whose key comes after `after`."""

    def erase(self, key: str, at: datetime) -> Sequence[str]:
        """Takes a post's words out of its row and out of those of its other versions; which posts that were. None
        where it was not heard, or is known to be gone."""

    def erase_words(self, subjects: Collection[str], question: str | None = None) -> Sequence[tuple[str, str]]:
        """Takes what was quoted of these posts or questions out of journal, asks and notes; that it happened stays.

        `question`: whose notes about these posts lose their words, too. Key and person of the notes that were sent.
        """


class ConversationsTx(Protocol):
    """The part of a transaction that is about what else was said in a post's conversation."""

    def conversation(self, post: Post, limit: int = 10) -> Sequence[Said]:
        """What else was said in the post's conversation, oldest first: the latest `limit` of the post's own author, as
        many of ours, as many of strangers, so that nobody's words push out another's."""

    def latest_in_conversation(self, network: str, conversation: str, author_id: str) -> Question | None:
        """This author's latest question of that conversation; one that is not over, where there is one."""

    def spoke_last(self, question_id: str) -> Answer | None:
        """The latest answer to a question that was published, of whatever turn; None where none was."""

    def answered_in(self, network: str, conversation: str, author_id: str) -> tuple[str, str] | None:
        """This customer's latest answered question of that conversation, and which expert's answer stands there."""
