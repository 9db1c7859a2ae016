"""Each story runs on both databases and over both of Slack's transports; the few that do not say why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DATABASES, TRANSPORTS = ("sqlite", "postgres"), ("sockets", "http")


def test_a_story_that_runs_on_one_database_or_transport_says_why(request: pytest.FixtureRequest):
    """Among those that were collected; the whole suite collects all."""
    for item in request.session.items:
        if not isinstance(item, pytest.Function) or item.path.parent != Path(__file__).parent:
            continue
        ways = [("only_on", DATABASES), ("only_over", TRANSPORTS)]
        for marker, known in [(item.get_closest_marker(name), known) for name, known in ways]:
            if marker is not None:
                assert marker.args[0] in known, item.nodeid
                assert len(str(marker.kwargs["reason"]).split()) > 2, f"{item.nodeid}: the reason in words"
        single = {"sqlite_url", "postgres_url"} & set(item.fixturenames)
        assert not single or item.get_closest_marker("only_on"), f"{item.nodeid}: take database_url, or say why not"


def test_no_story_makes_a_database_of_its_own():
    of_their_own = [
        path.name
        for path in sorted(Path(__file__).parent.glob("test_*.py"))
        if path != Path(__file__) and re.search(r"sqlite:///", path.read_text(encoding="utf-8"))
    ]
    assert of_their_own == ["test_first_window.py"], "what is loaded at the start, whichever the database"
