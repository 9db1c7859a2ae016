"""How topics are covered through the week: in the terminal, as a picture, as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.stories.town import ROSTER
from twelp.cli.coverage import coverage

NIGHTS = ROSTER.replace(
    "topics: [audio], level: trainee, zone: UTC", 'topics: [audio], zone: UTC, quiet: "22:00-07:00"'
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "experts.yaml"
    path.write_text(NIGHTS)
    return path


def test_holes_are_named_with_their_hours(file: Path, capsys: pytest.CaptureFixture[str]):
    assert coverage(file, None, as_json=False) == 0
    told = capsys.readouterr().out
    assert "Audio: nobody 00:00–07:00 (every day); 22:00–00:00 (every day)" in " ".join(told.split())
    assert "1 of 2 topics have no hole" in told
    assert "55555555" in told, "five for TV in each block of a day"


def test_programs_read_all_hours(file: Path, capsys: pytest.CaptureFixture[str]):
    coverage(file, None, as_json=True)
    shown = {one["topic"]: one for one in json.loads(capsys.readouterr().out)["topics"]}
    assert shown["tv"]["hours"] == [5] * 168
    assert (shown["audio"]["holes"], shown["audio"]["people"]) == (63, 1)


def test_the_picture_has_a_cell_for_each_hour(file: Path, tmp_path: Path):
    coverage(file, tmp_path / "coverage.svg", as_json=False)
    drawn = ElementTree.fromstring((tmp_path / "coverage.svg").read_text())
    assert sum(1 for _ in drawn.iter("{http://www.w3.org/2000/svg}title")) == 2 * 168
