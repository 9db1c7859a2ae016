"""What goes to the network: an answer, post after post, and its being taken down, the last post first."""

from __future__ import annotations

import logging
from datetime import timedelta

from twelp.delivery.ledger import TAKEN_OVER, Ledger, Turn
from twelp.errors import InDoubt, Refused, RemoteError, TryAgain
from twelp.model import AnswerState, Delivery, DeliveryState, Question, Stage
from twelp.ports import Tx

log = logging.getLogger("twelp.delivery")

_MOST_LOOKS = 8
"""Calls in doubt after which the network's refusal is taken at its word."""

_AGO = timedelta(minutes=2)
"""Tolerance between our clock and the network's when looking back."""


class Posts(Ledger):
    """Calls to the network."""

    def likes(self, question_id: str, number: int, known: int) -> None:
        """Looks how often a published answer was liked; `known` were told of. What fails is simply not told."""
        with self.store.look() as tx:
            answer = next((a for a in tx.answers(question_id) if a.state is AnswerState.PUBLISHED), None)
        if answer is None or not answer.post_ids:
            return
        try:
            found = sum(self.network.likes(post_id) for post_id in answer.post_ids)
        except RemoteError as error:
            log.info("likes of %s are not known (%s)", question_id, error)
            found = known
        self.desk.liked(question_id, number, known, max(found, known))

    def post(self, turn: Turn) -> None:
        """Publishes the row's next post: the first under the customer's, each further one under our own before it."""
        row = turn.row
        target = row.done[-1] if row.done else row.question.partition(":")[2]
        handle = self.network.me().handle  # asked before the call: after it, a failure would not be the call's own
        post_id = self._look(row, target) if turn.doubt else None
        if post_id is None and turn.doubt:
            with self.store.begin() as tx:
                counted = tx.set_delivery(row, DeliveryState.CALLING, self.clock.now(), error=row.error)
            if counted is None:
                raise TryAgain(TAKEN_OVER)
            row = counted
        if post_id is None:
            try:
                post_id = self.network.reply(row.pieces[len(row.done)], target)
            except Refused as error:
                if error.reason != "duplicate" or turn.first or row.attempts >= _MOST_LOOKS:
                    raise
                post_id = self._look(row, target)  # a text that we may have sent before stands there already
                if post_id is None:
                    raise InDoubt("the network knows this text already, but does not show it yet") from error
        self.piece_done(row, post_id, lambda tx, now: self.desk.replied(tx, now, self.network.url(now.done[0], handle)))
        self.desk.catch_up()

    def take_down(self, turn: Turn) -> None:
        """Deletes the row's next post, from the last to the first. Twice does no harm: in doubt it is simply done."""
        row = turn.row
        post_id = row.pieces[-1 - len(row.done)]
        self.network.delete(post_id)
        self.piece_done(row, post_id, self.desk.deleted)

    def _look(self, row: Delivery, target: str) -> str | None:
        """Our own reply under that post; none that an earlier try left there, which was taken down since.

        None is older than the customer's post, by the network's own clock: ours may have been ahead when the row was
        written.
        """
        with self.store.look() as tx:
            question, known = tx.question(row.question), tx.posted(row.question)
        since = row.created_at - _AGO
        if question is not None:
            since = min(since, question.post.created_at)
        replies = self.network.own_replies(since, to=target)
        return next((reply.id for reply in replies if reply.in_reply_to == target and reply.id not in known), None)

    def intent(self, tx: Tx, row: Delivery) -> str:
        """The manual lane's link, for a question whose answer was refused: it goes on where the network stopped."""
        question: Question | None = tx.question(row.question)
        if question is None or question.stage is not Stage.REFUSED:
            return ""
        answer = next((a for a in tx.answers(question.id) if a.state is AnswerState.REFUSED), None)
        missing = answer.posts[len(answer.post_ids) :] if answer else ()
        if answer is None or not missing:
            return ""
        return self.network.intent_url((question.post.id, *answer.post_ids)[-1], missing[0])
