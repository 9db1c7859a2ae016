"""What can be read off a text: the phrases that ask, complain, thank …, in whichever language they stand.

Rules: nothing here decides; each sign is the very words it was seen by, so that the reasons can name them. Every
pattern is linear and at most `_READ` characters are read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from twelp.alternatives import Alternatives
from twelp.flow.triage import english, tongues, words
from twelp.flow.triage.people import folded
from twelp.flow.triage.tongues import Tongues

_READ = 25_000
"""Characters that are read. Source: X, the longest post of paying accounts."""

CLOSELY = 4_000
_END = 1_000
"""Characters in which all tables look: of a longer text its beginning and its end."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ud800-\udfff"
    "\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"  # … and the vowel marks that Hebrew and Arabic may leave out
)
_LINK = re.compile(r"https?://\S+|(?<![\w.@])(?:[a-z0-9-]+\.){1,3}(?:com|co|ly|gl|me|to|net|org)/\S+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@＠])[@＠]\w+(?:@[\w.-]+)?")
_QUESTION_MARK = re.compile("[?？؟⁇⁈⁉‽¿՞፧]")
_APOSTROPHES = str.maketrans("’‘ʼ＇`´", "''''''")
WORDS = re.compile(r"\w+")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen; an empty string where nothing was. `words`: how many (CJK and Thai: half their characters).

    `text` is without capitals, mentions, links and unseen characters, `plain` also without accents; `unread`: in a
    language not known here.
    """

    text: str
    plain: str
    tongues: Tongues
    words: int
    links: int
    mentions: int
    mark: str
    asks: str
    woe: str
    sarcasm: str
    thanks: str
    praise: str
    settled: str
    unread: bool


def bare(text: str) -> str:
    """The text without what nobody says: mentions, links, unseen characters; folded for comparing."""
    text = _UNSEEN.sub("", text[:_READ].translate(_APOSTROPHES))
    text = _MENTION.sub(" ", _LINK.sub(" ", unicodedata.normalize("NFC", text)))
    return _SPACES.sub(" ", text.replace("#", " ").replace("_", " ").casefold()).strip()


def read(text: str) -> Signs:
    """The signs in a post's text."""
    said = bare(text)
    shown = _UNSEEN.sub("", text[:_READ])
    mark = _QUESTION_MARK.search(said)
    spoken = tongues.spoken(said)
    latin = "en" in spoken.likely
    others = [_BY_CODE[code] for code in spoken.likely if code in _BY_CODE]
    thanks, praise = (seen(english.THANKS, said), seen(english.PRAISE, said)) if latin else ("", "")
    pleased = bool(thanks or praise)
    return Signs(
        text=said,
        plain=folded(said if len(said) <= CLOSELY else f"{said[: CLOSELY - _END]} \n {said[-_END:]}"),
        tongues=spoken,
        words=_count(said),
        links=len(_LINK.findall(shown)),
        mentions=len(_MENTION.findall(shown)),
        mark=mark[0] if mark else "",
        asks=(_english_asks(said, pleased=pleased) if latin else "") or _first(others, "asks", said),
        woe=(_english_woe(said, pleased=pleased) if latin else "") or _first(others, "woes", said),
        sarcasm=seen(english.SARCASM, said) if latin else "",
        thanks=thanks or _first(others, "thanks", said),
        praise=praise,
        settled=_settled(said, others, latin),
        unread=not spoken.likely and _count(said) > 2,
    )


def seen(phrases: str, said: str) -> str:
    """The first of `phrases` that stands in folded text, or an empty string."""
    found = _compiled(phrases).search(said)
    return found[0].strip() if found else ""


def every(phrases: str, said: str) -> tuple[str, ...]:
    """Each of `phrases` that stands in folded text, once, in order."""
    return tuple(dict.fromkeys(found[0].strip() for found in _compiled(phrases).finditer(said)))


@cache
def _compiled(phrases: str, spaced: bool = True) -> Alternatives:
    return Alternatives(phrases, before=r"(?<!\w)", after=r"(?!\w)") if spaced else Alternatives(phrases)


_OPENING = re.compile(rf"{english.CLAUSE}(?P<words>{english.OPENINGS})(?!\w)")


_TELLS = re.compile(r"(?:is|has|was|does|are) ")


def _english_asks(said: str, *, pleased: bool) -> str:
    if pleased:
        said = _compiled(english.NOT_WRONG).sub(" · ", said)
    found = _OPENING.search(said)
    if found and found.start() == 0 and "?" not in said and _TELLS.match(said) and seen(english.PRAISE, said):
        found = None  # "@acme is the best": the name in front is the subject
    return found["words"] if found else seen(english.ASKS, said)


def _english_woe(said: str, *, pleased: bool) -> str:
    """What is wrong; in praise, what "couldn't be better" is not."""
    if pleased:
        said = _compiled(english.NOT_WRONG).sub(" · ", said)
    return seen(english.WOES, said)


def _settled(said: str, others: list[words.Tongue], latin: bool) -> str:
    over = (seen(english.SETTLED, said) if latin else "") or _first(others, "settled", said)
    return "" if over and latin and seen(english.UNSETTLED, said) else over


def _first(tongues: list[words.Tongue], sign: str, said: str) -> str:
    """The first phrase of that sign in the first of the languages that has one there."""
    for tongue in tongues:
        phrases = getattr(tongue, sign)
        found = _compiled(phrases, tongue.spaced).search(said) if phrases else None
        if found:
            return found[0].strip()
    return ""


_BY_CODE = {tongue.code: tongue for tongue in (*words.LATIN, *(tongue for _, tongue in words.SCRIPTS))}
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def language(text: str) -> str:
    """The language that a post is likeliest in, as its code; empty where it could be several, or none that is known.

    >>> language("why does my tv show no picture?"), language("¿por qué no funciona mi televisor?"), language("tv")
    ('en', 'es', 'en')
    """
    found = tongues.spoken(bare(text))
    return found.best if len(found.likely) <= 1 else ""


def _count(said: str) -> int:
    return len(tongues.WORD.findall(said)) + len(_UNSPACED.findall(said)) // 2
