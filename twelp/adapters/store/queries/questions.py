"""Questions, and where they stand."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.queries.people import WITH_ITS_QUESTION
from twelp.adapters.store.queries.pieces import among, columns, table
from twelp.adapters.store.queries.stages import QUESTION_COLUMNS, UNDER_WAY
from twelp.adapters.store.tables import PostRow, QuestionRow
from twelp.model import Stage

_post, _question = table(PostRow), table(QuestionRow)
_OPEN_STAGES = (*UNDER_WAY, Stage.UNANSWERED.value)

OPEN = sa.insert(_question).inline()
"""A new question."""

_JOINED = sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_")).join(_post, _post.c.key == _question.c.id)

ONE = _JOINED.add_columns(*WITH_ITS_QUESTION).where(_question.c.id == sa.bindparam("question"))
"""One question, with its post and what is asked of people with it."""

VERSION = sa.select(_question.c.version).where(_question.c.id == sa.bindparam("question"))
"""How often a question has moved."""

IN_CONVERSATION = (
    _JOINED.where(
        _post.c.network == sa.bindparam("network"),
        _post.c.conversation == sa.bindparam("conversation"),
        _post.c.author_id == sa.bindparam("author"),
    )
    .order_by(among(_question.c.stage, _OPEN_STAGES).desc(), _question.c.opened_at.desc())
    .limit(1)
)


"""An author's latest question of a conversation that is not over."""

OF_AUTHOR = _JOINED.where(
    among(_question.c.stage, _OPEN_STAGES),
    _post.c.network == sa.bindparam("network"),
    _post.c.author_id == sa.bindparam("author"),
).order_by(_question.c.opened_at)
"""An author's questions that may still be answered, in whatever conversation, oldest first."""

_SAME = (_question.c.id == sa.bindparam("its_id"), _question.c.version == sa.bindparam("its_version"))

MOVE = sa.update(_question).where(*_SAME).returning(_question.c.askers)
"""Moves a question that is still of the version that was read; how many ask it."""

STAYS = sa.select(_question.c.id).where(*_SAME).with_for_update()
"""A question that is still of the version that was read, held until the transaction ends."""
