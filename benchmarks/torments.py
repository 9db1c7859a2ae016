"""What is done to houses while they work: kills, frozen processes, wrong clocks, full disks, databases that crash.

`random` (SIGKILL at any moment, during the start, too), `commit`, `committed`, `call`, `called` (SIGKILL at that point,
see `benchmarks.wounded`), `stop` (SIGSTOP, on Postgres once past the lease, and thawed), `clock` (wrong by up to a
minute, or hours ahead, then right again), `network` (X and Slack end every connection for two seconds), `paused`
(everything is paused, now and then with a kill, and resumed). SQLite: `disk`
(no file may grow for two seconds). Postgres: `database` (the server crashes and comes back), `frozen` (one worker stops
itself at a named point, and is thawed after seconds, once past the lease), `cut` (nothing passes between one worker and
the server, and no connection ends), `slow` (each piece takes 200 ms for all of them), `sessions` (others take all
connections that are left), `full` (the server's disk is full, where a small one can be mounted).
"""

from __future__ import annotations

import random
import resource
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Final

from benchmarks import postgres, relay
from benchmarks.experiment import Bot, Crowd
from benchmarks.wounded import FROZEN_POINTS, POINTS
from twelp.adapters.store import SqlStore
from twelp.desk import halts
from twelp.engine import JobQueue
from twelp.model import Halt
from twelp.wiring import RealClock

LEASE_S: Final = 30.0
_AHEAD_S: Final = 3 * 3600.0
"""How far a clock may be ahead: less than a question's time, which would truly be over by such a clock."""

_EVERYWHERE: Final = ("random", "random", "random", *POINTS, "stop", "clock", "network", "paused")
TORMENTS: Final = {
    "sqlite": (*_EVERYWHERE, "disk"),
    "postgres": (*_EVERYWHERE, "database", "frozen", "cut", "slow", "sessions", "full"),
}
_FROZEN_S: Final = (1.0, 6.0)


class Experiment:
    """Bots on one database, and what is done to them."""

    def __init__(
        self,
        folder: Path,
        url: str,
        server: postgres.Server | None,
        workers: int,
        *,
        limits: bool = False,
        eventful: bool = False,
        grouped: bool = False,
    ) -> None:
        self.folder = folder
        self.server = server
        self.database = f"sqlite:///{folder}/crash.db" if server is None else server.database()
        self.crowd = Crowd(url)
        experts = (folder / "experts.yaml").read_text(encoding="utf-8") if limits or eventful else ""
        chosen = {"TWELP_LIFT_LIMITS": str(not limits).lower(), "TWELP_GROUPING": str(grouped).lower()}
        self.relays = [relay.to(self.database) for _ in range(workers if server is not None else 0)]
        ways = [way.address(self.database) for way in self.relays] or [self.database] * workers
        self.houses = [
            Bot(folder / f"house-{n}", url, way, experts=experts, X_OWN_POLL_SECONDS=1, **chosen)
            for n, way in enumerate(ways)
        ]
        self.thawed = 0
        self.meanwhile: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    def start(self) -> None:
        """Every house works, and nothing is wrong with it."""
        for house in self.houses:
            if not house.alive:
                house.start()
        for house in self.houses:
            house.until_ready()

    def work_off(self, few: int) -> None:
        """Nothing happens until few questions are open, or for half a minute."""
        began = time.monotonic()
        self.start()
        while len(self.crowd.asked) - self.crowd.answered() > few and time.monotonic() < began + 30:
            time.sleep(0.2)
        self.seconds["working off"] += time.monotonic() - began

    def torment(self, kind: str, dice: random.Random) -> None:
        """One round. Whatever happens to one house, the others work on."""
        victim = dice.choice(self.houses)
        wounds = {"CRASH_AT": f"{kind}:{dice.randint(1, 40)}"} if kind in POINTS else {}
        if kind == "frozen":
            wounds = {"FREEZE_AT": f"{dice.choice(FROZEN_POINTS)}:{dice.randint(1, 20)}"}
        clock = self.folder / "clock"
        clock.write_text("0")
        if kind == "clock":
            wounds = {"CLOCK_FILE": str(clock)}
        if wounds:
            victim.kill()
        began = time.monotonic()
        for house in self.houses:
            if not house.alive:
                house.start(**(wounds if house is victim else {}))
        if kind != "random" or dice.random() < 0.5:
            for house in self.houses:
                house.until_ready()
        ready = time.monotonic()
        getattr(self, f"_{kind if kind not in POINTS else 'point'}")(victim, dice)
        self.seconds["starting"] += ready - began
        self.seconds["tormenting"] += time.monotonic() - ready

    def _random(self, victim: Bot, dice: random.Random) -> None:
        time.sleep(dice.uniform(0.0, 3.0))
        victim.kill()

    def _point(self, victim: Bot, dice: random.Random) -> None:
        until = time.monotonic() + 3
        while victim.alive and time.monotonic() < until:
            time.sleep(0.02)
        victim.kill()

    def _stop(self, victim: Bot, dice: random.Random) -> None:
        """Now and then for longer than the lease, so that others took over what the sleeper still believes its own."""
        long = self.server is not None and len(self.houses) > 1 and not self.thawed
        self.thawed += long
        victim.send(signal.SIGSTOP)
        time.sleep(LEASE_S + 8 if long else dice.uniform(0.5, 3.0))
        victim.send(signal.SIGCONT)
        time.sleep(1)

    def _frozen(self, victim: Bot, dice: random.Random) -> None:
        """It stops itself at its point; what the others do meanwhile is counted."""
        assert victim.process is not None
        until = time.monotonic() + 10
        while victim.alive and not _stands_still(victim.process.pid) and time.monotonic() < until:
            time.sleep(0.02)
        if victim.alive and _stands_still(victim.process.pid):
            long = len(self.houses) > 1 and not self.thawed
            self.thawed += long
            before = self.crowd.answered()
            time.sleep(LEASE_S + 8 if long else dice.uniform(*_FROZEN_S))
            self.meanwhile["frozen"] += 1
            self.meanwhile["answered by the others"] += self.crowd.answered() - before
            victim.send(signal.SIGCONT)
            time.sleep(1)
        else:
            victim.kill()  # or it would stand still in another round, with nobody to thaw it

    def _cut(self, victim: Bot, dice: random.Random) -> None:
        way = self.relays[self.houses.index(victim)]
        way.cut()
        time.sleep(dice.uniform(*_FROZEN_S))
        way.mend()
        time.sleep(1)

    def _slow(self, victim: Bot, dice: random.Random) -> None:
        for way in self.relays:
            way.late_s = 0.2
        time.sleep(4)
        for way in self.relays:
            way.late_s = 0.0
        time.sleep(1)

    def _sessions(self, victim: Bot, dice: random.Random) -> None:
        assert self.server is not None
        with self.server.without_sessions():
            victim.kill()  # the next one finds none, neither when it starts
            victim.start()
            time.sleep(3)
        time.sleep(1)

    def _full(self, victim: Bot, dice: random.Random) -> None:
        assert self.server is not None
        with self.server.full():
            time.sleep(2)
        time.sleep(1)

    def _clock(self, victim: Bot, dice: random.Random) -> None:
        clock = self.folder / "clock"
        clock.write_text(str(dice.uniform(-60, 60) if dice.random() < 0.5 else dice.uniform(600, _AHEAD_S)))
        time.sleep(dice.uniform(0.5, 2.0))
        if dice.random() < 0.5:
            victim.kill()  # the next one has the right hour again
        clock.write_text("0")

    def _disk(self, victim: Bot, dice: random.Random) -> None:
        if victim.process is None:
            return
        largest = max(p.stat().st_size for p in self.folder.glob("crash.db*"))
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        try:
            resource.prlimit(victim.process.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
            time.sleep(2)
            resource.prlimit(victim.process.pid, resource.RLIMIT_FSIZE, unlimited)
        except ProcessLookupError:
            return
        time.sleep(1)

    def _paused(self, victim: Bot, dice: random.Random) -> None:
        """Everything is paused, perhaps a house is killed, and it goes on; what went out later than a second after is
        counted."""
        store, clock = SqlStore(self.database, reading=True), RealClock()
        halt = Halt(None, "torment", "a torment", clock.now())
        try:
            with store.transaction() as tx:
                halts.pause(tx, halt)
            time.sleep(1.0)
            before = self.crowd.answered()
            if dice.random() < 0.5:
                victim.kill()
            time.sleep(dice.uniform(0.5, 2.0))
            self.meanwhile["pauses"] += 1
            self.meanwhile["answered later than a second after"] += self.crowd.answered() - before
            with store.transaction() as tx:
                halts.resume(tx, JobQueue(clock), halt, "torment", clock.now(), two=False)
        finally:
            store.close()
        time.sleep(0.5)

    def _database(self, victim: Bot, dice: random.Random) -> None:
        assert self.server is not None
        self.server.crash()
        time.sleep(dice.uniform(0.5, 4.0))
        self.server.start()
        time.sleep(1)

    def _network(self, victim: Bot, dice: random.Random) -> None:
        for network in ("x", "slack"):
            self.crowd.control("POST", "faults", {"kind": "close", "network": network, "times": None})
        time.sleep(2)
        self.crowd.control("DELETE", "faults")
        time.sleep(1)


def _stands_still(pid: int) -> bool:
    """Whether the process was stopped."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T"
