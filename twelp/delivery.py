"""Delivery: sends what the outbox holds, to the network and to Slack, once.

Neither side takes an idempotency key, so the outbox row is also a ledger. It turns CALLING in a transaction of its own
*before* the call and SENT, with the remote id, after it. Whoever finds a row CALLING knows that a call may have been
carried out (the process died, the response was lost) and looks outside before it sends again: for a reply among our
own posts, for a card among the messages with its key. The network's own refusal of a text it has seen says the same.
So only the first of the two need reach the disk at once: a power cut that undoes SENT leaves a row to look for.

One job serves a row at a time; each try enqueues the next one, so that a row is never forgotten and never tried twice
at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from twelp import about
from twelp.desk import Desk
from twelp.errors import InDoubt, Locked, Refused, RemoteError, TryAgain, WaitUntil
from twelp.model import (
    AnswerState,
    Ask,
    AskRole,
    AskState,
    Card,
    Delivery,
    DeliveryState,
    Entry,
    Errand,
    Question,
    Stage,
)
from twelp.ports import Clock, Later, Network, Place, Store, Tx, Workspace

log = logging.getLogger("twelp.delivery")

Shown = tuple[Ask, Card, int]

_LOOK_AFTER_S = 5.0
"""How long after a first call in doubt we look: the other side may need a moment to show what it did."""

_LOCKED_PAUSE = timedelta(minutes=1)
_BACKOFF_S = (2.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0)

_MOST_LOOKS = 8
"""Calls in doubt after which the network's refusal is taken at its word."""

_AGO = timedelta(minutes=2)
"""Tolerance between our clock and the network's when looking back."""

_REPEATABLE = (Errand.REFRESH, Errand.HOME)
"""What may simply be done again after a silence."""

_TO_A_PERSON = (Errand.NOTE, Errand.DIGEST, Errand.INVITATION, Errand.HOME)


class Courier:
    """Sends outbox rows.

    Args:
        store: where the rows are.
        later: enqueues the next try.
        clock: the hour.
        desk: told what came of it, in the same transaction.
        network: where replies go.
        workspace: where cards go.
    """

    def __init__(
        self, store: Store, later: Later, clock: Clock, desk: Desk, network: Network, workspace: Workspace
    ) -> None:
        self.store = store
        self.later = later
        self.clock = clock
        self.desk = desk
        self.network = network
        self.workspace = workspace

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name."""
        return {"deliver": self.deliver, "likes": self.likes}

    def likes(self, question_id: str, number: int, known: int) -> None:
        """Looks how often a published answer was liked; `known` were told of. What fails is simply not told."""
        with self.store.look() as tx:
            answer = next((a for a in tx.answers(question_id) if a.state is AnswerState.PUBLISHED), None)
        if answer is None or not answer.remote_id:
            return
        try:
            found = self.network.likes(answer.remote_id)
        except RemoteError as error:
            log.info("likes of %s are not known (%s)", question_id, error)
            found = known
        self.desk.liked(question_id, number, known, max(found, known))

    def deliver(self, delivery_id: int, errand: str = "") -> None:
        """Sends one row, or finds that it was sent, or says when to try again.

        The ledger: CALLING, on disk, before the call; what a card says is read in the same transaction.
        """
        with self.store.look() if errand in _REPEATABLE else self.store.begin() as tx:
            row = tx.delivery(delivery_id)
            if row is None or row.state in (DeliveryState.SENT, DeliveryState.FAILED):
                return
            about.enter(row.question)
            doubt = row.state is DeliveryState.CALLING
            called = row if doubt or row.errand in _REPEATABLE else self._begin(tx, row)
            if called is None:
                return
            shown = self._shown(tx, called)
        try:
            self._send(called, shown, doubt=doubt)
        except RemoteError as error:
            self._failed(called, error, doubt=doubt)

    def _begin(self, tx: Tx, row: Delivery) -> Delivery | None:
        """None when nobody wants it any more, or another has it."""
        if self._wanted(tx, row):
            return tx.set_delivery(row, DeliveryState.CALLING, self.clock.now(), error=row.error)
        dropped = tx.set_delivery(row, DeliveryState.FAILED, self.clock.now(), error="no longer needed")
        if dropped is not None and row.errand is Errand.CARD:
            self.desk.card_unwanted(tx, int(row.subject))
        return None

    def _shown(self, tx: Tx, row: Delivery) -> Shown | None:
        """For a card: its ask, what it says at this moment, and the version of the question it tells of."""
        if row.errand not in (Errand.CARD, Errand.REFRESH):
            return None
        ask_id = int(row.subject)
        ask, shown = tx.ask(ask_id), self.desk.card(tx, ask_id, self._intent(tx, row))
        return None if ask is None or shown is None else (ask, *shown)

    # ------------------------------------------------------------ sending

    def _send(self, row: Delivery, shown: Shown | None, *, doubt: bool) -> None:
        if row.errand is Errand.REPLY:
            self._reply(row, doubt=doubt)
        elif row.errand is Errand.DELETE:
            self._delete(row)
        elif row.errand is Errand.CARD:
            self._card(row, shown, doubt=doubt)
        elif row.errand is Errand.REFRESH:
            self._refresh(row, shown)
        elif row.errand is Errand.HOME:
            self._home(row)
        elif row.errand is Errand.INVITATION:
            self._invitation(row, doubt=doubt)
        elif row.errand is Errand.DIGEST:
            self._digest(row, doubt=doubt)
        else:
            found = self.workspace.find_card(row.subject, row.key) if doubt else None
            self._sent(row, found or self.workspace.post_note(row.subject, row.key, row.text))

    def _reply(self, row: Delivery, *, doubt: bool) -> None:
        target = row.question.partition(":")[2]
        handle = self.network.me().handle  # asked before the call: after it, a failure would not be the call's own
        post_id = self._look(row, target) if doubt else None
        if post_id is None and doubt:
            with self.store.begin() as tx:
                counted = tx.set_delivery(row, DeliveryState.CALLING, self.clock.now(), error=row.error)
            if counted is None:
                return  # another worker has this row now, and a job of its own for it
            row = counted
        if post_id is None:
            try:
                post_id = self.network.reply(row.text, target)
            except Refused as error:
                if error.reason != "duplicate" or not 1 < row.attempts < _MOST_LOOKS:
                    raise
                post_id = self._look(row, target)  # a text that we may have sent before stands there already
                if post_id is None:
                    raise InDoubt("the network knows this text already, but does not show it yet") from error
        url = self.network.url(post_id, handle)
        with self.store.begin(durable=False) as tx:
            if tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), remote_id=post_id):
                self.desk.replied(tx, row, post_id, url)
        self.desk.catch_up()

    def _delete(self, row: Delivery) -> None:
        """Deleting twice does no harm, so a call in doubt is simply made again."""
        self.network.delete(row.text)
        with self.store.begin() as tx:
            if tx.set_delivery(row, DeliveryState.SENT, self.clock.now()):
                self.desk.deleted(tx, row)

    def _look(self, row: Delivery, target: str) -> str | None:
        """Our reply under that post, if there is one. None is older than the post, by the network's own clock:
        ours may have been ahead when the row was written."""
        with self.store.look() as tx:
            question = tx.question(row.question)
        since = row.created_at - _AGO
        if question is not None:
            since = min(since, question.post.created_at)
        replies = self.network.own_replies(since, to=target)
        return next((reply.id for reply in replies if reply.in_reply_to == target), None)

    def _card(self, row: Delivery, shown: Shown | None, *, doubt: bool) -> None:
        if shown is None:
            raise Refused(f"ask {row.subject} is not known")
        ask, card, version = shown
        place = self.workspace.find_card(ask.expert, card.key) if doubt else None
        if place is None and ask.role is AskRole.ANSWER and self._rests(row, ask):
            return
        if place is None:
            place = self.workspace.post_card(ask.expert, card)
        else:
            version = -1  # found again: nobody knows which version it shows
        with self.store.begin(durable=False) as tx:
            if tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), remote_id=place.ts):
                self.desk.card_sent(tx, ask, place, version)

    def _rests(self, row: Delivery, ask: Ask) -> bool:
        """Whether the person wants quiet just now, as Slack tells; then somebody else is asked in their place."""
        during = None if self.desk.policy.unlimited else self.workspace.disturb(ask.expert)
        now = self.clock.now()
        if during is None or not during.start <= now < during.end:
            return False
        with self.store.begin() as tx:
            question = tx.question(ask.question)
            if question is not None and question.claimed_by == ask.expert:
                return False  # they took it themselves
            if tx.set_delivery(row, DeliveryState.FAILED, now, error="the person wants quiet"):
                self.desk.resting(tx, ask.id, during)
        return True

    def _digest(self, row: Delivery, *, doubt: bool) -> None:
        with self.store.look() as tx:
            shown = self.desk.digest(tx, row.key, unsent=True)
        found = self.workspace.find_card(row.subject, row.key) if doubt else None
        place = found
        if place is None and shown:
            place = self.workspace.post_digest(row.subject, row.key, [card for _, card, _ in shown])
        with self.store.begin() as tx:
            sent = tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), remote_id=place.ts if place else "")
            if sent is not None:
                self.desk.digest_sent(tx, row.key, [ask_id for ask_id, _, _ in shown])
            if sent is not None and place is not None:
                for ask_id, _, told in shown:
                    if (ask := tx.ask(ask_id)) is not None:
                        self.desk.card_sent(tx, ask, place, told if found is None else -1)

    def _refresh_digest(self, row: Delivery, ask: Ask) -> None:
        with self.store.look() as tx:
            shown = self.desk.digest(tx, ask.digest)
        self.workspace.update_digest(Place(ask.channel, ask.ts), [card for _, card, _ in shown])
        with self.store.begin(durable=False) as tx:
            tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), remote_id=ask.ts)
            for ask_id, _, told in shown:
                if ask_id == ask.id:
                    self.desk.card_shown(tx, ask_id, told)

    def _refresh(self, row: Delivery, shown: Shown | None) -> None:
        if shown is None:
            return self._sent(row, None)
        ask, card, version = shown
        if ask.digest and ask.ts:
            return self._refresh_digest(row, ask)
        if ask.ts and ask.shown < version:  # else not in Slack yet (it will be sent as it then is), or true already
            self.workspace.update_card(Place(ask.channel, ask.ts), card)
        with self.store.begin(durable=False) as tx:
            tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), remote_id=ask.ts)
            self.desk.card_shown(tx, ask.id, version if ask.ts else -1)
        return None

    def _home(self, row: Delivery) -> None:
        with self.store.look() as tx:
            home = self.desk.home(tx, row.subject)
        if home is not None:
            self.workspace.publish_home(row.subject, home)
        self._sent(row, None)

    def _invitation(self, row: Delivery, *, doubt: bool) -> None:
        with self.store.look() as tx:
            shown = self.desk.invitation(tx, row.subject)
        if shown is None:
            return self._sent(row, None)
        invitation, place = shown
        if place is not None:
            self.workspace.update_invitation(place, invitation)
            return self._sent(row, place)
        place = self.workspace.find_card(row.subject, row.key) if doubt else None
        place = place or self.workspace.post_invitation(row.subject, row.key, invitation)
        with self.store.begin() as tx:
            if tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), remote_id=place.ts):
                self.desk.invitation_sent(tx, row.subject, place)
        return None

    def _sent(self, row: Delivery, place: Place | None) -> None:
        with self.store.begin(durable=False) as tx:
            tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), remote_id=place.ts if place else "")

    # ------------------------------------------------------------ not sent

    def _failed(self, row: Delivery, error: RemoteError, *, doubt: bool) -> None:
        now = self.clock.now()
        what = f"{type(error).__name__}: {error}"
        with self.store.begin() as tx:
            current = tx.delivery(row.id)
            if current is None or current.state in (DeliveryState.SENT, DeliveryState.FAILED):
                return
            if isinstance(error, Refused):
                tx.set_delivery(current, DeliveryState.FAILED, now, error=what)
                self._over(tx, current, error)
                return
            # once in doubt, always look first: what was not seen a moment ago may be seen now
            unsure = (doubt or isinstance(error, InDoubt)) and row.errand not in _REPEATABLE
            state = DeliveryState.CALLING if unsure else DeliveryState.READY
            again = tx.set_delivery(current, state, now, error=what) or current
            at = self._next(again, error, now)
            self._again(tx, again, at - now)
            step = "in doubt" if isinstance(error, InDoubt) else "stopped" if isinstance(error, Locked) else "waits"
            known = current.error.endswith(str(error))  # the same trouble still: it was told
            reasons = (row.errand.value, what, f"next try {at:%H:%M:%S} UTC")
            if not known:
                tx.note(Entry(now, row.question, "delivery", step, reasons))
        if isinstance(error, Locked) and not known:
            log.error("%s of %s is stopped until an operator acts: %s", row.errand.value, row.question, error)

    def _over(self, tx: Tx, row: Delivery, error: Refused) -> None:
        if row.errand is Errand.REPLY:
            self.desk.refused(tx, row, error.reason, str(error))
        elif row.errand is Errand.DELETE:
            self.desk.not_deleted(tx, row, str(error))
        elif row.errand is Errand.CARD:
            self.desk.unreachable(tx, int(row.subject), str(error))
        elif row.errand is Errand.DIGEST:
            for ask_id, _, _ in self.desk.digest(tx, row.key, unsent=True):
                self.desk.unreachable(tx, ask_id, str(error))
        elif row.errand is Errand.INVITATION:
            self.desk.invitation_failed(tx, row.subject)

    def _next(self, row: Delivery, error: RemoteError, now: datetime) -> datetime:
        if isinstance(error, WaitUntil):
            return max(error.at, now + timedelta(seconds=1))
        if isinstance(error, Locked):
            return now + _LOCKED_PAUSE
        backoff_s = _BACKOFF_S[max(0, min(row.attempts, len(_BACKOFF_S)) - 1)]
        if isinstance(error, InDoubt):  # which counts two attempts: the call, and that it stayed in doubt
            backoff_s = min(_BACKOFF_S[-1], _LOOK_AFTER_S * 2 ** min(10, max(0, row.attempts // 2 - 1)))
        elif isinstance(error, TryAgain) and error.after_s is not None:
            backoff_s = max(1.0, error.after_s)
        spread = 1 + row.id % 8 / 32  # what failed together does not come again together
        return now + timedelta(seconds=backoff_s * spread)

    def _again(self, tx: Tx, row: Delivery, delay: timedelta) -> None:
        key = f"deliver:{row.id}:{row.attempts}:{row.state.value}"
        network = row.errand in (Errand.REPLY, Errand.DELETE)
        to = None if network else self._person(tx, row)
        queue = "network" if network else "workspace"
        self.later(tx, "deliver", key, row.id, row.errand.value, queue=queue, delay=delay, partition=to)

    def _person(self, tx: Tx, row: Delivery) -> str:
        if row.errand in _TO_A_PERSON:
            return row.subject
        ask = tx.ask(int(row.subject))
        return ask.expert if ask else ""

    # ------------------------------------------------------------ is it still wanted?

    def _wanted(self, tx: Tx, row: Delivery) -> bool:
        """Nothing is posted for a question that was withdrawn, and no card sent that nobody can act on any more."""
        if row.errand not in (Errand.REPLY, Errand.CARD):
            return True
        question = tx.question(row.question)
        if row.errand is Errand.REPLY:
            return question is not None and question.stage is Stage.PUBLISHING
        ask = tx.ask(int(row.subject))
        if ask is None or question is None:
            return False
        if ask.role is AskRole.REVIEW:
            return question.stage is Stage.HELD
        if ask.state is AskState.CLOSED:
            return False
        return question.stage in (Stage.OPEN, Stage.ASKED) or question.claimed_by == ask.expert

    def _intent(self, tx: Tx, row: Delivery) -> str:
        """The manual lane's link, for a question whose reply was refused."""
        question: Question | None = tx.question(row.question)
        if question is None or question.stage is not Stage.REFUSED:
            return ""
        text = next((a.public for a in tx.answers(question.id) if a.state is AnswerState.REFUSED), "")
        return self.network.intent_url(question.post.id, text)
