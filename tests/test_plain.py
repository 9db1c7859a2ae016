"""What a customer writes stays words, in the terminal of whoever watches."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.stories.town import ROSTER, read_roster
from twelp.adapters.store import SqlStore
from twelp.cli import account, trail
from twelp.model import Account, Entry, JournalStep, Kind, Post, Verdict
from twelp.reading import QuestionView, TrailLine

AT = datetime(2026, 11, 22, tzinfo=UTC)
NASTY = "my tv \x1b[2J\x1b]0;pwned\x07 is \u202e black [/bold] [link=http://evil.example]here[/link]"
POST = Post("x", "1", Account("7", "mia\x1b[31m"), NASTY, AT, "1")
VERDICT = Verdict(Kind.QUESTION, (f"holds “{NASTY}”",))


def test_what_a_customer_writes_moves_no_cursor_and_is_no_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    told = account.Account(store, lambda: read_roster(ROSTER))
    with store.transaction() as tx:
        tx.add_post(POST, VERDICT, AT, None)
        tx.add_entry(Entry(AT, POST.key, "triage", JournalStep.QUESTION, VERDICT.reasons))
    told.tell()
    store.close()
    trail._print(QuestionView(POST, VERDICT.kind, VERDICT.reasons, None, None), None)
    line = TrailLine(AT, "triage", "question", VERDICT.reasons, JournalStep.QUESTION, {})
    trail._print(QuestionView(POST, VERDICT.kind, (), None, None, trail=(line,)), None)
    shown = capsys.readouterr().out
    assert not set(shown) & set("\x1b\x07\u202e")
    assert shown.count("[/bold]") >= 4
    assert "\\u001b[2J" in shown
