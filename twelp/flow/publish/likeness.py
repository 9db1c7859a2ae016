"""Whether a post that stands on the network has the words that were to be published.

The network changes what it is given: it puts the handles of a conversation in front of a reply, spells `&` as `&amp;`,
hides links behind short ones, trims white space and composes characters. None of that makes other words. Another
word, sign or capital letter does: then a person wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final
from urllib.parse import unquote

_ENTITY: Final = re.compile(r"&(amp|lt|gt|quot|#39|#x27);", re.I)
_PLAIN: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'", "#x27": "'"}
_LEADING: Final = re.compile(r"(?:[@＠][A-Za-z0-9_]+ )+")
_LINK: Final = re.compile(r"(?<![\w.-])(?:https?://)?((?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?)(/\S*)?", re.I)
_END: Final = re.compile(r"/?([^\w/]*)\Z")
_LONGEST: Final = 8_000
"""Characters of what is seen that are looked at: far more than one of our posts has, with all handles before it."""
_MOST_LINKS: Final = 14
"""More do not go into one post, as each counts 23 and a blank."""
_TELLING: Final = 40
"""Characters of a text that was cut off, by which it is taken to be perhaps the one."""


class Likeness(StrEnum):
    """How what stands there compares with what was to be published."""

    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


def compare_words(written: str, seen: str, shortener: str = "") -> Likeness:
    """SAME words, OTHER words, or UNSURE: only links differ, or what is seen ends too early to tell.

    Args:
        written: what was to be published.
        seen: what stands there.
        shortener: the host behind which the network hides links; a short link of unknown target counts as whatever was
            written in its place.

    >>> compare_words("Use HDMI 1 & wait. ^AL", "@mia Use HDMI 1 &amp;  wait. ^AL").value
    'same'
    >>> compare_words("See volt.example/arc ^AL", "@mia See https://sh.rt/a1b2c3 ^AL", "sh.rt").value
    'same'
    >>> compare_words("Use HDMI 1. ^AL", "@mia Use HDMI 2. ^AL").value
    'other'
    """
    ours, theirs = _canonical(written), _canonical(seen[:_LONGEST])
    if ours == theirs or _fits(theirs, ours, shortener):
        return Likeness.SAME
    if _LINK.sub("\0", ours) == _LINK.sub("\0", theirs):
        return Likeness.UNSURE
    beginning = _cut_off(shortener).sub("", theirs).rstrip()
    if beginning != theirs and len(beginning) >= _TELLING and ours.startswith(beginning):
        return Likeness.UNSURE
    return Likeness.OTHER


def _fits(theirs: str, ours: str, shortener: str) -> bool:
    """Whether the two are the same but for what hides behind short links."""
    if not shortener:
        return False
    known = re.split(_short(shortener), theirs, flags=re.ASCII)
    return 1 < len(known) <= _MOST_LINKS and re.fullmatch(r"\S+".join(map(re.escape, known)), ours) is not None


def _short(shortener: str) -> str:
    return rf"\b{re.escape(shortener)}/\w+"


def _cut_off(shortener: str) -> re.Pattern[str]:
    behind = rf"(?: ?{_short(shortener)})?" if shortener else ""
    return re.compile(rf"(?:…|\.\.\.){behind}\Z", re.ASCII)


def _canonical(text: str) -> str:
    """The words as they are compared: nothing that a network puts in, takes out or spells in its own way."""
    text = unicodedata.normalize("NFC", _decoded(text))
    spaced = " ".join("".join(char for char in text if not _unseen(char)).split())
    handles = _LEADING.match(f"{spaced} ")
    return _LINK.sub(_address, spaced[handles.end() if handles else 0 :])


def _decoded(text: str) -> str:
    """Without HTML's spellings, however often they were put on each other."""
    for _ in range(3):
        plain = _ENTITY.sub(lambda entity: _PLAIN[entity[1].lower()], text)
        if plain == text:
            break
        text = plain
    return text


def _address(link: re.Match[str]) -> str:
    """A link without its scheme, its host in small letters, nothing escaped, no slash at its end."""
    return link[1].lower() + _END.sub(r"\1", unquote(link[2] or ""), count=1)


def _unseen(char: str) -> bool:
    """Characters without a shape, which a network may drop; white space is none of them."""
    if "\ufe00" <= char <= "\ufe0f" or unicodedata.category(char) == "Cf":
        return True
    return char < " " and not char.isspace()
