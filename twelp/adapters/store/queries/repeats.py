"""What a customer asks again, and what goes over to the newer question."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.pieces import among, columns, table
from twelp.adapters.store.queries.stages import QUESTION_COLUMNS, UNDER_WAY
from twelp.adapters.store.tables import AnswerRow, AskRow, PostRow, QuestionRow
from twelp.model import AnswerState, Kind, Stage

_post, _question, _ask, _answer = table(PostRow), table(QuestionRow), table(AskRow), table(AnswerRow)

_OF_AUTHOR = (_post.c.network == sa.bindparam("of_network"), _post.c.author_id == sa.bindparam("of_author"))

LATELY = (
    sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_"))
    .join(_post, _post.c.key == _question.c.id)
    .where(
        *_OF_AUTHOR,
        sa.or_(
            among(_question.c.stage, (*UNDER_WAY, Stage.UNANSWERED.value)),
            _question.c.closed_at >= sa.bindparam("since", type_=Utc()),
        ),
    )
    .order_by(_question.c.opened_at.desc())
    .limit(5)
)
"""An author's latest questions, those that were over long ago left out."""

JOINED = (
    sa.select(_post.c.question)
    .where(*_OF_AUTHOR, _post.c.conversation == sa.bindparam("conversation"), _post.c.kind == Kind.REPEATED.value)
    .order_by(_post.c.heard_at.desc())
    .limit(1)
)
"""The question that an author's posts of a conversation joined."""

REPEAT = (
    sa.select(_post)
    .where(
        *_OF_AUTHOR,
        _post.c.question == sa.bindparam("question"),
        _post.c.kind == Kind.REPEATED.value,
        _post.c.gone_at.is_(None),
    )
    .order_by(_post.c.created_at.desc())
    .limit(1)
)
"""The newest post that joined a question."""

POSTS_GO_OVER = (
    sa.update(_post)
    .where(*_OF_AUTHOR, _post.c.question == sa.bindparam("former"), _post.c.key != sa.bindparam("but"))
    .values(question=sa.bindparam("to"))
)
"""An author's posts that belong to a question belong to another one."""

ASKS_GO_OVER = sa.update(_ask).where(_ask.c.question == sa.bindparam("former"))
"""The asks of a question are another one's."""

_UNSENT = (AnswerState.DRAFT, AnswerState.HELD, AnswerState.ACCEPTED, AnswerState.REFUSED, AnswerState.ALTERNATIVE)
_KEPT = (AnswerState.DRAFT.value, AnswerState.ALTERNATIVE.value)

TEXTS_GO_OVER = (
    sa.update(_answer)
    .where(
        _answer.c.question == sa.bindparam("former"),
        _answer.c.turn == sa.bindparam("of_turn"),
        among(_answer.c.state, [state.value for state in _UNSENT]),
        _answer.c.remote_id == sa.literal(""),
    )
    .values(
        question=sa.bindparam("to"),
        turn=0,
        reasons=[],
        state=sa.case((among(_answer.c.state, _KEPT), _answer.c.state), else_=sa.literal(AnswerState.DRAFT.value)),
    )
)
"""The texts of a question's present turn that never went out are another one's."""
