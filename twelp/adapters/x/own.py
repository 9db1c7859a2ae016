"""One of the account's own posts, read so that it can be told whether it is what we sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from twelp.adapters.x.fields import Malformed, created_at_of, earlier_of, number_of, reference, text_of
from twelp.ports import OwnPost

_REPLIED: Final = frozenset({"replied_to"})
_QUOTED: Final = frozenset({"quoted"})
_KEPT: Final = 400


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
        earlier=earlier_of(raw, number),
        quotes=reference(raw, _QUOTED),
    )


class OwnPosts:
    """Reads own posts. Who answers much sees the same ones at each look: one that came just so before is known."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Mapping[str, Any], OwnPost]] = {}

    def read(self, raw: Any, now: datetime) -> OwnPost:
        """The own post a dict stands for; see `own_post_of`.

        Raises:
            Malformed: no id.
        """
        key = raw.get("id") if isinstance(raw, Mapping) else None
        if not isinstance(key, str):
            return own_post_of(raw, now)
        before = self._known.get(key)
        if before is not None and before[0] == raw:
            return before[1]
        if len(self._known) >= _KEPT:
            self._known.clear()
        post = own_post_of(raw, now)
        self._known[key] = (raw, post)
        return post


def _text(raw: Mapping[str, Any]) -> str | None:
    try:
        return text_of(raw)
    except Malformed:
        return None
