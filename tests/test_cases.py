"""Cases: what went wrong in software of this kind, tried here. A file in `tests/cases/` is a case, on both databases.

`pytest tests/test_cases.py --cases FOLDER` plays the files of another folder instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from tests import matchers, postgres
from tests.cases.player import Case, check_roster, play, read
from tests.stories.conftest import count_work
from tests.stories.town import QUESTION

OURS: Final = Path(__file__).parent / "cases"

NOT_YET: Final[dict[str, str]] = {}
"""Cases that are not right yet, and why. A case that becomes right fails here until its line is taken out."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each case on each database; a roster that is only checked needs none."""
    if "case" not in metafunc.fixturenames:
        return
    given = metafunc.config.getoption("--cases")
    folder = Path(given) if given else OURS
    paths = sorted(folder.glob("*.yaml"))
    if given and not paths:
        raise pytest.UsageError(f"--cases: there is no case (*.yaml) in {folder}")
    wanted = []
    for path in paths:
        case = read(path)
        why = None if given else NOT_YET.get(path.stem)
        late = [pytest.mark.xfail(reason=why, strict=True, raises=AssertionError)] if why else []
        on = ("no database",) if "roster_check" in case else ("sqlite", "postgres")
        wanted += [pytest.param(case, database, id=f"{path.stem}-{database}", marks=late) for database in on]
    metafunc.parametrize(("case", "database"), wanted)


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    count_work(monkeypatch)


@pytest.fixture(scope="module", autouse=True)
def matchers_are_lent() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        matchers.lend(patch)
        yield


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """A fresh database of the kind that the test names."""
    if database != "postgres":
        yield f"sqlite:///{tmp_path / 'case.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as url:
        yield url


def test_a_case_is_right(case: Case, database_url: str) -> None:
    wrong = check_roster(case) if "roster_check" in case else play(case, database_url)
    assert not wrong, f"Right is: {case['right']}\n" + "\n".join(wrong)


def a_case(*steps: object, checks: Sequence[object]) -> Case:
    return {"right": "as checked", "steps": list(steps), "checks": list(checks)}


ASKED: Final = {"post": {"text": QUESTION, "id": "q"}}


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_is_wrong_is_told_with_what_was_seen(database_url: str) -> None:
    [wrong] = play(
        a_case(ASKED, checks=[{"asked": {"post": "q", "nobody": True}}, {"asks": {"at_most": 3}}]), database_url
    )
    assert wrong == "{'asked': {'post': 'q', 'nobody': True}}\n    seen: ['ann', 'bob', 'cy']"


@pytest.mark.parametrize("database", ["sqlite"])
def test_an_act_that_there_is_not_is_named(database_url: str) -> None:
    with pytest.raises(AssertionError, match="'dance' is not among the acts"):
        play(a_case({"dance": {}}, checks=[]), database_url)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_case_can_let_an_answer_be_lost_and_a_colleague_answer_by_hand(database_url: str) -> None:
    lost = {"kind": "lost_response", "network": "x", "method": "POST", "path": "/2/tweets"}
    acts = [
        ASKED,
        {"fault": lost},
        {"answer": {"who": "ann", "post": "q", "text": "Hold the power button."}},
        {"wait": {"seconds": 60}},
        {"by_hand": {"text": "We are on it!", "reply_to": "q", "id": "by_hand"}},
    ]
    checks = [{"public": {"post": "q", "is": ["Hold the power button. ^AL", "We are on it!"]}}]
    assert play(a_case(*acts, checks=checks), database_url) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_case_can_begin_at_an_hour_and_look_at_the_home_tab(database_url: str) -> None:
    at = f"{date.today().year + 1}-10-31T03:10:00+00:00"  # noqa: DTZ011 - any hour that is to come
    case = a_case(ASKED, {"home": {"who": "mo"}}, checks=[{"home": {"who": "mo", "says": "1 waiting"}}])
    case["before"] = [{"until": at}]
    case["checks"] += [{"card": {"who": "ann", "says": "it is 03:10 where you are"}}]
    assert play(case, database_url) == []
