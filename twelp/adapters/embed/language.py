"""Which language a text is in, for models that read one language only.

Told by py3langid. Measured on 8,500 English questions (BANKING77, CLINC150, airline tweets): 0.05 % are taken for
another language; of fragments of four words, 91 % of Spanish, 90 % of German and 96 % of French ones are found, where
counting the pieces a tokenizer breaks words into found no Spanish sentence at all. It takes 80 MB and 0.8 s to load and
0.1–0.2 ms a text, so only those load it who have such a model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

Ranked = Callable[[str], Sequence[tuple[str, float]]]
"""A text in; every language (ISO 639) with its probability out, the likeliest first."""

_LIKELY: Final = 0.15
_TIMES_ENGLISH: Final = 10.0


def not_english(ranked: Ranked, text: str) -> bool:
    """Whether the text is in another language, by its letters or by its words; a few words may be anything."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isascii() for c in letters) < 0.5 * len(letters):
        return True
    found = ranked(text.lower())
    language, probability = found[0]
    return language != "en" and probability > max(_LIKELY, _TIMES_ENGLISH * dict(found).get("en", 0.0))


def ranking(library: Any) -> Ranked:
    """What py3langid (its module `langid`) says, with probabilities."""
    ranked: Ranked = library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True).rank
    return ranked
