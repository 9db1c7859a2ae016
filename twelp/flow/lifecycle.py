"""Every stage of a question and every step between them, as one table; nothing else changes a stage.

A question is OPEN until somebody was asked, ASKED until somebody claims it, CLAIMED while one expert holds its lease,
HELD when a confirmed answer waits (for its Undo to run out, or for a second pair of eyes), PUBLISHING when it is in the
outbox and can no longer be stopped (but for a thread that waits with some posts out, which may be taken back), and then
one of the ends:

    PUBLISHED    the one public answer stands in the customer's thread (RETRACT leads on, RECALL back to its author)
    RETRACTED    it was taken back: it is deleted there, and what it taught is forgotten
    UNANSWERED   nobody took it in time; an expert may still come late (CLAIM leads back)
    REFUSED      the network will not take our reply, for a reason that stays; a person may post by hand
    DISMISSED    an expert said it was no question for us; they may take that back (RESTORE leads back)
    WITHDRAWN    the customer's post is gone

A step that the table does not know from a stage is not an error but an answer: `after` gives None, and the caller tells
the person why (somebody was first, it is over). Two workers may decide on the same step; the compare-and-set on the
question's version lets one of them win.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from twelp.model import Stage


class Step(StrEnum):
    """What can happen to a question."""

    ASK = "ask"
    PASS = "pass"  # noqa: S105 - nobody's password
    CLAIM = "claim"
    RELEASE = "release"
    LAPSE = "lapse"
    CONFIRM = "confirm"
    UNDO = "undo"
    RETURN = "return"
    SEND = "send"
    PUBLISH = "publish"
    REFUSE = "refuse"
    WAIT = "wait"
    RECALL = "recall"
    REWORD = "reword"
    GIVE_UP = "give up"
    DISMISS = "dismiss"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    REPAIR = "repair"
    RETRACT = "retract"


_MOVES: dict[Step, dict[Stage, Stage]] = {
    Step.ASK: {Stage.OPEN: Stage.ASKED, Stage.ASKED: Stage.ASKED},
    Step.PASS: {stage: stage for stage in (Stage.OPEN, Stage.ASKED, Stage.UNANSWERED)},
    Step.REPAIR: {Stage.OPEN: Stage.OPEN, Stage.ASKED: Stage.ASKED},
    Step.CLAIM: {Stage.OPEN: Stage.CLAIMED, Stage.ASKED: Stage.CLAIMED, Stage.UNANSWERED: Stage.CLAIMED},
    Step.RELEASE: {Stage.CLAIMED: Stage.ASKED},
    Step.LAPSE: {Stage.CLAIMED: Stage.ASKED},
    Step.CONFIRM: {Stage.CLAIMED: Stage.HELD},
    Step.UNDO: {Stage.HELD: Stage.CLAIMED},
    Step.RETURN: {Stage.HELD: Stage.CLAIMED},
    Step.SEND: {Stage.HELD: Stage.PUBLISHING},
    Step.PUBLISH: {Stage.PUBLISHING: Stage.PUBLISHED},
    Step.REFUSE: {Stage.PUBLISHING: Stage.REFUSED, Stage.RETRACTED: Stage.RETRACTED},
    Step.WAIT: {Stage.PUBLISHING: Stage.PUBLISHING},
    Step.RECALL: {Stage.PUBLISHING: Stage.PUBLISHING, Stage.PUBLISHED: Stage.PUBLISHING},
    Step.REWORD: {Stage.PUBLISHING: Stage.CLAIMED},
    Step.GIVE_UP: {Stage.OPEN: Stage.UNANSWERED, Stage.ASKED: Stage.UNANSWERED},
    Step.DISMISS: {Stage.OPEN: Stage.DISMISSED, Stage.ASKED: Stage.DISMISSED, Stage.CLAIMED: Stage.DISMISSED},
    Step.RESTORE: {Stage.DISMISSED: Stage.ASKED},
    Step.WITHDRAW: dict.fromkeys(
        (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.PUBLISHING, Stage.UNANSWERED), Stage.WITHDRAWN
    ),
    Step.RETRACT: {Stage.PUBLISHING: Stage.RETRACTED, Stage.PUBLISHED: Stage.RETRACTED},
}

TRANSITIONS = MappingProxyType({(stage, step): to for step, moves in _MOVES.items() for stage, to in moves.items()})
"""The table: (stage, step) → next stage."""

FINAL = frozenset({Stage.PUBLISHED, Stage.RETRACTED, Stage.REFUSED, Stage.DISMISSED, Stage.WITHDRAWN})
"""Ends: nobody is asked any more. Nothing leads out of them, but that a published answer can be taken back
or corrected, and a question that was set aside brought back."""

UNCLAIMED = frozenset({Stage.OPEN, Stage.ASKED})
"""Stages in which nobody holds the question: it may be put before more people."""


def after(stage: Stage, step: Step) -> Stage | None:
    """The stage that `step` leads to from `stage`, or None when the step is not open there.

    >>> after(Stage.ASKED, Step.CLAIM)
    <Stage.CLAIMED: 'claimed'>
    >>> after(Stage.PUBLISHED, Step.CLAIM) is None
    True
    """
    return TRANSITIONS.get((stage, step))
