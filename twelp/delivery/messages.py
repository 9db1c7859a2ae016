"""What goes to Slack: cards, digests, invitations, notes, people's own tabs."""

from __future__ import annotations

from twelp.delivery.ledger import Attempt, Ledger
from twelp.desk.context import retry_on_conflict
from twelp.desk.peace import for_the_day
from twelp.errors import Refused
from twelp.model import Ask, AskRole, Break, Card, Delivery, DeliveryState
from twelp.ports import Place, Workspace
from twelp.ports.queue import CardShown, Ending

Shown = tuple[Ask, Card, int]
"""A card's ask, what it says at a moment, and the version of the question it tells of."""


class Messages:
    """Calls to the workspace."""

    def __init__(self, ledger: Ledger, workspace: Workspace) -> None:
        self._ledger = ledger
        self._workspace = workspace

    def card(self, attempt: Attempt, shown: Shown | None) -> Ending | None:
        """Sends a card, unless the person wants quiet just now; what is to be written down of it."""
        row = attempt.row
        if shown is None:
            raise Refused(f"ask {row.subject} is not known")
        ask, card, version = shown
        place = self._workspace.find_card(ask.expert, card.key) if attempt.doubt else None
        if place is None and ask.role not in (AskRole.CHANNEL, AskRole.CRISIS) and self._rests(row, ask):
            return None
        if place is None and not self._goes_out(attempt):
            return None
        if place is None:
            place = self._workspace.post_card(ask.expert, card)
        else:
            version = -1  # found again: nobody knows which version it shows
        sent = CardShown(row, ask.id, version, place.ts, self._ledger.clock.now(), place.channel)
        return Ending(sent, lambda: self._card_sent(row, ask, place, version))

    def _card_sent(self, row: Delivery, ask: Ask, place: Place, version: int) -> None:
        with self._ledger.store.transaction(durable=False) as tx:
            if tx.set_delivery(row, DeliveryState.SENT, self._ledger.clock.now(), done=(place.ts,)):
                self._ledger.desk.card_sent(tx, ask, place, version)

    def _goes_out(self, attempt: Attempt) -> bool:
        """Whether the call may be made still: looked at again where it was in doubt, or is late."""
        return not (attempt.doubt or self._ledger.stood_still(attempt)) or self._ledger.still_goes_out(attempt)

    def _disturb(self, person: str) -> Break | None:
        """The person's do-not-disturb, where it is on just now, as Slack tells."""
        during = None if self._ledger.desk.policy.unlimited else self._workspace.disturb(person)
        return during if during is not None and during.start <= self._ledger.clock.now() < during.end else None

    @retry_on_conflict
    def _rests(self, row: Delivery, ask: Ask) -> bool:
        """Whether the person wants quiet just now, as Slack tells; then somebody else is asked in their place."""
        during, now = self._disturb(ask.expert), self._ledger.clock.now()
        if during is None:
            return False
        with self._ledger.store.transaction() as tx:
            question = tx.question(ask.question)
            if question is not None and question.claimed_by == ask.expert and ask.role is AskRole.ANSWER:
                return False  # they took it themselves
            if tx.set_delivery(row, DeliveryState.FAILED, now, error="the person wants quiet"):
                self._ledger.desk.resting(tx, ask.id, during)
        return True

    def digest(self, attempt: Attempt) -> None:
        """Sends several asks in one message."""
        row = attempt.row
        found = self._workspace.find_card(row.subject, row.key) if attempt.doubt else None
        if found is None and not self._goes_out(attempt):
            return
        if found is None and (during := self._disturb(row.subject)) is not None:
            self._digest_rests(row, during)
        with self._ledger.store.read() as tx:
            shown = self._ledger.desk.digest(tx, row.key, unsent=True)
        place = found
        if place is None and shown:
            place = self._workspace.post_digest(row.subject, row.key, [card for _, card, _ in shown])
        with self._ledger.store.transaction() as tx:
            sent = tx.set_delivery(row, DeliveryState.SENT, self._ledger.clock.now(), done=(place.ts if place else "",))
            if sent is not None:
                self._ledger.desk.digest_sent(tx, row.key, [ask_id for ask_id, _, _ in shown])
            if sent is not None and place is not None:
                for ask_id, _, told in shown:
                    if (ask := tx.ask(ask_id)) is not None:
                        self._ledger.desk.card_sent(tx, ask, place, told if found is None else -1)

    @retry_on_conflict
    def _digest_rests(self, row: Delivery, during: Break) -> None:
        with self._ledger.store.transaction() as tx:
            for ask_id, _, _ in self._ledger.desk.digest(tx, row.key, unsent=True):
                self._ledger.desk.resting(tx, ask_id, during)

    def _refresh_digest(self, row: Delivery, ask: Ask, key: str) -> None:
        with self._ledger.store.read() as tx:
            shown = self._ledger.desk.digest(tx, key)
        self._workspace.update_digest(Place(ask.channel, ask.ts), [card for _, card, _ in shown])
        with self._ledger.store.transaction(durable=False) as tx:
            tx.set_delivery(row, DeliveryState.SENT, self._ledger.clock.now(), done=(ask.ts,))
            for ask_id, _, told in shown:
                if ask_id == ask.id:
                    self._ledger.desk.card_shown(tx, ask_id, told)

    def refresh(self, row: Delivery, shown: Shown | None) -> Ending | None:
        """Makes a card, or the digest it is in, say what is true now; what is to be written down of it."""
        if shown is None:
            self._ledger.sent(row)
            return None
        ask, card, version = shown
        if ask.digest is not None and ask.sent:
            self._refresh_digest(row, ask, ask.digest)
            return None
        if ask.sent and ask.shown < version:  # else not in Slack yet (it will be sent as it then is), or true already
            self._workspace.update_card(Place(ask.channel, ask.ts), card)
        says = version if ask.sent else -1
        told = CardShown(row, ask.id, says, ask.ts, self._ledger.clock.now())
        return Ending(told, lambda: self._card_shown(row, ask, says))

    def _card_shown(self, row: Delivery, ask: Ask, version: int) -> None:
        with self._ledger.store.transaction(durable=False) as tx:
            tx.set_delivery(row, DeliveryState.SENT, self._ledger.clock.now(), done=(ask.ts,))
            self._ledger.desk.card_shown(tx, ask.id, version)

    def home(self, row: Delivery) -> None:
        """Makes a person's own tab say what is true now."""
        with self._ledger.store.read() as tx:
            home = self._ledger.desk.home(tx, row.subject)
        if home is not None:
            self._workspace.publish_home(row.subject, home)
        self._ledger.sent(row)

    def invitation(self, attempt: Attempt) -> None:
        """Sends an invitation, or makes the one that was sent say what is true now."""
        row = attempt.row
        with self._ledger.store.read() as tx:
            shown = self._ledger.desk.invitation(tx, row.subject)
        if shown is None:
            return self._ledger.sent(row)
        invitation, place = shown
        if place is not None:
            self._workspace.update_invitation(place, invitation)
            return self._ledger.sent(row, place.ts)
        place = self._workspace.find_card(row.subject, row.key) if attempt.doubt else None
        if place is None and (not self._goes_out(attempt) or self._waits_for_quiet(attempt)):
            return None
        place = place or self._workspace.post_invitation(row.subject, row.key, invitation)
        with self._ledger.store.transaction() as tx:
            if tx.set_delivery(row, DeliveryState.SENT, self._ledger.clock.now(), done=(place.ts,)):
                self._ledger.desk.invitation_sent(tx, row.subject, place)
        return None

    def line(self, attempt: Attempt) -> None:
        """Sends a person a line of plain text."""
        row = attempt.row
        found = self._workspace.find_card(row.subject, row.key) if attempt.doubt else None
        if found is None and (not self._goes_out(attempt) or self._waits_for_quiet(attempt)):
            return
        self._ledger.sent(row, (found or self._workspace.post_note(row.subject, row.key, row.pieces[0])).ts)

    def redact(self, row: Delivery) -> None:
        """Takes the words out of a note that was sent; one that is not found any more has none."""
        place = self._workspace.find_card(row.subject, row.target)
        if place is not None:
            self._workspace.update_note(place, row.pieces[0])
        self._ledger.sent(row, place.ts if place is not None else "")

    def _waits_for_quiet(self, attempt: Attempt) -> bool:
        """Whether it is for the day, and the person wants quiet just now, as Slack tells: then it comes later."""
        during = self._disturb(attempt.row.subject) if for_the_day(attempt.row) else None
        if during is None:
            return False
        with self._ledger.store.transaction() as tx:
            self._ledger.desk.disturbed(tx, attempt.row.subject, during)
            state = DeliveryState.CALLING if attempt.doubt else DeliveryState.READY
            row = tx.set_delivery(attempt.row, state, self._ledger.clock.now(), error="the person wants quiet")
            if row is not None:
                self._ledger.held_back(tx, row)
        return True
