"""The people in Slack: who notices which card, who acts on it, and who picks up what is left lying.

Rules: the first person who is asked answers, the others mostly leave it to them; a person does one thing at a time, and
at most sixteen act at once. A card with nobody on it is picked up by the next one who has it, later and later when
nothing comes of it. People know nothing but what their own cards show. Whoever is played by hand does nothing by
themselves, and what lies before them the others leave to them for a while.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Final

from twelp.sandbox.slack import SlackWorld
from twelp.sandbox.slack.workspace import Change
from twelp.sandbox.town.account import Account
from twelp.sandbox.town.answers import Answers
from twelp.sandbox.town.dice import dice
from twelp.sandbox.town.hands import LOOK_S, End, Hands
from twelp.sandbox.town.pace import Habits
from twelp.sandbox.town.reading import Card, Wish, read
from twelp.sandbox.town.sayings import SHOP_TALK
from twelp.sandbox.town.thinking import Kind

_AT_ONCE: Final = 16
_ANSWERS_MOST: Final = 3
_PASSES_MOST: Final = 2
"""Whoever sees that two others passed leaves a question to those who know: no need to tell, and to be replaced."""
_SWEEP_S: Final = 0.25
_OPENING_S: Final = 0.4
"""How long a window may still be on its way to somebody who stops."""


@dataclass(slots=True, eq=False)
class Case:
    """One question as the town sees it: who has a card of it now, and who is on it. Times are real seconds."""

    key: str
    cards: dict[str, Card] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    out: set[str] = field(default_factory=set)
    on_it: str | None = None
    busy: bool = False
    idle_since: float = 0.0
    rest_until: float = 0.0
    tries: int = 0
    answers: int = 0
    passes: int = 0
    begun_at: float = 0.0


class Experts:
    """Everybody in Slack.

    Args:
        slack: the workspace they are in.
        habits: their pace and whims.
        answers: what they know.
        account: where their acts are written down.
    """

    def __init__(self, slack: SlackWorld, habits: Habits, answers: Answers, account: Account) -> None:
        self._slack = slack
        self._habits = habits
        self._hands = Hands(slack, habits, answers, account)
        self._account = account
        self._cases: dict[str, Case] = {}
        self._case_of: dict[tuple[str, str], Case] = {}
        self._at_it: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._acts: dict[asyncio.Task[None], str] = {}
        self._played = slack.backend.played
        self._noticed = 0
        self._begun = 0

    async def live(self) -> None:
        """Notice and act until cancelled; whatever is under way then ends, too."""
        swept_at = 0.0
        try:
            while True:
                for change in self._news():
                    self._try_to_notice(change)
                self._stand_still()
                if (now := time.monotonic()) - swept_at > _SWEEP_S:
                    swept_at = now
                    self._sweep(now)
                await asyncio.sleep(LOOK_S)
        finally:
            for act in self._acts:
                act.cancel()
            await asyncio.gather(*self._acts, return_exceptions=True)

    def _news(self) -> list[Change]:
        """What changed since the last look, oldest first."""
        workspace, news = self._slack.workspace, []
        if workspace.number == self._noticed:
            return []
        with workspace.lock:
            for change in reversed(workspace.changes):
                if change.number <= self._noticed:
                    break
                news.append(change)
            self._noticed = workspace.number
        return news[::-1]

    def _try_to_notice(self, change: Change) -> None:
        """Whatever strange thing lies there, the town goes on."""
        try:
            self._notice(change)
        except Exception as error:
            self._account.note("town", f"could not read {change.channel}/{change.ts}: {type(error).__name__}: {error}")

    def _notice(self, change: Change) -> None:
        """Somebody's card came, changed or went."""
        if change.kind not in ("message", "edit", "delete") or change.channel is None or change.ts is None:
            return
        workspace = self._slack.workspace
        with workspace.lock:
            channel = workspace.channels.get(change.channel)
            message = channel.messages.get(change.ts) if channel else None
            user = channel.im_user if channel else None
            fit = message is not None and user is not None and message.by_app and not message.only_for
            card = read(message, user) if fit and message and user and not message.deleted else None
        place = (change.channel, change.ts)
        case = self._case_of.get(place)
        if case is not None and (card is None or card.key != case.key):
            self._forget(case, place)
        if card is not None:
            self._take_in(card, place)

    def _take_in(self, card: Card, place: tuple[str, str]) -> None:
        now = time.monotonic()
        case = self._cases.setdefault(card.key, Case(card.key, idle_since=now, begun_at=now))
        case.cards[card.user] = card
        self._case_of[place] = case
        if card.user in case.met:
            return
        case.met.add(card.user)
        if card.user in self._played:
            return
        if case.on_it is None and not case.answers and now >= case.rest_until:
            self._put_on(case, card.user)
        else:
            self._stand_by(case, card)

    def _forget(self, case: Case, place: tuple[str, str]) -> None:
        """A card that asks nothing any more; a case without cards is over."""
        del self._case_of[place]
        for user, card in list(case.cards.items()):
            if (card.channel, card.ts) == place:
                del case.cards[user]
        if not case.cards and case.on_it is None:
            self._cases.pop(case.key, None)

    def _sweep(self, now: float) -> None:
        """Pick up what lies about with nobody on it."""
        for case in list(self._cases.values()):
            if case.busy or not case.cards or now < case.rest_until or case.answers >= _ANSWERS_MOST:
                continue
            if now - case.idle_since < self._habits.patience_s:
                continue
            if self._is_left_to_a_player(case):
                continue
            free = [u for u in case.cards if u not in case.out and u not in self._played]
            free = [u for u in free if not self._at_it[u].locked()]
            if free:
                self._put_on(case, free[case.tries % len(free)])

    # ------------------------------------------------------------ acting

    def _put_on(self, case: Case, user: str) -> None:
        """From now on this person is expected to do it."""
        case.on_it = user
        case.idle_since = time.monotonic() + (0 if self._habits.eager else 10.0 / self._habits.speed)
        self._begun += 1
        self._start(self._work(case, user, self._begun), user)

    async def _work(self, case: Case, user: str, number: int) -> None:
        roll = dice(self._habits.seed, "expert", number)
        end = End.FAILED
        try:
            await self._habits.pause(2.0, 3.0 if number == 1 or case.key.startswith("approve") else 4.5, roll)
            async with self._at_it[user], self._room:
                card = self._hands.card(case.cards[user]) if user in case.cards else None
                if case.on_it != user or card is None or self._is_left_to_a_player(case):
                    end = End.LATE
                    return
                case.busy = True
                if number > 1 and len(case.cards) > 1 and self._passes(card, roll.random()):
                    case.out.add(user)
                    end = End.DONE if await self._hands.press(card, Wish.NOT_ME) else End.FAILED
                    return
                if self._is_beyond(card):
                    end = await self._leave_it(case, card)
                    return
                end = await self._do(card, roll.random() < self._share(0.1))
                case.answers += end is End.DONE
        except LookupError:
            end = End.LATE
        finally:
            if case.on_it == user:
                self._done(case, user, end)

    def _is_left_to_a_player(self, case: Case) -> bool:
        """Whether somebody who is played has the card, and has not had it for long."""
        fresh = time.monotonic() - case.begun_at < self._habits.head_start_s
        played = any(self._played.by_hand(user) and user not in case.out for user in case.cards)
        return self._played.hold or (fresh and played)

    def _stand_still(self) -> None:
        """Whoever is played from now on drops what they are at."""
        for act, user in self._acts.items():
            if user in self._played and not act.cancelling():
                act.cancel()

    def _is_beyond(self, card: Card) -> bool:
        """Whether this is nothing anybody here knows; in eager pace everybody says something all the same."""
        asks = not (card.to_join or card.to_approve or self._habits.eager)
        return asks and self._hands.thinks(card).kind is Kind.NOT_ME

    async def _leave_it(self, case: Case, card: Card) -> End:
        """Say that it is not for them, or leave it where two others have said so."""
        case.out.add(card.user)
        if case.passes >= _PASSES_MOST or Wish.NOT_ME not in card.labels:
            self._account.note(card.user, f"left it to those who know: {card.question}")
            return End.DONE
        case.passes += 1
        return End.DONE if await self._hands.press(card, Wish.NOT_ME) else End.FAILED

    async def _do(self, card: Card, claim_first: bool) -> End:
        if card.to_join:
            return await self._hands.join(card)
        if card.to_approve:
            return await self._hands.approve(card)
        roll = dice(self._habits.seed, "hands", card.question)
        return await self._hands.answer(card, roll, claim_first=claim_first)

    def _done(self, case: Case, user: str, end: End) -> None:
        """Nobody is on it now; when it is worth looking again depends on how it went."""
        now = time.monotonic()
        case.on_it, case.busy, case.idle_since = None, False, now
        if user in case.out:
            return
        case.tries += 1
        if end is End.DONE:
            case.rest_until = now + self._habits.settle_s
        elif end is End.GAVE_UP:
            case.out.add(user)
            self._account.note(user, "gave up on this one")
        else:
            case.rest_until = now + min(self._habits.patience_s * 2 ** min(case.tries, 6), self._habits.longest_rest_s)
        if not case.cards:
            self._cases.pop(case.key, None)

    def _stand_by(self, case: Case, card: Card) -> None:
        """Somebody else is on it: mostly leave it, sometimes say so, sometimes talk about it among colleagues."""
        roll = dice(self._habits.seed, "bystander", card.user, card.key)
        whim = roll.random()
        if whim < self._share(0.1) and Wish.NOT_ME in card.labels:
            self._start(self._decline(case, card, roll.uniform(3.0, 9.0)), card.user)
        elif 0.1 <= whim < 0.25:
            self._start(self._chat(card, roll.choice(SHOP_TALK), roll.uniform(2.0, 6.0)), card.user)

    async def _decline(self, case: Case, card: Card, after_s: float) -> None:
        await self._habits.rest(after_s)
        async with self._at_it[card.user], self._room:
            if case.on_it != card.user and self._hands.card(card) is not None:
                case.out.add(card.user)
                await self._hands.press(card, Wish.NOT_ME)

    async def _chat(self, card: Card, text: str, after_s: float) -> None:
        if not self._habits.eager:
            await self._habits.rest(after_s)
        async with self._at_it[card.user], self._room:
            await self._hands.talk(card, text)

    def _passes(self, card: Card, whim: float) -> bool:
        return Wish.NOT_ME in card.labels and whim < self._share(0.1)

    def _share(self, of_all: float) -> float:
        """How many people have a whim; in eager pace nobody."""
        return 0.0 if self._habits.eager else of_all

    def _start(self, act: Coroutine[Any, Any, None], user: str) -> None:
        """Let somebody act by themselves; whatever goes wrong with one act is written down and ends it."""

        async def alone() -> None:
            try:
                await act
            except asyncio.CancelledError:
                if user in self._played:
                    await asyncio.sleep(_OPENING_S)
                    await self._hands.leave(user)
                raise
            except LookupError as gone:
                self._account.note(user, f"stopped: {gone}")
            except Exception as error:
                self._account.note(user, f"could not go on: {type(error).__name__}: {error}")

        task = asyncio.get_running_loop().create_task(alone())
        self._acts[task] = user
        task.add_done_callback(self._acts.pop)
