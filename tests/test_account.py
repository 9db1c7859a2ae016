"""The account on the operator's screen: readable at any width, in one clock, about people and not to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.stories.town import ROSTER, read_roster
from twelp.adapters.store import SqlStore
from twelp.cli.account import Account
from twelp.cli.screen import Screen, breaks
from twelp.cli.summary import summary
from twelp.cli.third_person import about_them
from twelp.model import Account as Author
from twelp.model import Entry, JournalStep, Kind, Post, Question, Stage, TopicScore, Verdict
from twelp.texts import reasons
from twelp.texts.catalogue import CATALOGUE

AT = datetime(2026, 11, 22, 6, 54, 53, tzinfo=UTC)
POST = Post(
    "x", "1", Author("7", "june_harlow"), "no sound from the soundbar over hdmi, which port do i need?", AT, "1"
)
URL = "https://x.com/VoltHelp/status/2127295350942203904"
VERDICT = Verdict(Kind.QUESTION, ("asks with “which”",))


def _entries() -> list[Entry]:
    why = (reasons.YOU_STAND_FOR(topics="TV"), reasons.IT_IS(hour="17:54"), reasons.ASK_OF_TODAY(number=1, asks=6))
    told = [
        ("triage", JournalStep.QUESTION, VERDICT.reasons),
        ("match", JournalStep.TOPICS, ("tv 0.74: “picture”; “sound”", "audio 0.02: “spare”")),
        (
            "dispatch",
            JournalStep.WAVE,
            (
                "1",
                "3 at once: most likely somebody takes it within 4 minutes",
            ),
        ),
        ("dispatch", JournalStep.ASK, ("Ann Lee", "wave 1", *why)),
        ("dispatch", JournalStep.ASK, ("Bob Roe", "wave 1", *why)),
        ("dispatch", JournalStep.NOT_ASKED, ("Cy 0.20",)),
        ("ann@acme.example", JournalStep.CLAIM, ("until 07:04 UTC",)),
        ("publish", JournalStep.INTO_OUTBOX, ()),
        ("publish", JournalStep.PUBLISHED, (URL, "18 s after the post")),
    ]
    return [Entry(AT + timedelta(seconds=2 * n), POST.key, *one) for n, one in enumerate(told)]


@pytest.fixture
def shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> Iterator[tuple[str, Account]]:
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    told = Account(store, lambda: read_roster(ROSTER), Screen(request.param))
    topics = (TopicScore("tv", 0.74), TopicScore("audio", 0.02))
    with store.transaction() as tx:
        tx.add_post(POST, VERDICT, AT, POST.key)
        tx.open_question(Question(POST.key, POST, Stage.OPEN, 0, topics, 0, AT))
        for entry in _entries():
            tx.add_entry(entry)
    told.tell()
    yield capsys.readouterr().out, told
    store.close()


@pytest.mark.parametrize("shown", [40, 60, 100, 140], indirect=True)
def test_no_word_is_broken_and_every_row_hangs_beside_its_number(
    shown: tuple[str, Account], request: pytest.FixtureRequest
):
    rows, width = shown[0].splitlines(), request.node.callspec.params["shown"]
    assert all(cell_len(row) <= width or "://" in row for row in rows)
    firsts = [row for row in rows if re.match(r"06:5\d:\d\d #1   \S", row)]
    assert len(firsts) == 6
    for row in set(rows) - set(firsts):
        assert row.startswith((" " * 14, "https://")), f"hangs: {row!r}"
    words = {word for row in rows for word in row.split()}
    expected = {word for said in (POST.text, URL, *VERDICT.reasons) for word in said.split()}
    assert {word.strip("“”") for word in expected} <= {word.strip("“”") for word in words}


@pytest.mark.parametrize("shown", [140], indirect=True)
def test_only_what_was_chosen_is_told_and_nobody_is_addressed(shown: tuple[str, Account]):
    said = shown[0]
    assert "dispatch: asks Ann Lee and Bob Roe — most likely somebody takes it within 4 minutes" in said
    assert "“picture”; “sound”" in said
    for left in ("spare", "Cy 0.20", "not asked now", "outbox", "you stand", "where you are", "0.74"):
        assert left not in said
    assert "06:54:53 #1" in said, "one clock: UTC, whatever the machine's zone"
    assert not re.search(r"\x1b\[2m", said), "nothing dim carries meaning"


@pytest.mark.parametrize("shown", [100], indirect=True)
def test_the_sum_at_the_end_says_how_many_and_how_soon(shown: tuple[str, Account], tmp_path: Path):
    store = SqlStore(f"sqlite:///{tmp_path / 'b.db'}")
    assert summary(shown[1].sum, store, "VoltHelp", None) == [
        "1 post heard, 1 question, 1 answer, half of them within 16 s."
    ]
    store.close()


def test_words_without_blanks_fold_at_the_edge_and_links_stay_whole():
    assert breaks("電視沒有畫面電視沒有畫面", 10) == [5, 10]
    assert breaks("see https://volt.example/help/with-a-long-name now", 10) == [4, 47]


def test_every_reason_that_addresses_an_expert_has_words_for_the_operator():
    addressed = [
        text for name, text in CATALOGUE.items() if name.startswith("reasons.") and re.search(r"\b(you|yours?)\b", text)
    ]
    assert reasons.YOU_STAND_FOR in addressed
    for text in addressed:
        values = {place: 2 if place in ("count", "asks") else "x" for place in text.places}
        said = about_them(text(**values) if values else text)
        assert not re.search(r"\b(you|yours?)\b", said), text
