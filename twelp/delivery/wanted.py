"""Whether a row of the outbox is still wanted, and whether a moderator's pause stops it."""

from __future__ import annotations

from typing import Protocol

from twelp.flow.lifecycle import UNCLAIMED
from twelp.model import AskRole, AskState, Delivery, DeliveryKind, Stage
from twelp.ports import AsksTx, CrisesTx, QuestionsTx
from twelp.ports.storms import StormsTx


class WantedRows(AsksTx, CrisesTx, QuestionsTx, StormsTx, Protocol):
    """Rows that tell whom a row of the outbox is for, and how things stand there."""


def is_wanted(tx: WantedRows, row: Delivery) -> bool:
    """Nothing is posted for a question that was withdrawn, and no card sent that nobody can act on any more."""
    if row.errand is DeliveryKind.WORD:
        question = tx.question(row.question)
        return question is not None and question.untold
    if row.errand not in (DeliveryKind.REPLY, DeliveryKind.THREAD, DeliveryKind.EDIT, DeliveryKind.CARD):
        return True
    if row.errand is not DeliveryKind.CARD:
        question = tx.question(row.question)
        if row.errand is DeliveryKind.EDIT:
            return question is not None and question.stage is Stage.CORRECTING
        return question is not None and question.stage in (Stage.PUBLISHING, Stage.PAUSED)
    ask = tx.ask(int(row.subject))
    question = tx.question(ask.question) if ask is not None else None  # which may have taken another one's place
    if ask is None or question is None:
        return False
    if ask.role is AskRole.WORD:
        return question.untold
    if ask.role is AskRole.STORM:
        storm = tx.storm(question.id)
        return storm is not None and storm.closed_at is None
    if ask.role is AskRole.REVIEW:
        return question.stage in (Stage.REVIEW, Stage.LANE, Stage.SOUGHT)
    if ask.role is AskRole.CRISIS:
        crisis = tx.crisis(ask.question)
        return crisis is not None and crisis.is_open
    if ask.state is AskState.CLOSED:
        return False
    return question.stage in (Stage.OPEN, Stage.ASKED) or question.claimed_by == ask.expert


def pausable(tx: WantedRows, row: Delivery) -> bool:
    """Whether a pause stops this row.

    So it is with answers, private ones, too; with the deletion that begins a correction, as the new text could not
    follow; with cards and digests that ask somebody, as their answer could not go out. Not with what takes an answer
    back, nor with what a person who has a question needs to know.
    """
    match row.errand:
        case DeliveryKind.REPLY | DeliveryKind.THREAD | DeliveryKind.EDIT | DeliveryKind.WORD | DeliveryKind.DIGEST:
            return True
        case DeliveryKind.PRIVATE:
            return True
        case DeliveryKind.RECALL:
            question = tx.question(row.question)
            return question is not None and question.stage is Stage.CORRECTING
        case DeliveryKind.CARD:
            question, ask = tx.question(row.question), tx.ask(int(row.subject))
            if question is None or ask is None or ask.role in (AskRole.REVIEW, AskRole.STORM):
                return False
            return question.stage in UNCLAIMED
        case _:
            return False
