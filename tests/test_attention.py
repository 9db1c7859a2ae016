"""The simulator of attention: the same people for every policy, figures counted from what happened."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.crowd import people  # noqa: E402
from benchmarks.crowd.days import Days, Told  # noqa: E402
from benchmarks.crowd.figures import figures, gini  # noqa: E402
from benchmarks.crowd.picture import svg  # noqa: E402
from benchmarks.crowd.policies import POLICIES  # noqa: E402
from benchmarks.crowd.town import Town  # noqa: E402


@pytest.fixture(scope="module")
def town() -> Town:
    return Town(people.load(people.DEFAULT), experts=60, rate=2, days=1, seed=3)


@pytest.fixture(scope="module")
def runs(town: Town) -> dict[str, Told]:
    return {name: Days(town, policy(town)).run() for name, policy in POLICIES.items()}


def test_the_same_seed_gives_the_same_figures(town, runs):
    again = Town(town.people, experts=60, rate=2, days=1, seed=3)
    told = Days(again, POLICIES["twelp"](again)).run()
    assert figures(again, told) == figures(town, runs["twelp"])
    assert told.asks == runs["twelp"].asks


def test_ours_asks_nobody_at_night_or_over_budget_and_broadcast_does(town, runs):
    found = {name: figures(town, told) for name, told in runs.items()}
    for name in ("twelp", "round_robin"):
        assert (found[name]["quiet_hour_asks"], found[name]["budget_breaches"]) == (0, 0)
    assert found["broadcast"]["quiet_hour_asks"] > 0
    assert found["broadcast"]["budget_breaches"] > 0
    assert found["twelp"]["asks_per_answer"] < found["broadcast"]["asks_per_answer"]


def test_every_question_comes_to_an_end(runs):
    for told in runs.values():
        assert told.questions
        assert all(question.over for question in told.questions)


def test_ask_by_ask_nobody_is_asked_twice_about_a_question(runs):
    for told in runs.values():
        assert len(told.asks) == sum(len(question.asked) for question in told.questions)


@pytest.mark.parametrize(("counts", "expected"), [([1, 1, 1, 1], 0.0), ([0, 0, 0, 8], 0.75), ([0, 0], 0.0)])
def test_gini_tells_even_from_uneven(counts, expected):
    assert gini(counts) == expected


def test_a_file_of_people_that_lacks_or_adds_something_is_refused(tmp_path: Path):
    tree = json.loads(people.DEFAULT.read_text(encoding="utf8"))
    tree["volunteers"]["wiling"] = tree["volunteers"].pop("willing")
    path = tmp_path / "people.json"
    path.write_text(json.dumps(tree), encoding="utf8")
    with pytest.raises(ValueError, match="wiling is not known, willing is missing"):
        people.load(path)
    tree["volunteers"]["wiling"] = 3
    path.write_text(json.dumps(tree), encoding="utf8")
    with pytest.raises(ValueError, match=r"volunteers\.wiling has no value and source"):
        people.load(path)


def test_every_parameter_says_where_it_comes_from():
    tree = json.loads(people.DEFAULT.read_text(encoding="utf8"))
    entries = [entry for name in ("volunteers", "customers", "house") for entry in tree[name].values()]
    assert all(entry["source"].strip() for entry in entries)


def test_the_picture_has_a_bar_for_each_policy_in_each_panel(town, runs):
    drawn = svg({name: figures(town, told) for name, told in runs.items()}, "60 <volunteers>")
    assert drawn.count("<rect") == 1 + 3 * 4
    assert "60 &lt;volunteers&gt;" in drawn
