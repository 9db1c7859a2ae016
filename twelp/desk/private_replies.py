"""Private replies: written in a window, confirmed word for word, past the gate, held with Undo, sent once.

Only to a customer who wrote first. Whoever replies first has the case from then on. Where the customer wrote, or the
case went to somebody else, since the window was opened, the window shows that, and nothing is sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.private_cards import PrivateCards
from twelp.desk.private_cases import PrivateCases
from twelp.desk.private_keeping import PrivateKeeping
from twelp.desk.roll import Roll
from twelp.desk.rows import CardRows
from twelp.errors import RefusalReason
from twelp.flow import answer as answers
from twelp.flow import gate
from twelp.model import (
    ON_ITS_WAY,
    STOPPABLE,
    Delivery,
    DeliveryKind,
    Done,
    Expert,
    Finding,
    FindingLevel,
    JournalStep,
    Level,
    MessageState,
    Press,
    Preview,
    PrivateCase,
    PrivateForm,
    PrivateMessage,
    PrivateState,
)
from twelp.ports import Conflict, LeftAloneTx
from twelp.texts import acts, reasons
from twelp.texts.phrase import CLAUSES, SENTENCES, in_a_row

MOST: Final = 2_000
"""Characters of a private reply: what fits into a window that shows it."""

_KEPT: Final = frozenset({MessageState.TAKEN_BACK, MessageState.REFUSED})
"""A reply whose text its author may go on with."""


class PrivateRepliesRows(CardRows, LeftAloneTx, Protocol):
    """Rows that a private reply touches."""


class PrivateReplies:
    """From the window to the network."""

    def __init__(
        self,
        ctx: Context[PrivateRepliesRows],
        *,
        privates: PrivateCases,
        keeping: PrivateKeeping,
        cards: PrivateCards,
        roll: Roll,
    ) -> None:
        self._ctx = ctx
        self._privates = privates
        self._keeping = keeping
        self._cards = cards
        self._roll = roll

    def begin(self, private_id: str, person: str, press: Press | None = None) -> PrivateForm | Done:
        """What the window opens with, as it is now, whatever the card showed; or why not."""
        with self._ctx.store.read() as tx:
            case, refused = self._case(tx, private_id, person)
            return refused if case is None else self._form(tx, case, person)

    def preview(self, private_id: str, person: str, text: str) -> Preview:
        """The text as it would be sent, and what the gate sees. Writes nothing."""
        with self._ctx.store.read() as tx:
            case, author = tx.private_case(private_id), self._ctx.roster.experts.get(person)
            if case is None or author is None or not self._privates.may_see(tx, case, person):
                return Preview(("",), 0, (Finding("unknown", acts.PRIVATE_NOT_YOURS),))
            return self._examine(tx, case, author, text)

    @retry_on_conflict
    def confirm(self, private_id: str, person: str, text: str, press: Press | None = None) -> Done:
        """The person's last word; once in each window. Where the case is another by now, `details["form"]` shows it."""
        with self._ctx.store.transaction() as tx:
            case, refused = self._case(tx, private_id, person)
            if case is None:
                return refused
            if press is not None and press.seen != str(case.version):
                form = replace(self._form(tx, case, person), draft=text, note=acts.PRIVATE_CHANGED)
                return Done(False, acts.PRIVATE_CHANGED, {"form": form})
            author = self._ctx.roster.experts[person]
            seen = self._examine(tx, case, author, text)
            if not seen.ready:
                blocking = dict.fromkeys(found.message for found in seen.findings if found.blocks)
                return Done(False, in_a_row(SENTENCES, list(blocking)))
            if press is not None and press.window and not tx.first_time(f"window:{press.window}", self._now):
                return Done(False, acts.SENT_BEFORE)
            return self._hold(tx, case, author, seen)

    def _hold(self, tx: PrivateRepliesRows, case: PrivateCase, author: Expert, seen: Preview) -> Done:
        doubts = tuple(dict.fromkeys(found.message for found in seen.findings if found.holds))
        others = [one for one in self._roll.active(tx).moderators() if one.id != author.id]
        if doubts and not others:
            return Done(False, acts.NOBODY_TO_LOOK(doubts=in_a_row(SENTENCES, doubts)))
        state, until = MessageState.REVIEW, None
        if not doubts:
            state, until = MessageState.HELD, self._now + self._ctx.policy.hold_for
        reason = in_a_row(CLAUSES, doubts)
        reply = PrivateMessage(
            0, case.id, ours=True, text=seen.posts[0], at=self._now, state=state, author=author.id, until=until
        )
        made = tx.add_private_message(replace(reply, reason=reason))
        if made is None:
            raise Conflict(case.id)
        moved = self._privates.move(tx, case, state=PrivateState.REPLYING, owner=case.owner or author.id)
        self._privates.note(tx, moved, author.id, JournalStep.PRIVATE_REPLY, *doubts)
        self._keeping.expire_later(tx, moved, made.at)
        if doubts:
            self._privates.tell_these(tx, moved, [one.id for one in others])
            return Done(True, acts.FIRST_A_MODERATOR)
        self._release_later(tx, made)
        self._privates.refresh(tx, moved)
        return Done(True, acts.GOES_OUT)

    def _release_later(self, tx: PrivateRepliesRows, reply: PrivateMessage) -> None:
        key = f"private_release:{reply.id}"
        self._ctx.enqueue(tx, "private_release", key, reply.id, queue="network", delay=self._ctx.policy.hold_for)

    @retry_on_conflict
    def undo(self, private_id: str, person: str, press: Press | None = None) -> Done:
        """Takes a reply back that is not sent yet; its text is kept."""
        with self._ctx.store.transaction() as tx:
            case, reply, refused = self._reply(tx, private_id, person, press)
            if case is None or reply is None:
                return refused
            if reply.author != person and not self._privates.moderates(tx, person):
                return Done(False, acts.PRIVATE_NOT_YOURS)
            back = "" if reply.author == person else reasons.SENT_BACK_PRIVATELY(who=self._ctx.name(person))
            if tx.set_private_message(reply, MessageState.TAKEN_BACK, until=None, reason=back) is None:
                raise Conflict(case.id)
            self._ctx.jobs.cancel(tx, f"private_release:{reply.id}")
            moved = self._privates.move(tx, case, state=PrivateState.WAITING)
            self._privates.note(tx, moved, person, JournalStep.PRIVATE_UNDO)
            if reply.author is not None and reply.author != person:
                self._privates.tell_these(tx, moved, [reply.author])
            else:
                self._privates.refresh(tx, moved)
            return Done(True, acts.PRIVATE_TAKEN_BACK)

    @retry_on_conflict
    def approve(self, private_id: str, person: str, press: Press | None = None) -> Done:
        """A second pair of eyes lets a reply pass: it is held with Undo like any other."""
        with self._ctx.store.transaction() as tx:
            case, reply, refused = self._reply(tx, private_id, person, press)
            if case is None or reply is None:
                return refused
            if reply.state is not MessageState.REVIEW or reply.author == person:
                return Done(False, acts.PRIVATE_NOT_YOURS)
            if not self._privates.moderates(tx, person):
                return Done(False, acts.CASES_ARE_FOR)
            until = self._now + self._ctx.policy.hold_for
            held = tx.set_private_message(reply, MessageState.HELD, until=until)
            if held is None:
                raise Conflict(case.id)
            moved = self._privates.move(tx, case)
            self._privates.note(tx, moved, person, JournalStep.PRIVATE_APPROVE)
            self._release_later(tx, held)
            self._privates.refresh(tx, moved)
            return Done(True, acts.GOES_OUT)

    @retry_on_conflict
    def release(self, message_id: int) -> None:
        """The hold is over: the reply goes into the outbox."""
        with self._ctx.store.transaction() as tx:
            reply = tx.private_message(message_id)
            case = tx.private_case(reply.case) if reply is not None else None
            if reply is None or case is None or reply.state is not MessageState.HELD or reply.until is None:
                return
            if reply.until > self._now:
                return
            if tx.left_alone(case.network, case.person):  # they said so in public, meanwhile
                why = acts.LEFT_ALONE
                if tx.set_private_message(reply, MessageState.TAKEN_BACK, until=None, reason=why) is None:
                    raise Conflict(case.id)
                self._privates.refresh(tx, self._privates.move(tx, case, state=PrivateState.LEFT))
                return
            if tx.set_private_message(reply, MessageState.SENDING, until=None) is None:
                raise Conflict(case.id)
            key, kind = f"private:{case.id}:{reply.id}", DeliveryKind.PRIVATE
            self._ctx.send(tx, kind, key, question=case.id, subject=str(reply.id), text=str(reply.id))
            self._privates.refresh(tx, self._privates.move(tx, case))

    # ------------------------------------------------------------ what delivery reports

    def sent(self, tx: PrivateRepliesRows, delivery: Delivery) -> None:
        """The customer has it."""
        reply = tx.private_message(int(delivery.subject))
        case = tx.private_case(reply.case) if reply is not None else None
        if reply is None or case is None:
            return
        remote = f"{case.network}:{delivery.done[0]}"
        if tx.set_private_message(reply, MessageState.SENT, remote_id=remote, reason="") is None:
            raise Conflict(case.id)
        since = _wrote_since(case, reply)
        still = case.state is PrivateState.REPLYING
        state = (PrivateState.WAITING if since else PrivateState.ANSWERED) if still else case.state
        moved = self._privates.move(tx, case, state=state)
        self._privates.note(tx, moved, "delivery", JournalStep.PRIVATE_SENT)
        self._privates.draw_public_cards(tx, moved)
        self._privates.refresh(tx, moved)

    def refused(self, tx: PrivateRepliesRows, delivery: Delivery, reason: RefusalReason, message: str) -> None:
        """The network does not take it, or nobody can tell whether it did: its author hears, with the other ways."""
        reply = tx.private_message(int(delivery.subject))
        case = tx.private_case(reply.case) if reply is not None else None
        if reply is None or case is None or reply.state is not MessageState.SENDING:
            return
        unclear = reason is RefusalReason.UNCLEAR
        state = MessageState.UNCLEAR if unclear else MessageState.REFUSED
        if tx.set_private_message(reply, state, reason=message) is None:
            raise Conflict(case.id)
        answered = unclear and not _wrote_since(case, reply)
        moved = self._privates.move(tx, case, state=PrivateState.ANSWERED if answered else PrivateState.WAITING)
        self._privates.note(tx, moved, "delivery", JournalStep.PRIVATE_REFUSED, state.value)
        if reason is RefusalReason.GONE:  # the customer, not one message: nobody reads it any more
            self._keeping.forget(tx, moved, self._now)
            return
        self._privates.tell_these(tx, moved, [reply.author] if reply.author is not None else [])

    # ------------------------------------------------------------ parts

    @property
    def _now(self) -> datetime:
        return self._ctx.clock.now()

    def _case(self, tx: PrivateRepliesRows, private_id: str, person: str) -> tuple[PrivateCase | None, Done]:
        """The case if this person may reply now, else why not."""
        refused, case = self._roll.may_act(tx, person), tx.private_case(private_id)
        if refused is not None:
            return None, refused
        if case is None or not self._privates.may_see(tx, case, person):
            return None, Done(False, acts.PRIVATE_NOT_YOURS)
        if case.state is PrivateState.LEFT or tx.left_alone(case.network, case.person):
            return None, Done(False, acts.LEFT_ALONE)
        if not case.may_be_replied_to:
            on_its_way = any(one.state in ON_ITS_WAY for one in tx.private_messages(case.id))
            return None, Done(False, acts.PRIVATE_ON_ITS_WAY if on_its_way else acts.PRIVATE_NOT_YET)
        return case, Done(True, "")

    def _reply(
        self, tx: PrivateRepliesRows, private_id: str, person: str, press: Press | None
    ) -> tuple[PrivateCase | None, PrivateMessage | None, Done]:
        """The reply that can still be stopped, as this person saw it; else why not."""
        refused, case = self._roll.may_act(tx, person), tx.private_case(private_id)
        if refused is not None:
            return None, None, refused
        if case is None or not self._privates.may_see(tx, case, person):
            return None, None, Done(False, acts.PRIVATE_NOT_YOURS)
        if press is not None and press.click and not tx.first_time(f"press:{press.click}", self._now):
            return None, None, Done(True, acts.HEARD_BEFORE)
        reply = next((one for one in tx.private_messages(case.id) if one.state in STOPPABLE), None)
        if reply is None:
            return None, None, Done(False, acts.PRIVATE_TOO_LATE)
        if press is not None and press.seen != str(case.version):
            self._privates.refresh(tx, case)
            return None, None, Done(False, acts.PRIVATE_CARD_CHANGED)
        return case, reply, Done(True, "")

    def _form(self, tx: PrivateRepliesRows, case: PrivateCase, person: str) -> PrivateForm:
        own = [one for one in tx.private_messages(case.id) if one.ours]
        last = own[-1] if own else None
        kept = last is not None and last.author == person and last.state in _KEPT
        return PrivateForm(self._cards.show(tx, case, person), last.text if kept and last is not None else "")

    def _examine(self, tx: PrivateRepliesRows, case: PrivateCase, author: Expert, text: str) -> Preview:
        made, rules = answers.plain(text), self._ctx.rules(case.network)
        said = " ".join(one.text for one in tx.private_messages(case.id) if not one.ours)
        setting = gate.setting_of(self._ctx.roster, today=self._now.date())
        left = MOST - len(made.text)
        found = list(gate.check_private(made.text, said=said, left=left, rules=rules, setting=setting))
        if author.level is Level.TRAINEE:
            found.append(Finding("trainee", reasons.TRAINEE, FindingLevel.SECOND_PAIR))
        return Preview((made.text,), left, gate.in_order(found), 0, made.changes, (), rules.display_name, made.text)


def _wrote_since(case: PrivateCase, reply: PrivateMessage) -> bool:
    """Whether the customer wrote something that the reply's author had not read."""
    return case.wrote_at is not None and case.wrote_at > reply.at
