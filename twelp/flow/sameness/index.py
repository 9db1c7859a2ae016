"""The matters that another question may join, found by an inverted index over their rarer words, and by meaning."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from rapidfuzz import fuzz

from twelp.flow.sameness.told import Told, contradicts

LATELY: Final = timedelta(hours=24)
"""How long after the last post of a matter another may join it."""

_BAR: Final = 0.62
_BAR_IN_A_BURST: Final = 0.45
_JUST_NOW: Final = timedelta(minutes=3)
_NEAR: Final = 0.45
"""How alike in meaning two must be who say within minutes that the same is down."""
_BURST: Final = timedelta(minutes=15)
_SEVERAL: Final = 2
_SAME_TROUBLE: Final = 0.5
"""What the same sign of trouble about the same thing counts for by itself: enough in a burst, not alone."""
_EXAMPLES: Final = 16
"""Wordings of a matter that are kept to compare with."""
_ANOTHER_WORDING: Final = 0.8
_COMPARED: Final = 6
_RAREST: Final = 5
_COMMON: Final = 150
"""Matters that share a word from which on the word finds nothing."""
_SAME_MEANING: Final = 0.8
"""The least cosine that speaks for the same matter. Source: docs/decisions/0020-word-vectors.md."""
_MEANING: Final = 0.9
"""What meaning counts for beside words: by itself enough to join where somebody looks."""

Alike = Callable[[str, Sequence[str]], Sequence[float]]


class Nearby(Protocol):
    """Finds the latest texts by their meaning."""

    def add(self, key: str, text: str) -> None:
        """Keeps a text under a key, which may have several."""

    def drop(self, key: str) -> None:
        """Forgets all texts of a key."""

    def nearest(self, text: str, limit: int, least: float) -> Sequence[tuple[str, float]]:
        """The keys of the nearest texts with their cosines, `least` or more, nearest first."""


@dataclass(frozen=True, slots=True)
class Sameness:
    """Which matter a question joins, how surely (0..1), and why."""

    matter: str
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Matter:
    """One matter in the index."""

    id: str
    topic: str | None
    language: str
    things: frozenset[str]
    last_at: datetime
    examples: list[Told]
    lately: list[datetime] = field(default_factory=list)

    def bursts(self, at: datetime) -> bool:
        self.lately = [one for one in self.lately if abs(at - one) <= _BURST]
        return len(self.lately) >= _SEVERAL


class Index:
    """The matters that another question may join, found without a look at each.

    Args:
        alike: how alike a text and others are in meaning, from 0 to 1; None: not known.
        nearby: finds texts by their meaning; None: that is not known.
    """

    def __init__(self, alike: Alike | None = None, nearby: Nearby | None = None) -> None:
        self._alike = alike
        self._nearby = nearby
        self._matters: dict[str, _Matter] = {}
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._bursting: dict[str | None, list[str]] = defaultdict(list)
        self._lately: dict[str | None, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._matters)

    def __contains__(self, matter: str) -> bool:
        return matter in self._matters

    def add(self, matter: str, said: Told, at: datetime) -> None:
        """A matter of its own begins with this question."""
        self._matters[matter] = _Matter(matter, said.topic, said.language, said.things, at, [said], [at])
        self._file(matter, said)
        if said.trouble:
            self._lately[said.topic] = [*self._lately[said.topic][-3:], matter]

    def joined(self, matter: str, said: Told, at: datetime) -> None:
        """Another question joined it: its wording counts from now on where it is another."""
        known = self._matters.get(matter)
        if known is None:
            return
        known.last_at = max(known.last_at, at)
        known.lately.append(at)
        if known.topic is None and said.topic is not None:
            known.topic = said.topic
        known.things |= said.things if not known.things else frozenset()
        if len(known.examples) < _EXAMPLES and max(_ratio(said, one) for one in known.examples) < _ANOTHER_WORDING:
            known.examples.append(said)
            self._file(matter, said)
        if known.bursts(at) and matter not in self._bursting[known.topic]:
            self._bursting[known.topic] = [*self._bursting[known.topic][-3:], matter]

    def drop(self, matter: str) -> None:
        """Nobody may join it any more."""
        known = self._matters.pop(matter, None)
        if known is None:
            return
        for word in {word for one in known.examples for word in (*one.words, *one.things)}:
            self._by_word[word].discard(matter)
        if self._nearby is not None:
            self._nearby.drop(matter)
        for lists in (self._bursting, self._lately):
            for topic in lists:
                lists[topic] = [one for one in lists[topic] if one != matter]

    def find(self, said: Told, at: datetime) -> Sequence[Sameness]:
        """The matters that a question may join, the surest first; none: it is one of its own."""
        likely = list[Sameness]()
        meant = self._meant(said)
        for matter in dict.fromkeys([*self._candidates(said), *meant]):
            known = self._matters[matter]
            if at - known.last_at > LATELY:
                continue
            found = self._compare(said, known, at, meant.get(matter, 0.0))
            if found is not None:
                likely.append(found)
        return sorted(likely, key=lambda found: -found.score)

    def fits(self, matter: str, said: Told, at: datetime) -> bool:
        """Whether a question would join this matter, which is not known to be another."""
        known = self._matters.get(matter)
        if known is None:
            return True
        return self._compare(said, known, at, self._meant(said).get(matter, 0.0)) is not None

    def near(self, said: Told, at: datetime) -> str | None:
        """The matter that a question may be the same as though it did not join it: several ask about the same trouble
        of its topic just now, in whatever language."""
        topics = (said.topic, *sorted(said.also), None) if said.topic is not None else tuple(self._bursting)
        found = (one for topic in topics for one in self._bursting.get(topic, ()) if one in self._matters)
        for matter in found:
            known = self._matters[matter]
            alike = said.trouble & frozenset().union(*(one.trouble for one in known.examples))
            apart = known.things and said.things and known.things.isdisjoint(said.things)
            if alike and not apart and known.bursts(at):
                return matter
        return None

    def _file(self, matter: str, said: Told) -> None:
        for word in (*said.words, *said.things):
            self._by_word[word].add(matter)
        if self._nearby is not None:
            self._nearby.add(matter, said.text)

    def _meant(self, said: Told) -> Mapping[str, float]:
        """The matters that mean the same, with their cosines."""
        if self._nearby is None:
            return {}
        return dict(self._nearby.nearest(said.text, _COMPARED, _SAME_MEANING))

    def _candidates(self, said: Told) -> Iterable[str]:
        """Those that share the rarest words, and those of the topic that several ask about just now."""
        found: Counter[str] = Counter()
        words = sorted(
            (len(self._by_word[word]), word) for word in (*said.words, *said.things) if word in self._by_word
        )
        for count, word in [one for one in words if 0 < one[0] <= _COMMON][:_RAREST]:
            weight = 1.0 / math.log(2.0 + count)
            for matter in self._by_word[word]:
                found[matter] += weight  # type: ignore[assignment]  # a Counter of weights
        if said.topic is None:
            near = [one for found in self._bursting.values() for one in found]
        else:
            topics = dict.fromkeys((said.topic, *sorted(said.also), None))
            near = [one for topic in topics for one in self._bursting.get(topic, ())]
        lately = list(self._lately.get(said.topic, ()))
        bursting = [one for one in (*near, *lately) if one in self._matters]
        return dict.fromkeys([*bursting, *(one for one, _ in found.most_common(_COMPARED))])

    def _compare(self, said: Told, known: _Matter, at: datetime, means: float = 0.0) -> Sameness | None:
        if said.language and known.language and said.language != known.language:
            return None
        if said.topic != known.topic and not self._may_be(said, known, at):
            return None
        if any(contradicts(one, said) for one in (known.examples[0],)) or (
            known.things and said.things and known.things.isdisjoint(said.things)
        ):
            return None
        if said.asks_how and not said.trouble and not any(one.asks_how for one in known.examples):
            return None
        score, why = self._score(said, known, means)
        bursts = known.bursts(at) or (bool(said.trouble) and self._topic_bursts(said.topic, at))
        if _both_down(said, known) and abs(at - known.last_at) <= _JUST_NOW and self._means(said, known) >= _NEAR:
            score = max(score, _BAR)
            why = (*why, "the same trouble within minutes")
        if score < (_BAR_IN_A_BURST if bursts else _BAR):
            return None
        return Sameness(known.id, min(1.0, score), (*why, *(("several ask it just now",) if bursts else ())))

    def _topic_bursts(self, topic: str | None, at: datetime) -> bool:
        """Whether several ask something of the same topic just now, in whatever language."""
        found = (topic,) if topic is not None else tuple(self._bursting)
        return any(self._matters[one].bursts(at) for t in found for one in self._bursting[t] if one in self._matters)

    def _may_be(self, said: Told, known: _Matter, at: datetime) -> bool:
        """Whether one of the two is about nothing known, or may be about the other's, and several ask that just now."""
        if known.topic in said.also and known.bursts(at):
            return True
        return (said.topic is None or known.topic is None) and (
            known.bursts(at) or self._topic_bursts(said.topic or known.topic, at)
        )

    def _means(self, said: Told, known: _Matter) -> float:
        """How alike in meaning they are."""
        if self._alike is None:
            return 0.0
        return max(self._alike(said.text, [one.text for one in known.examples[:4]]))

    def _score(self, said: Told, known: _Matter, means: float) -> tuple[float, tuple[str, ...]]:
        words = max(self._shared(said, one) for one in known.examples)
        why, score = [f"words {words:.2f}"], words
        spelled = max(_ratio(said, one) for one in known.examples)
        if spelled > score:
            score = spelled
            why.append(f"spelling {spelled:.2f}")
        if means * _MEANING > score:
            score = means * _MEANING
            why.append(f"meaning {means:.2f}")
        shared = said.trouble & frozenset().union(*(one.trouble for one in known.examples))
        if shared:
            score = max(score + 0.1, _SAME_TROUBLE)
            why.append(f"both say: {sorted(shared)[0]}")
        elif said.trouble and any(one.trouble for one in known.examples):
            score -= 0.25
        if said.things & known.things:
            score += 0.1
            why.append(f"both name {sorted(said.things & known.things)[0]}")
        return score, tuple(why)

    def _shared(self, first: Told, second: Told) -> float:
        """The cosine of two posts' words, each weighed by how rare it is among the matters."""

        def size(words: frozenset[str]) -> float:
            return sum(1.0 / math.log(2.0 + len(self._by_word.get(word, ()))) for word in words)

        common = first.words & second.words
        return size(common) / math.sqrt(size(first.words) * size(second.words)) if common else 0.0


def _both_down(said: Told, known: _Matter) -> bool:
    """Whether both say that something does not work at all."""
    return "down" in said.trouble and all("down" in one.trouble for one in known.examples[:1])


def _ratio(first: Told, second: Told) -> float:
    """How alike the spelling of two posts' words is, whatever their order; few words say little."""
    if min(len(first.words), len(second.words)) < 2:
        return 0.0
    found: float = fuzz.token_sort_ratio(" ".join(sorted(first.words)), " ".join(sorted(second.words))) / 100.0
    return found
