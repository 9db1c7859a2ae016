"""When the queue's loop looks again: at once where something came up, at the earliest due hour, or after a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import inf

from twelp.ports import Clock


class Waking:
    """Safe to use from several threads.

    Args:
        clock: the bot's clock; hours are by it.
        poll_s: after how long, in seconds, the loop looks in any case.
    """

    def __init__(self, clock: Clock, poll_s: float) -> None:
        self._clock = clock
        self._poll_s = poll_s
        self._guard = threading.Lock()
        self._woken = threading.Event()
        self._news = threading.Event()
        self._next_due = 0.0

    def wake(self) -> None:
        """Something new is there."""
        self._news.set()
        self._woken.set()

    def a_hand_is_free(self) -> None:
        """A job has ended; its end may be written down together with others'."""
        self._woken.set()

    def expect(self, due: float) -> None:
        """Something is due at that hour."""
        with self._guard:
            if due >= self._next_due:
                return
            self._next_due = due
        self._woken.set()

    def doubt(self) -> None:
        """What is due next is not known any more."""
        with self._guard:
            self._next_due = 0.0

    def is_due(self) -> bool:
        """Whether the earliest known hour has come."""
        with self._guard:
            return self._next_due <= self._clock.now().timestamp()

    def begin_look(self, now: float) -> bool:
        """Whether the earliest known hour has come. It is forgotten then: what is enqueued from here on counts, whether
        the look that follows sees it or not."""
        with self._guard:
            stale = self._next_due <= now
            if stale:
                self._next_due = inf
        return stale

    def found(self, next_due: float | None) -> None:
        """The look found what is due next; None: nothing waits."""
        with self._guard:
            self._next_due = min(self._next_due, inf if next_due is None else next_due)

    def begin_round(self) -> None:
        """What wakes from here on concerns the next round."""
        self._woken.clear()
        self._news.clear()

    def rest(self, *, full: bool, lingers_s: Callable[[], float]) -> None:
        """Waits until there is something to do.

        Args:
            full: nothing more can be taken in hand until a job ends.
            lingers_s: for how long what came of jobs may wait to be written down together with that of others.
        """
        with self._guard:
            ahead_s = self._next_due - self._clock.now().timestamp()
        self._woken.wait(self._poll_s if full else max(0.0, min(self._poll_s, ahead_s)))
        if not self._news.is_set() and (rest_s := lingers_s()):
            self._news.wait(rest_s)
