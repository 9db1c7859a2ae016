"""Cards: what a card in Slack says at a moment, where it is, and when it must be drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twelp.desk import seeing, storms, waiting_line
from twelp.desk.context import Context
from twelp.desk.halts import Halts
from twelp.desk.roll import Roll
from twelp.desk.rows import CardRows, is_apart
from twelp.flow import card, crisis_card, seen
from twelp.flow.dispatch import Moment, day_after
from twelp.flow.lifecycle import UNCLAIMED
from twelp.model import (
    Answer,
    AnswerState,
    Ask,
    AskRole,
    AskState,
    Card,
    CardState,
    DeliveryKind,
    Preview,
    PrivateState,
    Question,
    Stage,
)
from twelp.networks import NetworkRules
from twelp.ports import Place

_BEFORE_IT_GOES_OUT = UNCLAIMED | {Stage.CLAIMED, Stage.HELD, Stage.REVIEW, Stage.UNANSWERED}
_OTHERS = 3
"""How many of those who ask the same a card quotes."""


class Cards:
    """What each card says, and which version of the question it shows."""

    def __init__(
        self,
        ctx: Context[CardRows],
        *,
        roll: Roll,
        halts: Halts,
    ) -> None:
        self._ctx = ctx
        self._roll = roll
        self._halts = halts

    def card_sent(self, tx: CardRows, ask: Ask, place: Place, version: int) -> None:
        """A card is now at `place` and shows that version of the question (-1: unknown)."""
        found = tx.show(ask.id, shown=max(version, ask.shown), place=place)
        if found is not None:
            self._count_sent(tx, ask, found[0])
            self._refresh_stale(tx, *found)

    def _count_sent(self, tx: CardRows, ask: Ask, stands: Ask) -> None:
        """An ask that was closed while its card was under way asked somebody all the same."""
        now, expert = self._ctx.clock.now(), self._ctx.roster.experts.get(ask.expert)
        if stands.state is not AskState.CLOSED or stands.role is not AskRole.ANSWER or ask.sent:
            return
        if expert is not None:
            day, until = Moment(now).day(expert.zone), day_after(expert.zone, now)
            tx.count_ask(expert.id, day=day, until=until, at=now, most=None)

    def card_unwanted(self, tx: CardRows, ask_id: int) -> None:
        """A card was not sent, as somebody else has the question: that person has not been asked, and may be later."""
        tx.set_ask(ask_id, state=AskState.CLOSED)

    def card_shown(self, tx: CardRows, ask_id: int, version: int) -> None:
        """The card shows that version (-1: unknown, or not in Slack); refreshed again if the question moved on."""
        if version >= 0:
            found = tx.show(ask_id, shown=version)
        else:
            ask = tx.ask(ask_id)
            now = tx.version(ask.question) if ask is not None else None
            found = None if ask is None or now is None else (ask, now)
        if found is not None and found[0].sent:
            self._refresh_stale(tx, *found)

    def _refresh_stale(self, tx: CardRows, ask: Ask, version: int) -> None:
        """`version`: that of the question."""
        if version > ask.shown and not tx.refreshing(ask.question, ask.id):
            key = f"refresh:{ask.id}:{version}:{self._ctx.clock.now().timestamp():.6f}"
            self._ctx.send(tx, DeliveryKind.REFRESH, key, question=ask.question, subject=str(ask.id), to=ask.expert)

    def card(self, tx: CardRows, ask_id: int) -> tuple[Card, int] | None:
        """What an ask's card says at this moment, and the version of the question it tells of."""
        ask = tx.ask(ask_id)
        question = tx.question(ask.question) if ask else None
        if ask is None or question is None:
            return None
        if ask.role is AskRole.CRISIS:
            return self._crisis(tx, question, ask)
        answers = tx.answers(question.id) if question.stage is not Stage.ASKED else ()
        shown = card.show(
            question,
            ask,
            answers,
            self._ctx.roster,
            active=self._roll.active(tx),
            intent_url=intent_url(self._ctx.rules(question.post.network), question, answers),
            network=self._ctx.rules(question.post.network).display_name,
        )
        apart = question.stage is Stage.CLAIMED and is_apart(tx, question)
        by_hand = question.stage in _BEFORE_IT_GOES_OUT and self._only_by_hand(tx, question)
        shown = replace(shown, paused=self._halts.shown_for(tx, question), apart=apart, by_hand=by_hand)
        if question.stage is Stage.PUBLISHED and self._ctx.private_networks:
            ways = brand.privately.ways if (brand := self._ctx.roster.brand).privately is not None else ()
            shown = replace(shown, privately=self._privately(tx, question, ask), ways=ways)
        others = tx.joined(question.id, _OTHERS, newest=True) if question.askers > 1 else ()
        also = tuple((other.id, other.post) for other in others)
        shown = replace(shown, askers=question.askers, also=also)
        if shown.state is CardState.WORD and (row := waiting_line.held(tx, question)) is not None:
            due = row.created_at + self._ctx.policy.hold_for
            shown = replace(shown, state=CardState.WORD_HELD, posts=row.pieces, until=due)
        elif shown.state is CardState.WORD:
            words = waiting_line.line(self._ctx, question, ask.expert)
            marks = replace(seen.mark(question, None), words=seen.words(Preview((words,), 0)))
            return replace(shown, posts=(words,), seen=str(marks)), question.version
        if ask.role is AskRole.STORM:
            storm = storms.shown(self._ctx, self._halts, tx, question)
            shown = replace(shown, state=CardState.STORM, storm=storm, asked=False)
        return seeing.marked(shown, question, answers), question.version

    def _privately(self, tx: CardRows, question: Question, ask: Ask) -> PrivateState | None:
        """For who asked them to write privately, and the moderators: how that stands."""
        case = tx.private_case_of(question.id)
        if case is None or (case.owner != ask.expert and ask.role is AskRole.ANSWER):
            return None
        return case.state

    def _crisis(self, tx: CardRows, question: Question, ask: Ask) -> tuple[Card, int] | None:
        crisis = tx.crisis(question.id)
        if crisis is None:
            return None
        answers, network = tx.answers(question.id), self._ctx.rules(question.post.network).display_name
        said = tx.conversation(question.post)
        shown = crisis_card.show(question, crisis, answers, self._ctx.roster, ask.expert, before=said, network=network)
        return seeing.marked(shown, question, answers, crisis), question.version

    def _only_by_hand(self, tx: CardRows, question: Question) -> bool:
        """Whether no program may reply to what the next answer is a reply to."""
        network = question.post.network
        rules, us = self._ctx.rules(network), self._ctx.us.get(network)
        if us is None or rules.takes_reply_to(question.post, us):
            return False
        heard = tx.post(f"{network}:{question.reply_to}") if question.reply_to else None
        return heard is None or not rules.takes_reply_to(heard[0], us)


def intent_url(rules: NetworkRules, question: Question, answers: Sequence[Answer]) -> str:
    """Where a moderator may post by hand what is missing of an answer that the network does not take from us.

    Empty where there is nothing to post, or the network has no such page.
    """
    state = {Stage.LANE: AnswerState.ACCEPTED, Stage.REFUSED: AnswerState.REFUSED}.get(question.stage)
    answer = next((one for one in answers if one.state is state), None)
    missing = answer.posts[len(answer.post_ids) :] if answer is not None else ()
    if answer is None or not missing:
        return ""
    return rules.intent_url((question.reply_to or question.post.id, *answer.post_ids)[-1], missing[0])
