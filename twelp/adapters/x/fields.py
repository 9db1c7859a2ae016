"""Single fields of X's dicts: ids and the hours they tell, texts, handles, what a post refers to.

Ids are decimal numbers and are compared as numbers; in our nouns they are strings of digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from twelp.model import Account

_EPOCH_MS: Final = 1_288_834_974_657
"""The first millisecond of X's id scheme. Source: docs.x.com, X IDs (snowflake)."""
_FIRST_TIMED_ID: Final = 29_700_859_247
"""Ids below this one were plain counters."""
_MAX_ID: Final = 2**63 - 1
_ESCAPED: Final = re.compile(r"&(amp|lt|gt);")
_PLAIN: Final = {"amp": "&", "lt": "<", "gt": ">"}
_HANDLE: Final = re.compile(r"(?<![\w@＠&/.])[@＠]([A-Za-z0-9_]{1,15})(?![\w@＠])", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,50}")
_LONG: Final = ("note_tweet", "note_post")
_HISTORIES: Final = ("edit_history_tweet_ids", "edit_history_post_ids")
_PICTURE: Final = re.compile(
    r"^https?://(?:www\.)?(?:x|twitter)\.com/[^/]+/status/\d+/(?:photo|video|animated_gif)/\d+$"
)
"""Where X's own link for the pictures of a post leads."""


class Malformed(ValueError):  # noqa: N818 - named for what the dict is
    """A dict that cannot be a post. Says what is wrong with it, never what it says."""


def account_of(raw: Mapping[str, Any]) -> Account | None:
    """The account a user dict stands for; None without a usable id."""
    number = number_of(raw.get("id"))
    if number is None:
        return None
    return Account(
        id=str(number), handle=text_or_empty(raw.get("username")).lstrip("@"), name=text_or_empty(raw.get("name"))
    )


def earlier_of(raw: Mapping[str, Any], number: int) -> tuple[str, ...]:
    """The ids that a post had before its author edited it, oldest first."""
    for key in _HISTORIES:
        found = raw.get(key)
        if isinstance(found, list):
            ids = [number_of(one) for one in found]
            return tuple(str(one) for one in ids if one is not None and one != number)
    return ()


def public_url(post_id: str, handle: str = "") -> str:
    """Where people see the post; without a handle, or with one that X would not give, X finds it by id alone."""
    name = handle.lstrip("@")
    return f"https://x.com/{name if _NAME.fullmatch(name) else 'i/web'}/status/{post_id}"


def number_of(value: Any) -> int | None:
    """The id as a number; None when it is none."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_ID else None


def a_while_before(number: int, by: timedelta) -> int:
    """The id a post would have that much earlier; the same where ids tell no time."""
    earlier = number - (int(by.total_seconds() * 1000) << 22)
    return earlier if earlier >= _FIRST_TIMED_ID else number


def text_of(raw: Mapping[str, Any], *, shown: bool = False) -> str:
    """The whole text as people see it, its short links replaced by where they lead, as far as X says.

    Args:
        raw: one post.
        shown: whether its pictures came along; then the link that stands for them goes.

    Raises:
        Malformed: there is none.
    """
    long_text = next((t for t in (mapping(raw.get(k)).get("text") for k in _LONG) if t), None)
    text = long_text if isinstance(long_text, str) else raw.get("text")
    if not isinstance(text, str):
        raise Malformed("there is no text")
    text = _ESCAPED.sub(lambda found: _PLAIN[found[1]], text)
    for holder in (raw, *(raw.get(key) for key in _LONG)):
        for link in _links(holder):
            short, leads_to = link.get("url"), link.get("expanded_url") or link.get("unwound_url")
            if isinstance(short, str) and short and isinstance(leads_to, str):
                text = text.replace(short, "" if shown and _PICTURE.search(leads_to) else leads_to)
    return text.rstrip() if shown else text


def _links(holder: Any) -> list[Mapping[str, Any]]:
    found = mapping(mapping(holder).get("entities")).get("urls")
    return [link for link in found if isinstance(link, Mapping)] if isinstance(found, list) else []


def created_at_of(raw: Mapping[str, Any], now: datetime) -> datetime:
    """When it was posted: as said, else as its id says, else `now`."""
    said = raw.get("created_at")
    if isinstance(said, str):
        for read in (datetime.fromisoformat, _long_date):
            try:
                at = read(said)
                return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
            except (ValueError, OverflowError):
                continue
    return hour_of(raw.get("id")) or now


def hour_of(post_id: Any) -> datetime | None:
    """When a post of that id was made; None where the id does not tell."""
    number = number_of(post_id) or 0
    if number < _FIRST_TIMED_ID:
        return None
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=(number >> 22) + _EPOCH_MS)


def _long_date(said: str) -> datetime:
    """`Wed Jan 06 18:40:40 +0000 2021`, as X's own description still shows."""
    return datetime.strptime(said, "%a %b %d %H:%M:%S %z %Y")


def reference(raw: Mapping[str, Any], kinds: frozenset[str]) -> str | None:
    """The id of the post this one refers to in one of these ways."""
    for key in ("referenced_tweets", "referenced_posts"):
        found = raw.get(key)
        for one in found if isinstance(found, list) else ():
            named = mapping(one)
            number = number_of(named.get("id"))
            if number is not None and str(named.get("type")) in kinds:
                return str(number)
    return None


def mentions_of(raw: Mapping[str, Any], text: str) -> tuple[str, ...]:
    """Mentioned handles in lower case, in order, each once: as X found them, else as they stand in the text."""
    long_post = mapping(raw.get("note_tweet")) or mapping(raw.get("note_post"))
    named: list[str] = []
    for entities in (mapping(raw.get("entities")), mapping(long_post.get("entities"))):
        found = entities.get("mentions")
        for one in found if isinstance(found, list) else ():
            named.append(text_or_empty(mapping(one).get("username")) or text_or_empty(mapping(one).get("tag")))
    handles = [name.lstrip("@") for name in named] if any(named) else _HANDLE.findall(text)
    return tuple(dict.fromkeys(handle.lower() for handle in handles if handle))


def mapping(value: Any) -> Mapping[str, Any]:
    """The value, where it is one."""
    return value if isinstance(value, Mapping) else {}


def text_or_empty(value: Any) -> str:
    """The value, where it is a text."""
    return value if isinstance(value, str) else ""
