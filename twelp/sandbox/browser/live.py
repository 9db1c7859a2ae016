"""What changes while somebody looks, as server-sent events: one a part of the page, with its new HTML."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Final

from twelp.sandbox.browser.page import Pages
from twelp.sandbox.browser.place import Place

_LOOK_S: Final = 0.2
_AT_LEAST_S: Final = 1.0
"""Hours grow older by themselves, and the app's own timers are told by it alone: so often everything is made anew."""
_ALIVE_S: Final = 15.0


async def changes(pages: Pages, place: Place) -> AsyncIterator[str]:
    """Events for as long as somebody looks: first each part as it is, then each that changed."""
    shown: dict[str, str] = {}
    number: object = None
    made_at = told_at = kept_at = 0.0
    while True:
        now = time.monotonic()
        if now - kept_at > _ALIVE_S:
            kept_at = now
            pages.keep(place)
        if pages.number() != number or now - made_at > _AT_LEAST_S:
            number, made_at = pages.number(), now
            for name, html in (await pages.parts(place)).items():
                if shown.get(name) != html:
                    shown[name], told_at = html, now
                    yield f"data: {json.dumps({'id': name, 'html': html})}\n\n"
        if now - told_at > _ALIVE_S:
            told_at = now
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK_S)
