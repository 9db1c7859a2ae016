"""The matcher: topics in, a question in, topics best first out; it learns from every answer at once.

Rules: pure, so no clock, no dice, no files. ``rank`` and ``why`` may run in any number of threads while one thread
learns or unlearns (the caller lets only one in at a time): a learner only adds to dictionaries, writes single numbers
of arrays and exchanges whole arrays, so a reader sees each number before or after, never a torn structure.
``unlearn`` is the exact inverse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from .clean import words
from .features import features, is_piece
from .spelling import Speller
from .values import Cost, Ranking, Reason, TopicMatch, TopicText

Floats = npt.NDArray[np.float32]
_K1: Final = 1.2
_B: Final = 0.5
_ALIAS: Final = 12.0
_FORMAT: Final = 1


class Matcher:
    """Ranks topics for a text. Made by :func:`fit`."""

    def __init__(self, topics: Mapping[str, TopicText], cost: Cost) -> None:
        self._texts = dict(topics)
        self._names = tuple(topics)
        self._at = {name: i for i, name in enumerate(self._names)}
        self._nobody = len(self._names)  # the column of dismissals
        self._cost = cost
        self._speller = Speller()
        self._ids: dict[str, int] = {}
        self._counts: Floats = np.zeros((1024, self._nobody + 1), np.float32)
        self._lengths = np.zeros(self._nobody + 1, np.float32)
        self._dismissed = 0.0
        self._learned: list[tuple[str, str | None, float, str]] = []
        self._aliases: dict[tuple[str, ...], set[int]] = {}
        for name, text in topics.items():
            self._admit(name, text)

    def rank(self, text: str, limit: int = 5) -> Ranking:
        """The topics for this text, best first, at most ``limit``, with reasons."""
        if not self._names:
            return Ranking(none_score=1.0, nobody=True, reasons=("there are no topics",))
        read, fixes = self._read(text)
        scores = self._scores(read)
        chance = _softmax(scores)
        none_score = float(chance[self._nobody])
        order = np.argsort(-chance[: self._nobody], kind="stable")[: max(limit, 0)]
        found = tuple(
            TopicMatch(self._names[i], float(chance[i]), tuple(r.text for r in self._why(read, fixes, int(i))))
            for i in order
        )
        nobody = none_score >= self._cost.nobody_from
        reasons = ("reads like posts that were dismissed or like none of the topics",) if nobody else ()
        return Ranking(found, none_score, nobody, reasons)

    def why(self, text: str, topic: str | None) -> tuple[Reason, ...]:
        """Why this topic got its score for this text, strongest first; empty when nothing speaks for it.

        Raises:
            KeyError: The topic is not known.
        """
        read, fixes = self._read(text)
        return self._why(read, fixes, self._column(topic))

    def learn(self, text: str, topic: str | None, weight: float = 1.0, *, ref: str = "") -> None:
        """Take in an answered question at once; ``topic`` None means that nobody should have got it.

        Raises:
            KeyError: The topic is not known.
        """
        self._add(words(text), self._column(topic), weight)
        self._learned.append((text, topic, weight, ref))

    def unlearn(self, text: str, topic: str | None) -> bool:
        """Undo the latest :meth:`learn` of this text and topic; whether there was one.

        Raises:
            KeyError: The topic is not known.
        """
        column = self._column(topic)
        for i in range(len(self._learned) - 1, -1, -1):
            row = self._learned[i]
            if row[0] == text and row[1] == topic:
                self._learned = self._learned[:i] + self._learned[i + 1 :]
                self._add(words(text), column, -row[2])
                return True
        return False

    def snapshot(self) -> bytes:
        """Everything that was learned, versioned; see :meth:`restore`."""
        return json.dumps({"format": _FORMAT, "learned": self._learned}, ensure_ascii=False).encode()

    def restore(self, snapshot: bytes) -> None:
        """Learn what a snapshot holds; rows of topics that no longer exist are left out.

        Raises:
            ValueError: The snapshot is of another format.
        """
        held = json.loads(snapshot)
        if held.get("format") != _FORMAT:
            raise ValueError(
                f"snapshot has format {held.get('format')!r}; expected {_FORMAT}; rebuild it from the rows"
            )
        for text, topic, weight, ref in held["learned"]:
            if topic is None or topic in self._at:
                self.learn(text, topic, weight, ref=ref)

    def _column(self, topic: str | None) -> int:
        return self._nobody if topic is None else self._at[topic]

    def _admit(self, name: str, text: TopicText) -> None:
        for part in (text.name, *text.keywords, *text.examples, *text.aliases):
            self._add(words(part), self._at[name], 1.0)
        for alias in text.aliases:
            self._aliases.setdefault(tuple(words(alias)), set()).add(self._at[name])

    def _add(self, read: Sequence[str], column: int, weight: float) -> None:
        for word in read:
            self._speller.see(word, weight)
        for feature, count in features(read).items():
            at = self._ids.get(feature)
            if at is None:
                at = len(self._ids)
                if at == len(self._counts):
                    self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)])
                self._ids[feature] = at
            self._counts[at, column] += count * weight
            self._lengths[column] += count * weight
        if column == self._nobody:
            self._dismissed += weight

    def _read(self, text: str) -> tuple[list[str], dict[str, str]]:
        read, fixes = [], {}
        for word in words(text):
            fixed = self._speller.fix(word)
            if fixed != word:
                fixes[fixed] = word
            read.append(fixed)
        return read, fixes

    def _parts(self, read: Sequence[str]) -> tuple[list[str], Floats]:
        """Features that are known, and what each gives each topic: (features, topics + nobody)."""
        counts, ids = self._counts, self._ids
        known = [f for f in features(read) if ids.get(f, len(counts)) < len(counts)]
        tf = np.maximum(counts[[ids[f] for f in known]], 0.0)
        n = len(self._names)
        df = (tf[:, :n] > 0).sum(axis=1)
        idf = np.log(1.0 + (n - df + 0.5) / (df + 0.5))
        idf *= np.fromiter((0.3 if is_piece(f) else 1.0 for f in known), np.float32, len(known))
        norm = _K1 * (1 - _B + _B * self._lengths / max(float(self._lengths[:n].mean()), 1.0))
        return known, (idf[:, None] * tf * (_K1 + 1) / (tf + norm)).astype(np.float32)

    def _scores(self, read: Sequence[str]) -> Floats:
        scores: Floats = self._parts(read)[1].sum(axis=0)
        for at in self._alias_hits(read):
            scores[at] += _ALIAS
        if self._dismissed <= 0:
            scores[self._nobody] = 0.0
        scores[self._nobody] = max(float(scores[self._nobody]), 1.0)
        return scores

    def _alias_hits(self, read: Sequence[str]) -> dict[int, str]:
        hits: dict[int, str] = {}
        for alias, columns in self._aliases.items():
            size = len(alias)
            if any(tuple(read[i : i + size]) == alias for i in range(len(read) - size + 1)):
                hits.update(dict.fromkeys(columns, " ".join(alias)))
        return hits

    def _why(self, read: Sequence[str], fixes: Mapping[str, str], column: int) -> tuple[Reason, ...]:
        known, parts = self._parts(read)
        reasons: list[Reason] = []
        alias = self._alias_hits(read).get(column)
        if alias:
            reasons.append(Reason("alias", f"names “{alias}”", _ALIAS))
        mine = parts[:, column]
        shown = [i for i in np.argsort(-mine, kind="stable") if mine[i] > 0 and not is_piece(known[i])][:3]
        if shown:
            said = " and ".join(f"“{known[i]}”" for i in shown)
            spelled = [f"“{fixes[w]}” → “{w}”" for i in shown for w in known[i].split() if w in fixes]
            hint = f" (spelling: {', '.join(dict.fromkeys(spelled))})" if spelled else ""
            reasons.append(Reason("words", said + hint, float(sum(mine[i] for i in shown))))
        return tuple(reasons)


def fit(topics: Mapping[str, TopicText], *, cost: Cost | None = None) -> Matcher:
    """A matcher for these topics, by id; their order breaks ties."""
    return Matcher(topics, cost or Cost())


def _softmax(scores: Floats) -> Floats:
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum(), np.float32)
