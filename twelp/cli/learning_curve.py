"""What a replay learned: were the right people asked first, and more often, as answers came in?

Told in fifths of the run, in the order of the posts. From the rows alone: of the people of each first wave, how many
answered, and of the answers, how many came from somebody who was asked first. The sandbox's people answer whatever they
are asked, so these two say how well asks are aimed at whoever answers, not whether the topic was right. A recording
that says what its posts were about (`topic`) can tell that, too: the best topic and the first wave are compared with
it as they were decided, before the question itself taught anything; and once it is answered, its author puts a wrong
topic right, as people do with "Wrong topic…".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twelp.cli.recorded import Recorded
from twelp.model import AnswerState, Ask, AskRole, JournalStep, Question
from twelp.ports import Tx
from twelp.wiring import LOCAL, Bot

_PARTS = 5


@dataclass(slots=True)
class _Part:
    """One fifth of the run, counted."""

    questions: int = 0
    answered: int = 0
    by_first_wave: int = 0
    asks: int = 0
    asks_answered: int = 0
    labelled: int = 0
    right_topic: int = 0
    right_people: int = 0


class LearningCurve:
    """The lessons of one replay.

    Args:
        bot: under replay.
        posts: as recorded, in the order in which they are posted.
        ids: of the posts on the local X, by recorded id; grows while the replay runs.
    """

    def __init__(self, bot: Bot, posts: Sequence[Recorded], ids: Mapping[str, str]) -> None:
        self._bot = bot
        self._posts = posts
        self._ids = ids
        self._about = {post.id: post.topic for post in posts if post.topic in bot.roster.topics}
        self._read = 0
        self._corrected = 0

    @property
    def labelled(self) -> bool:
        """Whether the recording tells what its posts are about."""
        return bool(self._about)

    def put_right(self) -> None:
        """Lets the authors of new answers say what the questions were really about."""
        about = {f"{LOCAL}:{self._ids[known]}": topic for known, topic in self._about.items() if known in self._ids}
        with self._bot.store.read() as tx:
            lines = tx.journal(self._read) if self._about else ()
            published = [
                entry.subject for _, entry in lines if entry.step is JournalStep.PUBLISHED and entry.subject in about
            ]
            wrong = [key for key in published if (tx.lesson(key) or ("", None))[1] != about[key]]
            authors = {key: _author(tx, key) for key in wrong}
        self._read = lines[-1][0] if lines else self._read
        for key, author in authors.items():
            self._corrected += self._bot.desk.retopic(key, author, about[key]).ok

    def report(self) -> dict[str, Any]:
        """The fifths, oldest first, with shares in 0..1 (None: nothing to share)."""
        parts = [_Part() for _ in range(_PARTS)]
        with self._bot.store.read() as tx:
            for place, post in enumerate(self._posts):
                question = tx.question(f"{LOCAL}:{self._ids.get(post.id)}")
                if question is not None:
                    self._count(parts[place * _PARTS // len(self._posts)], tx, question, post.topic)
        return {"corrected": self._corrected, "fifths": [_shares(part) for part in parts]}

    def _count(self, part: _Part, tx: Tx, question: Question, topic: str) -> None:
        asks = [ask for ask in tx.asks(question.id) if ask.role is AskRole.ANSWER]
        first = [ask for ask in asks if ask.wave == 1]
        author = _author(tx, question.id)
        part.questions += 1
        part.asks += len(first)
        part.asks_answered += sum(1 for ask in first if ask.expert == author)
        part.answered += bool(author)
        part.by_first_wave += any(ask.expert == author for ask in first)
        if topic in self._bot.roster.topics:
            part.labelled += 1
            part.right_topic += bool(question.topics) and question.topics[0].topic == topic
            part.right_people += self._stand_for(topic, first)

    def _stand_for(self, topic: str, asks: Sequence[Ask]) -> bool:
        experts = self._bot.roster.experts
        return any(topic in experts[ask.expert].topics for ask in asks if ask.expert in experts)


def told(learning: Mapping[str, Any], by_words: Mapping[str, Any] | None = None) -> None:
    """Prints the fifths as a little table, each row with that of the bot that knows words alone below it."""
    print(f"{'learning':<14} in fifths of the run, oldest first; {learning['corrected']} topics put right")
    for name in learning["fifths"][0]:
        _row(name, learning, name)
        if by_words is not None and name != "questions":
            _row("  by words alone", by_words, name)


def _row(head: str, learning: Mapping[str, Any], name: str) -> None:
    row = ["  -  " if part[name] is None else f"{part[name]:5}" for part in learning["fifths"]]
    print(f"  {head:<40} {' '.join(row)}")


def _author(tx: Tx, question_id: str) -> str:
    answers = tx.answers(question_id)
    return next((a.expert for a in answers if a.state is AnswerState.PUBLISHED), "")


def _shares(part: _Part) -> dict[str, Any]:
    def share(of: int, whole: int) -> float | None:
        return round(of / whole, 3) if whole else None

    return {
        "questions": part.questions,
        "answers_by_first_asked": share(part.by_first_wave, part.answered),
        "first_asked_who_answered": share(part.asks_answered, part.asks),
        "right_topic_first": share(part.right_topic, part.labelled),
        "right_people_first": share(part.right_people, part.labelled),
    }
