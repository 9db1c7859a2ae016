"""Seeing: whether a press is about what is true now. If not, the person is told, and their copies are drawn anew.

`flow/seen.py` holds the rules; this is the one place where the desk applies them, for all acts alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from twelp.desk.context import Context
from twelp.desk.rows import JournalledRows, RefreshRows
from twelp.flow import seen
from twelp.flow.seen import Act, Part
from twelp.model import (
    Answer,
    AnswerState,
    AskRole,
    Card,
    Crisis,
    DeliveryKind,
    Done,
    JournalStep,
    Press,
    Preview,
    Question,
)
from twelp.ports import AnswersTx
from twelp.texts import acts

SPEAKING: Final = (AnswerState.HELD, AnswerState.ACCEPTED, AnswerState.PUBLISHED)
"""States of an answer that was confirmed and not taken back."""


class SeeingRows(RefreshRows, JournalledRows, AnswersTx, Protocol):
    """Rows that a press is compared with, and those that drawing copies anew touches."""


def speaking(answers: Sequence[Answer]) -> Answer | None:
    """The answer that was confirmed for a question and not taken back."""
    return next((answer for answer in answers if answer.state in SPEAKING), None)


def marked(card: Card, question: Question, answers: Sequence[Answer], crisis: Crisis | None = None) -> Card:
    """The card with the marks of what it shows; `crisis`: as this case."""
    return replace(card, seen=str(seen.mark(question, speaking(answers), crisis)))


def sent_again(ctx: Context[object], tx: SeeingRows, press: Press | None) -> Done | None:
    """What to say to a click that Slack sends a second time: it is none; remembers that this one came."""
    if press is None or not press.click or tx.first_time(f"press:{press.click}", ctx.clock.now()):
        return None
    return Done(True, acts.HEARD_BEFORE)


def unlike(
    tx: SeeingRows,
    act: Act,
    question: Question,
    person: str,
    press: Press | None,
    preview: Preview | None = None,
    *,
    crisis: Crisis | None = None,
) -> Part | None:
    """What is not as the person saw it; None where the act may go on. `press` None: no screen has a part in it.

    `preview`: the text as it would go out now, where that is what they confirm; `crisis`: it is about this case.
    """
    if press is None:
        return None
    compares_answer = Part.ANSWER in seen.RULES[act].same
    now = seen.mark(question, speaking(tx.answers(question.id)) if compares_answer else None, crisis)
    now = replace(now, words=seen.words(preview) if preview else "")
    return seen.unlike(act, seen.read(press.seen), now, mine=question.claimed_by == person)


def refusal(
    ctx: Context[object],
    tx: SeeingRows,
    act: Act,
    question: Question,
    person: str,
    press: Press | None,
    preview: Preview | None = None,
    *,
    crisis: Crisis | None = None,
) -> Done | None:
    """Why this press does nothing; None where the act may go on.

    Args:
        ctx: draws the person's copies anew.
        tx: the act's own transaction.
        act: what the person wants to do.
        question: as it is now.
        person: who pressed.
        press: what they pressed; None: no screen has a part in it.
        preview: the text as it would go out now, where that is what they confirm.
        crisis: the case that it is about.
    """
    again = sent_again(ctx, tx, press)
    if press is None or again is not None:
        return again
    part = unlike(tx, act, question, person, press, preview, crisis=crisis)
    if part is None:
        return None
    redraw(ctx, tx, question, person)
    ctx.journal(tx, question.id, person, JournalStep.SAW_ELSE, str(act), detail={"part": str(part)})
    if not seen.known(act, seen.read(press.seen)):
        return Done(False, acts.DRAWN_BEFORE)
    return Done(False, changed(act, part, question, speaking(tx.answers(question.id))))


def changed(act: Act, part: Part, question: Question, answer: Answer | None) -> str:
    """What is true now, in words for who saw something else."""
    if act is Act.DRAFT:
        return acts.EARLIER_WINDOW
    if part is Part.QUESTION and not question.post.gone:
        last = question.added[-1] if question.added else None
        latest = question.post.text if last is None or last.edited else last.text
        return acts.QUESTION_CHANGED(words=latest)
    if part is Part.ANSWER and answer is not None:
        return acts.ANSWER_CHANGED(words=answer.public)
    if part is Part.WORDS:
        return acts.WORDS_CHANGED
    return acts.TAKEN_ANEW if part is Part.MINE else acts.CHANGED


def redraw(ctx: Context[object], tx: SeeingRows, question: Question, person: str) -> None:
    """This person's cards, those in channels and their own tab are drawn anew, whatever they are known to show."""
    now = ctx.clock.now()
    for ask in tx.asks(question.id):
        if ask.sent and (ask.expert == person or ask.role is AskRole.CHANNEL):
            tx.set_ask(ask.id, shown=-1)
            key = f"refresh:{ask.id}:{question.version}:{now.timestamp():.6f}:{person}"
            ctx.send(tx, DeliveryKind.REFRESH, key, question=question.id, subject=str(ask.id), to=ask.expert)
    ctx.refresh_homes(tx, [person], f"{question.id}:{question.version}:{now.timestamp():.6f}")
