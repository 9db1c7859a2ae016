"""What people do in Slack becomes a change of experts.yaml that somebody reads and makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ROSTER
from twelp.cli.app import main
from twelp.roster import load


@pytest.fixture
def file(quick_scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The roster as a file, and the story's database in the environment."""
    path = tmp_path / "experts.yaml"
    known = "[no sound from the speaker, why is my sound low, the sound is gone]"
    roster = ROSTER.replace("[no sound from the speaker]", known)
    path.write_text(f"# ours\n{roster}", encoding="utf-8")
    url = quick_scene.settings.database_url
    assert url is not None
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url.get_secret_value())
    return path


def suggest(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["twelp", "roster", "suggest", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0


def test_repairs_and_answers_become_a_diff_that_keeps_the_file(
    quick_scene: Scene, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    scene = quick_scene
    desk = scene.running_house.desk
    for number, text in enumerate(("my screen does flimmer", "flimmer on hdmi", "the picture has flimmer")):
        post_id = scene.post(f"@VoltHelp why? {text}", who=f"c{number}")
        first = scene.asked(post_id)[0]
        assert desk.pass_to(f"x:{post_id}", f"{first}@volt.example", "tia@volt.example").ok
        scene.settle()
        scene.answer("tia", f"Unplug it for {number + 2} minutes.", post_id)
        scene.click("mo", "Approve and post", post_id)
        scene.pass_time(minutes=2)
    suggest(monkeypatch, str(file))
    shown = capsys.readouterr().out
    assert "add keyword “flimmer” to TV: in 3 questions on TV" in shown
    assert "add topic “tv” to Tia New: answered 3 questions on TV, was named for 3" in shown
    assert "+  - {id: tv, name: TV, keywords: [tv, picture, hdmi, screen, flimmer]" in shown
    assert file.read_text(encoding="utf-8").startswith("# ours\n")
    suggest(monkeypatch, str(file), "--json", "--write")
    assert json.loads(capsys.readouterr().out)["written"] is True
    changed = load(file)
    assert "flimmer" in changed.topics["tv"].keywords
    assert changed.experts["tia@volt.example"].topics == ("audio", "tv")
    suggest(monkeypatch, str(file))
    assert "Nothing to change" in capsys.readouterr().out
