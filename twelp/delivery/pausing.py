"""What a moderator's pause stops of what is to be sent."""

from __future__ import annotations

from twelp.flow.lifecycle import UNCLAIMED
from twelp.model import AskRole, Delivery, DeliveryKind, Stage
from twelp.ports import Tx


def pausable(tx: Tx, row: Delivery) -> bool:
    """Whether a pause stops this row.

    So it is with answers; with the deletion that begins a correction, as the new text could not follow; with cards and
    digests that ask somebody, as their answer could not go out. Not with what takes an answer back, nor with what a
    person who has a question needs to know.
    """
    match row.errand:
        case DeliveryKind.REPLY | DeliveryKind.THREAD | DeliveryKind.EDIT | DeliveryKind.WORD | DeliveryKind.DIGEST:
            return True
        case DeliveryKind.RECALL:
            question = tx.question(row.question)
            return question is not None and question.stage is Stage.CORRECTING
        case DeliveryKind.CARD:
            question, ask = tx.question(row.question), tx.ask(int(row.subject))
            if question is None or ask is None or ask.role is AskRole.REVIEW:
                return False
            return question.stage in UNCLAIMED
        case _:
            return False
