"""Cursor paging as Slack does it: an opaque base64 cursor naming where the next page begins.

Source: https://docs.slack.dev/apis/web-api/pagination.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from twelp.sandbox.slack.workspace import Refused

T = TypeVar("T")


def page(items: Sequence[T], key: Callable[[T], str], cursor: str | None, limit: int) -> tuple[list[T], str]:
    """One page of `items` and the cursor of the next one (empty on the last page).

    Raises:
        Refused: ``invalid_cursor`` for a cursor that we did not give, or whose item is gone.
    """
    start = 0
    if cursor:
        try:
            name = base64.b64decode(cursor, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Refused("invalid_cursor") from None
        start = next((i for i, item in enumerate(items) if f"next:{key(item)}" == name), -1)
        if start < 0:
            raise Refused("invalid_cursor")
    end = start + max(limit, 1)
    following = base64.b64encode(f"next:{key(items[end])}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), following
