"""One of the account's own posts, read so that it can be told whether it is what we sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from twelp.adapters.x.parse import Malformed, created_at_of, number_of, reference, text_of
from twelp.ports import OwnPost

_REPLIED: Final = frozenset({"replied_to"})
_QUOTED: Final = frozenset({"quoted"})
_HISTORIES: Final = ("edit_history_tweet_ids", "edit_history_post_ids")
_LONG: Final = ("note_tweet", "note_post")


def own_post_of(raw: Any, now: datetime) -> OwnPost:
    """The own post a dict stands for; what X does not tell is None.

    Raises:
        Malformed: no id.
    """
    if not isinstance(raw, Mapping) or (number := number_of(raw.get("id"))) is None:
        raise Malformed("the id is not a number")
    conversation = number_of(raw.get("conversation_id"))
    return OwnPost(
        id=str(number),
        in_reply_to=reference(raw, _REPLIED),
        conversation=None if conversation is None else str(conversation),
        text=_text(raw),
        created_at=created_at_of(raw, now),
        earlier=_earlier(raw, number),
        quotes=reference(raw, _QUOTED),
    )


def _text(raw: Mapping[str, Any]) -> str | None:
    """The whole text, with each short link in it replaced by where it leads, as far as X says."""
    try:
        text = text_of(raw)
    except Malformed:
        return None
    for holder in (raw, *(raw.get(key) for key in _LONG)):
        for link in _links(holder):
            short, leads_to = link.get("url"), link.get("expanded_url") or link.get("unwound_url")
            if isinstance(short, str) and short and isinstance(leads_to, str):
                text = text.replace(short, leads_to)
    return text


def _links(holder: Any) -> list[Mapping[str, Any]]:
    entities = holder.get("entities") if isinstance(holder, Mapping) else None
    found = entities.get("urls") if isinstance(entities, Mapping) else None
    return [link for link in found if isinstance(link, Mapping)] if isinstance(found, list) else []


def _earlier(raw: Mapping[str, Any], number: int) -> tuple[str, ...]:
    """Ids that the post had before its author edited it."""
    for key in _HISTORIES:
        found = raw.get(key)
        if isinstance(found, list):
            ids = [number_of(one) for one in found]
            return tuple(str(one) for one in ids if one is not None and one != number)
    return ()
