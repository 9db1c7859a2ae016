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
from twelp.sandbox.town.abroad import TONGUES, Tongue, language
from twelp.sandbox.town.dice import dice, words
from twelp.sandbox.x.text import weigh

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
    "can't don't won't isn't doesn't"
)
_RUDE: Final = re.compile(
    r"fuck|shit|crap|bitch|bastard|idiot|stupid|damn|dick|arse|\bass\b|asshole|wank|piss|cunt|slut|whore|porn|sex|nazi|"
    r"kill|suicid|dead|death|racis|scam|fraud|liar|thie[fv]|steal|suck|hate|hell|moron|retard|gay|puta|mierda|scheiß|"
    r"merde|arsch",
    re.IGNORECASE,
)
_TRIES: Final = 200
_QUOTED_CHARS: Final = range(4, 15)


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

    def _wordings(self, question: str) -> Iterator[str]:
        plain = re.sub(r"\s+", " ", _NOISE.sub(" ", question)).strip()
        roll = dice(self._seed, "answer", plain, len(self._given))
        lower = plain.lower()
        own = [lines for word, lines in self._extra.items() if word != "*" and word in lower]
        own = own or [lines for word, lines in self._extra.items() if word == "*"]
        tongue = TONGUES.get(language(plain))
        openers, closers = (tongue.openers, tongue.closers) if tongue else (_openers(lower), advice.CLOSERS)
        pieces = own[0] if own else _abroad(tongue, lower) if tongue else advise(plain)
        quotes = _quotable(plain)
        usable = [opener for opener in openers if quotes or "{word}" not in opener]
        while True:
            yield _worded(roll, usable, pieces, closers, quotes)


def advise(question: str) -> tuple[str, ...]:
    """The pieces of English advice that fit a question best.

    >>> advise("my printer is offline")[0][:18]
    'Remove the printer'
    """
    said = [word.replace("’", "'") for word in re.findall(r"[\w’'-]+", question.lower())]
    hits = [sum(word in topic.words for word in said) for topic in advice.TOPICS]
    best = max(hits)
    return advice.TOPICS[hits.index(best)].advice if best else advice.ANY_TOPIC


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
    roll: random.Random, openers: Sequence[str], pieces: Sequence[str], closers: Sequence[str], quotes: Sequence[str]
) -> str:
    opener = roll.choice(openers)
    if "{word}" in opener:
        opener = opener.replace("{word}", roll.choice(quotes))
    return " ".join(part for part in (opener, roll.choice(pieces), roll.choice(closers)) if part)


def _openers(lower: str) -> tuple[str, ...]:
    said = set(lower.replace("’", "'").split())
    return advice.TROUBLE_OPENERS if said & advice.TROUBLE_WORDS else advice.OPENERS


def _abroad(tongue: Tongue, lower: str) -> tuple[str, ...]:
    found = (pieces for words, pieces in tongue.advice if any(word in lower for word in words))
    return next(found, tongue.any_topic)


def _quotable(plain: str) -> list[str]:
    """Up to four words of the question that can be repeated in public, the longest first."""
    found = dict.fromkeys(w for w in _WORD.findall(plain) if len(w) in _QUOTED_CHARS)
    fine = [w for w in found if w.lower().replace("’", "'") not in _DULL and not _RUDE.search(w)]
    return sorted(fine, key=len, reverse=True)[:4]
