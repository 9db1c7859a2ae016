"""Plays a case: the real bot, its local X and Slack over loopback, and people who do what the case says.

A case is one YAML file: `before` (acts before the bot's first start), `steps` (acts after it), `right` (one line: what
is right) and `checks`, with a `roster` of its own or the stories' one. The acts are the methods of `Acts`, the checks
those of `Checks`. A case with `roster_check` plays nothing: its roster is checked, and each pattern must be found in
what the check says.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml

from tests.cases.acts import Acts
from tests.cases.checks import Checks, called
from tests.conftest import DrivenClock
from tests.stories.conftest import HTTP, Scene
from tests.stories.town import ROSTER, read_roster
from twelp import wiring
from twelp.roster import check
from twelp.sandbox.server import serve

Case = dict[str, Any]


def read(path: Path) -> Case:
    """The case in a file."""
    case: Case = yaml.safe_load(path.read_text("utf-8"))
    return case


def play(case: Case, database_url: str) -> list[str]:
    """Plays a case on a fresh database and returns what is not right: one text for each check that does not hold.

    As in the stories, Slack reaches the bot over sockets on SQLite and over HTTP on Postgres.
    """
    with ExitStack() as stack:
        roster = case.get("roster", ROSTER)
        log = stack.enter_context(_warnings())
        running = stack.enter_context(serve(wiring.seed(read_roster(roster))))
        scene = Scene(running, DrivenClock(), database_url)
        scene.roster = roster
        scene.settings = scene.settings.model_copy(update=HTTP if database_url.startswith("postgres") else {})
        stack.callback(scene.leave)
        stack.callback(scene.close)
        acts = Acts(scene)
        for step in [*case.get("before", ()), "start", *case.get("steps", ())]:
            ((name, given),) = step.items() if isinstance(step, dict) else ((step, {}),)
            called(acts, name, given)
        checks = Checks(scene, acts, log)
        seen = [(each, *checks.check(each)) for each in case["checks"]]
    return [f"{wanted}\n    seen: {what}" for wanted, holds, what in seen if not holds]


def check_roster(case: Case) -> list[str]:
    """Checks the case's roster and returns the patterns that were not found in what the check says."""
    _, mistakes = check(case["roster"], "experts.yaml")
    said = " // ".join(str(mistake) for mistake in mistakes)
    missing = [pattern for pattern in case["roster_check"] if not re.search(pattern, said, re.IGNORECASE)]
    return [f"{pattern}\n    seen: {said}" for pattern in missing]


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What the bot logs as warnings and errors meanwhile."""
    kept: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(str(record.getMessage()))

    handler, logger = Keep(logging.WARNING), logging.getLogger("twelp")
    logger.addHandler(handler)
    try:
        yield kept
    finally:
        logger.removeHandler(handler)
