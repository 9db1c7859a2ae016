"""Secrets stay where they belong: nothing that a house writes, says or keeps while things go wrong holds one.

The whole suite is looked through by `tests/leaks.py`; here things go wrong on purpose, nothing is held back, and what
is asked for over HTTP is looked at, too.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import leaks
from tests.adapters.slack.town import served
from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.wiring.local import SECRETS
from twelp.wiring.web import app

LEAKS = ("X_ACCESS", "oauth_signature=", "Bearer ", *SECRETS.values())


@pytest.mark.parametrize("word", ["xoxb-9", "sandbox-access-token", "oauth_signature=a", "Bearer x", "hush-hush"])
def test_a_secret_in_anything_that_a_test_produces_is_found(
    word: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(leaks, "_written", [])
    report = pytest.TestReport("it", ("", 0, ""), {}, "passed", None, "teardown")
    (tmp_path / ".env").write_text(word)
    assert leaks.finds(request.node, report) == []
    (tmp_path / "a.db-wal").write_bytes(b"\0\xff" + word.encode())
    leaks.note(f"printed {word}")
    report.sections.append(("Captured log call", f"Traceback … {word}"))
    found = leaks.finds(request.node, report)
    assert [find.partition(" holds")[0] for find in found] == [
        "what its programs wrote",
        "its captured log call",
        "its file a.db-wal",
    ]
    assert not any(word in find for find in found)
    table = tmp_path / "data/base/5/16400"
    table.parent.mkdir(parents=True)
    table.write_bytes(word.encode())
    assert len(leaks.in_postgres(tmp_path / "data")) == 1
    for file in (tmp_path / "a.db-wal", table):
        file.unlink()


@pytest.fixture
def everything() -> Iterator[io.StringIO]:
    """What all loggers of all libraries write, nothing held back or blotted out."""
    out, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(out), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def test_nothing_a_house_writes_while_things_go_wrong_holds_a_secret(
    closed_scene: Scene, everything: io.StringIO, tmp_path: Path
):
    scene = closed_scene
    scene.open()
    post_id = scene.post(QUESTION)
    scene.answer("ann", ANSWER, post_id)
    for fault in ({"kind": "status", "status": 401}, {"kind": "html"}, {"kind": "lost_response"}):
        scene.fault(**fault, network="x", method="POST", path="/2/tweets")
        scene.fault(**fault, network="slack", path="/api/chat.postMessage")
    scene.pass_time(minutes=20)
    house = scene.running_house
    with served(app(house, slack=False)) as url, httpx.Client(base_url=url, trust_env=False) as pages:
        told = "".join(pages.get(path).text for path in ("/readyz", "/metrics", "/healthz"))
    told += json.dumps(scene.control("GET", "requests"))
    scene.close()
    written = everything.getvalue() + told
    assert "twelp_calls_total" in told
    assert "x" in written, "the loggers were heard"
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    for word in LEAKS:
        assert word not in written, word
        assert word.encode() not in kept, word
