"""Posts, how far each source was read, and questions; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base, among, columns, once, table
from twelp.adapters.store.stage_columns import QUESTION_COLUMNS, UNDER_WAY, stage_columns
from twelp.adapters.store.tables import CursorRow, PostRow, QuestionRow
from twelp.model import Post, Question, Stage, Verdict

_OPEN_STAGES = (*UNDER_WAY, Stage.UNANSWERED.value)
_AT_ONCE = 500

_post, _question, _cursor = table(PostRow), table(QuestionRow), table(CursorRow)
_HEAR = once(PostRow)
_HEARD = sa.select(_post.c.key).where(_post.c.key.in_(sa.bindparam("keys", expanding=True)))
_POST = sa.select(_post).where(_post.c.key == sa.bindparam("key"))
_BELONGS_TO = sa.select(_post.c.question).where(_post.c.key == sa.bindparam("key"))
_REWORD = sa.update(_post).where(_post.c.key == sa.bindparam("its_key"))
_CURSOR = sa.select(_cursor.c.value).where(_cursor.c.source == sa.bindparam("source"))
_SET_OUT = sa.insert(_cursor)
_SET_OUT_ONCE = once(CursorRow)
_MOVE_CURSOR = sa.update(_cursor).where(_cursor.c.source == sa.bindparam("of"))
_OPEN = sa.insert(_question).inline()
_JOINED = sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_")).join(_post, _post.c.key == _question.c.id)
_QUESTION = _JOINED.where(_question.c.id == sa.bindparam("question"))
_VERSION = sa.select(_question.c.version).where(_question.c.id == sa.bindparam("question"))
_IN_CONVERSATION = (
    _JOINED.where(
        _post.c.network == sa.bindparam("network"),
        _post.c.conversation == sa.bindparam("conversation"),
        _post.c.author_id == sa.bindparam("author"),
    )
    .order_by(among(_question.c.stage, _OPEN_STAGES).desc(), _question.c.opened_at.desc())
    .limit(1)
)
_SAME = (_question.c.id == sa.bindparam("its_id"), _question.c.version == sa.bindparam("its_version"))
_MOVE = sa.update(_question).where(*_SAME)
_STAYS = sa.select(_question.c.id).where(*_SAME).with_for_update()


class PostTx(Base):
    """The part of a transaction that is about posts."""

    def hear(self, post: Post, verdict: Verdict, heard_at: datetime, question: str | None) -> bool:
        """Records a post; False (and nothing done) when it was heard before."""
        return self._add_once(_HEAR, rows.post_row(post, verdict, heard_at, question)) is not None

    def heard(self, keys: Iterable[str]) -> set[str]:
        """Which of these posts were heard before."""
        wanted = list(keys)
        found: set[str] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            found.update(self._values(_HEARD, {"keys": wanted[start : start + _AT_ONCE]}))
        return found

    def post(self, key: str) -> tuple[Post, Verdict] | None:
        """A heard post and the verdict on it."""
        row = self._first(_POST, {"key": key})
        return None if row is None else (rows.post(row), rows.verdict(row))

    def belongs_to(self, key: str) -> str | None:
        """The question that a heard post asks or adds to."""
        found: str | None = self._value(_BELONGS_TO, {"key": key})
        return found

    def reword(self, key: str, post: Post) -> None:
        """Gives a heard post the words of its newer version."""
        self._do(_REWORD, {**rows.reworded(post), "its_key": key})
        self._questions.pop(key, None)

    def cursor(self, source: str) -> str | None:
        """How far `source` was read."""
        row = self._first(_CURSOR, {"source": source})
        return None if row is None else str(row[0])

    def set_cursor(self, source: str, value: str) -> None:
        """Remembers how far `source` was read."""
        if not self._changed(_MOVE_CURSOR, {"of": source, "value": value}):
            self._do(_SET_OUT, {"source": source, "value": value})

    def set_cursor_once(self, source: str, value: str) -> None:
        """Remembers it, unless something is remembered for `source` already; of several at once, one is kept."""
        self._add_once(_SET_OUT_ONCE, {"source": source, "value": value})


class QuestionTx(Base):
    """The part of a transaction that is about questions."""

    def open_question(self, question: Question) -> None:
        """A new question; its `post` is heard in the same transaction."""
        self._do(_OPEN, rows.question_row(question))
        self._questions[question.id] = question

    def question(self, question_id: str) -> Question | None:
        """The question, or None."""
        known = self._questions.get(question_id)
        if known is None and (row := self._first(_QUESTION, {"question": question_id})) is not None:
            known = self._questions[question_id] = rows.question(row)
        return known

    def version(self, question_id: str) -> int | None:
        """How often the question has moved; None when there is none."""
        found: int | None = self._value(_VERSION, {"question": question_id})
        return found

    def latest_in_conversation(self, network: str, conversation: str, author_id: str) -> Question | None:
        """This author's latest question of that conversation; see the port."""
        row = self._first(_IN_CONVERSATION, {"network": network, "conversation": conversation, "author": author_id})
        return None if row is None else rows.question(row)

    def move(self, question: Question, to: Stage, **changes: Any) -> Question | None:
        """Compare-and-set on `version`: the moved question, or None when somebody else moved it first."""
        version = question.version + 1
        written = rows.changed(changes)
        same = {"its_id": question.id, "its_version": question.version}
        if not self._changed(_MOVE, {**stage_columns(to, version), "version": version, **written, **same}):
            self._questions.pop(question.id, None)
            return None
        moved = self._questions[question.id] = replace(question, stage=to, version=version, **changes)
        return moved

    def stays(self, question: Question) -> bool:
        """Keeps others from moving it until this transaction ends; False when somebody else moved it first."""
        self._read_anew()
        return self._first(_STAYS, {"its_id": question.id, "its_version": question.version}) is not None
