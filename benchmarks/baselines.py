"""What anyone would try first, for comparison; nothing of twelp uses these."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz, process

from twelp.flow.match.clean import words

Ranked = list[tuple[str, float]]
Ask = Callable[[str], Ranked]


def wratio(topics: dict[str, list[str]]) -> Ask:
    """rapidfuzz WRatio against every text; a topic's score is that of its most similar text."""
    texts = [(text, topic) for topic, many in topics.items() for text in many]
    choices = [text for text, _ in texts]

    def ask(query: str) -> Ranked:
        best = dict.fromkeys(topics, 0.0)
        for _, score, i in process.extract(query, choices, scorer=fuzz.WRatio, limit=None):
            topic = texts[i][1]
            best[topic] = max(best[topic], score)
        return sorted(best.items(), key=lambda pair: -pair[1])

    return ask


def bm25(topics: dict[str, list[str]]) -> Ask:
    """BM25 with one document a topic, on words alone (k1 = 1.2, b = 0.75)."""
    documents = {topic: Counter(w for text in many for w in words(text)) for topic, many in topics.items()}
    lengths = {topic: sum(document.values()) for topic, document in documents.items()}
    mean = sum(lengths.values()) / len(lengths)
    holding = Counter(w for document in documents.values() for w in document)
    rarity = {w: math.log(1 + (len(documents) - n + 0.5) / (n + 0.5)) for w, n in holding.items()}

    def ask(query: str) -> Ranked:
        asked = words(query)
        found = []
        for topic, document in documents.items():
            damp = 1.2 * (0.25 + 0.75 * lengths[topic] / mean)
            found.append(
                (topic, sum(rarity[w] * 2.2 * document[w] / (document[w] + damp) for w in asked if w in document))
            )
        return sorted(found, key=lambda pair: -pair[1])

    return ask


def svc(topics: dict[str, list[str]]) -> Ask:
    """TF-IDF of words, pairs and pieces with a linear support-vector machine (scikit-learn; development only).

    Raises:
        ImportError: scikit-learn is not installed.
    """
    text_features = import_module("sklearn.feature_extraction.text")
    pipeline, machines = import_module("sklearn.pipeline"), import_module("sklearn.svm")
    texts = [(text, topic) for topic, many in topics.items() for text in many]
    model = pipeline.make_pipeline(
        pipeline.make_union(
            text_features.TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"),
            text_features.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
        ),
        machines.LinearSVC(C=0.5),
    )
    model.fit([text for text, _ in texts], [topic for _, topic in texts])

    def ask(query: str) -> Ranked:
        scores = model.decision_function([query])[0]
        return sorted(zip(model.classes_, map(float, scores), strict=True), key=lambda pair: -pair[1])

    return ask


_ROUNDS = 10


class Online(ABC):
    """A library that learns one text at a time: the admin's texts in ten rounds, then each answer once.

    Raises:
        ImportError: The library is not installed.
    """

    def __init__(self, topics: dict[str, list[str]]) -> None:
        self._topics = sorted(topics)
        self._start()
        most = max(map(len, topics.values()))  # one of each topic in turn: topic after topic would be forgotten
        self._teach([(many[i], topic) for i in range(most) for topic, many in topics.items() if i < len(many)])

    def __call__(self, query: str) -> Ranked:
        return sorted(self._scores(query).items(), key=lambda pair: -pair[1])

    @abstractmethod
    def learn(self, query: str, topic: str) -> None:
        """One answered question: one step, as the library does it."""

    def _teach(self, texts: list[tuple[str, str]]) -> None:
        for _ in range(_ROUNDS):
            for text, topic in texts:
                self.learn(text, topic)

    @abstractmethod
    def _start(self) -> None: ...

    @abstractmethod
    def _scores(self, query: str) -> dict[str, float]: ...


class Sgd(Online):
    """scikit-learn's online logistic regression (``partial_fit``) on hashed words, pairs and pieces."""

    def _start(self) -> None:
        text_features = import_module("sklearn.feature_extraction.text")
        hashed, union = text_features.HashingVectorizer, import_module("sklearn.pipeline").make_union
        self._features = union(
            hashed(n_features=1 << 16, ngram_range=(1, 2), alternate_sign=False),
            hashed(n_features=1 << 16, analyzer="char_wb", ngram_range=(3, 5), alternate_sign=False),
        )
        self._model = import_module("sklearn.linear_model").SGDClassifier(loss="log_loss", alpha=1e-5, random_state=1)

    def _teach(self, texts: list[tuple[str, str]]) -> None:
        features = self._features.transform([text for text, _ in texts])
        for _ in range(_ROUNDS):
            self._model.partial_fit(features, [topic for _, topic in texts], classes=self._topics)

    def _scores(self, query: str) -> dict[str, float]:
        scores = self._model.decision_function(self._features.transform([query]))[0]
        return dict(zip(self._topics, map(float, scores), strict=True))

    def learn(self, query: str, topic: str) -> None:
        self._model.partial_fit(self._features.transform([query]), [topic], classes=self._topics)


class River(Online):
    """river's complement naive Bayes on words, pairs and pieces: of its learners the quickest for many topics."""

    def _start(self) -> None:
        self._model: Any = import_module("river.naive_bayes").ComplementNB(alpha=0.1)

    def _scores(self, query: str) -> dict[str, float]:
        found = dict.fromkeys(self._topics, 0.0)
        found.update(self._model.joint_log_likelihood(Counter(features(query))))
        return found

    def learn(self, query: str, topic: str) -> None:
        self._model.learn_one(Counter(features(query)), topic)


class Vowpal(Online):
    """Vowpal Wabbit, one against all, logistic loss, on words, pairs and pieces."""

    def _start(self) -> None:
        options = f"--oaa {len(self._topics)} --probabilities --loss_function logistic -b 20 --quiet"
        self._model: Any = import_module("vowpalwabbit").Workspace(options)
        self._at = {topic: i for i, topic in enumerate(self._topics, 1)}

    def _scores(self, query: str) -> dict[str, float]:
        return dict(zip(self._topics, self._model.predict(self._line(query)), strict=True))

    def learn(self, query: str, topic: str) -> None:
        self._model.learn(f"{self._at[topic]} {self._line(query)}")

    def _line(self, text: str) -> str:
        return "| " + " ".join(f.replace(" ", "_").replace(":", "").replace("|", "") for f in features(text))


def features(text: str) -> Iterator[str]:
    """Words, pairs of neighbours, and pieces of three to five letters, for libraries that bring no text features."""
    found = words(text)
    yield from found
    yield from (f"{a} {b}" for a, b in pairwise(found))
    for word in found:
        yield from (f"~{f'<{word}>'[i : i + n]}" for n in (3, 4, 5) for i in range(len(word) + 3 - n))
