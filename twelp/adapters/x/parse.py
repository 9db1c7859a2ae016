"""X's dicts into our nouns.

X is renaming tweets to posts field by field, and not every server that speaks its protocol sends every field. Rules:

- Both namings are read (`referenced_tweets` / `referenced_posts` …); keys that are not known are passed over.
- Ids are decimal numbers and are compared as numbers; here they are strings of digits.
- A post needs an id and a text. Everything else has a stand-in: the id tells the hour, the post is its conversation.
- The text is what people see: the whole of a long post, `&amp;` `&lt;` `&gt;` back to the characters they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from twelp.model import Account, Post

NETWORK: Final = "x"
_EPOCH_MS: Final = 1_288_834_974_657
"""The first millisecond of X's id scheme. Source: docs.x.com, X IDs (snowflake)."""
_FIRST_TIMED_ID: Final = 29_700_859_247
"""Ids below this one were plain counters."""
_MAX_ID: Final = 2**63 - 1
_ESCAPED: Final = re.compile(r"&(amp|lt|gt);")
_PLAIN: Final = {"amp": "&", "lt": "<", "gt": ">"}
_HANDLE: Final = re.compile(r"(?<![\w@＠&/.])[@＠]([A-Za-z0-9_]{1,15})(?![\w@＠])", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,50}")
_REPLIED: Final = frozenset({"replied_to"})
_QUOTED: Final = frozenset({"quoted"})
_REPOSTED: Final = frozenset({"retweeted", "reposted"})


class Malformed(ValueError):  # noqa: N818 - named for what the dict is
    """A dict that cannot be a post. Says what is wrong with it, never what it says."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer's posts as sent (newest first), the numbers of all ids in it, and how many were malformed."""

    posts: tuple[Post, ...]
    ids: tuple[int, ...]
    malformed: tuple[str, ...]
    next_token: str | None


def batch_of(answer: Mapping[str, Any], now: datetime) -> Batch:
    """The posts of a timeline answer; malformed ones are left out and told in `malformed`, as causes.

    Raises:
        Malformed: the answer is no timeline at all.
    """
    posts: list[Post] = []
    ids: list[int] = []
    malformed: list[str] = []
    accounts = accounts_of(answer)
    for raw in raw_posts(answer):
        number = number_of(_mapping(raw).get("id"))
        try:
            if number is not None:
                ids.append(number)
            posts.append(post_of(raw, accounts, now))
        except Malformed as cause:
            malformed.append(f"{'no id' if number is None else number}: {cause}")
    return Batch(tuple(posts), tuple(ids), tuple(malformed), next_token_of(answer))


def raw_posts(answer: Mapping[str, Any]) -> list[Any]:
    """The dicts of an answer's posts, as sent.

    Raises:
        Malformed: there is neither a list of posts nor the word that there are none.
    """
    found = answer.get("data")
    if found is None:
        if not isinstance(answer.get("meta"), Mapping):
            raise Malformed("neither posts nor the word that there are none")
        return []
    if isinstance(found, Mapping):
        return [found]
    if not isinstance(found, list):
        raise Malformed(f"data is {type(found).__name__}, expected a list")
    return found


def next_token_of(answer: Mapping[str, Any]) -> str | None:
    """Where the next page begins; None on the last one."""
    token = _mapping(answer.get("meta")).get("next_token")
    return token if isinstance(token, str) and token else None


def accounts_of(answer: Mapping[str, Any]) -> dict[str, Account]:
    """The accounts an answer brings along, by id."""
    users = _mapping(answer.get("includes")).get("users")
    accounts = (account_of(user) for user in users if isinstance(user, Mapping)) if isinstance(users, list) else ()
    return {account.id: account for account in accounts if account}


def account_of(raw: Mapping[str, Any]) -> Account | None:
    """The account a user dict stands for; None without a usable id."""
    number = number_of(raw.get("id"))
    if number is None:
        return None
    return Account(id=str(number), handle=_text(raw.get("username")).lstrip("@"), name=_text(raw.get("name")))


def post_of(raw: Any, accounts: Mapping[str, Account], now: datetime) -> Post:
    """The post a dict stands for.

    Args:
        raw: one element of `data`.
        accounts: who came along with it, by id.
        now: stands in for the hour of a post that neither says nor carries one.

    Raises:
        Malformed: no id, or no text.
    """
    if not isinstance(raw, Mapping):
        raise Malformed(f"a post is {type(raw).__name__}, expected an object")
    number = number_of(raw.get("id"))
    if number is None:
        raise Malformed("the id is not a number")
    post_id = str(number)
    author = _author(raw, accounts)
    text = text_of(raw)
    reply_to = reference(raw, _REPLIED)
    conversation = number_of(raw.get("conversation_id"))
    return Post(
        network=NETWORK,
        id=post_id,
        author=author,
        text=text,
        created_at=created_at_of(raw, now),
        conversation=str(conversation) if conversation is not None else reply_to or post_id,
        reply_to=reply_to,
        quotes=reference(raw, _QUOTED),
        repost_of=reference(raw, _REPOSTED),
        mentions=_mentions(raw, text),
        url=public_url(post_id, author.handle),
    )


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


def text_of(raw: Mapping[str, Any]) -> str:
    """The whole text as people see it."""
    long_text = next((t for t in (_mapping(raw.get(k)).get("text") for k in ("note_tweet", "note_post")) if t), None)
    text = long_text if isinstance(long_text, str) else raw.get("text")
    if not isinstance(text, str):
        raise Malformed("there is no text")
    return _ESCAPED.sub(lambda found: _PLAIN[found[1]], text)


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
            named = _mapping(one)
            number = number_of(named.get("id"))
            if number is not None and str(named.get("type")) in kinds:
                return str(number)
    return None


def _author(raw: Mapping[str, Any], accounts: Mapping[str, Account]) -> Account:
    number = number_of(raw.get("author_id"))
    author_id = "" if number is None else str(number)
    return accounts.get(author_id) or Account(id=author_id, handle=_text(raw.get("username")).lstrip("@"))


def _mentions(raw: Mapping[str, Any], text: str) -> tuple[str, ...]:
    """Mentioned handles in lower case, in order, each once: as X found them, else as they stand in the text."""
    long_post = _mapping(raw.get("note_tweet")) or _mapping(raw.get("note_post"))
    named: list[str] = []
    for entities in (_mapping(raw.get("entities")), _mapping(long_post.get("entities"))):
        found = entities.get("mentions")
        for one in found if isinstance(found, list) else ():
            named.append(_text(_mapping(one).get("username")) or _text(_mapping(one).get("tag")))
    handles = [name.lstrip("@") for name in named] if any(named) else _HANDLE.findall(text)
    return tuple(dict.fromkeys(handle.lower() for handle in handles if handle))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
