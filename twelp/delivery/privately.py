"""Private replies to the network, and cards of private cases to Slack.

No network known so far takes an idempotency key for a private message: whoever finds a try in doubt reads what was
written to that person since, and looks for the reply's own words there, before it sends them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from twelp.delivery.ledger import TAKEN_OVER, Attempt, Ledger
from twelp.errors import InDoubt, Locked, RefusalReason, Refused, TryAgain
from twelp.flow.publish import Likeness, compare_words
from twelp.model import Delivery, DeliveryState, MessageState, PrivateCase, PrivateMessage
from twelp.ports import Place, PrivateLane, Workspace
from twelp.ports.last_moment import check_last_moment, looked_again
from twelp.texts import reasons

_AGO: Final = timedelta(minutes=2)
"""Tolerance between our clock and the network's when looking back."""
_MOST_UNCLEAR: Final = 12
"""Tries, about five minutes of them, after which a person is to look."""


class Privately:
    """Calls that are about private cases."""

    def __init__(self, ledger: Ledger, lanes: Mapping[str, PrivateLane], workspace: Workspace) -> None:
        self._ledger = ledger
        self._lanes = lanes
        self._workspace = workspace

    def send(self, attempt: Attempt) -> None:
        """Sends a reply, or finds that it was sent."""
        row, desk = attempt.row, self._ledger.desk
        case, reply = self._known(row)
        lane = self._lanes.get(case.network)
        if lane is None:
            raise Locked(f"private messages on {case.network} are not read here: set how often, or send it by hand")
        remote = self._look(row, lane, case, reply) if attempt.doubt else None
        if remote is None and attempt.doubt:
            row = self._counted(row)
        if remote is None:
            check_last_moment()
            remote = lane.send(reply.text, case.person, row.key)
        self._ledger.piece_done(row, remote, desk.private_sent)

    def _known(self, row: Delivery) -> tuple[PrivateCase, PrivateMessage]:
        with self._ledger.store.read() as tx:
            reply = tx.private_message(int(row.subject))
            case = tx.private_case(reply.case) if reply is not None else None
        if reply is None or case is None or reply.removed_at is not None:
            raise Refused(f"private reply {row.subject} is not known any more")
        return case, reply

    def _look(self, row: Delivery, lane: PrivateLane, case: PrivateCase, reply: PrivateMessage) -> str | None:
        """The message that an earlier try left there; None: none did.

        Raises:
            InDoubt: that cannot be told yet.
            Refused: `unclear`: it was looked for often, and cannot be told.
        """
        with self._ledger.store.read() as tx:
            known = {one.remote_id for one in tx.private_messages(case.id) if one.state is not MessageState.BY_HAND}
            shortener = self._ledger.desk.context.rules(case.network).shortener
        try:
            found = lane.messages_with(case.person, min(reply.at, row.created_at) - _AGO)
        except Refused as error:  # of the look, which says nothing of the message
            why = reasons.PRIVATE_UNCLEAR(why=str(error))
            if row.attempts < _MOST_UNCLEAR:
                raise InDoubt(why) from error
            raise Refused(why, RefusalReason.UNCLEAR) from error
        for one in found:
            alike = compare_words(reply.text, one.text, shortener) is Likeness.SAME
            if one.ours and alike and f"{case.network}:{one.id}" not in known:
                return one.id
        return None

    def _counted(self, row: Delivery) -> Delivery:
        """The row with one more call in it, as the one before was looked for and not found."""
        with self._ledger.store.transaction() as tx:
            now = self._ledger.clock.now()
            counted = tx.set_delivery(row, DeliveryState.CALLING, now, error=row.error, trouble=row.trouble)
        if counted is None:
            raise TryAgain(TAKEN_OVER)
        looked_again()
        return counted

    def card(self, attempt: Attempt) -> None:
        """Sends a card of a private case, unless its person wants quiet just now."""
        row, desk = attempt.row, self._ledger.desk
        with self._ledger.store.read() as tx:
            shown = desk.private_card(tx, int(row.subject))
        if shown is None:
            raise Refused(f"private card {row.subject} is not known")
        copy, card = shown
        place = self._workspace.find_card(copy.person, card.key) if attempt.doubt else None
        late = attempt.doubt or self._ledger.stood_still(attempt)
        if place is None and ((late and not self._ledger.still_goes_out(attempt)) or self._rests(attempt)):
            return
        version = card.seen if place is None else -1
        place = place or self._workspace.post_card(copy.person, card)
        with self._ledger.store.transaction(durable=False) as tx:
            if tx.set_delivery(row, DeliveryState.SENT, self._ledger.clock.now(), done=(place.ts,)):
                desk.private_card_sent(tx, copy, place, version)

    def _rests(self, attempt: Attempt) -> bool:
        """Whether Slack says that the person wants quiet now: then the card comes later, and others hear meanwhile."""
        row, desk, now = attempt.row, self._ledger.desk, self._ledger.clock.now()
        if desk.policy.unlimited or row.target not in desk.roster.experts:
            return False
        during = self._workspace.disturb(row.target)
        if during is None or not during.start <= now < during.end:
            return False
        with self._ledger.store.transaction() as tx:
            desk.disturbed(tx, row.target, during)
            if desk.private_waits_until(tx, row) is None:
                return False
            state = DeliveryState.CALLING if attempt.doubt else DeliveryState.READY
            again = tx.set_delivery(row, state, now, error="the person wants quiet")
            if again is not None:
                self._ledger.held_back(tx, again)
        return True

    def refresh(self, row: Delivery) -> None:
        """Makes a card say what is true now."""
        with self._ledger.store.read() as tx:
            shown = self._ledger.desk.private_card(tx, int(row.subject))
        if shown is None or not shown[0].sent:
            self._ledger.sent(row)
            return
        copy, card = shown
        if copy.shown < card.seen or not card.is_open:
            self._workspace.update_card(Place(copy.channel, copy.ts), card)
        with self._ledger.store.transaction(durable=False) as tx:
            tx.set_delivery(row, DeliveryState.SENT, self._ledger.clock.now(), done=(copy.ts,))
            self._ledger.desk.private_card_shown(tx, copy, card.seen)
