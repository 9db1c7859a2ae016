"""Learn: which lasting change of the roster do people's repairs and answers speak for, and on what evidence?

Single lessons reach the matcher at once and by themselves. What is proposed here is for a person to read and put into
experts.yaml: words that decide a topic and stand nowhere, people who keep being named or answering for a topic they do
not stand for, people who keep saying "not me". Each proposal counts its evidence and names questions to look at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from twelp.model import Roster

_WORD_QUESTIONS = 3
"""Questions of a topic that must hold a word before it is proposed: two may be one customer's turn of phrase."""

_WORD_LIFT = 4.0
"""How many times as common a word must be in a topic's questions as in all others: "my" is about 1."""

_WORDS_A_TOPIC = 5
_SHORTEST_WORD = 3

_ADDED_FROM = 2
"""Different questions in which somebody was named by a colleague, or gave the answer, before a topic is proposed."""

_REMOVED_FROM = 5
"""Different questions to which somebody said "not me" before their topic is put in question …"""

_REMOVED_SHARE = 0.2
""" … unless they answered more than this share of those they could have."""

_NAMED = 5
"""Questions that a proposal names."""


Close = Callable[[Iterable[str], Iterable[str]], Mapping[str, Sequence[str]]]
"""Words, and further ones; for each of the words, those of both that mean nearly the same, nearest first."""


class Change(StrEnum):
    """What a proposal would do to experts.yaml."""

    ADD_KEYWORD = "add keyword"
    ADD_TOPIC = "add topic"
    REMOVE_TOPIC = "remove topic"


@dataclass(frozen=True, slots=True)
class Taught:
    """A question that turned out to be about `topic`: its words, and who answered it (empty: only corrected)."""

    question: str
    topic: str
    words: frozenset[str]
    author: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """Somebody who was asked on `topic` said "not me", or named a colleague (`to`)."""

    question: str
    person: str
    topic: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change: `value` is the keyword or topic id, `entry` the topic's or person's id whose list it is in.

    `count` questions speak for it; `questions` names some.
    """

    change: Change
    entry: str
    value: str
    count: int
    questions: tuple[str, ...]
    why: str


def propose(
    roster: Roster,
    taught: Sequence[Taught],
    declined: Sequence[Declined],
    *,
    written: Mapping[str, frozenset[str]],
    background: Sequence[tuple[str, frozenset[str]]] = (),
    close: Close | None = None,
) -> tuple[Proposal, ...]:
    """What to change, keywords first, then people, each group by entry, most evidence first.

    Args:
        roster: as it is; topics and people that are not in it any more are passed over.
        taught: one for each question that taught something.
        declined: every "not me" and "pass to".
        written: the words of each topic's name, keywords and aliases, by topic id.
        background: (topic, words) of the roster's example questions, which tell common words from telling ones.
        close: finds words that mean nearly the same, where that is known: they are counted together.
    """
    known = [t for t in taught if t.topic in roster.topics]
    people = [d for d in declined if d.person in roster.experts and d.topic in roster.topics]
    return (
        *_keywords(roster, known, written, background, close),
        *_joining(roster, known, people),
        *_leaving(roster, known, people),
    )


def _keywords(
    roster: Roster,
    taught: Sequence[Taught],
    written: Mapping[str, frozenset[str]],
    background: Sequence[tuple[str, frozenset[str]]],
    close: Close | None,
) -> list[Proposal]:
    taught = list({(t.topic, t.words): t for t in taught}.values())  # the same text sent often speaks once
    texts = [*((t.topic, t.words) for t in taught), *background]
    size = Counter(topic for topic, _ in texts)
    everywhere = Counter(word for _, words in texts for word in words)
    within = {topic: Counter(w for of, words in texts if of == topic for w in words) for topic in size}
    standing = frozenset[str]().union(*written.values())
    seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for t in taught:
        for word in t.words - standing:
            seen[t.topic][word].append(t.question)

    def lift(topic: str, word: str) -> float:
        others = len(texts) - size[topic]
        elsewhere = (everywhere[word] - within[topic][word] + 0.5) / (others + 1)
        return within[topic][word] / size[topic] / elsewhere

    found = []
    for topic in roster.topics:
        telling = {w: asked for w, asked in seen[topic].items() if _telling(w) and lift(topic, w) >= _WORD_LIFT}
        alike = close(telling, sorted(written.get(topic, ()))) if close else {}
        ready = [_keyword(roster, topic, word, telling, alike.get(word, ()), lift(topic, word)) for word in telling]
        found += sorted((one for one in ready if one is not None), key=_weight)[:_WORDS_A_TOPIC]
    return found


def _keyword(
    roster: Roster, topic: str, word: str, telling: Mapping[str, Sequence[str]], close: Sequence[str], lift: float
) -> Proposal | None:
    """The proposal of a word, by itself or with those that mean nearly the same; None where too few questions speak
    for it, or another one of them stands for all."""
    own, others = telling[word], [other for other in close if other in telling]
    known = next((other for other in close if other not in telling), None)
    why = f"in {len(own)} questions on {roster.topics[topic].name}, {lift:.0f} times as often as elsewhere"
    together = list(dict.fromkeys([*own, *(question for other in others for question in telling[other])]))
    if len(own) < _WORD_QUESTIONS:
        first = min([word, *others], key=lambda one: (-len(telling[one]), one))
        if len(together) < _WORD_QUESTIONS or first != word:
            return None
        quoted = ", ".join(f"“{other}”" for other in others)
        why = f"in {len(together)} questions on {roster.topics[topic].name}, by itself or as {quoted}"
        own = together
    if known is not None:
        why += f"; close to “{known}”, which stands there"
    return Proposal(Change.ADD_KEYWORD, topic, word, len(own), tuple(own[-_NAMED:]), why)


def _telling(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and not word.isdigit()


def _joining(roster: Roster, taught: Sequence[Taught], declined: Sequence[Declined]) -> list[Proposal]:
    """People who answer, or are named by colleagues, for a topic they do not stand for."""
    named = _questions((d.to, d.topic, d.question) for d in declined if d.to in roster.experts)
    answered = _questions((t.author, t.topic, t.question) for t in taught if t.author in roster.experts)
    found = []
    for person, topic in sorted({*named, *answered}):
        both = (*named.get((person, topic), ()), *answered.get((person, topic), ()))
        questions = tuple(dict.fromkeys(both))
        if topic not in roster.experts[person].topics and len(questions) >= _ADDED_FROM:
            counts = (len(answered.get((person, topic), ())), len(named.get((person, topic), ())))
            why = f"answered {counts[0]} questions on {roster.topics[topic].name}, was named for {counts[1]}"
            found.append(Proposal(Change.ADD_TOPIC, person, topic, len(questions), questions[-_NAMED:], why))
    return sorted(found, key=_weight)


def _leaving(roster: Roster, taught: Sequence[Taught], declined: Sequence[Declined]) -> list[Proposal]:
    """People who keep saying "not me" to a topic they stand for; never the last one who stands for it."""
    passed = _questions((d.person, d.topic, d.question) for d in declined)
    answered = _questions((t.author, t.topic, t.question) for t in taught)
    left = Counter(topic for expert in roster.experts.values() for topic in expert.topics)
    found = []
    for (person, topic), questions in sorted(passed.items()):
        good = len(answered.get((person, topic), ()))
        seldom = good <= _REMOVED_SHARE * (good + len(questions))
        stands = topic in roster.experts[person].topics
        if stands and seldom and len(questions) >= _REMOVED_FROM and left[topic] > 1:
            left[topic] -= 1
            why = f"passed {len(questions)} questions on {roster.topics[topic].name}, answered {good}"
            found.append(Proposal(Change.REMOVE_TOPIC, person, topic, len(questions), questions[-_NAMED:], why))
    return sorted(found, key=_weight)


def _questions(rows: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The different questions of each (person, topic), oldest first."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for person, topic, question in rows:
        found[person, topic][question] = None
    return {key: tuple(questions) for key, questions in found.items()}


def _weight(proposal: Proposal) -> tuple[int, str, str]:
    return (-proposal.count, proposal.entry, proposal.value)
