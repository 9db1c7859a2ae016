"""What is written to the log: no secret, no forged line, and which question it is about."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from twelp.about import about
from twelp.cli import logs
from twelp.config import Settings
from twelp.desk.context import _tell
from twelp.model import Entry, JournalStep

SETTINGS = Settings.model_validate({}).model_copy(
    update={
        "slack_bot_token": SecretStr("xoxb-planted"),
        "database_url": SecretStr("postgresql+psycopg://twelp:hush-hush@db/twelp"),
    }
)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    level, ours = root.level, logging.getLogger("twelp").level
    yield
    root.handlers[:] = kept
    root.setLevel(level)
    logging.getLogger("twelp").setLevel(ours)
    logging.getLogger("twelp.journal").setLevel(logging.NOTSET)


def said(capsys: pytest.CaptureFixture[str], form: str) -> str:
    logs.begin(SETTINGS.model_copy(update={"log": form}))
    log = logging.getLogger("twelp.test")
    with about("x:42"):
        log.warning("from %s", "outside\n2026-11-22T00:00:00Z ERROR twelp: \x1b[31mforged\u202e\x85")
        try:
            raise ValueError("Bearer xoxb-planted\ntwelp: forged, with hush-hush")
        except ValueError:
            log.exception("it broke")
    log.warning("about nothing")
    return capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_secret_in_an_error_is_blotted_out(capsys: pytest.CaptureFixture[str], form: str):
    text = said(capsys, form)
    assert "planted" not in text
    assert "hush" not in text
    assert "Bearer …" in text


def test_what_comes_from_outside_cannot_forge_a_line(capsys: pytest.CaptureFixture[str]):
    text = said(capsys, "text")
    lines = text.split("\n")
    assert [line[:2] for line in lines if "forged" in line and not line.startswith("    ")] == ["20"]
    assert not set(text) & set("\x1b\u202e\x85")
    assert "outside\\n2026" in text


def test_each_line_says_which_question_it_is_about(capsys: pytest.CaptureFixture[str]):
    lines = [json.loads(line) for line in said(capsys, "json").splitlines()]
    assert [line.get("question") for line in lines] == ["x:42", "x:42", None]
    assert "[x:42]" in said(capsys, "text").splitlines()[0]


def test_a_line_of_the_journal_has_its_actor_and_step_as_fields(capsys: pytest.CaptureFixture[str]):
    logs.begin(SETTINGS.model_copy(update={"log": "json"}))
    _tell(Entry(datetime.now(UTC), "x:42", "publish", JournalStep.PUBLISHED, ("https://x.example/1",)))
    line = json.loads(capsys.readouterr().err)
    told = {name: line[name] for name in ("event", "question", "actor", "step")}
    assert told == {"event": "publish: published", "question": "x:42", "actor": "publish", "step": "published"}
