"""X's dicts into our nouns.

X is renaming tweets to posts field by field, and not every server that speaks its protocol sends every field. Rules:

- Both namings are read (`referenced_tweets` / `referenced_posts` …); keys that are not known are passed over.
- Ids are decimal numbers and are compared as numbers; here they are strings of digits.
- A post needs an id and a text. Everything else has a stand-in: the id tells the hour, the post is its conversation.
- The text is what people see: the whole of a long post, `&amp;` `&lt;` `&gt;` back to the characters they stand for,
  short links where they lead. The link that X puts in for a picture goes where the picture itself came along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from twelp.model import Account, Context, Media, Post

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


_LONG: Final = ("note_tweet", "note_post")
_HISTORIES: Final = ("edit_history_tweet_ids", "edit_history_post_ids")
_PICTURE: Final = re.compile(
    r"^https?://(?:www\.)?(?:x|twitter)\.com/[^/]+/status/\d+/(?:photo|video|animated_gif)/\d+$"
)
"""Where X's own link for the pictures of a post leads."""
_PREFIX: Final = re.compile(r"(?:[@＠][A-Za-z0-9_]{1,50}\s+)*")


class Malformed(ValueError):  # noqa: N818 - named for what the dict is
    """A dict that cannot be a post. Says what is wrong with it, never what it says."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What an answer brings along besides its posts: accounts and other posts by id, media by key."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    posts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    media: Mapping[str, Media] = field(default_factory=dict)


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
    beside = beside_of(answer)
    for raw in raw_posts(answer):
        number = number_of(_mapping(raw).get("id"))
        try:
            if number is not None:
                ids.append(number)
            posts.append(post_of(raw, beside, now))
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


def beside_of(answer: Mapping[str, Any]) -> Beside:
    """What an answer brings along; what cannot be read of it is left out."""
    accounts = (account_of(user) for user in _included(answer, "users"))
    posts = (*_included(answer, "tweets"), *_included(answer, "posts"))
    numbered = ((number_of(raw.get("id")), raw) for raw in posts)
    media = ((_text(raw.get("media_key")), raw) for raw in _included(answer, "media"))
    return Beside(
        {account.id: account for account in accounts if account},
        {str(number): raw for number, raw in numbered if number is not None},
        {key: _media_of(raw) for key, raw in media if key},
    )


def _included(answer: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    found = _mapping(answer.get("includes")).get(kind)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _media_of(raw: Mapping[str, Any]) -> Media:
    where = _text(raw.get("url")) or _text(raw.get("preview_image_url"))
    return Media(_text(raw.get("type")) or "photo", where, _text(raw.get("alt_text")).strip())


def account_of(raw: Mapping[str, Any]) -> Account | None:
    """The account a user dict stands for; None without a usable id."""
    number = number_of(raw.get("id"))
    if number is None:
        return None
    return Account(id=str(number), handle=_text(raw.get("username")).lstrip("@"), name=_text(raw.get("name")))


def post_of(raw: Any, beside: Beside, now: datetime) -> Post:
    """The post a dict stands for.

    Args:
        raw: one element of `data`.
        beside: what came along with it.
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
    author = _author(raw, beside.accounts)
    media = _media(raw, beside)
    text = text_of(raw, shown=bool(media))
    reply_to, quotes = reference(raw, _REPLIED), reference(raw, _QUOTED)
    conversation = number_of(raw.get("conversation_id"))
    return Post(
        network=NETWORK,
        id=post_id,
        author=author,
        text=text,
        created_at=created_at_of(raw, now),
        conversation=str(conversation) if conversation is not None else reply_to or post_id,
        reply_to=reply_to,
        quotes=quotes,
        repost_of=reference(raw, _REPOSTED),
        mentions=_mentions(raw, text),
        url=public_url(post_id, author.handle),
        prefix=_prefix(raw, text) if reply_to is not None else 0,
        media=media,
        parent=_context(reply_to, beside),
        quoted=_context(quotes, beside),
        earlier=earlier_of(raw, number),
    )


def _context(post_id: str | None, beside: Beside) -> Context | None:
    """The post with this id, where it came along and has a text."""
    raw = beside.posts.get(post_id or "")
    if post_id is None or raw is None:
        return None
    media = _media(raw, beside)
    try:
        text = text_of(raw, shown=bool(media))
    except Malformed:
        return None
    answers = reference(raw, _REPLIED)
    own = text[_prefix(raw, text) if answers is not None else 0 :].lstrip()
    return Context(post_id, _author(raw, beside.accounts), own, media, answers)


def _media(raw: Mapping[str, Any], beside: Beside) -> tuple[Media, ...]:
    keys = _mapping(raw.get("attachments")).get("media_keys")
    found = (beside.media.get(str(key)) for key in keys) if isinstance(keys, list) else ()
    return tuple(one for one in found if one is not None)


def _prefix(raw: Mapping[str, Any], text: str) -> int:
    """How many characters in front X put there itself, by its own word; they are handles, and nothing else."""
    told = raw.get("display_text_range")
    start = told[0] if isinstance(told, list) and told and isinstance(told[0], int) else 0
    handles = _PREFIX.match(text)
    return min(max(0, start), handles.end() if handles else 0)


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
    long_text = next((t for t in (_mapping(raw.get(k)).get("text") for k in _LONG) if t), None)
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
    found = _mapping(_mapping(holder).get("entities")).get("urls")
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
