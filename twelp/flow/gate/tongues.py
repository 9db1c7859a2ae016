"""Which of eleven languages a text is surely in: by its script, or by the small words that one of them alone has."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from twelp.flow.gate.phrases import parts_of
from twelp.flow.gate.reading import Reading, fold


class Tongue(StrEnum):
    """A language by its ISO 639 code."""

    ENGLISH = "en"
    SPANISH = "es"
    FRENCH = "fr"
    GERMAN = "de"
    PORTUGUESE = "pt"
    ITALIAN = "it"
    DUTCH = "nl"
    HEBREW = "he"
    ARABIC = "ar"
    CHINESE = "zh"
    JAPANESE = "ja"
    KOREAN = "ko"
    RUSSIAN = "ru"
    GREEK = "el"
    THAI = "th"
    HINDI = "hi"


_SCRIPTS: Final = (
    (Tongue.JAPANESE, re.compile("[\u3040-\u30ff]")),
    (Tongue.CHINESE, re.compile("[\u3400-\u9fff]")),
    (Tongue.HEBREW, re.compile("[\u05d0-\u05ea]")),
    (Tongue.ARABIC, re.compile("[\u0621-\u064a]")),
    (Tongue.KOREAN, re.compile("[\uac00-\ud7a3]")),
    (Tongue.RUSSIAN, re.compile("[\u0400-\u04ff]")),
    (Tongue.GREEK, re.compile("[\u0370-\u03ff]")),
    (Tongue.THAI, re.compile("[\u0e00-\u0e7f]")),
    (Tongue.HINDI, re.compile("[\u0900-\u097f]")),
)
_LATIN: Final = re.compile("[a-z\u00df-\u024f]")

_WORDS: Final = {Tongue(code): frozenset(fold(words).split()) for code, words in parts_of("tongues").items()}


def tongue(reading: Reading) -> Tongue | None:
    """The language, or None where the text is too short or mixed to be sure."""
    return _tongue(reading.text)


@lru_cache(256)
def _tongue(text: str) -> Tongue | None:
    reading = Reading(text)
    low = reading.low_quiet
    latin = len(_LATIN.findall(low))
    for one, pattern in _SCRIPTS:
        count = len(pattern.findall(low))
        if count and count * (6 if one in (Tongue.CHINESE, Tongue.JAPANESE) else 2) >= latin and count >= 3:
            return one
    words = reading.words
    if latin < 8 or len(words) < 4:
        return None
    votes = sorted(((sum(word in known for word in words), one) for one, known in _WORDS.items()), reverse=True)
    (most, best), (next_most, _) = votes[0], votes[1]
    return best if most >= 3 and most >= next_most + 2 and most * 5 >= len(words) else None
