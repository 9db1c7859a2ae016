"""Ways to ask X for posts: the richest that it takes, and what is missing while it does not take the full one.

Rules:

- Less is asked for only where X names, twice in a row, a parameter of ours as what it will not take. Where it names
  single fields, only those are left out. Any other 400 is one call's trouble and changes nothing.
- While something is missing, the full form is tried again every `FULL_AGAIN`. The log tells when something begins to
  be missing and when it is told again.
- What X will not tell has a stand-in in `parse`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from twelp.adapters.x.faults import Problem

FULL_AGAIN: Final = timedelta(hours=1)

_FIELDS: Final = ("attachments", "author_id", "conversation_id", "created_at", "display_text_range", "entities")
_OLD_NAMES: Final = (*_FIELDS, "note_tweet", "referenced_tweets")
_NEW_NAMES: Final = (*_FIELDS, "note_post", "referenced_posts")
_TELLS: Final = (
    (("author_id",), "authors"),
    (("username",), "authors' names"),
    (("conversation_id",), "conversations"),
    (("note_tweet", "note_post"), "long texts"),
    (("referenced_tweets", "referenced_posts"), "what a post replies to"),
    (("referenced_tweets.id", "referenced_posts.id"), "the words that a post replies to"),
    (("attachments.media_keys",), "pictures"),
    (("display_text_range",), "which names its author wrote"),
)
"""What is told by which fields, any one of them."""

_log = logging.getLogger("twelp.x")


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to ask for posts: query parameters beside the page's own, each with its values."""

    values: Mapping[str, tuple[str, ...]]

    @property
    def params(self) -> dict[str, str]:
        """As the request carries them."""
        return {name: ",".join(values) for name, values in self.values.items()}

    @property
    def bare_params(self) -> dict[str, str]:
        """The same without what is to come along: for our own posts, whose parents would be paid for."""
        return {name: value for name, value in self.params.items() if name in ("tweet.fields", "post.fields")}

    @property
    def missing(self) -> tuple[str, ...]:
        """What it does not ask for, in words."""
        asked = {value for values in self.values.values() for value in values}
        return tuple(word for fields, word in _TELLS if not asked.intersection(fields))

    @property
    def tells_replies(self) -> bool:
        """Whether it asks what replies to what."""
        return "what a post replies to" not in self.missing

    def blamed(self, problem: Problem) -> frozenset[str]:
        """Its parameters that the problem names."""
        return frozenset(name for name in self.values if problem.blames(name))

    def without(self, problem: Problem) -> Manner | None:
        """The same without the single values that the problem names; None where it names none.

        X writes: "The `tweet.fields` query parameter value [note_tweet] is not one of [attachments,author_id,…]".
        """
        kept: dict[str, tuple[str, ...]] = {}
        for name, values in self.values.items():
            left = tuple(value for value in values if f"[{value}]" not in problem.words)
            if left:
                kept[name] = left
        made = Manner(kept)
        return made if kept and made != self else None


_WHO: Final = {"user.fields": ("name", "username")}
_SEEN: Final = {"media.fields": ("alt_text", "preview_image_url", "type", "url")}


def _brought(post: str) -> tuple[str, ...]:
    """What is to come along, where X calls a post so."""
    more = (f"{post}.id", f"{post}.id.author_id", f"{post}.id.attachments.media_keys")
    return ("author_id", "attachments.media_keys", *more)


FULL: Final = (
    Manner({"tweet.fields": _OLD_NAMES, "expansions": _brought("referenced_tweets"), **_WHO, **_SEEN}),
    Manner({"post.fields": _NEW_NAMES, "expansions": _brought("referenced_posts"), **_WHO, **_SEEN}),
)
"""The whole, as documented, and in the names that X is moving to."""
LESS: Final = (Manner({"tweet.fields": _OLD_NAMES}), Manner({"post.fields": _NEW_NAMES}), Manner({}))


class Manners:
    """Which way of asking is in use, what it misses, and since when."""

    def __init__(self) -> None:
        self.used = FULL[0]
        self.since: datetime | None = None
        """Since when something is missing; None while nothing is."""
        self._tried_at: datetime | None = None

    def to_try(self, now: datetime, *, must_tell_replies: bool) -> Iterator[Manner]:
        """The manners to try, best first; the full form first whenever it is due again."""
        settled = self._tried_at is not None and timedelta() <= now - self._tried_at < FULL_AGAIN
        ladder: tuple[Manner, ...] = (*FULL, *LESS)
        if self.since is None:
            ladder = (self.used, *(manner for manner in ladder if manner != self.used))
        elif settled and (self.used.tells_replies or not must_tell_replies):
            ladder = (self.used, *LESS)
        return (manner for manner in ladder if manner.tells_replies or not must_tell_replies)

    @property
    def degraded(self) -> bool:
        """Whether something is missing at present."""
        return self.since is not None

    def took(self, manner: Manner, now: datetime, *, tried_full: bool) -> None:
        """X answered this manner.

        Args:
            manner: the one that was answered.
            now: the hour.
            tried_full: whether the full form was asked for before it, and not taken.
        """
        missing = manner.missing
        if tried_full or not missing:
            self._tried_at = now
        if missing and missing != self.used.missing:
            _log.warning("X no longer tells %s: it refuses to be asked for it", ", ".join(missing))
        if missing:
            self.since = self.since or now
        elif self.since is not None:
            _log.info("X tells everything again; some was missing since %s UTC", f"{self.since:%Y-%m-%d %H:%M}")
            self.since = None
        self.used = manner

    def told(self) -> str:
        """What is missing, since when; empty while nothing is."""
        if self.since is None:
            return ""
        return f"X does not tell {', '.join(self.used.missing)} since {self.since:%Y-%m-%d %H:%M} UTC"
