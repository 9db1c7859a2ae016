"""`twelp doctor`: every part that a bot needs, looked at once, each with one remedy. Changes and posts nothing."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table
from rich.text import Text

from twelp.adapters.slack import Slack
from twelp.adapters.store import SqlStore, files, schema
from twelp.adapters.store.tables import SCHEMA_VERSION
from twelp.adapters.x import X
from twelp.config import Settings
from twelp.errors import ConfigError, StoreError, TwelpError
from twelp.model import Roster
from twelp.model.checked import Checked, Health, failure, ok, warning
from twelp.reading.coverage import cover
from twelp.roster import Severity, check_file
from twelp.wiring import RealClock, databases, rules
from twelp.wiring.networks import connect

_LOW: Final = 1_000_000_000
"""Bytes free on the database's disk below which it is warned of."""

_TOO_LOW: Final = 100_000_000
"""Below which nothing can be kept for long."""

_FEW: Final = 2
"""Moderators: with fewer, an answer waits where that one is away."""

_STYLES: Final = {Health.OK: "green", Health.WARNING: "yellow", Health.FAILURE: "bold red"}


def doctor(*, live: bool, as_json: bool) -> int:
    """Prints how each part is; 1 where one does not work. `live`: asks X and Slack, too.

    Raises:
        ConfigError: the settings cannot be right at all.
    """
    found = list(look(live=live))
    if as_json:
        good = all(one.health is not Health.FAILURE for one in found)
        print(json.dumps({"ok": good, "checks": [asdict(one) for one in found]}, ensure_ascii=False, indent=2))
    else:
        _print(found)
    return 1 if any(one.health is Health.FAILURE for one in found) else 0


def look(*, live: bool) -> Iterator[Checked]:
    """Each part, from the settings to the networks."""
    try:
        settings = Settings.read()
    except ConfigError as error:
        yield failure("settings", str(error), "docs/configuration.md explains each")
        return
    yield from _settings(settings)
    roster, checks = _file(settings)
    yield from checks
    yield from _database(settings)
    if roster is None:
        return
    if not settings.live:
        yield ok("networks", "no credentials: twelp plays a local X and Slack")
    elif not live:
        yield ok("networks", "credentials are there; `twelp doctor --live` tries them")
    else:
        yield from _networks(settings, roster)


def _settings(settings: Settings) -> Iterator[Checked]:
    for note in settings.notes:
        yield warning("settings", note, "docs/configuration.md explains each")
    path = Path(".env")
    if path.exists():
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            said = f".env can be read by others ({mode:04o}), and holds credentials"
            yield warning("settings", said, "chmod 600 .env")
    if not settings.notes:
        yield ok("settings", "read")


def _file(settings: Settings) -> tuple[Roster | None, list[Checked]]:
    roster, mistakes = check_file(settings.experts, RealClock().now().date(), networks=rules().values())
    found = []
    errors = [one for one in mistakes if one.severity is Severity.ERROR]
    for one in mistakes:
        made = failure if one.severity is Severity.ERROR else warning
        found.append(made("roster", f"{one.file}:{one.line} {one.problem}", one.fix or one.expected))
    if roster is None or errors:
        return None, found
    moderators = len(roster.moderators())
    if moderators < _FEW:
        said = "nobody is a moderator" if not moderators else "only one person is a moderator"
        made = warning if moderators else failure
        remedy = "give two people `level: moderator` in experts.yaml: somebody must read what is held, and be awake"
        found.append(made("roster", said, remedy))
    for topic in cover(roster, RealClock().now()):
        if not topic.people:
            found.append(failure("roster", f"nobody stands for {topic.name}", "give it to somebody (`topics:`)"))
        elif topic.holes:
            said = f"{topic.name}: nobody may be asked in {topic.holes} hours of the week"
            found.append(warning("roster", said, "twelp roster coverage shows which"))
    if all(one.health is Health.OK for one in found):
        found.append(ok("roster", f"{len(roster.experts)} people, {len(roster.topics)} topics"))
    return roster, found


def _database(settings: Settings) -> Iterator[Checked]:
    url = databases(settings)[0]
    if url.startswith("sqlite"):
        path = Path(sa.make_url(url).database or "")
        yield from _disk(path.resolve().parent)
        damaged = files.mistakes(path) if path.exists() else []
        if damaged:
            yield failure("database", f"damaged: {damaged[0]}", "twelp db check tells more; twelp db restore FILE")
            return
    try:
        store = SqlStore(url, reading=True, any_version=True)
    except StoreError as error:
        if error.absent:
            yield ok("database", "there is none yet: the first start makes it")
        else:
            yield failure("database", str(error), "see whether it runs, and DATABASE_URL")
        return
    try:
        with store.read() as tx:
            wrong = schema.disagreement(tx.connection, store.found) if store.found else None
    except StoreError as error:
        yield failure("database", str(error), "see whether it runs, and DATABASE_URL")
        return
    finally:
        store.close()
    known = store.found or 0
    if wrong:
        yield failure("database", wrong, "put a backup in its place: twelp db restore FILE")
    elif known > SCHEMA_VERSION:
        said = f"its schema is {known}, this twelp knows {SCHEMA_VERSION}"
        yield failure("database", said, "install the newer twelp")
    elif known < SCHEMA_VERSION:
        yield warning("database", f"its schema is {known} of {SCHEMA_VERSION}", "twelp db upgrade, or the next start")
    else:
        yield ok("database", f"schema {known}")


def _disk(folder: Path) -> Iterator[Checked]:
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        yield failure("disk", f"{folder} cannot be written by this user", f"give it the folder: chown twelp {folder}")
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB free on the disk of the database"
    if free < _TOO_LOW:
        yield failure("disk", said, "make room: twelp keeps nothing it cannot write")
    elif free < _LOW:
        yield warning("disk", said, "make room")
    else:
        yield ok("disk", said)


def _networks(settings: Settings, roster: Roster) -> Iterator[Checked]:
    clock = RealClock()
    try:
        networks = connect(settings, roster, clock)
    except ConfigError as error:
        yield failure("networks", str(error), "docs/configuration.md explains each")
        return
    for network in networks.values():
        if isinstance(network, X):
            yield from _safely("x account", network.checks.run)
        network.close()
    slack = Slack(
        settings.slack_base_url,
        settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else "",
        roster=roster,
        clock=clock,
        app_token=settings.slack_app_token.get_secret_value() if settings.slack_app_token else None,
        signing_secret=settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None,
    )
    yield from _safely("slack", lambda: slack.checks.run(_channels(roster)))


def _channels(roster: Roster) -> list[str]:
    """Every channel that the roster names."""
    named = [topic.channel for topic in roster.topics.values() if topic.channel]
    named += [one for listed in (*roster.alarms.people.values(), roster.alarms.others) for one in listed]
    return [one for one in dict.fromkeys(named) if one not in roster.experts]


def _safely(part: str, run: Callable[[], Iterable[Checked]]) -> Iterator[Checked]:
    """What nobody expected is told as such, and the other parts are looked at all the same."""
    try:
        yield from run()
    except TwelpError as error:
        yield failure(part, str(error), "run it again; where it stays, docs/operations.md tells more")


def _print(found: list[Checked]) -> None:
    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for name in ("part", "health", "said"):
        table.add_column(name, no_wrap=name != "said")
    for one in found:
        said = Text(one.said)
        if one.remedy:
            said.append(f"\n→ {one.remedy}", style="bold")
        table.add_row(one.part, Text(one.health.value, style=_STYLES[one.health]), said)
    console.print(table)
    counted = {health: sum(1 for one in found if one.health is health) for health in Health}
    console.print(f"{counted[Health.OK]} ok, {counted[Health.WARNING]} to look at, {counted[Health.FAILURE]} failed.")
