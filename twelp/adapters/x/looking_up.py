"""Posts that were read before, as X shows them now: in their newest version, gone, or hidden by their authors."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from twelp.adapters.x.fields import Malformed, number_of
from twelp.adapters.x.parse import beside_of, post_of
from twelp.ports import Presence, Seen

_HIDDEN: Final = "not-authorized-for-resource"
_GONE: Final = "resource-not-found"
_log = logging.getLogger("twelp.x")


def seen_of(answer: Mapping[str, Any], ids: Collection[str], now: datetime) -> dict[str, Seen]:
    """What an answer tells of these ids, by the id that was asked for; what it does not tell of is left out.

    An id of an earlier version is told of by the newest one, whose history names it.
    """
    found = dict(_refused(answer, ids))
    beside = beside_of(answer)
    shown = answer.get("data")
    for raw in shown if isinstance(shown, list) else ():
        try:
            post = post_of(raw, beside, now)
        except Malformed as cause:
            _log.warning("a post that was looked up was passed over: %s", cause)
            continue
        seen = Seen(Presence.STANDS, post)
        found |= {one: seen for one in (*post.earlier, post.id) if one in ids}
    return found


def _refused(answer: Mapping[str, Any], ids: Collection[str]) -> Iterator[tuple[str, Seen]]:
    """Ids of which the answer's errors tell that they are gone, or not for us to see."""
    errors = answer.get("errors")
    for error in errors if isinstance(errors, list) else ():
        if not isinstance(error, Mapping) or error.get("resource_type") not in ("tweet", "post", None):
            continue  # of what a post refers to, or who wrote it
        number = number_of(error.get("resource_id") or error.get("value"))
        kind = str(error.get("type")).rpartition("/")[2]
        if number is not None and str(number) in ids and kind in (_HIDDEN, _GONE):
            yield str(number), Seen(Presence.PROTECTED if kind == _HIDDEN else Presence.GONE)
