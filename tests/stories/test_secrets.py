"""Secrets stay where they belong: nothing that a house writes, says or keeps while things go wrong holds one."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.wiring.local import SECRETS

LEAKS = ("X_ACCESS", "oauth_signature=", "Bearer ", *SECRETS.values())


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
    scene.close()
    written = everything.getvalue()
    assert "x" in written, "the loggers were heard"
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    for word in LEAKS:
        assert word not in written, word
        assert word.encode() not in kept, word
