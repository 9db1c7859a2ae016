"""Finds words for an answer: true, short, by what the question is about, and never the same twice.

An answer is a greeting, a piece of advice and a closing line, some of them quoting a word of the question. X refuses a
text it has seen, so whatever was given out is remembered, and a person who has said everything numbers their tips.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from twelp.sandbox.town import advice
from twelp.sandbox.town.abroad import TONGUES, language
from twelp.sandbox.town.dice import dice, words
from twelp.sandbox.town.thinking import TOPICS, Kind, Thought, think

LIMIT: Final = 230
"""Most weight of an answer, counted as X counts (CJK and emoji 2), so that a signature still fits."""

_NOISE: Final = re.compile(r"https?://\S+|[@#＠]\w+|<[^>]*>|&\w+;")
_LINK: Final = re.compile(r"\s*(?:https?://|www\.)\S+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_DULL: Final = words(
    "about after again also always anyone anything because been before being could does doing done even ever from "
    "every going have having hello here into just know like make maybe more much need only other over please really "
    "should some someone something still than thank thanks that their them then there these they thing things think "
    "this those though trying until very want what when where which while will with without would your yours yeah "
    "hallo bonjour hola para pero como este esta cuando nicht aber auch noch eine einen meine mein avec pour dans mais "
    "votre vous comment quand "
    "never already hasn't possible nothing refused half haven't wouldn't couldn't didn't doesnt dont wont isnt hasnt "
    "without another around between enough everything everyone everybody exactly morning yesterday tomorrow today "
    "probably quick quickly regards somebody supposed together wondering different switched switch "
    "can't don't won't isn't doesn't"
)
_RUDE: Final = re.compile(
    r"fuck|shit|crap|bitch|bastard|idiot|stupid|damn|dick|arse|\bass\b|asshole|wank|piss|cunt|slut|whore|porn|sex|nazi|"
    r"kill|suicid|dead|death|racis|scam|fraud|liar|thie[fv]|steal|suck|hate|hell|moron|retard|gay|puta|mierda|scheiß|"
    r"merde|arsch",
    re.IGNORECASE,
)
_SAID: Final = re.compile(r"\w[\w’'-]*")
_TRIES: Final = 60
_QUOTED_CHARS: Final = range(4, 15)
_SHORT_WORD: Final = 5


class Answers:
    """Answers of one town.

    Args:
        seed: same seed, same questions in the same order: same answers.
        extra: advice of one's own: a word of the question (or ``*`` for any question) to sentences.
    """

    def __init__(self, seed: int, extra: Mapping[str, Sequence[str]] | None = None) -> None:
        self._seed = seed
        self._extra = {word.lower(): tuple(lines) for word, lines in (extra or {}).items() if lines}
        self._given: set[str] = set()

    def find(self, question: str) -> str:
        """An answer that was never given before, of at most `LIMIT` weight."""
        for text in itertools.islice(self._wordings(question), _TRIES):
            if text not in self._given and weigh(text) <= LIMIT:
                self._given.add(text)
                return text
        text = f"{fitted(next(self._wordings(question)), LIMIT - 16)} (Tip {len(self._given) + 1})"
        self._given.add(text)
        return text

    def shorter(self, text: str, attempt: int) -> str:
        """The text as somebody rewrites it after it was refused: without links, and shorter each time.

        Args:
            text: what was refused.
            attempt: 1 for the first refusal.
        """
        plain = _LINK.sub("", text).replace("*", "").replace("@", "").strip()
        found = base = fitted(plain, LIMIT - 50 * attempt)
        for number in itertools.count(2):
            if found not in self._given:
                self._given.add(found)
                return found
            found = f"{base} ({number})"
        raise AssertionError("counting ends never")

    def think(self, question: str) -> Thought:
        """What people make of a question; advice of one's own comes first."""
        plain = _plain(question)
        lower = plain.lower().replace("’", "'")
        own = next((lines for word, lines in self._extra.items() if word != "*" and word in lower), None)
        own = own or self._extra.get("*")
        return Thought(Kind.TIP, own) if own else think(plain)

    def _wordings(self, question: str) -> Iterator[str]:
        plain = _plain(question)
        roll = dice(self._seed, "answer", plain, len(self._given))
        thought = self.think(question)
        tongue = TONGUES.get(language(plain))
        openers, closers = (tongue.openers, tongue.closers) if tongue else (_openers(plain.lower()), advice.CLOSERS)
        asks = any(piece.endswith("?") for piece in thought.pieces)
        if asks and thought.kind is Kind.TIP and not tongue:
            openers = advice.SORRY
        if thought.kind is not Kind.TIP or asks:
            closers = ("",) if tongue else advice.AFTER_ASKING
        elif thought.openers and not tongue:
            closers = ("", *advice.AFTER_ASKING[2:4])
        quotes = [] if tongue and (thought.kind is Kind.ASK_BACK or thought.openers) else _quotable(plain)
        usable = [opener for opener in thought.openers or openers if quotes or "{word}" not in opener]
        while True:
            yield _worded(roll, (usable, thought.pieces, closers), quotes, "" if tongue and tongue.unspaced else " ")


def _plain(question: str) -> str:
    return re.sub(r"\s+", " ", _NOISE.sub(" ", question)).strip()


def _said(text: str) -> list[str]:
    """The words of a text in lower case, without the 's at their ends."""
    return [word.replace("’", "'").removesuffix("'s") for word in _SAID.findall(text.lower())]


def weigh(text: str) -> int:
    """At least as much as X counts for a text without links: letters of most alphabets 1, everything else 2."""
    return sum(1 if character < "\u1100" or "\u2010" <= character <= "\u201f" else 2 for character in text)


def fitted(text: str, most: int) -> str:
    """The text cut at the end of a word, so that it weighs at most `most`.

    >>> fitted("Hold the power button", 12)
    'Hold the …'
    """
    if weigh(text) <= most:
        return text
    kept = text
    while kept and weigh(kept) > most - 3:
        cut = kept[:-1]
        kept = cut[: cut.rfind(" ")] if " " in cut else cut
    return f"{kept.rstrip(' ,;:')} …"


def _worded(
    roll: random.Random, parts: tuple[Sequence[str], Sequence[str], Sequence[str]], quotes: Sequence[str], between: str
) -> str:
    opener, piece, closer = map(roll.choice, parts)
    if "{word}" in opener:
        opener = opener.replace("{word}", roll.choice(quotes))
    return between.join(part for part in (opener, piece, closer) if part)


def _openers(lower: str) -> tuple[str, ...]:
    return advice.TROUBLE_OPENERS if set(_said(lower)) & advice.TROUBLE_WORDS else advice.OPENERS


def _quotable(plain: str) -> list[str]:
    """Up to four words of the question that can be repeated in public: what it is about, else the longest ones."""
    found = dict.fromkeys(w for w in _WORD.findall(plain) if len(w) in _QUOTED_CHARS)
    fine = [w for w in found if w.lower().replace("’", "'") not in _DULL and not _RUDE.search(w)]
    known = [w for w in fine if any(topic.words.fullmatch(w.lower()) for topic in TOPICS)]
    return known[:4] or sorted((w for w in fine if len(w) > _SHORT_WORD), key=len, reverse=True)[:4]
