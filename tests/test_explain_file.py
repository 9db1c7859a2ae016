"""`twelp explain --file`: what triage takes many texts for, one JSON line each, in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from twelp.cli.explain import explain, explain_each
from twelp.errors import ConfigError

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TWELP_EXPERTS", str(ROOT / "experts.yaml"))


def test_one_line_each_in_the_files_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [
        "@VoltHelp there is smoke coming out of the socket adapter",
        "@VoltHelp how do I pair the headphones?",
        "@VoltHelp thank you all so much!",
        "@VoltHelp https://example.com/photo/1",
        "@VoltHelp Wo bleibt meine Bestellung? Ich fliege morgen!",
    ]
    file = tmp_path / "texts.jsonl"
    file.write_text("\n".join(json.dumps({"text": text}) for text in texts) + "\n\n", encoding="utf-8")
    explain_each(file)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(t["kind"], t["way"], t["urgency"], t["language"]) for t in told] == [
        ("danger", "people", "high", "en"),
        ("question", "answer", "normal", "en"),
        ("thanks", "drop", "low", "en"),
        ("empty", "ask", "low", ""),
        ("private", "answer", "high", "de"),
    ]
    assert all(0 < t["confidence"] <= 1 and t["reasons"] for t in told)
    assert [t["lane"] for t in told] == ["public", "public", "public", "public", "private"]


@pytest.mark.parametrize(
    ("content", "says"),
    [("{", "line 1: is no JSON"), ('{"text": "a"}\n{"txt": 1}', "line 2: has no text"), ("3", "line 1: has no text")],
)
def test_a_line_without_a_text_is_named(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        explain_each(file)


def test_a_crisis_is_explained_with_whom_it_reaches(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = (ROOT / "experts.yaml").read_text("utf-8")
    person = text.partition("slack: ")[2].split(",")[0].split()[0]
    path = tmp_path / "experts.yaml"
    path.write_text(f'{text}\nalarms: {{danger: [{person}, "#safety"], after: 15m}}\n', "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWELP_EXPERTS", str(path))
        explain("@VoltHelp there is smoke coming out of my tv", as_json=True)
    alarm = json.loads(capsys.readouterr().out)["alarm"]
    assert alarm["list"][1] == "#safety"
    assert alarm["after_minutes"] == 15
    assert alarm["moderators"]
