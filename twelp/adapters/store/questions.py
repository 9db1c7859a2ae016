"""Posts, how far each source was read, and questions; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from twelp.adapters.store import post_rows, rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import posts, questions
from twelp.adapters.store.queries.pieces import texts
from twelp.adapters.store.queries.stages import stage_columns
from twelp.model import Post, Question, Stage, Verdict
from twelp.ports.posts import Filed

_AT_ONCE = 500


class PostTx(Base):
    """The part of a transaction that is about posts."""

    def add_post(self, post: Post, verdict: Verdict, heard_at: datetime, question: str | None) -> bool:
        """Records a post; False (and nothing done) when it was heard before."""
        return self._add_once(posts.HEAR, post_rows.post_row(post, verdict, heard_at, question)) is not None

    def known_posts(self, keys: Iterable[str]) -> set[str]:
        """Which of these posts were heard before."""
        wanted = list(keys)
        found: set[str] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            found.update(self._values(posts.HEARD, {"keys": wanted[start : start + _AT_ONCE]}))
        return found

    def post(self, key: str) -> tuple[Post, Verdict] | None:
        """A heard post and the verdict on it."""
        row = self._first(posts.ONE, {"key": key})
        return None if row is None else (post_rows.post(row), post_rows.verdict(row))

    def belongs_to(self, key: str) -> str | None:
        """The question that a heard post asks or adds to."""
        found: str | None = self._value(posts.BELONGS_TO, {"key": key})
        return found

    def filed(self, keys: Collection[str]) -> Mapping[str, Filed]:
        """Where these posts belong."""
        given = {"keys": texts(self._dialect, keys)}
        return {row[0]: Filed(*row[1:]) for row in self._all(posts.FILED[self._dialect], given)} if keys else {}

    def reword(self, key: str, post: Post) -> None:
        """Gives a heard post the words of its newer version."""
        self._do(posts.REWORD, {**post_rows.reworded(post), "its_key": key})
        self._questions.pop(key, None)

    def cursor(self, source: str) -> str | None:
        """How far `source` was read."""
        row = self._first(posts.CURSOR, {"source": source})
        return None if row is None else str(row[0])

    def set_cursor(self, source: str, value: str) -> None:
        """Remembers how far `source` was read."""
        if not self._changed(posts.MOVE_CURSOR, {"of": source, "value": value}):
            self._do(posts.SET_OUT, {"source": source, "value": value})

    def set_cursor_once(self, source: str, value: str) -> None:
        """Remembers it, unless something is remembered for `source` already; of several at once, one is kept."""
        self._add_once(posts.SET_OUT_ONCE, {"source": source, "value": value})


class QuestionTx(Base):
    """The part of a transaction that is about questions."""

    def open_question(self, question: Question) -> None:
        """A new question; its `post` is heard in the same transaction."""
        self._do(questions.OPEN, rows.question_row(question))
        self._questions[question.id] = question
        self._asks_of[question.id], self._answers[question.id] = [], ()

    def question(self, question_id: str) -> Question | None:
        """The question, or None."""
        known = self._questions.get(question_id)
        if known is None and (row := self._first(questions.ONE, {"question": question_id})) is not None:
            known = self._met_question(rows.question(row), row)
        return known

    def _met_question(self, question: Question, row: Any) -> Question:
        """It was read with what most acts ask of people."""
        self._roll = row.roll or ""
        self._nothing_paused = row.paused is None
        self._alone[f"{question.post.network}:{question.post.author.id}"] = row.alone is not None
        return self._questions.setdefault(question.id, question)

    def version(self, question_id: str) -> int | None:
        """How often the question has moved; None when there is none."""
        found: int | None = self._value(questions.VERSION, {"question": question_id})
        return found

    def latest_in_conversation(self, network: str, conversation: str, author_id: str) -> Question | None:
        """This author's latest question of that conversation; see the port."""
        row = self._first(
            questions.IN_CONVERSATION, {"network": network, "conversation": conversation, "author": author_id}
        )
        return None if row is None else rows.question(row)

    def open_of(self, network: str, author_id: str) -> Sequence[Question]:
        """A customer's questions that are not over or that nobody answered in time, in whatever conversation."""
        return [rows.question(row) for row in self._all(questions.OF_AUTHOR, {"network": network, "author": author_id})]

    def move(self, question: Question, to: Stage, **changes: Any) -> Question | None:
        """Compare-and-set on `version`: the moved question, or None when somebody else moved it first."""
        version = question.version + 1
        if "turn" in changes:  # answers are those of its turn
            self._answers.clear()
        written = rows.changed(changes)
        same = {"its_id": question.id, "its_version": question.version}
        row = self._first(questions.MOVE, {**stage_columns(to, version), "version": version, **written, **same})
        if row is None:
            self._questions.pop(question.id, None)
            return None
        changes = {"askers": row.askers, **changes}  # others may have joined it without moving it
        moved = self._questions[question.id] = replace(question, stage=to, version=version, **changes)
        return moved

    def lock_if_unchanged(self, question: Question) -> bool:
        """Keeps others from moving it until this transaction ends; False when somebody else moved it first."""
        self._read_anew()
        return self._first(questions.STAYS, {"its_id": question.id, "its_version": question.version}) is not None
