"""Sentences as customers write them, from the grammar in ``conversations.txt``.

Rules: our own writing, nothing of anybody's; the same sentences on every run. Beside them the same few shapes filled
with WordNet's words, so that words that customers use, but the grammar does not, stand in a question, too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

GRAMMAR: Final = Path(__file__).parent / "conversations.txt"
_PLACE: Final = re.compile(r"\{(\w+)\}")
_NOUN: Final = (
    "my {} is broken", "where is my {}?", "do you sell {}?", "i have a question about the {}", "how much is the {}?",
    "i lost my {}", "what's wrong with the {}?", "can i get a new {}?", "the {} doesn't work", "i want to change my {}",
    "tell me about {}", "is the {} included?", "there's a problem with the {}", "thanks for the {}", "i need a {}",
    "how do i find a {}?", "what is a {}?", "why is there no {}?", "can you cancel the {}?", "the {} was great",
)  # fmt: skip
_VERB: Final = (
    "how do i {} it?", "i can't {}", "please {} this for me", "why did you {} it?", "can you {} the order?",
    "i want to {} my account", "it won't {}", "they {} too much", "what happens if i {}?", "i forgot to {}",
)  # fmt: skip
_ADJECTIVE: Final = (
    "it's too {}", "the service was {}", "why is my phone so {}?", "is that {}?", "i got a {} one", "the staff is {}",
    "this is {}!", "my order looks {}",
)  # fmt: skip


def written(count: int) -> Iterator[str]:
    """So many different sentences of the grammar."""
    rules, dice = _rules(), random.Random(1)
    seen: set[str] = set()
    while len(seen) < count:
        text = re.sub(r"\s+([!?.…,])", r"\1", " ".join(_grown(rules, "say", dice).split()))
        if text not in seen:
            seen.add(text)
            yield text


def filled(words: Iterable[tuple[str, str]]) -> Iterator[str]:
    """WordNet's words (kind and word) in two shapes each, in turn; words of three letters and more."""
    shapes = {"noun": _NOUN, "verb": _VERB, "adj": _ADJECTIVE}
    for at, (kind, word) in enumerate(words):
        shape = shapes.get(kind)
        if shape and word.isalpha() and len(word) > 2:
            yield shape[at % len(shape)].format(word)
            yield shape[(at + 7) % len(shape)].format(word)


def _rules() -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {}
    for line in GRAMMAR.read_text(encoding="utf8").splitlines():
        name, colon, rest = line.partition(":")
        if colon and not line.startswith("#"):
            rules.setdefault(name, []).extend(part.strip() for part in rest.split(" | "))
    return rules


def _grown(rules: dict[str, list[str]], name: str, dice: random.Random) -> str:
    return _PLACE.sub(lambda found: _grown(rules, found[1], dice), dice.choice(rules[name]).replace("}{", "} {"))
