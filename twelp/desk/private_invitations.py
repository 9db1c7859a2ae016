"""Invitations to write privately: an answer that asks for it stands in public, and its author waits for the message.

Where nothing comes, they are told so, with the company's other ways: what is written in a network's encrypted chat
reaches no program.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.private_cases import PrivateCases, case_id
from twelp.desk.rows import CardRows
from twelp.flow import private
from twelp.model import Answer, DeliveryKind, JournalStep, NoteKind, PrivateCase, PrivateState, Question
from twelp.ports import Conflict
from twelp.texts import notes

NOTHING_AFTER: Final = timedelta(hours=1)
"""How long a customer has to write before their expert is told that nothing came."""

_UNDER_WAY: Final = frozenset({PrivateState.WAITING, PrivateState.REPLYING})


class PrivateInvitationsRows(CardRows, Protocol):
    """Rows that an invitation touches."""


class PrivateInvitations:
    """From a public line to a private case."""

    def __init__(self, ctx: Context[PrivateInvitationsRows], *, privates: PrivateCases) -> None:
        self._ctx = ctx
        self._privates = privates

    def stands(self, tx: PrivateInvitationsRows, question: Question, answer: Answer) -> None:
        """An answer is public: where it asks to write privately, and we can hear that, its author owns the case."""
        network, author = question.post.network, question.post.author
        if network not in self._ctx.private_networks or not private.invites(answer.public, self._ctx.roster.brand):
            return
        owner = answer.expert if answer.expert in self._ctx.roster.experts else None
        now, key = self._ctx.clock.now(), case_id(network, author.id)
        case = tx.private_case(key)
        if case is None:
            case = PrivateCase(key, network, author.id, author.handle, PrivateState.INVITED, now, question.id, owner)
            if not tx.add_private_case(case):
                raise Conflict(key)
        elif case.state in _UNDER_WAY:  # who has it keeps it: what was written so far is between them
            case = self._privates.move(tx, case, question=question.id)
        else:
            invited = {"state": PrivateState.INVITED, "owner": owner, "opened_at": now, "alarm": None}
            case = self._privates.move(tx, case, question=question.id, handle=author.handle, **invited)
        self._privates.note(tx, case, owner or "publish", JournalStep.ASKED_PRIVATELY)
        since = case.opened_at.timestamp()
        self._ctx.enqueue(tx, "private_nothing", f"private_nothing:{key}", key, since, delay=NOTHING_AFTER)

    @retry_on_conflict
    def nothing_came(self, private_id: str, since: float) -> None:
        """The customer has not written so far: their expert hears what that may mean, and the other ways."""
        with self._ctx.store.transaction() as tx:
            case = tx.private_case(private_id)
            question = tx.question(case.question) if case is not None and case.question is not None else None
            if case is None or question is None or case.owner is None or case.state is not PrivateState.INVITED:
                return
            if case.opened_at.timestamp() != since or question.post.gone:
                return
            who = f"@{case.handle}" if case.handle else notes.A_CUSTOMER_FIRST
            brand, rules = self._ctx.roster.brand, self._ctx.rules(case.network)
            ways = brand.privately.ways if brand.privately is not None else ()
            text = notes.NOTHING_PRIVATE(who=who, network=rules.display_name, ways=ways, url=question.post.url)
            key = NoteKind.PRIVATE.key(question.id, f"{since:.0f}", case.owner)
            send, kind = self._ctx.send, DeliveryKind.NOTE
            send(tx, kind, key, question=question.id, subject=case.owner, text=text, to=case.owner)
