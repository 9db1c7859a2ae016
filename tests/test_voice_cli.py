"""`twelp gate` and `twelp voice check`, as programs and people call them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twelp.cli.app import app

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(ROOT / "experts.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def test_many_answers_are_judged_in_their_order_one_json_line_each(folder: Path) -> None:
    asked = [
        {"text": "Hold the power button for ten seconds.", "question": "my tv is dark", "as": "MT"},
        {"text": "  Mail jo@gmail.com &amp; *wait*"},
        {"text": "idk"},
        {"text": "Hold it for ten seconds and let go. " * 12, "as": "MT"},
    ]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    code, said = call("gate", "--file", "in.jsonl")
    assert code == 0
    good, mail, thin, long = map(json.loads, said.splitlines())
    assert (good["verdict"], good["findings"], good["lengths"]) == ("publish", [], [42])
    assert good["posts"] == ["Hold the power button for ten seconds. ^MT"]
    [found] = mail["findings"]
    assert (mail["verdict"], found["rule"], found["level"]) == ("refuse", "e-mail", "refuse")
    assert asked[1]["text"][found["start"] : found["end"]] == "jo@gmail.com", "places are those of what was given"
    assert thin["verdict"] == "second_pair_of_eyes"
    assert long["verdict"] == "publish"
    assert len(long["posts"]) == 2
    assert max(long["lengths"]) <= 280


def test_one_answer_is_shown_with_its_findings(folder: Path) -> None:
    code, said = call("gate", "We will refund you.", "--as", "MT")
    assert code == 0
    assert "second pair of eyes" in said
    assert "promise: money" in said
    assert "We will refund you. ^MT" in said
    _, as_json = call("gate", "We will refund you.", "--json")
    assert json.loads(as_json)["findings"][0]["end"] > 0


def test_descriptions_of_pictures_are_read_too(folder: Path) -> None:
    row = {"text": "It is the left plug.", "alt": ["A letter with the card number 4111 1111 1111 1111"]}
    (folder / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
    [found] = json.loads(call("gate", "--file", "in.jsonl")[1])["findings"]
    assert (found["rule"], found["level"]) == ("card number", "refuse")
    assert found["message"].startswith("In the description of a picture:")
    assert "4111" not in found["message"]


def test_it_works_without_any_roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, said = call("gate", "Your card 4111 1111 1111 1111 was charged.", "--json")
    assert json.loads(said)["verdict"] == "refuse"


def test_what_the_company_made_public_passes_and_what_it_keeps_back_does_not(folder: Path) -> None:
    for text, verdict in (
        ("Call 0800-5550199, or visit 12 Station Road.", "publish"),
        ("The Lumavue Q9 can do it.", "refuse"),
        ("Your VE-123456 is on its way.", "second_pair_of_eyes"),
        ("MegaWatt Stores has it, too.", "second_pair_of_eyes"),
        ("No guinea pigs here.", "refuse"),
    ):
        assert json.loads(call("gate", text, "--json")[1])["verdict"] == verdict, text


def test_a_companys_own_table_is_played_and_a_difference_is_told(folder: Path) -> None:
    good = [
        {"text": "Hold it for ten seconds.", "want": "pass"},
        {"text": "You idiot.", "want": "catch", "rule": "insult"},
    ]
    (folder / "t.jsonl").write_text("\n".join(map(json.dumps, good)), encoding="utf-8")
    assert call("voice", "check", "t.jsonl") == (0, "2 texts, 0 not as wanted.\n")
    (folder / "t.csv").write_text('text,want\n"Hold it, then wait.",catch\nYou idiot.,pass\n', encoding="utf-8")
    code, said = call("voice", "check", "t.csv")
    assert code == 1
    assert "t.csv:2: wanted catch, got pass" in said
    assert "t.csv:3: wanted pass, got catch (insult)" in said


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("[]", "1: no JSON object"),
        ('{"want": "pass"}', "1: there is no text"),
        ('{"text": "a", "want": "x"}', "want is 'x'"),
    ],
)
def test_a_wrong_row_is_named_with_its_place(folder: Path, row: str, says: str) -> None:
    (folder / "t.jsonl").write_text(row, encoding="utf-8")
    done = CliRunner().invoke(app, ["voice", "check", "t.jsonl"])
    assert done.exit_code != 0
    assert says in str(done.exception)
