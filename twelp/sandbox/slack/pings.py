"""Whom a message would ping: Slack's own marks for people, groups and everyone, where Slack reads them.

Slack reads ``<@U…>``, ``<!here>``, ``<!channel>``, ``<!everyone>`` and ``<!subteam^S…>`` in a message's text and in
``mrkdwn`` objects, and their rich text twins; never in ``plain_text``. Escaped (``&lt;!channel&gt;``) it pings nobody.
With ``parse=full`` or ``link_names`` a bare ``@channel`` pings too.

Source: https://docs.slack.dev/messaging/formatting-message-text (memory).
"""

from __future__ import annotations

import re
from typing import Any, Final

_MARK: Final = re.compile(
    r"<(?:!(channel|here|everyone)(?:\|[^>]*)?|!subteam\^(\w+)(?:\|[^>]*)?|@([UW]\w+)(?:\|[^>]*)?)>"
)
_BARE: Final = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")


def pings(text: str, blocks: Any, *, bare: bool = False) -> tuple[str, ...]:
    """Everyone this message pings, in order of appearance, once each.

    Args:
        text: the message's text, as sent.
        blocks: its blocks, or anything without.
        bare: also read ``@channel`` without brackets (``parse=full``, ``link_names``).

    Returns:
        ``channel``, ``here``, ``everyone``, a user id or a user group id.
    """
    found: dict[str, None] = {}
    for each in (text, *_readable(blocks)):
        for match in _MARK.finditer(each):
            found[next(group for group in match.groups() if group)] = None
        if bare:
            for match in _BARE.finditer(each):
                found[match[1]] = None
    return tuple(found)


def _readable(value: Any) -> list[str]:
    """Texts in which Slack reads marks; rich text elements are given in the form of marks."""
    if isinstance(value, list):
        return [text for each in value for text in _readable(each)]
    if not isinstance(value, dict):
        return []
    kind = value.get("type")
    if kind in ("mrkdwn", "markdown") and isinstance(value.get("text"), str):
        return [value["text"]]
    if kind == "broadcast":
        return [f"<!{value.get('range')}>"]
    if kind == "user" and "user_id" in value:
        return [f"<@{value['user_id']}>"]
    if kind == "usergroup":
        return [f"<!subteam^{value.get('usergroup_id')}>"]
    return [
        text for key, each in value.items() if key != "text" or not isinstance(each, str) for text in _readable(each)
    ]
