"""`twelp plan`: what a changed experts.yaml would do, played over the questions that the house had."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from twelp.adapters.store import SqlStore
from twelp.cli import recorded
from twelp.config import Settings
from twelp.errors import ConfigError, RosterError, StoreError
from twelp.flow import volunteers
from twelp.model import Kind, Roster, Volunteer
from twelp.reading.coverage import TopicCoverage, cover
from twelp.reading.foreseen import Asking, Foreseen, foresee
from twelp.roster import Severity, check, load
from twelp.roster.changes import Changes, compare
from twelp.wiring import RealClock, matcher, policy, reading, rules

SAME, DIFFERS = 0, 2
"""How `twelp plan` ends."""

_SHOWN: Final = 10
"""Lines of each table; `--json` has all."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the house: the roster in force, who says what for themselves, and its questions."""

    roster: Roster
    own: Mapping[str, Volunteer]
    questions: tuple[Asking, ...]


def plan(file: Path | None, since: str, posts: Path | None, *, as_json: bool) -> int:
    """Prints what would differ; 0 where nothing would, 2 where something would.

    Raises:
        RosterError: one of the two files cannot be used.
        StoreError: there is no database yet, and no recording was named.
        ConfigError: the recording cannot be read, or the time is none.
    """
    settings = Settings.read()
    after = load(file or settings.experts, networks=rules().values())
    store = reading(settings)
    if store is None and posts is None:
        raise StoreError(
            "there is no database yet, so no question was asked: run twelp first, or name a recording (--posts FILE)",
            absent=True,
        )
    try:
        known = _known(settings, store, _since(since), posts)
        changes = compare(known.roster, after)
        first = matcher(settings, known.roster, store)
        second = matcher(settings, after, store) if changes.matching else first
    finally:
        if store is not None:
            store.close()
    before, active = (volunteers.in_effect(roster, known.own) for roster in (known.roster, after))
    with _progress(2 * len(known.questions)) as step:
        found = foresee(known.questions, (before, first), (active, second), policy(settings), step)
    now = RealClock().now()
    covered = [{one.topic: one for one in cover(side, now)} for side in (before, active)]
    if as_json:
        print(json.dumps(_shape(changes, found, known.roster, after, covered), ensure_ascii=False, indent=2))
    else:
        _print(changes, found, known.roster, after, covered)
    return DIFFERS if changes else SAME


def _known(settings: Settings, store: SqlStore | None, since: datetime, posts: Path | None) -> Known:
    own: Mapping[str, Volunteer] = {}
    text, asked = "", tuple[Asking, ...]()
    if store is not None:
        own, text, asked = _rows(store, since)
    if posts is not None:
        asked = _archive(posts)
    if not text:  # nothing was taken up yet: what the settings name is what would be
        return Known(load(settings.experts, networks=rules().values()), own, asked)
    roster, mistakes = check(text, "the version in force", networks=rules().values())
    if roster is None:
        wrong = "\n".join(str(one) for one in mistakes if one.severity is Severity.ERROR)
        raise RosterError(f"the version in force does not check any more:\n{wrong}")
    return Known(roster, own, asked)


def _rows(store: SqlStore, since: datetime) -> tuple[Mapping[str, Volunteer], str, tuple[Asking, ...]]:
    with store.read() as tx:
        posts = tx.heard_as(Kind.QUESTION, since, RealClock().now())
        asked = sorted((Asking(post.key, post.text, post.created_at) for post in posts), key=lambda one: one.at)
        return tx.volunteers(), tx.roster_text(), tuple(asked)


def _archive(path: Path) -> tuple[Asking, ...]:
    """The questions of a recording; those without an hour are spread over the last days, a quarter of an hour apart."""
    found = recorded.read(path).posts
    first = RealClock().now() - timedelta(minutes=15) * len(found)
    return tuple(
        Asking(f"recorded:{number}", post.text, post.created_at or first + number * timedelta(minutes=15))
        for number, post in enumerate(found)
    )


def _since(text: str) -> datetime:
    now = RealClock().now()
    number, unit = text[:-1], text[-1:]
    if number.isdecimal() and unit in ("d", "w"):
        return now - timedelta(days=int(number) * (7 if unit == "w" else 1))
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise ConfigError(f"--since {text}: write 30d, 8w or a day like 2026-11-02") from None


@contextmanager
def _progress(total: int) -> Any:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal or not total, transient=True) as progress:
        task = progress.add_task("questions", total=total)
        yield lambda: progress.advance(task)


# ------------------------------------------------------------ as JSON


def _shape(
    changes: Changes, found: Foreseen, before: Roster, after: Roster, covered: list[dict[str, TopicCoverage]]
) -> dict[str, Any]:
    def pairs(counted: Mapping[tuple[str | None, str | None], int]) -> list[dict[str, Any]]:
        return [{"from": a, "to": b, "questions": count} for (a, b), count in counted.items()]

    return {
        "changes": {
            "joined": list(changes.joined),
            "left": list(changes.left),
            "changed": {key: list(what) for key, what in changes.changed.items()},
            "topics_added": list(changes.topics_added),
            "topics_removed": list(changes.topics_removed),
            "topics_changed": {key: list(what) for key, what in changes.topics_changed.items()},
            "brand": list(changes.brand),
            "rules": changes.rules,
            "alarms": changes.alarms,
        },
        "questions": found.questions,
        "people": [{"person": key, "before": was, "after": now} for key, was, now in _moves(found)],
        "losses": pairs(found.losses),
        "topics": [asdict(one) for one in _topics(found, before, after, covered)],
        "moved": pairs(found.moved),
        "lost": list(found.lost),
        "won": list(found.won),
    }


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic before and after: its questions, the share of them that is asked at once and probably taken within five
    minutes, and how many people may be asked in its worst hour of the week."""

    topic: str
    questions: tuple[int, int]
    at_once: tuple[float, float]
    in_goal: tuple[float, float]
    worst_hour: tuple[int, int]


def _topics(found: Foreseen, before: Roster, after: Roster, covered: list[dict[str, TopicCoverage]]) -> list[TopicLine]:
    lines = []
    for topic in dict.fromkeys([*before.topics, *after.topics]):
        sides = (found.before, found.after)
        about = [side.about[topic] for side in sides]
        once = [side.at_once[topic] / count if count else 0.0 for side, count in zip(sides, about, strict=True)]
        goal = [
            side.in_goal.get(topic, 0.0) / count if count else 0.0 for side, count in zip(sides, about, strict=True)
        ]
        worst = [min(one[topic].hours) if topic in one else 0 for one in covered]
        lines.append(
            TopicLine(
                topic, (about[0], about[1]), (round(once[0], 3), round(once[1], 3)),
                (round(goal[0], 3), round(goal[1], 3)), (worst[0], worst[1]),
            )
        )  # fmt: skip
    return lines


def _moves(found: Foreseen) -> list[tuple[str, int, int]]:
    """Everybody who would be asked otherwise: how often before and after, whom it concerns most first."""
    people = dict.fromkeys([*found.before.asked, *found.after.asked])
    moves = [(key, found.before.asked[key], found.after.asked[key]) for key in people]
    return sorted((m for m in moves if m[1] != m[2]), key=lambda m: (-abs(m[2] - m[1]), m[0]))


# ------------------------------------------------------------ for people


def _print(
    changes: Changes, found: Foreseen, before: Roster, after: Roster, covered: list[dict[str, TopicCoverage]]
) -> None:
    console = Console(highlight=False)
    added = f"{len(changes.joined)} {'person' if len(changes.joined) == 1 else 'people'} added"
    played = f"{found.questions:,} question{'' if found.questions == 1 else 's'} replayed"
    console.print(f"{added}, {len(changes.left)} removed, {len(changes.changed)} changed; {played}", style="bold")
    if not changes:
        console.print("Nothing differs from the version in force.")
        return
    console.print(f"{changes.told()}.", soft_wrap=True)
    names = {key: e.name for roster in (after, before) for key, e in roster.experts.items()}
    topics = {key: t.name for roster in (after, before) for key, t in roster.topics.items()}
    _table(console, "Who would be asked how often", ("", "before", "after"),
           [(names.get(key, key), str(was), str(now)) for key, was, now in _moves(found)])  # fmt: skip
    _table(console, "Who would be asked first instead", ("was", "would be", "questions"),
           [(names.get(a or "", "nobody"), names.get(b or "", "nobody"), str(n))
            for (a, b), n in found.losses.items()])  # fmt: skip
    _table(console, "Questions that would be another topic's", ("was", "would be", "questions"),
           [(topics.get(a or "", "nobody's"), topics.get(b or "", "nobody's"), str(n))
            for (a, b), n in found.moved.items()])  # fmt: skip
    differing = [one for one in _topics(found, before, after, covered) if _differs(one)]
    _table(console, "Topics", ("", "questions", "asked at once", "taken in 5 min", "awake at the worst hour"),
           [(topics[one.topic], _both(one.questions), _both(one.at_once, percent=True),
             _both(one.in_goal, percent=True), _both(one.worst_hour)) for one in differing])  # fmt: skip
    for what, keys in (("Nobody would get", found.lost), ("Somebody would get now", found.won)):
        if keys:
            more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
            console.print(f"\n{what} {len(keys)} questions: {', '.join(keys[:_SHOWN])}{more}", soft_wrap=True)
    holes = [topics[one.topic] for one in differing if one.worst_hour[0] > 0 == one.worst_hour[1]]
    if holes:
        console.print(f"\nIn some hour of the week nobody would be left for: {', '.join(holes)}", style="yellow")


def _differs(one: TopicLine) -> bool:
    return any(before != after for before, after in (one.questions, one.at_once, one.in_goal, one.worst_hour))


def _both(values: tuple[float, float], *, percent: bool = False) -> str:
    before, after = (f"{value:.0%}" if percent else f"{value:.0f}" for value in values)
    return before if before == after else f"{before} → {after}"


def _table(console: Console, title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    found = list(rows)
    if not found:
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, name in enumerate(head):
        table.add_column(name, justify="left" if number == 0 or name in ("would be",) else "right")
    for row in found[:_SHOWN]:
        table.add_row(*row)
    console.print()
    console.print(table)
    if len(found) > _SHOWN:
        console.print(f"… and {len(found) - _SHOWN} more (--json has all)")
