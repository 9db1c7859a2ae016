"""Private cards: what one person's card of a private case says at a moment, and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from twelp.desk.context import Context
from twelp.desk.private_cases import PrivateCases
from twelp.desk.roll import Roll
from twelp.desk.rows import CardRows
from twelp.flow import volunteers
from twelp.flow.dispatch import free_at
from twelp.model import (
    ON_ITS_WAY,
    STOPPABLE,
    Delivery,
    DeliveryKind,
    MessageState,
    PrivateCard,
    PrivateCase,
    PrivateCopy,
    PrivateMessage,
    PrivateSaid,
)
from twelp.ports import Place

_ENDED_BADLY: Final = frozenset({MessageState.TAKEN_BACK, MessageState.REFUSED, MessageState.UNCLEAR})


class PrivateCardsRows(CardRows, Protocol):
    """Rows that a private card touches."""


class PrivateCards:
    """Cards of private cases."""

    def __init__(self, ctx: Context[PrivateCardsRows], *, privates: PrivateCases, roll: Roll) -> None:
        self._ctx = ctx
        self._privates = privates
        self._roll = roll

    def card(self, tx: PrivateCardsRows, copy_id: int) -> tuple[PrivateCopy, PrivateCard] | None:
        """A card as it must read now."""
        copy = tx.private_copy(copy_id)
        case = tx.private_case(copy.case) if copy is not None else None
        if copy is None or case is None:
            return None
        return copy, self.show(tx, case, copy.person, key=f"private:{case.id}:{copy.id}", is_open=copy.is_open)

    def show(
        self, tx: PrivateCardsRows, case: PrivateCase, person: str, *, key: str = "", is_open: bool = True
    ) -> PrivateCard:
        """The case as this person may read it: no word for who may not."""
        sees = is_open and self._privates.may_see(tx, case, person)
        moderates = self._privates.moderates(tx, person)
        messages = tx.private_messages(case.id) if sees else ()
        if not moderates:
            messages = [one for one in messages if one.at >= case.opened_at or one.author == person]
        question = tx.question(case.question) if case.question is not None else None
        brand, rules = self._ctx.roster.brand, self._ctx.rules(case.network)
        reply = _latest(messages)
        on_its_way = reply is not None and reply.state in ON_ITS_WAY
        return PrivateCard(
            key=key,
            case=case.id,
            seen=case.version,
            handle=case.handle if sees else "",
            network=rules.display_name,
            url=question.post.url if question is not None and sees else "",
            state=case.state,
            is_open=sees,
            owner=self._ctx.name(case.owner) if case.owner is not None else "",
            mine=case.owner == person,
            moderates=moderates,
            may_approve=_waits_for(reply, person) and moderates,
            may_undo=reply is not None and reply.state in STOPPABLE and (reply.author == person or moderates),
            is_alarm=case.is_alarm,
            said=tuple(self._said(one) for one in messages if one.was_said),
            reply=self._said(reply) if reply is not None and (on_its_way or _is_last(reply, messages)) else None,
            until=reply.until if reply is not None and reply.state is MessageState.HELD else None,
            reason=reply.reason if reply is not None else "",
            ways=brand.privately.ways if brand.privately is not None else (),
        )

    def _said(self, one: PrivateMessage) -> PrivateSaid:
        who = self._ctx.name(one.author) if one.author is not None else ""
        removed = one.removed_at is not None
        return PrivateSaid(who, one.ours, one.text, one.at, one.state, one.pictures, removed)

    def card_sent(self, tx: PrivateCardsRows, copy: PrivateCopy, place: Place, version: int) -> None:
        """A card is now at `place` and shows that version of the case (-1: unknown)."""
        tx.set_private_copy(copy.id, channel=place.channel, ts=place.ts, shown=version)
        self._draw_if_stale(tx, copy.id, version)

    def card_shown(self, tx: PrivateCardsRows, copy: PrivateCopy, version: int) -> None:
        """The card shows that version now."""
        tx.set_private_copy(copy.id, shown=version)
        self._draw_if_stale(tx, copy.id, version)

    def _draw_if_stale(self, tx: PrivateCardsRows, copy_id: int, version: int) -> None:
        copy = tx.private_copy(copy_id)
        case = tx.private_case(copy.case) if copy is not None else None
        if copy is None or case is None or case.version <= version:
            return
        key, kind = f"private-refresh:{copy.id}:{case.version}:{version}", DeliveryKind.PRIVATE_REFRESH
        self._ctx.send(tx, kind, key, question=case.id, subject=str(copy.id), to=copy.person, target=copy.person)

    def waits_until(self, tx: PrivateCardsRows, row: Delivery) -> datetime | None:
        """When this card may reach its person, if that is later than now; an alarm comes at any hour."""
        copy = tx.private_copy(int(row.subject))
        case = tx.private_case(copy.case) if copy is not None else None
        listed = self._ctx.roster.experts.get(row.target)
        if case is None or listed is None or case.is_alarm or self._ctx.policy.unlimited:
            return None
        now = self._ctx.clock.now()
        at = free_at(volunteers.with_own_words(listed, tx.volunteer(listed.id)), now)
        return at if at is not None and at > now else None

    def wanted(self, tx: PrivateCardsRows, row: Delivery) -> bool:
        """Whether somebody still wants what this row sends: a reply that nobody stopped, a card nobody replaced."""
        if row.errand is DeliveryKind.PRIVATE:
            message = tx.private_message(int(row.subject))
            return message is not None and message.state is MessageState.SENDING
        copy = tx.private_copy(int(row.subject))
        case = tx.private_case(copy.case) if copy is not None else None
        return copy is not None and case is not None and copy.is_open and self._privates.may_see(tx, case, copy.person)


def _latest(messages: Sequence[PrivateMessage]) -> PrivateMessage | None:
    """The reply that is on its way, or the latest that came to nothing."""
    under_way = next((one for one in messages if one.state in ON_ITS_WAY), None)
    return under_way or next((one for one in reversed(messages) if one.state in _ENDED_BADLY), None)


def _is_last(reply: PrivateMessage, messages: Sequence[PrivateMessage]) -> bool:
    """Whether no reply of ours was sent after it."""
    return not any(one.ours and one.id > reply.id and one.was_said for one in messages)


def _waits_for(reply: PrivateMessage | None, person: str) -> bool:
    """Whether it waits for a second pair of eyes, which are not its author's."""
    return reply is not None and reply.state is MessageState.REVIEW and reply.author != person
