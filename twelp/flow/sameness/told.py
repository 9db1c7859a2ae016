"""What a post tells, as far as it is compared with others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from twelp.flow.sameness.trouble import trouble_in

_WORD = re.compile(r"[^\W_]+")
_NAMES = re.compile(r"https?://\S+|[@＠]\w+")
_CODE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{2,}|\d{3,}")
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2}|\s?(?:am|pm|uhr|h))\b|\b\d+\s?(?:min|mins|minutes|hours?|hrs?|stunden|horas)\b"
)
_STRETCHED = re.compile(r"(.)\1{2,}")
_HOW_TO = re.compile(
    r"\b(?:how (?:do|can|to|does|would|long|much|many)|where (?:do|can|is)|(?<!what )(?:can|could) i|is it possible"
    r"|do you (?:sell|have|offer)|which|wie (?:kann|geht|lange|viel)|wo (?:kann|finde)|como (?:puedo|se)|donde)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a post tells, as far as it is compared.

    Attributes:
        text: plain and in small letters.
        words: its words that say something, shortened to their stems.
        things: products, models and codes that it names.
        trouble: signs of what is wrong.
        language: as a code; empty where it could be several.
        topic: the likeliest; None: none.
        asks_how: it asks how to do something.
        also: topics that it may be about, the likeliest among them.
    """

    text: str
    words: frozenset[str]
    things: frozenset[str]
    trouble: frozenset[str]
    language: str
    topic: str | None
    asks_how: bool
    also: frozenset[str] = frozenset()


def told(text: str, *, products: tuple[str, ...], language: str, topic: str | None) -> Told:
    """What a post tells.

    >>> said = "My Kestrel Mini won't charge, error E17!"
    >>> one = told(said, products=("Kestrel Mini",), language="en", topic="phones")
    >>> sorted(one.things), "charg" in one.words
    (['e17', 'kestrel mini'], True)
    """
    plain = _plain(text)
    found = _named(products).findall(plain) if products else []
    things = frozenset(name for name in found if not any(name != other and name in other for other in found))
    rest = _CLOCK.sub(" ", plain)
    for name in things:
        rest = rest.replace(name, " ")
    codes = frozenset(_CODE.findall(rest))
    words = frozenset(_stem(word) for word in _WORD.findall(rest) if len(word) > 2 and word not in _SMALL)
    trouble = trouble_in(plain)
    return Told(plain, words - codes, things | codes, trouble, language, topic, bool(_HOW_TO.search(plain)))


@lru_cache(maxsize=8)
def _named(products: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the products that a text names, the longest name first."""
    names = sorted({_plain(product) for product in products}, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def contradicts(first: Told, second: Told) -> str | None:
    """What makes two posts different matters whatever else is alike: the thing that only the second names."""
    if first.things and second.things and first.things.isdisjoint(second.things):
        return sorted(second.things)[0]
    return None


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", _NAMES.sub(" ", text).casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).replace("’", "'").replace("'", "")
    return " ".join(_STRETCHED.sub(r"\1\1", text).split())


def _stem(word: str) -> str:
    """A word without its commonest endings; long ones by their beginning, so that a slip at the end does no harm."""
    for ending in ("ing", "ed", "es", "en", "er", "s", "e", "n"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:7]


_SMALL: Final = frozenset(
    [
        "the",
        "and",
        "you",
        "your",
        "for",
        "that",
        "this",
        "with",
        "have",
        "has",
        "was",
        "are",
        "not",
        "but",
        "its",
        "can",
        "what",
        "why",
        "when",
        "how",
        "since",
        "today",
        "now",
        "again",
        "any",
        "anyone",
        "else",
        "please",
        "help",
        "hey",
        "hello",
        "thanks",
        "there",
        "here",
        "just",
        "all",
        "one",
        "from",
        "out",
        "our",
        "get",
        "got",
        "been",
        "will",
        "does",
        "did",
        "dont",
        "doesnt",
        "cant",
        "wont",
        "isnt",
        "still",
        "really",
        "some",
        "than",
        "then",
        "they",
        "them",
        "would",
        "could",
        "should",
        "about",
        "after",
        "before",
        "into",
        "over",
        "same",
        "too",
        "very",
        "der",
        "die",
        "das",
        "und",
        "ich",
        "ist",
        "ein",
        "eine",
        "mein",
        "meine",
        "euer",
        "eure",
        "bei",
        "mit",
        "seit",
        "heute",
        "wieder",
        "noch",
        "auch",
        "nicht",
        "kein",
        "keine",
        "mir",
        "mich",
        "was",
        "warum",
        "wie",
        "geht",
        "gibt",
        "hallo",
        "bitte",
        "danke",
        "que",
        "los",
        "las",
        "una",
        "uno",
        "por",
        "para",
        "con",
        "desde",
        "hoy",
        "otra",
        "vez",
        "hola",
        "gracias",
        "mis",
        "del",
        "est",
        "les",
        "des",
        "une",
        "pour",
        "avec",
        "depuis",
        "bonjour",
        "merci",
        "mon",
        "votre",
        "vous",
        "pas",
    ]
)
