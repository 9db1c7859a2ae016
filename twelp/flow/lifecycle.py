"""Every stage of a question and every step between them, as one table; nothing else changes a stage.

Each stage means one thing, and everything that depends on where a question stands asks for its stage: never whether a
text is there, or which.

    OPEN         taken for a question; nobody was asked yet
    JOINED       it is the same matter as another question, which is asked for both; it gets that one's answer
    ASKED        put before people; nobody has it
    CLAIMED      one expert has it, on a lease that runs out
    HELD         the expert confirmed an answer that the gate passed; it goes out unless they undo it in time
    REVIEW       the expert confirmed an answer that a moderator must read first; no timer runs
    PUBLISHING   the answer is in the outbox: a call to the network may be under way, and nobody can stop it
    PAUSED       some of a thread's posts stand and the network takes no more for a while: it may be taken back
    RECALLING    the network took a thread in part: what stands is deleted, then its author has the text back
    CORRECTING   a confirmed answer replaces the public one: that is deleted, then the new one goes out; where the
                 network can, it is edited in its place
    LANE         the network takes the confirmed answer from no program: a moderator is to post it by hand
    SOUGHT       a moderator says that they posted it: our own timeline is watched for it, for some minutes
    CRISIS       only people may handle it: the moderators have it as a case, and no volunteer is asked

and then one of the ends:

    PUBLISHED    the one public answer stands in the customer's thread (RETRACT and CORRECT lead on)
    BY_HAND      a colleague answered in the network's own app: nothing further goes out (REOPEN leads back)
    RETRACTED    it was taken back: it is deleted there, and what it taught is forgotten
    UNANSWERED   nobody took it in time; an expert may still come late (CLAIM leads back)
    REFUSED      the network will not take our reply, for a reason that stays, and nobody posts it by hand
    DISMISSED    an expert said it was no question for us; they may take that back (RESTORE leads back)
    WITHDRAWN    the customer's post is gone
    SETTLED      the customer needs no answer any more; an expert may still give one, and new words lead back (REOPEN).
                 Also where the customer wants not to be written to (LEAVE): then nobody may, until they write again
    HANDLED      a moderator dealt with the crisis, and said how (ALARM leads back, when the customer writes again)

Three kinds of stages follow each other. In the UNCLAIMED ones more people may be asked. From CLAIMED on one expert is
responsible; there alone a text may be changed. In the CONFIRMED ones an answer has been confirmed word for word and
only its fate is open, so that the same words are "already on their way" and other words are too late. All these are
UNDER_WAY: a timer, a job or a person will move them. What is FINAL moves only when somebody takes something back.

A crisis stays one, however its public answer fares: what leads any other question back to volunteers leads it back to
the moderators (ALARM). Whether somebody has the case is told by the case itself (`model/crises.py`); CARE makes a new
version of the question when that changes, so that every card says so.

A step that the table does not know from a stage is not an error but an answer: `after` gives None, and the caller tells
the person why (somebody was first, it is over). Two workers may decide on the same step; the compare-and-set on the
question's version lets one of them win. A step that leads back to its own stage is one, too: it makes a new version.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from twelp.model import Stage


class Step(StrEnum):
    """What can happen to a question."""

    ASK = "ask"
    PASS = "pass"  # noqa: S105 - nobody's password
    REPAIR = "repair"
    CLAIM = "claim"
    RENEW = "renew"
    RELEASE = "release"
    LAPSE = "lapse"
    CONFIRM = "confirm"
    REVIEW = "review"
    UNDO = "undo"
    RETURN = "return"
    SEND = "send"
    APPROVE = "approve"
    PAUSE = "pause"
    RESUME = "resume"
    PUBLISH = "publish"
    REFUSE = "refuse"
    RECALL = "recall"
    REWORD = "reword"
    CORRECT = "correct"
    KEEP = "keep"
    RETRACT = "retract"
    GIVE_UP = "give up"
    DISMISS = "dismiss"
    RESTORE = "restore"
    SAMPLE = "sample"
    WITHDRAW = "withdraw"
    ADD = "add"
    SETTLE = "settle"
    LEAVE = "leave alone"
    REOPEN = "reopen"
    EDIT = "edit"
    BY_HAND = "answer by hand"
    REPLACE = "replace"
    POST_ANEW = "post anew"
    HAND_OVER = "hand over"
    SAY_POSTED = "say it is posted"
    FIND = "find a part"
    MISS = "miss"
    DROP = "drop"
    VANISH = "vanish"
    ALARM = "alarm"
    CARE = "care"
    HANDLE = "handle"
    ALL_CLEAR = "all clear"
    JOIN = "join"
    SPLIT = "split"
    SHARE = "share"
    FOLLOW = "follow a correction"


UNCLAIMED = frozenset({Stage.OPEN, Stage.ASKED})
"""Nobody has the question: it may be put before more people."""

BY_MODERATORS = frozenset({Stage.LANE, Stage.SOUGHT})
"""The manual lane: a moderator is to post the answer by hand, or says that they did."""

CONFIRMED = BY_MODERATORS | {
    *(Stage.HELD, Stage.REVIEW, Stage.PUBLISHING, Stage.PAUSED, Stage.RECALLING, Stage.CORRECTING)
}
"""An answer was confirmed, and what becomes of it is under way."""

UNDER_WAY = UNCLAIMED | {Stage.JOINED, Stage.CLAIMED, Stage.CRISIS} | CONFIRMED
"""Something will move it by itself, or a person must."""

FINAL = frozenset(
    {
        Stage.PUBLISHED,
        Stage.BY_HAND,
        Stage.RETRACTED,
        Stage.REFUSED,
        Stage.DISMISSED,
        Stage.WITHDRAWN,
        Stage.SETTLED,
        Stage.HANDLED,
    }
)
"""Ends: nobody is asked any more. Nothing leads out of them, but that a published answer can be taken back
or corrected, and a question that was set aside brought back."""

_HEARS = UNDER_WAY | {Stage.UNANSWERED}
"""The customer's next words belong to the question."""

_ANSWERED = (Stage.PUBLISHED, Stage.BY_HAND, Stage.RETRACTED, Stage.REFUSED, Stage.WITHDRAWN)
"""How it stands in public does not change when the case is handled."""

_CARED_FOR = (
    *(Stage.CRISIS, Stage.LANE, Stage.SOUGHT, Stage.PUBLISHING, Stage.PAUSED, Stage.RECALLING, Stage.CORRECTING),
    *_ANSWERED,
)
"""Where somebody may take a case, or give it back, while the public answer stands as it does."""

_MOVES: dict[Step, dict[Stage, Stage]] = {
    Step.ASK: {Stage.OPEN: Stage.ASKED, Stage.ASKED: Stage.ASKED},
    Step.PASS: {stage: stage for stage in (Stage.OPEN, Stage.ASKED, Stage.UNANSWERED)},
    Step.REPAIR: {Stage.OPEN: Stage.OPEN, Stage.ASKED: Stage.ASKED},
    Step.CLAIM: dict.fromkeys((Stage.OPEN, Stage.ASKED, Stage.UNANSWERED, Stage.SETTLED, Stage.CRISIS), Stage.CLAIMED),
    Step.RENEW: {Stage.CLAIMED: Stage.CLAIMED},
    Step.RELEASE: {Stage.CLAIMED: Stage.ASKED},
    Step.LAPSE: {Stage.CLAIMED: Stage.ASKED},
    Step.CONFIRM: {Stage.CLAIMED: Stage.HELD},
    Step.REVIEW: {Stage.CLAIMED: Stage.REVIEW},
    Step.UNDO: dict.fromkeys((Stage.HELD, Stage.REVIEW, Stage.LANE), Stage.CLAIMED),
    Step.RETURN: {Stage.REVIEW: Stage.CLAIMED},
    Step.SEND: {Stage.HELD: Stage.PUBLISHING},
    Step.APPROVE: {Stage.REVIEW: Stage.PUBLISHING},
    Step.PAUSE: {Stage.PUBLISHING: Stage.PAUSED},
    Step.RESUME: {Stage.PAUSED: Stage.PUBLISHING},
    Step.PUBLISH: dict.fromkeys(
        (Stage.PUBLISHING, Stage.PAUSED, Stage.CORRECTING, Stage.LANE, Stage.SOUGHT), Stage.PUBLISHED
    ),
    Step.HAND_OVER: {Stage.PUBLISHING: Stage.LANE, Stage.RECALLING: Stage.LANE},
    Step.SAY_POSTED: {Stage.LANE: Stage.SOUGHT},
    Step.FIND: {Stage.LANE: Stage.LANE, Stage.SOUGHT: Stage.SOUGHT},
    Step.MISS: {Stage.SOUGHT: Stage.LANE},
    Step.DROP: {Stage.LANE: Stage.REFUSED},
    Step.REPLACE: {Stage.HELD: Stage.CORRECTING, Stage.REVIEW: Stage.CORRECTING},
    Step.POST_ANEW: {Stage.CORRECTING: Stage.PUBLISHING},
    Step.REFUSE: {
        Stage.PUBLISHING: Stage.REFUSED,
        Stage.RECALLING: Stage.REFUSED,
        Stage.CORRECTING: Stage.REFUSED,
        Stage.RETRACTED: Stage.RETRACTED,
    },
    Step.RECALL: {Stage.PUBLISHING: Stage.RECALLING, Stage.PAUSED: Stage.RECALLING},
    Step.REWORD: dict.fromkeys((Stage.PUBLISHING, Stage.RECALLING, Stage.CORRECTING), Stage.CLAIMED),
    Step.CORRECT: {Stage.PUBLISHED: Stage.CLAIMED},
    Step.KEEP: {Stage.OPEN: Stage.PUBLISHED, Stage.ASKED: Stage.PUBLISHED, Stage.CORRECTING: Stage.PUBLISHED},
    Step.RETRACT: dict.fromkeys((Stage.PUBLISHING, Stage.PAUSED, Stage.PUBLISHED), Stage.RETRACTED),
    Step.VANISH: {Stage.PUBLISHED: Stage.RETRACTED, Stage.BY_HAND: Stage.RETRACTED},
    Step.GIVE_UP: {Stage.OPEN: Stage.UNANSWERED, Stage.ASKED: Stage.UNANSWERED},
    Step.DISMISS: dict.fromkeys((Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.CRISIS), Stage.DISMISSED),
    Step.RESTORE: {Stage.DISMISSED: Stage.ASKED},
    Step.SAMPLE: {Stage.DISMISSED: Stage.DISMISSED},
    Step.WITHDRAW: {stage: Stage.WITHDRAWN for stage in Stage if stage in UNDER_WAY or stage is Stage.UNANSWERED},
    Step.ADD: {stage: stage for stage in Stage if stage in _HEARS},
    Step.SETTLE: dict.fromkeys((Stage.OPEN, Stage.JOINED, Stage.ASKED, Stage.UNANSWERED), Stage.SETTLED),
    Step.LEAVE: dict.fromkeys(
        (
            *(Stage.OPEN, Stage.JOINED, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.REVIEW, Stage.LANE),
            Stage.UNANSWERED,
        ),
        Stage.SETTLED,
    ),
    Step.EDIT: {stage: stage for stage in Stage if stage is not Stage.WITHDRAWN},
    Step.REOPEN: dict.fromkeys(
        (Stage.PUBLISHED, Stage.BY_HAND, Stage.SETTLED, Stage.RETRACTED, Stage.REFUSED), Stage.ASKED
    ),
    Step.JOIN: {Stage.OPEN: Stage.JOINED},
    Step.SPLIT: {Stage.JOINED: Stage.OPEN},
    Step.SHARE: {Stage.JOINED: Stage.PUBLISHING},
    Step.FOLLOW: {Stage.PUBLISHED: Stage.CORRECTING},
    Step.BY_HAND: dict.fromkeys(
        (
            *(Stage.OPEN, Stage.JOINED, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.REVIEW, Stage.PUBLISHING),
            *(Stage.LANE, Stage.SOUGHT, Stage.UNANSWERED, Stage.SETTLED, Stage.REFUSED, Stage.RETRACTED),
            Stage.CRISIS,
        ),
        Stage.BY_HAND,
    ),
    Step.ALARM: dict.fromkeys(
        (
            *(Stage.OPEN, Stage.JOINED, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.REVIEW),
            *(Stage.UNANSWERED, Stage.SETTLED),
            *(Stage.DISMISSED, Stage.PUBLISHED, Stage.BY_HAND, Stage.RETRACTED, Stage.REFUSED, Stage.HANDLED),
        ),
        Stage.CRISIS,
    ),
    Step.CARE: {stage: stage for stage in _CARED_FOR},
    Step.HANDLE: {stage: stage for stage in _ANSWERED} | {Stage.CRISIS: Stage.HANDLED, Stage.CLAIMED: Stage.HANDLED},
    Step.ALL_CLEAR: {Stage.CRISIS: Stage.OPEN},
}

TRANSITIONS = MappingProxyType({(stage, step): to for step, moves in _MOVES.items() for stage, to in moves.items()})
"""The table: (stage, step) → next stage."""


def after(stage: Stage, step: Step) -> Stage | None:
    """The stage that `step` leads to from `stage`, or None when the step is not open there.

    >>> after(Stage.ASKED, Step.CLAIM)
    <Stage.CLAIMED: 'claimed'>
    >>> after(Stage.PUBLISHED, Step.CLAIM) is None
    True
    """
    return TRANSITIONS.get((stage, step))
