"""What was paused and resumed, by whom and why, is read afterwards."""

from __future__ import annotations

import json

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_volunteers import says
from twelp.cli import trail
from twelp.config import Settings


@pytest.mark.only_on("sqlite", reason="the journal is one on both, and read in the same way")
def test_the_trail_of_pauses_tells_who_why_and_when(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(Settings, "read", lambda *_: scene.settings)
    monkeypatch.setattr(trail, "names", lambda _: scene.running_house.desk.roster)
    trail.pauses(as_json=False)
    assert "Nothing was ever paused" in capsys.readouterr().out
    says(scene, "mo", "pause topic tv because of a recall")
    scene.pass_time(seconds=1)
    says(scene, "mo", "pause everything because of a leak")
    scene.pass_time(seconds=1)
    says(scene, "mo", "resume everything")
    trail.pauses(as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert "topic:tv: paused" in lines[0]
    assert "everything: paused" in lines[1]
    assert "a leak" in lines[1]
    assert "everything: resumed" in lines[2]
    assert all("Mo Dee" in line for line in lines)
    trail.pauses(as_json=True)
    assert [entry["step"] for entry in json.loads(capsys.readouterr().out)] == ["paused", "paused", "resumed"]
