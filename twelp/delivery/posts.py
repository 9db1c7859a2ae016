"""What goes to the network: an answer, post after post, and its being taken down, the last post first."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from twelp.delivery.ledger import TAKEN_OVER, Attempt, Ledger
from twelp.delivery.looks import Looks
from twelp.delivery.recognising import Seen, Sight, Sought, recognise, survey
from twelp.errors import InDoubt, Locked, RefusalReason, Refused, RemoteError, TryAgain
from twelp.flow import past
from twelp.flow.edits import changes_sense
from twelp.model import AnswerState, Delivery, DeliveryKind, DeliveryState, Question
from twelp.networks import NetworkRules
from twelp.ports import Edits, Network, Presence
from twelp.ports.last_moment import check_last_moment, looked_again
from twelp.texts import reasons

log = logging.getLogger("twelp.delivery")

_MOST_LOOKS = 8
"""Tries after which the network's word that it knows the text is taken, though it shows it nowhere."""

_MOST_UNCLEAR = 12
"""Tries, about five minutes of them, after which a person is to look whether the post stands."""

_LONGER = timedelta(hours=1)
"""How much further back than by its rules a text may stand that the network takes no second time."""

_AGO = timedelta(minutes=2)
"""Tolerance between our clock and the network's when looking back."""


class Posts:
    """Calls to the network."""

    def __init__(self, ledger: Ledger, networks: Mapping[str, Network], looks: Looks) -> None:
        self._ledger = ledger
        self._networks = networks
        self._looks = looks

    def _network_of(self, question_id: str) -> Network:
        """The network on which a question was asked.

        Raises:
            Locked: it is not connected.
        """
        name = question_id.partition(":")[0]
        if name not in self._networks:
            raise Locked(f"{name} is not connected: put our handle there into the roster again (brand.handles.{name})")
        return self._networks[name]

    def likes(self, question_id: str, number: int, known: int) -> None:
        """Looks how often a published answer was liked; `known` were told of. What fails is simply not told."""
        with self._ledger.store.read() as tx:
            answer = next((a for a in tx.answers(question_id) if a.state is AnswerState.PUBLISHED), None)
        if answer is None or not answer.post_ids:
            return
        try:
            network = self._network_of(question_id)
            found = sum(network.likes(post_id) for post_id in answer.post_ids)
        except RemoteError as error:
            log.info("likes of %s are not known (%s)", question_id, error)
            found = known
        self._ledger.desk.liked(question_id, number, known, max(found, known))

    def post(self, attempt: Attempt) -> None:
        """Publishes the row's next post: the first under the customer's, each further one under our own before it."""
        row, network = attempt.row, self._network_of(attempt.row.question)
        target = row.done[-1] if row.done else row.target or row.question.partition(":")[2]
        if not (attempt.doubt or row.done):
            self._still_asks(attempt)
        handle = network.me().handle  # asked before the call: after it, a failure would not be the call's own
        doubt = attempt.doubt and not self._key_holds(attempt, network.rules)
        post_id = self._look(row, target) if doubt else None
        if post_id is None and not row.done and doubt is attempt.doubt and self._gives_way(attempt):
            return
        if post_id is None and attempt.doubt:
            row = self._counted(row)
        if post_id is None:
            try:
                check_last_moment()
                post_id = network.reply(row.pieces[len(row.done)], target, f"{row.key}:{len(row.done)}")
            except Refused as error:
                if error.reason is not RefusalReason.DUPLICATE or not attempt.doubt:
                    raise
                post_id = self._look_for_duplicate(row, target, error)
        desk = self._ledger.desk
        stands = desk.word_stands if row.errand is DeliveryKind.WORD else desk.replied
        self._ledger.piece_done(row, post_id, lambda tx, now: stands(tx, now, network.rules.url(now.done[0], handle)))
        self._ledger.desk.catch_up()

    def _gives_way(self, attempt: Attempt) -> bool:
        """Whether a colleague has answered by hand meanwhile; then nothing goes out. What cannot be read stops nothing.

        Only what the scheduled reading has not seen is looked at.
        """
        row, network, question = attempt.row, self._network_of(attempt.row.question), attempt.question
        if question is None:
            return False
        with self._ledger.store.read() as tx:
            cursor = tx.cursor(past.own_timeline(network.name))
        asked_at, read_at = question.post.created_at, past.read_until(cursor)
        since = asked_at if read_at is None else max(asked_at, read_at - _AGO)
        try:
            posts = network.own_posts(since)
        except RemoteError as error:
            log.info("%s goes out without a look at our own posts (%s)", row.question, error)
            return False
        with self._ledger.store.read() as tx:
            question = tx.question(row.question)
            if question is None or self._ledger.desk.answer_by_hand(tx, question, posts) is None:
                return False
        return self._ledger.give_way(row, posts)

    def _still_asks(self, attempt: Attempt) -> None:
        """Looks whether the customer's post still stands, and says what the answer was written to.

        Raises:
            Refused: `gone` or `edited`: nothing was sent.
        """
        row, question = attempt.row, attempt.question
        if question is None:
            return
        self._is_summoned(question, row.target)
        post_id = question.post.id
        seen = self._looks.posts(question.post.network, (post_id,)).get(post_id)
        if question.post.gone or (seen is not None and seen.presence is not Presence.STANDS):
            raise Refused(f"post {post_id} is gone", RefusalReason.GONE)
        newer = seen.post if seen is not None else None
        if newer is not None and newer.id != post_id and changes_sense(question.post.own_text, newer.own_text):
            raise Refused(f"post {post_id} was edited", RefusalReason.EDITED)

    def _is_summoned(self, question: Question, target: str) -> None:
        """Asks nobody: what a program may not reply to is not even tried.

        Raises:
            Refused: `not_summoned`.
        """
        network = self._network_of(question.id)
        with self._ledger.store.read() as tx:
            heard = tx.post(f"{network.name}:{target}") if target else None
        post = heard[0] if heard is not None else question.post
        if not network.rules.takes_reply_to(post, network.me()):
            why = reasons.NOT_SUMMONED(network=network.rules.display_name)
            raise Refused(why, RefusalReason.NOT_SUMMONED)

    def _key_holds(self, attempt: Attempt, rules: NetworkRules) -> bool:
        """Whether the network surely knows the key of an earlier try still: then the same call makes no second post.

        After a backup was put back, it may have given the key to other words.
        """
        if rules.keeps_keys_for is None:
            return False
        with self._ledger.store.read() as tx:
            question = tx.question(attempt.row.question)
        if question is None or self._ledger.older_than_return(question):
            return False
        return self._ledger.clock.now() - attempt.row.created_at < rules.keeps_keys_for - _AGO

    def _counted(self, row: Delivery) -> Delivery:
        """The row with one more call in it, as the one before was looked for and not found."""
        with self._ledger.store.transaction() as tx:
            counted = tx.set_delivery(
                row, DeliveryState.CALLING, self._ledger.clock.now(), error=row.error, trouble=row.trouble
            )
        if counted is None:
            raise TryAgain(TAKEN_OVER)
        looked_again()
        return counted

    def edit(self, attempt: Attempt) -> None:
        """Gives our post the row's words. Twice does no harm: in doubt it is simply done."""
        row, network = attempt.row, self._network_of(attempt.row.question)
        if network.rules.edit_within is None:
            raise Refused(f"{network.rules.display_name} edits no reply")
        check_last_moment()
        cast(Edits, network).edit(row.target, row.pieces[0])
        self._ledger.piece_done(row, row.target, self._ledger.desk.edited)

    def take_down(self, attempt: Attempt) -> None:
        """Deletes the row's next post, from the last to the first. Twice does no harm: in doubt it is simply done.

        Only what the ledger published or recognised is deleted: the account is used by people, too.
        """
        row = attempt.row
        post_id = row.pieces[-1 - len(row.done)]
        with self._ledger.store.read() as tx:
            ours = post_id in tx.posted(row.question)
        if not ours:
            raise Refused(f"post {post_id} is not known to be one of twelp's, and is left as it is; look at it by hand")
        self._network_of(row.question).delete(post_id)
        self._ledger.piece_done(row, post_id, self._ledger.desk.deleted)

    def _look(self, row: Delivery, target: str) -> str | None:
        """The post that an earlier try left there; None: none did.

        Raises:
            InDoubt: that cannot be told yet.
            Refused: `unclear`: it was looked for often, and cannot be told.
        """
        seen = self._survey(row, target, timedelta())
        if seen.ours is not None:
            return seen.ours.id
        if seen.perhaps is not None:
            where = self._network_of(row.question).rules.url(seen.perhaps.id, "")
            raise _unclear(row, reasons.TOO_LITTLE_TOLD(url=where))
        if seen.by_hand is not None:
            log.info("%s: a post by hand stands under the customer's: %s", row.question, seen.by_hand.id)
        return None

    def _look_for_duplicate(self, row: Delivery, target: str, error: Refused) -> str:
        """The post that an earlier try left there, when the network knows its words already.

        Raises:
            InDoubt: none is shown yet.
            Refused: `duplicate`: the words stand elsewhere; `duplicate_unseen`: they were looked for often.
        """
        reach = self._network_of(row.question).rules.refuses_repeats_for or timedelta()
        seen = self._survey(row, target, reach + _LONGER)
        if seen.ours is not None:
            return seen.ours.id
        if seen.perhaps is None and seen.elsewhere is not None:
            raise error
        if row.attempts >= _MOST_LOOKS and seen.perhaps is None:
            raise Refused(str(error), RefusalReason.DUPLICATE_UNSEEN) from error
        raise InDoubt("the network knows this text already, but does not show it yet") from error

    def _survey(self, row: Delivery, target: str, reach: timedelta) -> Seen:
        """What the account's own posts are to the row's next one.

        None of them is older than the customer's post, by the network's own clock: ours may have been ahead when the
        row was written. `reach`: how far back to look in any case.

        Raises:
            InDoubt: they cannot be read just now.
            Refused: `unclear`: they could not be read for long.
        """
        with self._ledger.store.read() as tx:
            question, known = tx.question(row.question), tx.posted(row.question)
        tried_at, network = row.created_at - _AGO, self._network_of(row.question)
        since, conversation, lost_until = min(tried_at, self._ledger.clock.now() - reach), "", None
        if question is not None:
            since, conversation = min(since, question.post.created_at), question.post.conversation
            lost_until = self._ledger.restored_at if self._ledger.older_than_return(question) else None
        sought = Sought(
            row.pieces[len(row.done)], target, conversation, tried_at, known, network.rules.shortener, lost_until
        )
        try:
            posts = network.own_posts(since, until=lambda post: recognise(post, sought) is Sight.OURS)
        except Refused as error:  # of the look, which says nothing of the post
            raise _unclear(row, reasons.OWN_POSTS_UNREAD(why=str(error))) from error
        return survey(posts, sought)


def _unclear(row: Delivery, why: str) -> RemoteError:
    """The error for a post of which nobody can tell whether it stands: look again, and in the end ask a person."""
    return InDoubt(why) if row.attempts < _MOST_UNCLEAR else Refused(why, RefusalReason.UNCLEAR)
