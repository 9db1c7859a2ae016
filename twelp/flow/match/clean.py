"""From a post as people type it to the words that carry meaning.

Rules: nothing here knows a topic or a language's dictionary. Addresses of pages, emoji and names of accounts say
nothing about the topic and go (but for names the caller knows: a product's account is its name); hashtags are opened
into their words; stretched letters shrink; common short forms of the network are written out. Scripts without spaces
between words (Chinese, Japanese, Thai, ...) become single characters; pairs are made of them later.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Final

_URL: Final = re.compile(r"https?://\S+|www\.\S+|\bt\.co/\S+", re.IGNORECASE)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+")
_MENTION: Final = re.compile(r"(?<!\w)[@＠](\w+)")
_HASHTAG: Final = re.compile(r"[#＃](\w+)")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|_")
_APOSTROPHE: Final = re.compile(r"(?<=\w)['’‘`´׳״\"](?=\w)")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana, Han
)
_TOKEN: Final = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_WORD: Final = re.compile(rf"(?<!['’])(?<!\w)[^\W\d_{UNSPACED}]+(?!['’]?\w)|(?<!\w)[0-9](?!\w)")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘`´", "'"))
_PICTURES: Final = frozenset({"So", "Sk", "Cf", "Cn", "Co"})
_REPEATED: Final = re.compile(r"([^\w\s])\1+")
_UNSPACED_CHAR: Final = re.compile(rf"[{UNSPACED}]")
_LONGEST_WORD: Final = 60
"""Characters of a word that count: no word of any language needs more, and a hostile one would cost seconds."""
_SHORT_FORMS: Final = {
    "u": "you", "r": "are", "ur": "your", "pls": "please", "plz": "please", "bc": "because", "cuz": "because",
    "2": "to", "4": "for", "thx": "thanks", "thnx": "thanks", "w": "with", "b4": "before", "gr8": "great",
    "cant": "can not", "wont": "will not", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "wasnt": "was not", "couldnt": "could not", "im": "i am", "ive": "i have",
    "acct": "account", "msg": "message", "txt": "text", "tmrw": "tomorrow", "ppl": "people", "wanna": "want to",
    "gonna": "going to", "gotta": "got to",
}  # fmt: skip


def unspaced(word: str) -> bool:
    """Whether the word is a character of a script that puts no spaces between words."""
    return len(word) == 1 and _UNSPACED_CHAR.match(word) is not None


def words(text: str, names: Collection[str] = ()) -> list[str]:
    """The words of a post, in order, folded to one form; of accounts only those named in ``names`` (folded, too).

    >>> words("@Acme is @Braviax down?", names={"braviax"})
    ['is', 'braviax', 'down']
    >>> words("@AcmeHelp my #NewRouter is sooooo slow!! pls fix https://t.co/x1 😡")
    ['my', 'new', 'router', 'is', 'soo', 'slow', 'please', 'fix']
    >>> words("路由器 reset")
    ['路', '由', '器', 'reset']
    """
    text = _STRETCHED.sub(r"\1\1", _APOSTROPHE.sub("", _plain(text, names)).casefold())
    found: list[str] = []
    for word in _TOKEN.findall(text):
        long = _SHORT_FORMS.get(word)
        found.extend(long.split() if long else (word[:_LONGEST_WORD],))
    return found


def sentence(text: str, spelled: Callable[[str], str] = str) -> str:
    """A post as one who reads whole sentences wants it: marks and apostrophes stay, each word spelled by ``spelled``.

    >>> sentence("@AcmeHelp what's with my #NewRouter?? sooo slow, pls fix https://t.co/x1 😡")
    "what's with my new router ? soo slow, please fix"
    >>> sentence("路由器 reset, u2?")
    '路由器 reset, u2?'
    """
    text = _STRETCHED.sub(r"\1\1", _plain(text).translate(_APOSTROPHES).casefold())
    text = text.replace("^", " ") if text.isascii() else "".join(map(_without_picture, text))
    text = _WORD.sub(lambda found: _SHORT_FORMS.get(found[0]) or spelled(found[0][:_LONGEST_WORD]), text)
    return " ".join(_REPEATED.sub(r"\1", text).split())


def _without_picture(letter: str) -> str:
    return " " if unicodedata.category(letter) in _PICTURES else letter


def _plain(text: str, names: Collection[str] = ()) -> str:
    """The text without addresses and accounts, but for those named; hashtags opened into their words."""
    text = unicodedata.normalize("NFKC", html.unescape(text))
    text = _EMAIL.sub(" ", _URL.sub(" ", text))
    text = _MENTION.sub(lambda m: f" {m[1]} " if m[1].casefold() in names else " ", text)
    return _HASHTAG.sub(lambda m: " " + _CAMEL.sub(" ", m[1]) + " ", text)
