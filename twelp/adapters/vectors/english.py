"""Whether a word is English, and whether a text is, at next to no cost.

Rules: a dictionary's words are kept as bits only (a Bloom filter: 12 bits a word, one wrong word in 300 passes), and
endings are taken off before a word is looked up. A word speaks for English where it is one, and against it where it is
one of the small words that other languages are full of and English is not.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint8]
_HASHES: Final = 7
_BITS_A_WORD: Final = 12
_SHORTEST: Final = 3
_ENDINGS: Final = (("ies", "y"), ("ing", ""), ("ing", "e"), ("es", ""), ("ed", ""), ("ed", "e"), ("er", ""), ("s", ""))
_LEAST: Final = 0.5
"""English words less foreign ones, as a share of all. Source: docs/decisions/0020-word-vectors.md."""
_SMALL_WORDS: Final = """
    el los las un una unos del al de que en es la por para mi mis tus su se lo le les nos muy pero como cuando donde
    quiero puedo puede tengo tiene esta este estoy hola gracias ya porque todo hace desde hasta ni
    nao um uma da dos em na nas ao meu minha meus seu sua voces ele ela eu estou tem isso pra foi
    je ne pas du une et est ma mes tes sa ses nous vous ils elle ce cette ces qui quoi au aux avec sur dans mais ou suis
    bonjour merci depuis il gli di che mio mia sono nel nella della dello dei piu perche ciao grazie
    der das dem ein eine einen einem und ist nicht ich sie wir ihr mein meine meinen mich mir kein keine auf aus bei mit
    nach seit von zu zum zur uber wie wann warum wenn dass auch noch nur aber geht kann hallo
    het een van ik jij wij niet mijn naar waar hoe wat te zijn voor maar ook als dat bij uit
    jag inte och att som av mitt ett jeg ikke og meg hvor hva fra
    nie jest ze moj moja moje gdzie jak czy bir bu icin benim nerede saya tidak bisa yang dari
"""
"""Of Spanish, Portuguese, French, Italian, German, Dutch, Scandinavian languages, Polish, Turkish, Indonesian."""
_FOREIGN: Final = frozenset(_SMALL_WORDS.split())


class Words:
    """A dictionary's words, as bits."""

    def __init__(self, bits: Bits) -> None:
        self._bits = np.asarray(bits)

    def __contains__(self, word: str) -> bool:
        """Whether the word, or what it is without its ending, is in the dictionary; short words never are."""
        if len(word) < _SHORTEST or not word.isalpha():
            return False
        stems = (word.removesuffix(end) + instead for end, instead in _ENDINGS if word.endswith(end))
        return self._has(word) or any(len(stem) >= _SHORTEST and self._has(stem) for stem in stems)

    def _has(self, word: str) -> bool:
        return all(self._bits[at >> 3] >> (at & 7) & 1 for at in _places(word, 8 * len(self._bits)))


def as_bits(words: Iterable[str]) -> Bits:
    """A dictionary's words as bits, for :class:`Words`."""
    known = sorted({word for word in words if len(word) >= _SHORTEST and word.isalpha()})
    bits = np.zeros(-(-len(known) * _BITS_A_WORD // 8), np.uint8)
    for word in known:
        for at in _places(word, 8 * len(bits)):
            bits[at >> 3] |= 1 << (at & 7)
    return bits


def english(words: Sequence[str], known: Callable[[str], bool]) -> bool:
    """Whether words, in small letters and without accents, are English; marks and numbers do not count.

    >>> english(["my", "tv", "is", "blank"], {"my", "tv", "is", "blank"}.__contains__)
    True
    >>> english(["no", "hay", "internet", "en", "mi", "casa"], {"no", "hay", "internet", "en", "mi"}.__contains__)
    False
    """
    spoken = [word for word in words if word.isalpha()]
    speaks = sum(-1 if word in _FOREIGN else known(word) for word in spoken)
    return bool(spoken) and speaks >= _LEAST * len(spoken)


def _places(word: str, size: int) -> Iterator[int]:
    """Where a word's bits stand, from two hashes (Kirsch, Mitzenmacher 2006)."""
    first, second = zlib.crc32(word.encode()), zlib.crc32(f"~{word}".encode()) | 1
    return ((first + turn * second) % size for turn in range(_HASHES))
