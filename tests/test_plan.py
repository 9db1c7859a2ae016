"""What a changed roster would have done with the questions there were."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.stories.town import ROSTER, read_roster
from twelp.cli import plan
from twelp.errors import ConfigError, StoreError
from twelp.flow import match
from twelp.model import Policy, Roster
from twelp.reading.foreseen import Asking, Foreseen, foresee

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TV = "my tv shows no picture over hdmi"
ONLY_ANN = "\n".join(
    line for line in ROSTER.splitlines() if not any(who in line for who in ("bob", "cy@", "di@", "ed@"))
)
LAUNDRY = ROSTER.replace("  - {id: audio", "  - {id: laundry, name: Laundry, keywords: [washer, drum]}\n  - {id: audio")


def fitted(roster: Roster) -> match.Matcher:
    return match.fit({t.id: match.TopicText(t.name, t.keywords, t.examples, t.aliases) for t in roster.topics.values()})


def played(before: str, after: str, *texts: str) -> Foreseen:
    questions = [Asking(f"x:{n}", text, NOON + n * timedelta(minutes=9)) for n, text in enumerate(texts)]
    old, new = read_roster(before), read_roster(after)
    return foresee(questions, (old, fitted(old)), (new, fitted(new)), Policy())


def test_the_same_roster_changes_nothing():
    found = played(ROSTER, ROSTER, TV, "no sound from the speaker", "hello")
    assert (found.losses, found.moved, found.lost, found.won) == ({}, {}, (), ())
    assert found.before.asked == found.after.asked


def test_who_leaves_loses_their_questions_to_who_stays():
    found = played(ROSTER, ONLY_ANN, *[TV] * 20)
    assert found.after.asked["ann@volt.example"] == 20
    assert found.after.asked["bob@volt.example"] == 0
    assert all(to == "ann@volt.example" for _, to in found.losses)
    assert found.lost == ()


def test_a_used_up_day_leaves_questions_to_nobody():
    few = ONLY_ANN.replace("daily_asks: 50", "daily_asks: 5")
    found = played(ONLY_ANN, few, *[TV] * 20)
    assert found.after.at_once["tv"] == 5
    assert len(found.lost) == 10, "five were Ann's, five the moderator's"


def test_a_new_topic_takes_its_questions():
    found = played(ROSTER, LAUNDRY, "the drum of my washer stands still", TV)
    assert [(to, count) for (_, to), count in found.moved.items()] == [("laundry", 1)]
    assert found.after.at_once["laundry"] == 0, "nobody stands for it"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TWELP_SEMANTIC", "words")
    (tmp_path / "experts.yaml").write_text(ROSTER)
    (tmp_path / "new.yaml").write_text(ONLY_ANN)
    (tmp_path / "posts.jsonl").write_text("".join(json.dumps({"text": TV}) + "\n" for _ in range(6)))
    return tmp_path


def test_the_command_says_what_would_differ_and_ends_with_two(folder: Path, capsys: pytest.CaptureFixture[str]):
    posts = folder / "posts.jsonl"
    assert plan.plan(folder / "new.yaml", "30d", posts, as_json=False) == 2
    told = capsys.readouterr().out
    assert told.startswith("0 people added, 4 removed, 0 changed; 6 questions replayed")
    assert "Ann Lee" in told
    assert plan.plan(folder / "experts.yaml", "30d", posts, as_json=False) == 0
    assert "Nothing differs" in capsys.readouterr().out
    assert plan.plan(folder / "new.yaml", "30d", posts, as_json=True) == 2
    shape = json.loads(capsys.readouterr().out)
    assert shape["questions"] == 6
    assert {"person": "ann@volt.example", "before": 6, "after": 6} not in shape["people"]
    assert {one["topic"]: one["worst_hour"] for one in shape["topics"]}["tv"] == [5, 1]


def test_without_a_database_and_a_recording_it_says_what_to_do(folder: Path):
    with pytest.raises(StoreError, match="--posts FILE"):
        plan.plan(None, "30d", None, as_json=False)
    with pytest.raises(ConfigError, match="--since soon"):
        plan.plan(None, "soon", folder / "posts.jsonl", as_json=False)
