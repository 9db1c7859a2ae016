"""Addresses and paths, whose signs and colons mean nothing in Slack: set aside while signs are taken off."""

from __future__ import annotations

import re
from typing import Final

_FIRST: Final = 0x100000
_ROOM: Final = 0xFFFE
"""Private characters of plane 16; those of the author are set aside like addresses."""

_ADDRESS = re.compile(
    r"[\U00100000-\U0010ffff]"
    r"|(?<![A-Za-z])(?:https?|ftp|mailto|tel):[^\s<>]+"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?::\d{1,5})?[/?#][^\s<>]*"
    r"|(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}"
    r"|(?<![\w:])[A-Za-z]:\\[^\s<>]*"
    r"|(?<![\w:/.~])(?:~|\.{1,2})?/[\w.-]+/[^\s<>]*",
    re.IGNORECASE,
)
_BEHIND = "*_~`.,;:!?)]}\"'”’»"
"""What ends an address but does not belong to it, or may be a sign around it."""


class Kept:
    """A text in which every address is one private character, and the way back."""

    def __init__(self, text: str) -> None:
        self._pieces: list[str] = []
        self.text = _ADDRESS.sub(self._set_aside, text)

    def _set_aside(self, found: re.Match[str]) -> str:
        piece = found[0] if len(found[0]) == 1 else found[0].rstrip(_BEHIND)
        if not piece or len(self._pieces) > _ROOM:
            return found[0]
        self._pieces.append(piece)
        return chr(_FIRST + len(self._pieces) - 1) + found[0][len(piece) :]

    def restored(self) -> str:
        """The text with the addresses in it again."""
        return re.sub("[\U00100000-\U0010ffff]", self._put_back, self.text)

    def _put_back(self, found: re.Match[str]) -> str:
        number = ord(found[0]) - _FIRST
        return self._pieces[number] if number < len(self._pieces) else found[0]
