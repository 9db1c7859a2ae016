"""`twelp pause` and `twelp resume`: stop everything, or a topic, from going out, and let it go again.

Works through the database, beside a running twelp: each process looks right before whatever it sends.
"""

from __future__ import annotations

import getpass
from collections.abc import Sequence

from twelp.adapters.store import SqlStore
from twelp.cli.names import actor, names
from twelp.cli.plain import plain
from twelp.config import Settings
from twelp.desk import halts as halting
from twelp.engine import JobQueue
from twelp.errors import StoreError, TwelpError
from twelp.flow import halt as decisions
from twelp.flow.halt import Unclear
from twelp.flow.selfservice import plain as legible
from twelp.model import Halt, Roster
from twelp.texts.phrase import say
from twelp.wiring import RealClock, reading


def pause(words: Sequence[str]) -> None:
    """Pauses what the words say, with its reason; without words, prints what is paused.

    Raises:
        TwelpError: the words cannot be read, or that is paused already.
    """
    settings = Settings.read()
    roster, store = names(settings), _store(settings)
    try:
        if words:
            _pause(store, roster, legible(" ".join(words)))
        _print(store, roster)
    finally:
        store.close()


def _pause(store: SqlStore, roster: Roster | None, said: str) -> None:
    wish = decisions.to_pause(said, roster.topics if roster else {})
    if isinstance(wish, Unclear):
        raise TwelpError(say(wish.message))
    with store.transaction() as tx:
        begun = halting.pause(tx, Halt(wish.topic, _operator(), wish.reason, RealClock().now()))
    if not begun:
        raise TwelpError("that is paused already; `twelp pause` shows since when, by whom and why")


def resume(words: Sequence[str]) -> None:
    """Resumes what the words say; without words, the only thing that is paused.

    Raises:
        TwelpError: nothing is paused, it is not clear which, or a second person must agree.
    """
    settings = Settings.read()
    roster, store = names(settings), _store(settings)
    try:
        print(_resume(store, roster, legible(" ".join(words))))
    finally:
        store.close()


def _resume(store: SqlStore, roster: Roster | None, said: str) -> str:
    clock = RealClock()
    with store.transaction() as tx:
        halts = tx.halts()
        found = halts[0] if len(halts) == 1 else None
        if said:
            wish = decisions.to_resume(said, roster.topics if roster else {}, halts)
            if isinstance(wish, Unclear):
                raise TwelpError(say(wish.message))
            found = next((halt for halt in halts if halt.topic == wish.topic), None)
        if found is None:
            paused = ", ".join(_what(halt) for halt in halts) or "nothing"
            raise TwelpError(f"paused is: {paused}. Say which, like: twelp resume everything")
        two = roster is not None and roster.brand.two_to_resume
        done = halting.resume(tx, JobQueue(clock), found, _operator(), clock.now(), two=two)
    if not done.ok:
        raise TwelpError(say(done.message))
    return say(done.message)


def _print(store: SqlStore, roster: Roster | None) -> None:
    with store.read() as tx:
        halts = tx.halts()
    for halt in halts:
        agreed = (
            f"; {actor(halt.resuming, roster)} wants to resume, a second person must agree" if halt.resuming else ""
        )
        who, why = plain(actor(halt.by, roster)), plain(halt.reason)
        print(f"{_what(halt)}: paused by {who} since {halt.since:%Y-%m-%d %H:%M:%S} UTC: {why}{agreed}")
    if not halts:
        print("Nothing is paused.")


def _what(halt: Halt) -> str:
    return "everything" if halt.topic is None else f"topic {halt.topic}"


def _operator() -> str:
    return f"operator {getpass.getuser()}"


def _store(settings: Settings) -> SqlStore:
    store = reading(settings)
    if store is None:
        raise StoreError("there is no database yet, so nothing goes out: run twelp first", absent=True)
    return store
