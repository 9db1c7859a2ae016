"""A question's stage as its row holds it: in a word that the version before knows, and exactly.

Up to schema 9 `held` and `publishing` meant several things each. A process of that version may still be at work: it
reads and writes the column `stage`, and a word it does not know would stop it. So `stage` keeps its old words, and
`exact_stage` says which of the meanings it is. That counts only where `exact_at` is the row's version: every step makes
a new version, and the older process, which knows of neither column, leaves them behind. Then the meaning is read from
what that version leaves beside it, by the rules it went by itself. See docs/decisions/0017.

Statements find rows by `stage`, which is indexed, and tell them apart by `EXACT`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.tables import AnswerRow, QuestionRow
from twelp.flow import lifecycle
from twelp.model import AnswerState, Stage

_OLD_WORD: Final = {
    Stage.REVIEW: Stage.HELD,
    Stage.PAUSED: Stage.PUBLISHING,
    Stage.RECALLING: Stage.PUBLISHING,
    Stage.CORRECTING: Stage.PUBLISHING,
    Stage.LANE: Stage.PUBLISHING,
    Stage.SOUGHT: Stage.PUBLISHING,
    Stage.SETTLED: Stage.UNANSWERED,
    Stage.BY_HAND: Stage.PUBLISHED,
    Stage.CRISIS: Stage.OPEN,
    Stage.HANDLED: Stage.DISMISSED,
    Stage.JOINED: Stage.PUBLISHING,
}

_question, _answer = table(QuestionRow), table(AnswerRow)


def _said(word: str) -> Any:
    """A constant: not a parameter, so that the expression is the same wherever it stands."""
    return sa.literal_column(f"'{word}'", sa.String)


def stored(stage: Stage) -> str:
    """What stands in the column `stage`."""
    return _OLD_WORD.get(stage, stage).value


def all_stored(stages: Collection[Stage]) -> tuple[str, ...]:
    """What stands in the column `stage` for any of these, each word once, in the order of the stages."""
    return tuple(dict.fromkeys(stored(stage) for stage in Stage if stage in stages))


def stage_columns(stage: Stage, version: int) -> dict[str, Any]:
    """What a row of this version holds of its stage."""
    return {"stage": stored(stage), "exact_stage": stage.value, "exact_at": version}


def _left_by_the_version_before() -> Any:
    """A held answer waited for a moderator; one with an address was to be corrected; one with a reason waited in the
    middle, or was being recalled where its answer knew posts."""
    unread = _an_answer(_answer.c.state == _said(AnswerState.HELD))
    recalled = _an_answer(_answer.c.state == _said(AnswerState.ACCEPTED), _answer.c.remote_id != _said(""))
    held, publishing = _question.c.stage == _said(Stage.HELD), _question.c.stage == _said(Stage.PUBLISHING)
    return (
        (sa.and_(held, unread), _said(Stage.REVIEW)),
        (sa.and_(publishing, _question.c.reply_url != _said("")), _said(Stage.CORRECTING)),
        (sa.and_(publishing, _question.c.reason != _said(""), recalled), _said(Stage.RECALLING)),
        (sa.and_(publishing, _question.c.reason != _said("")), _said(Stage.PAUSED)),
    )


def _an_answer(*conditions: Any) -> Any:
    return sa.exists().where(_answer.c.question == _question.c.id, *conditions)


def _exact() -> Any:
    several = sa.or_(*(_question.c.stage == _said(word) for word in sorted(set(_OLD_WORD.values()))))
    return sa.case(
        (sa.not_(several), _question.c.stage),
        (_question.c.exact_at == _question.c.version, _question.c.exact_stage),
        *_left_by_the_version_before(),
        else_=_question.c.stage,
    )


EXACT: Final = _exact()
"""The stage of a question's row, as SQL."""

QUESTION_COLUMNS: Final = (*_question.c, EXACT.label("stands"))
"""A question's columns, with its stage as `stands`."""

NO_CRISIS: Final = sa.or_(
    _question.c.exact_stage.is_(None),
    _question.c.exact_stage != _said(Stage.CRISIS),
    _question.c.exact_at != _question.c.version,
)
"""Whether a row with `open` in its column `stage` is a question for volunteers."""

UNDER_WAY: Final = all_stored(lifecycle.UNDER_WAY)
"""What stands in the column `stage` of a question that is under way."""
