"""The people on X: they post, one after the other, and say something back when the brand has answered them.

They begin when the app is there to hear them: a second after it is connected to Slack and has looked for mentions. A
brand that never looks (for five seconds) is written to all the same; a Slack nobody is connected to is waited for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from twelp.sandbox.slack import SlackWorld
from twelp.sandbox.town.abroad import language
from twelp.sandbox.town.account import Account
from twelp.sandbox.town.asked_next import asked_next
from twelp.sandbox.town.dice import dice
from twelp.sandbox.town.pace import Habits
from twelp.sandbox.town.repertoire import CUSTOMERS, LEAD_INS, POSTS, Said
from twelp.sandbox.town.sayings import THANKS
from twelp.sandbox.wire import Record
from twelp.sandbox.x import XWorld
from twelp.sandbox.x.state import Draft, Post

_LOOK_S = 0.25
_MENTIONS_WAIT_S = 5.0
_FIRST_AFTER_S = 1.0
_THANKS_SHARE = 0.45
_FOLLOW_UP_SHARE = 0.2
_REMEMBERED = 2_000


class Customers:
    """Everybody on X who writes to the brand.

    Args:
        x: where they post.
        slack: where the app is seen to be connected.
        record: where its requests are seen.
        habits: their pace.
        account: where their posts are written down.
    """

    def __init__(self, x: XWorld, slack: SlackWorld, record: Record, *, habits: Habits, account: Account) -> None:
        self._x = x
        self._slack = slack
        self._record = record
        self._habits = habits
        self._account = account
        self._names = {customer.handle: customer.name for customer in CUSTOMERS}
        self._asked: dict[int, Post] = {}
        self._read_up_to = 0

    async def live(self) -> None:
        """Post and reply until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._post_in_turn())
            group.create_task(self._read_replies())

    async def _post_in_turn(self) -> None:
        await self._until_heard()
        await self._habits.rest(_FIRST_AFTER_S)
        for number, said in enumerate(rounds(self._habits.seed)):
            await self._while_held()
            text = said.text.replace("{brand}", self._x.brand.handle)
            self._asked_about(self._post(said.by, text))
            roll = dice(self._habits.seed, "between", number)
            await self._habits.rest(self._habits.until_next_s(number, roll))

    async def _while_held(self) -> None:
        while self._slack.backend.played.hold:
            await asyncio.sleep(_LOOK_S)

    async def _until_heard(self) -> None:
        delivery = self._slack.delivery
        while not (delivery.sockets.count or delivery.request_url):
            await asyncio.sleep(_LOOK_S)
        until = time.monotonic() + _MENTIONS_WAIT_S
        while time.monotonic() < until:
            if any(request.path.endswith("/mentions") for request in self._record.requests(network="x")):
                return
            await asyncio.sleep(_LOOK_S)

    async def _read_replies(self) -> None:
        """Find the brand's replies to these people's posts; each conversation gets one line back, or none."""
        async with asyncio.TaskGroup() as group:
            while True:
                for post in self._x.posts.after(self._read_up_to):
                    self._read_up_to = max(self._read_up_to, post.id)
                    asked = self._asked.pop(post.in_reply_to or 0, None)
                    if asked is not None and post.author.id == self._x.brand.id:
                        group.create_task(self._say_back(asked, post))
                await asyncio.sleep(_LOOK_S)

    async def _say_back(self, asked: Post, reply: Post) -> None:
        roll = dice(self._habits.seed, "back", asked.author.handle, asked.text)
        whim = roll.random()
        if whim > _THANKS_SHARE + _FOLLOW_UP_SHARE:
            return
        await self._habits.pause(4.0, 10.0, roll)
        await self._while_held()
        if self._x.posts.visible(reply.id) is None:
            return
        back = "" if whim < _THANKS_SHARE else asked_next(asked.text)
        thanks = THANKS.get(language(asked.text), THANKS["en"])
        self._post(asked.author.handle, back or roll.choice(thanks), reply_to=reply.id)

    def _post(self, handle: str, text: str, reply_to: int | None = None) -> Post:
        self._x.account(handle, self._names.get(handle))
        post = self._x.post(handle, Draft(text, reply_to=reply_to))
        self._account.note(f"@{handle}", f"{'replied' if reply_to else 'posted'}: {text}")
        return post

    def _asked_about(self, post: Post) -> None:
        self._asked[post.id] = post
        while len(self._asked) > _REMEMBERED:
            del self._asked[next(iter(self._asked))]


def rounds(seed: int) -> Iterator[Said]:
    """All posts in order, then again and again in another order, each by somebody else and with other first words."""
    yield from POSTS
    number = 1
    while True:
        roll = dice(seed, "round", number)
        for said in roll.sample(POSTS, len(POSTS)):
            by = roll.choice([c.handle for c in CUSTOMERS if c.handle != said.by])
            yield Said(by, f"{roll.choice(LEAD_INS)}{said.text}")
        number += 1
