"""What one person does once they decided to: press, look what opens, write, correct, send.

Only what a person sees is used: labels, windows, fields, error lines. Every wait has an end, and whoever loses against
somebody quicker simply stops.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from enum import Enum
from typing import Any, Final

from twelp.sandbox.slack import SlackWorld
from twelp.sandbox.slack.workspace import Message
from twelp.sandbox.town.account import Account
from twelp.sandbox.town.answers import Answers
from twelp.sandbox.town.pace import Habits
from twelp.sandbox.town.reading import Card, Field, Wish, read, text_field
from twelp.sandbox.town.thinking import Thought

Json = dict[str, Any]

LOOK_S: Final = 0.05
_WINDOW_S: Final = 3.5
_HINT_S: Final = 0.5
_TRIES: Final = 3
_WINDOWS: Final = 8


class End(Enum):
    """How an attempt ended."""

    DONE = "done"
    LATE = "late"
    GAVE_UP = "gave up"
    FAILED = "failed"


class Hands:
    """The acts of the town's experts."""

    def __init__(self, slack: SlackWorld, habits: Habits, answers: Answers, account: Account) -> None:
        self._slack = slack
        self._habits = habits
        self._answers = answers
        self._account = account

    def card(self, card: Card) -> Card | None:
        """The card as it is now; None when it is gone or asks for nothing any more."""
        with self._slack.workspace.lock:
            message = self._message(card)
            return read(message, card.user) if message is not None else None

    def thinks(self, card: Card) -> Thought:
        """What people make of the card's question."""
        return self._answers.think(card.question)

    async def press(self, card: Card, wish: Wish) -> bool:
        """Press a button of a card; whether the app heard it.

        Raises:
            LookupError: when the button is gone.
        """
        label = card.labels[wish]
        seen = await self._slack.acts.click(card.user, channel=card.channel, ts=card.ts, label=label)
        self._account.note(card.user, f"pressed {label}: {card.question}")
        return bool(seen["acked"])

    async def talk(self, card: Card, text: str) -> None:
        """Say something to colleagues in the card's thread."""
        await self._slack.acts.write(card.user, text, card.channel, card.ts)
        self._account.note(card.user, f"said in the thread: {text}")

    async def approve(self, card: Card) -> End:
        """Let somebody else's answer pass."""
        if not await self.press(card, Wish.APPROVE):
            return End.FAILED
        gone = await self._until(lambda: not self._shows(card, Wish.APPROVE), _WINDOW_S)
        return End.DONE if gone else End.FAILED

    async def join(self, card: Card) -> End:
        """Read what opens, and accept it.

        Raises:
            LookupError: when the card's button is gone.
        """
        before = self._windows(card.user)
        if not await self.press(card, Wish.JOIN):
            return End.FAILED
        try:
            if not await self._until(lambda: bool(self._windows(card.user) - before), _WINDOW_S):
                return End.LATE
            window = self._top(card.user)
            if window is None or window.get("submit") is None:
                return End.LATE
            accepted = (await self._send(card.user, window["id"]))["acked"]
        finally:
            await self.leave(card.user)
        gone = await self._until(lambda: not self._shows(card, Wish.JOIN), _WINDOW_S)
        return End.DONE if accepted and gone else End.FAILED

    async def answer(self, card: Card, roll: random.Random, *, claim_first: bool = False) -> End:
        """Answer a card's question, claiming it first if wished or if there is no other way.

        Raises:
            LookupError: when the card's buttons are gone.
        """
        if Wish.CLAIM in card.labels and (claim_first or Wish.ANSWER not in card.labels):
            if not await self.press(card, Wish.CLAIM):
                return End.FAILED
            await self._until(lambda: not self._shows(card, Wish.CLAIM), _WINDOW_S)
            await self._habits.pause(0.8, 1.5, roll)
        now = self.card(card)
        if now is None or Wish.ANSWER not in now.labels:
            return End.LATE
        before = self._windows(card.user)
        pressed_at = self._slack.workspace.clock.time()
        if not await self.press(now, Wish.ANSWER):
            return End.FAILED
        if not await self._opened(now, before, pressed_at):
            return End.LATE
        try:
            return await self._through_windows(now, roll)
        finally:
            await self.leave(card.user)

    async def _through_windows(self, card: Card, roll: random.Random) -> End:
        """Fill in the form, then confirm whatever comes after it, until no window is left."""
        text = self._answers.find(card.question)
        sent = False
        for _ in range(_WINDOWS):
            window = self._top(card.user)
            if window is None:
                return End.DONE if sent else End.LATE
            field = text_field(window["blocks"])
            if field is not None:
                if sent:
                    return End.GAVE_UP
                if (end := await self._write(card, window, field, text, roll)) is not End.DONE:
                    return end
                sent = True
                continue
            if window.get("submit") is None:
                self._account.note(card.user, f"was told: {window['title']['text']}")
                return End.LATE
            await self._habits.pause(0.9, 1.1, roll)
            if not (await self._send(card.user, window["id"]))["acked"]:
                return End.FAILED
        return End.GAVE_UP

    async def _write(self, card: Card, window: Json, field: Field, text: str, roll: random.Random) -> End:
        """Write the text and send it, at most three times; `End.DONE` when it was taken."""
        await self._type(card.user, window, field, text, roll)
        for attempt in range(1, _TRIES + 1):
            seen = await self._send(card.user, window["id"], {field.block_id: {field.action_id: text}})
            if seen["acked"] and not seen["errors"]:
                self._account.note(card.user, f"wrote: {text}")
                return End.DONE
            self._account.note(card.user, f"was refused ({seen['errors'] or seen['error']}): {text}")
            if not seen["errors"]:
                return End.FAILED
            text = self._answers.shorter(text, attempt)
            await self._habits.pause(1.0, 1.5, roll)
        return End.GAVE_UP

    async def _type(self, user: str, window: Json, field: Field, text: str, roll: random.Random) -> None:
        """Type at a person's pace; the app hears some of it where it asked for that. In eager pace: nothing."""
        if self._habits.eager:
            return
        for part in (len(text) // 2, len(text)):
            await self._habits.pause(1.0, 1.4, roll)
            if field.live:
                where = {"view_id": window["id"], "block_id": field.block_id, "action_id": field.action_id}
                await self._slack.acts.type(user, text[:part], **where)

    async def _send(self, user: str, window_id: str, values: Json | None = None) -> Json:
        """Submit; once more when the app did not answer in time."""
        seen = await self._slack.acts.submit(user, window_id, values)
        if not seen["acked"] and seen["error"] == "timeout":
            await self._habits.rest(1.0)
            seen = await self._slack.acts.submit(user, window_id, values)
        return seen

    async def _opened(self, card: Card, before: set[str], pressed_at: float) -> bool:
        """Wait for a window; stop early when somebody else has the card, or soon after a line meant for us alone."""
        hinted_at: float | None = None
        until = time.monotonic() + _WINDOW_S
        while (now := time.monotonic()) < until:
            if self._windows(card.user) - before:
                return True
            if not self._shows(card, Wish.ANSWER) or (hinted_at is not None and now - hinted_at > _HINT_S):
                return False
            if hinted_at is None and self._was_told(card, pressed_at):
                hinted_at = now
            await asyncio.sleep(LOOK_S)
        return False

    async def leave(self, user: str) -> None:
        """Close whatever is still open."""
        if self._windows(user):
            await self._slack.acts.close(user, clear=True)

    async def _until(self, true: Callable[[], bool], most_s: float) -> bool:
        until = time.monotonic() + most_s
        while not true():
            if time.monotonic() > until:
                return False
            await asyncio.sleep(LOOK_S)
        return True

    def _shows(self, card: Card, wish: Wish) -> bool:
        now = self.card(card)
        return now is not None and wish in now.labels

    def _was_told(self, card: Card, after_s: float) -> bool:
        with self._slack.workspace.lock:
            channel = self._slack.workspace.channels.get(card.channel)
            said = reversed(channel.messages.values()) if channel else iter(())
            return any(m.only_for == card.user and float(m.ts) > after_s for m, _ in zip(said, range(5), strict=False))

    def _message(self, card: Card) -> Message | None:
        channel = self._slack.workspace.channels.get(card.channel)
        message = channel.messages.get(card.ts) if channel else None
        return None if message is None or message.deleted else message

    def _windows(self, user: str) -> set[str]:
        return {window["id"] for window in self._stack(user)}

    def _top(self, user: str) -> Json | None:
        stack = self._stack(user)
        return stack[-1] if stack else None

    def _stack(self, user: str) -> list[Json]:
        stack: list[Json] = self._slack.views(user)["stack"]
        return stack
