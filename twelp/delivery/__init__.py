"""Delivery: sends what the outbox holds, to the network and to Slack, once.

Not every network takes an idempotency key, and Slack takes none, so the outbox row is also a ledger. It turns CALLING
in a transaction of its own *before* the call and SENT, with the remote id, after it. Whoever finds a row CALLING knows
that a call may have been carried out (the process died, the response was lost) and looks outside before it sends again:
for a reply among our own posts, for a card among the messages with its key. Where the network keeps keys, the call is
made again with its key instead, as long as they are kept. The network's own refusal of a text it has seen says the
same. So only the first of the two need reach the disk at once: a power cut that undoes SENT leaves a row to look for.

An answer of several posts is one row. Each of its calls is one attempt of the ledger: CALLING before it; after it READY
with the new post's id, so that the next attempt begins where this one ended, or SENT after the last.

One job serves a row at a time; each try enqueues the next one, so that a row is never forgotten and never tried twice
at once.

    ledger    a row's attempt: begun, done, failed, and when it comes again
    together  attempts of several rows, begun at once
    pausing   the look right before a call whether a moderator has paused it
    posts     what goes to the network: answers, and their being taken down
    privately private replies, and their cards
    messages  what goes to Slack: cards, digests, invitations, notes, people's own tabs
    seeking   an answer that somebody says they posted by hand
    looks     whether customers' posts still stand
    courier   takes one row and does what it asks for
"""

from twelp.delivery.courier import Courier
from twelp.delivery.ledger import Ledger
from twelp.delivery.looks import Looks
from twelp.delivery.seeking import Seeking

__all__ = ["Courier", "Ledger", "Looks", "Seeking"]
