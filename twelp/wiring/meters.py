"""What is measured, by wrapping the bot's parts at their seams: jobs, calls to networks and Slack, what they cost.

Names and units as Prometheus wants them; labels are words of ours, never a person, a post or a topic. What can happen
is told from the start, as 0: an increase is seen only from a number that was there before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from contextvars import copy_context
from datetime import date, datetime
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.process_collector import ProcessCollector

from twelp.errors import InDoubt, Locked, Refused, RemoteError, TryAgain, WaitUntil
from twelp.ports import Network, PrivateLane, Workspace

_QUICK: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
_SLOW: Final = (5, 15, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400)
_WORDS: Final = (
    (TryAgain, "try_again"),
    (InDoubt, "in_doubt"),
    (WaitUntil, "over_limit"),
    (Refused, "refused"),
    (Locked, "locked"),
)
_OUTCOMES: Final = ("ok", *(word for _, word in _WORDS), "failed")
NETWORK_CALLS: Final = ("mentions", "look_up", "own_posts", "reply", "delete")
PRIVATE_CALLS: Final = ("messages", "messages_with", "send")
WORKSPACE_CALLS: Final = tuple(name for name in vars(Workspace) if not name.startswith("_"))

ONCE_ALONE: Final = "x"
"""The network that was the only one once: its numbers are told under their former names too, for one version."""


def calls_of(network: Network) -> tuple[str, ...]:
    """The methods that ask this network something: editing and searching are not offered by each."""
    return (*NETWORK_CALLS, *(call for call in ("edit", "search") if hasattr(network, call)))


class Meters:
    """Everything that this process counts."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, that nobody looks at
        own = self.registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self.jobs = Histogram("twelp_job_seconds", "How long a job took.", ["job"], registry=own, buckets=_QUICK)
        self.failures = Counter("twelp_job_failures", "Jobs that broke down and come again.", ["job"], registry=own)
        self.calls = Histogram(
            "twelp_call_seconds", "How long a call took.", ["to", "call"], registry=own, buckets=_QUICK
        )
        self.outcomes = Counter("twelp_calls", "Calls by outcome.", ["to", "call", "outcome"], registry=own)
        self.acts = Histogram(
            "twelp_act_seconds",
            "How long what somebody did in Slack, or a page that was read, took.",
            ["act"],
            registry=own,
            buckets=_QUICK,
        )
        self.dollars = Counter(
            "twelp_network_cost_dollars", "What networks charge, by list prices.", ["network", "what"], registry=own
        )
        self._dollars_once = Counter(
            "twelp_x_cost_dollars", "Former name of twelp_network_cost_dollars.", ["what"], registry=own
        )
        self.posts = Counter("twelp_posts", "Posts heard, by what triage took them for.", ["kind"], registry=own)
        self.question = Histogram(
            "twelp_question_seconds", "From a question's opening until then.", ["until"], registry=own, buckets=_SLOW
        )

        self.locked: dict[str, str] = {}
        """What an account was refused when it was last asked to: the other side's words, by call."""
        self._today: date | None = None
        self._looked_up: set[tuple[str, str]] = set()
        self.pauses: dict[str, datetime] = {}
        """Until when the other side wants not to be asked, by call."""

    def paused(self, now: datetime) -> dict[str, datetime]:
        """Calls that the other side wants not to be asked for just now, and until when."""
        return {call: at for call, at in list(self.pauses.items()) if at > now}

    def spent(self) -> dict[str, float]:
        """Dollars that this process has cost so far, by network and list prices."""
        found: dict[str, float] = {}
        for sample in (sample for family in self.dollars.collect() for sample in family.samples):
            if sample.name.endswith("_total"):
                network = sample.labels["network"]
                found[network] = found.get(network, 0.0) + sample.value
        return found

    def timed_network(self, network: Network) -> Any:
        """The same network, with its calls measured, and charged by its list prices."""
        for what in ("read", "reply"):
            self._charge(network.name, what, 0.0)
        return Timed(
            network, network.name, calls_of(network), self, lambda call, answer: self._cost(network, call, answer)
        )

    def timed_private(self, network: Network, lane: PrivateLane) -> Any:
        """A network's private messages, with their calls measured and charged."""
        prices, name = network.rules.prices, network.name

        def cost(call: str, answer: Any) -> None:
            if call == "send":
                self._charge(name, "private_send", prices.private_send)
            else:
                found = answer.messages if call == "messages" else answer
                fresh = self._new_today(network, {f"private {one.id}" for one in found})
                self._charge(name, "private_read", prices.private_read * fresh)

        for what in ("private_read", "private_send"):
            self._charge(name, what, 0.0)
        return Timed(lane, f"{name}_private", PRIVATE_CALLS, self, cost)

    def _cost(self, network: Network, call: str, answer: Any) -> None:
        prices = network.rules.prices
        if call == "mentions":
            self._charge(network.name, "read", prices.read * len(answer.posts))
        elif call == "own_posts":
            self._charge(network.name, "read", prices.read * len(answer))
        elif call == "look_up":
            self._charge(network.name, "read", prices.look_up * self._new_today(network, answer))
        elif call == "search":
            self._charge(network.name, "read", prices.look_up * len(answer.posts))
        elif call == "reply":
            self._charge(network.name, "reply", prices.reply)

    def _new_today(self, network: Network, ids: Collection[str]) -> int:
        """How many of these posts were not looked up before on this day (UTC): networks charge each once a day."""
        today = network.now().date()
        if today != self._today:
            self._today, self._looked_up = today, set()
        fresh = {(network.name, one) for one in ids} - self._looked_up
        self._looked_up |= fresh
        return len(fresh)

    def _charge(self, network: str, what: str, dollars: float) -> None:
        self.dollars.labels(network, what).inc(dollars)
        if network == ONCE_ALONE:
            self._dollars_once.labels(what).inc(dollars)

    def timed_acts(self, desk: Any, names: Collection[str]) -> Any:
        """The same desk, with these acts measured."""
        return _Measured(desk, {name: self._timed_act(name, desk) for name in names})

    def _timed_act(self, name: str, desk: Any) -> Callable[..., Any]:
        taken = self.acts.labels(name)

        def run(*args: Any, **kwargs: Any) -> Any:
            with taken.time():
                return getattr(desk, name)(*args, **kwargs)

        return run

    def timed_jobs(self, jobs: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
        """The same jobs, each in a context of its own, and measured."""
        return {name: self._timed_job(name, job) for name, job in jobs.items()}

    def _timed_job(self, name: str, job: Callable[..., Any]) -> Callable[..., Any]:
        taken, failed = self.jobs.labels(name), self.failures.labels(name)

        def run(*args: Any) -> Any:
            with taken.time(), failed.count_exceptions():
                return copy_context().run(job, *args)

        return run


class _Measured:
    """Something of which some methods are measured; everything else is its own."""

    def __init__(self, inner: Any, measured: Mapping[str, Callable[..., Any]]) -> None:
        self._inner = inner
        vars(self).update(measured)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class Timed:
    """An adapter whose calls are measured; everything else is its own.

    Args:
        inner: the adapter.
        to: what it speaks to.
        calls: the methods that ask the other side something.
        meters: where it is written down.
        charge: told of each call that was answered, and the answer.
    """

    def __init__(
        self,
        inner: Any,
        to: str,
        calls: tuple[str, ...],
        meters: Meters,
        charge: Callable[[str, Any], None] = lambda *_: None,
    ) -> None:
        self._inner = inner
        self._charge = charge
        for call in calls:
            setattr(self, call, self._timed(getattr(inner, call), to, call, meters))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _timed(self, method: Callable[..., Any], to: str, call: str, meters: Meters) -> Callable[..., Any]:
        taken = meters.calls.labels(to, call)
        counted = {word: meters.outcomes.labels(to, call, word) for word in _OUTCOMES}

        def run(*args: Any, **kwargs: Any) -> Any:
            began, outcome = time.perf_counter(), "failed"
            try:
                answer = method(*args, **kwargs)
                outcome = "ok"
                meters.locked.pop(f"{to} {call}", None)
                meters.pauses.pop(f"{to} {call}", None)
            except RemoteError as error:
                if isinstance(error, Locked):
                    meters.locked[f"{to} {call}"] = str(error)
                if isinstance(error, WaitUntil) and not error.paced:
                    meters.pauses[f"{to} {call}"] = error.at
                outcome = next((word for kind, word in _WORDS if isinstance(error, kind)), outcome)
                raise
            finally:
                taken.observe(time.perf_counter() - began)
                counted[outcome].inc()
            self._charge(call, answer)
            return answer

        return run
