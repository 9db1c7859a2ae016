"""Query parameters, checked against X's description of each endpoint; what does not fit is refused by name and value.

Source: X's OpenAPI description 2.166, ``parameters`` of each path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from twelp.sandbox.x.problems import invalid

Check = Callable[[str, str], Any]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TWEET_FIELDS: Final = _words(
    "article attachments author_id card_uri community_id context_annotations conversation_id created_at "
    "display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang "
    "matched_media_notes media_metadata non_public_metrics note_request_suggestions note_tweet organic_metrics "
    "paid_partnership possibly_sensitive promoted_metrics public_metrics referenced_tweets reply_settings scopes "
    "source suggested_source_links suggested_source_links_with_counts text withheld"
)
TWEET_EXPANSIONS: Final = _words(
    "article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet "
    "attachments.poll_ids author_id edit_history_tweet_ids entities.mentions.username geo.place_id "
    "in_reply_to_user_id entities.note.mentions.username referenced_tweets.id "
    "referenced_tweets.id.attachments.media_keys referenced_tweets.id.author_id"
)
USER_FIELDS: Final = _words(
    "affiliation confirmed_email connection_status created_at description entities id is_identity_verified location "
    "most_recent_tweet_id name parody pinned_tweet_id profile_banner_url profile_image_url protected public_metrics "
    "receives_your_dm subscription subscription_type url username verified verified_followers_count verified_type "
    "withheld"
)
USER_EXPANSIONS: Final = frozenset({"affiliation.user_id", "most_recent_tweet_id", "pinned_tweet_id"})
_MEDIA_FIELDS: Final = _words(
    "alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url promoted_metrics "
    "public_metrics type url variants width"
)
_PLACE_FIELDS: Final = _words("contained_within country country_code full_name geo id name place_type")
_POLL_FIELDS: Final = _words("duration_minutes end_datetime id options voting_status")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_ID: Final = re.compile(r"[0-9]{1,19}")
_USERNAME: Final = re.compile(r"[A-Za-z0-9_]{1,15}")


def one_of(allowed: frozenset[str]) -> Check:
    """A comma-separated list of distinct words out of `allowed`, as a frozenset."""

    def check(name: str, value: str) -> frozenset[str]:
        words = value.split(",")
        for word in words:
            if word not in allowed:
                known = ",".join(sorted(allowed))
                raise invalid(f"The `{name}` query parameter value [{word}] is not one of [{known}]", name, value)
        if len(set(words)) < len(words):
            raise invalid(f"The `{name}` query parameter value [{value}] holds a word twice", name, value)
        return frozenset(words)

    return check


def number(low: int, high: int) -> Check:
    """A whole number from `low` to `high`."""

    def check(name: str, value: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise invalid(f"The `{name}` query parameter value [{value}] is not between {low} and {high}", name, value)
        return int(value)

    return check


def an_id(name: str, value: str) -> int:
    """A post's or user's id."""
    if not _ID.fullmatch(value):
        raise invalid(f"The `{name}` query parameter value [{value}] is not valid", name, value)
    return int(value)


def a_time(name: str, value: str) -> datetime:
    """A time as RFC 3339, aware."""
    try:
        if not _TIME.fullmatch(value):
            raise ValueError(value)
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"The `{name}` query parameter value [{value}] is not a valid RFC3339 date-time"
        raise invalid(message, name, value) from None


def a_token(name: str, value: str) -> tuple[str, int]:
    """A pagination token as (``n`` for older or ``p`` for newer, boundary id)."""
    if not re.fullmatch(r"[np][0-9a-z]{1,13}", value):
        raise invalid(f"The `{name}` query parameter value [{value}] is not valid", name, value)
    return value[0], int(value[1:], 36)


def a_long_token(name: str, value: str) -> tuple[str, int]:
    """The same of a list of private messages, whose tokens have 16 characters."""
    if not re.fullmatch(r"[np][0-9a-z]{15}", value):
        raise invalid(f"The `{name}` query parameter value [{value}] is not valid", name, value)
    return value[0], int(value[1:], 36)


def make_token(direction: str, boundary: int) -> str:
    """The token that `a_token` reads."""
    digits = ""
    while boundary:
        boundary, digit = divmod(boundary, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return direction + (digits or "0")


def ids(name: str, value: str) -> list[str]:
    """1 to 100 ids."""
    return _many(name, value, _ID)


def usernames(name: str, value: str) -> list[str]:
    """1 to 100 handles."""
    return _many(name, value, _USERNAME)


def a_username(name: str, value: str) -> str:
    """A handle."""
    if not _USERNAME.fullmatch(value):
        raise invalid(f"The `{name}` query parameter value [{value}] does not match ^{_USERNAME.pattern}$", name, value)
    return value


def a_query(name: str, value: str) -> str:
    """A search query."""
    if not 1 <= len(value) <= 4096:
        raise invalid(f"The `{name}` query parameter has {len(value)} characters; 1 to 4096 are allowed", name, value)
    return value


def _many(name: str, value: str, pattern: re.Pattern[str]) -> list[str]:
    words = value.split(",")
    if len(words) > 100:
        raise invalid(
            f"The number of values in the `{name}` query parameter list [{len(words)}] is not between 1 and 100"
        )
    for word in words:
        if not pattern.fullmatch(word):
            message = f"The `{name}` query parameter value [{word}] does not match ^{pattern.pattern}$"
            raise invalid(message, name, value)
    return words


_USER: Final[dict[str, Check]] = {
    "user.fields": one_of(USER_FIELDS),
    "tweet.fields": one_of(TWEET_FIELDS),
    "expansions": one_of(USER_EXPANSIONS),
}
_TWEET: Final[dict[str, Check]] = {
    "tweet.fields": one_of(TWEET_FIELDS),
    "user.fields": one_of(USER_FIELDS),
    "expansions": one_of(TWEET_EXPANSIONS),
    "media.fields": one_of(_MEDIA_FIELDS),
    "place.fields": one_of(_PLACE_FIELDS),
    "poll.fields": one_of(_POLL_FIELDS),
}
_PAGE: Final[dict[str, Check]] = {
    **_TWEET,
    "since_id": an_id,
    "until_id": an_id,
    "start_time": a_time,
    "end_time": a_time,
    "max_results": number(5, 100),
    "pagination_token": a_token,
}
_DIRECTS: Final[dict[str, Check]] = {
    "dm_event.fields": one_of(
        _words(
            "attachments created_at dm_conversation_id entities event_type id participant_ids referenced_tweets "
            "sender_id text"
        )
    ),
    "event_types": one_of(frozenset({"MessageCreate", "ParticipantsJoin", "ParticipantsLeave"})),
    "expansions": one_of(_words("attachments.media_keys participant_ids referenced_tweets.id sender_id")),
    "user.fields": one_of(USER_FIELDS),
    "tweet.fields": one_of(TWEET_FIELDS),
    "media.fields": one_of(_MEDIA_FIELDS),
    "max_results": number(1, 100),
    "pagination_token": a_long_token,
}


@dataclass(frozen=True, slots=True)
class Accepts:
    """What an endpoint takes in its query."""

    checks: Mapping[str, Check]
    required: tuple[str, ...] = ()

    def read(self, pairs: list[tuple[str, str]]) -> dict[str, Any]:
        """The parameters that were given, checked.

        Raises:
            Refusal: 400, for one that is unknown, given twice, malformed or missing.
        """
        read: dict[str, Any] = {}
        for name, value in pairs:
            if name not in self.checks:
                known = ",".join(sorted(self.checks))
                raise invalid(f"The query parameter [{name}] is not one of [{known}]", name, value)
            if name in read:
                raise invalid(f"The query parameter [{name}] is given more than once", name, value)
            read[name] = self.checks[name](name, value)
        for name in self.required:
            if name not in read:
                raise invalid(f"The `{name}` query parameter can not be empty", name)
        return read


ACCEPTS: Final = {
    "GET /2/users/me": Accepts(_USER),
    "GET /2/users": Accepts({**_USER, "ids": ids}, ("ids",)),
    "GET /2/users/{id}": Accepts(_USER),
    "GET /2/users/by": Accepts({**_USER, "usernames": usernames}, ("usernames",)),
    "GET /2/users/by/username/{username}": Accepts(_USER),
    "GET /2/users/{id}/mentions": Accepts(_PAGE),
    "GET /2/users/{id}/tweets": Accepts({**_PAGE, "exclude": one_of(frozenset({"replies", "retweets"}))}),
    "GET /2/tweets": Accepts({**_TWEET, "ids": ids}, ("ids",)),
    "GET /2/tweets/{id}": Accepts(_TWEET),
    "GET /2/tweets/search/recent": Accepts(
        {
            **_PAGE,
            "max_results": number(10, 100),
            "query": a_query,
            "next_token": a_token,
            "sort_order": one_of(frozenset({"recency", "relevancy"})),
        },
        ("query",),
    ),
    "GET /2/activity/subscriptions": Accepts({"max_results": number(1, 1000), "pagination_token": a_long_token}),
    "POST /2/activity/subscriptions": Accepts({}),
    "DELETE /2/activity/subscriptions": Accepts({"ids": ids}, ("ids",)),
    "GET /2/activity/stream": Accepts({"backfill_minutes": number(0, 5), "start_time": a_time, "end_time": a_time}),
    "GET /2/dm_events": Accepts(_DIRECTS),
    "GET /2/dm_conversations/with/{participant_id}/dm_events": Accepts(_DIRECTS),
    "POST /2/dm_conversations/with/{participant_id}/messages": Accepts({}),
    "POST /2/tweets": Accepts({}),
    "DELETE /2/tweets/{id}": Accepts({}),
}
