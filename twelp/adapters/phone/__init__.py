"""A phone bridge: one POST of a small JSON to one address, which holds no private data and follows no redirect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import httpx

from twelp.errors import TryAgain

_TIMEOUT_S: Final = 5.0


class PhoneBridge:
    """The bridge at one address; meets `twelp.ports.phone.Phone`.

    Args:
        url: where it listens. It may hold a secret: no message names it.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    def ring(self, key: str, told: Mapping[str, str | int]) -> None:
        """Tells it once; a bridge that knows `Idempotency-Key` does not ring twice where an answer was lost.

        Raises:
            TryAgain: it did not say that it took it.
        """
        try:
            answer = httpx.post(self._url, json=dict(told), headers={"Idempotency-Key": key}, timeout=_TIMEOUT_S)
        except httpx.HTTPError as error:
            raise TryAgain(f"the phone bridge does not answer ({type(error).__name__})") from None
        if not answer.is_success:
            raise TryAgain(f"the phone bridge answered with HTTP {answer.status_code}")
