"""A little town inside the sandbox: customers who post and experts who read their cards and answer, all by themselves.

It acts as people do, through what people see, and knows nothing of the app under test. The parts: `repertoire` and
`sayings` (what people say), `advice…`, `abroad`,
`thinking` and `answers` (what experts know), `reading` (how they read a card),
`hands` (one person's acts), `experts` and `customers` (who does what when), `pace` (how fast), `account` (what they
did, for whoever watches).
"""

from __future__ import annotations

import asyncio
from typing import Any

from twelp.sandbox.slack import SlackWorld
from twelp.sandbox.town.account import Account
from twelp.sandbox.town.answers import Answers
from twelp.sandbox.town.customers import Customers
from twelp.sandbox.town.experts import Experts
from twelp.sandbox.town.pace import habits
from twelp.sandbox.wire import Record
from twelp.sandbox.x import XWorld

__all__ = ["Town"]


class Town:
    """The people of one sandbox.

    Args:
        given: the seed's ``town``: ``pace`` (``human`` or ``eager``), ``customers`` (whether any post; default false),
            ``every_s`` (between posts, 20), ``first`` and ``later_every_s`` (after so many posts they come
            at that pace; default never), ``seed`` (of all whims, 7), ``speed`` (divides all pauses, 1.0),
            ``answers`` (a word of the question, or ``*``, to a list of texts).
        x: where customers post.
        slack: where experts are.
        record: where the app's requests are seen.

    Raises:
        ValueError: for an unusable `given`, naming the field.
    """

    def __init__(self, given: Any, *, x: XWorld, slack: SlackWorld, record: Record) -> None:
        self._habits = habits(given)
        self._account = Account(x.clock)
        answers = Answers(self._habits.seed, self._habits.answers)
        self._experts = Experts(slack, self._habits, answers, self._account)
        self._customers = Customers(x, slack, record, habits=self._habits, account=self._account)

    async def live(self) -> None:
        """Be a town until cancelled; call it once, on the event loop that serves the sandbox."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._experts.live())
            if self._habits.customers:
                group.create_task(self._customers.live())

    def account(self) -> list[dict[str, Any]]:
        """What people did, oldest first, at most the last 2,000: ``at`` (ISO 8601), ``who``, ``what``."""
        return self._account.lines()
