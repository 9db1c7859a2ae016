"""The report tells what came of some days beside the days before, as its questions went; on both databases."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_figures import a_day
from tests.stories.town import QUESTION, mail
from twelp import reading
from twelp.cli.report import lines, write_csv
from twelp.model import Figure
from twelp.networks import Prices
from twelp.reading import By, Report, Why

PRICES = (Prices(read=0.001, look_up=0.005, reply=0.01),)


def report(scene: Scene, days: int = 2, by: By | None = None, prices: tuple[Prices, ...] = PRICES) -> Report:
    """Of so many days until today."""
    until = scene.clock.now().date() + timedelta(days=1)
    since = until - timedelta(days=days)
    found = scene.look(lambda tx: reading.read_report(tx, since, until, by=by, prices=prices))
    assert isinstance(found, Report)
    return found


def test_a_day_is_told_with_kinds_waits_reasons_and_prices(scene: Scene):
    a_day(scene)
    now = report(scene).period
    assert (now.questions, now.answered, now.unanswered, now.thanked) == (3, 1, 1, 1)
    assert (sum(now.kinds.values()), now.kinds["question"]) == (5, 3)
    assert now.answered_share == 0.333
    assert (now.waits.p50_s, now.waits.p90_s) == (300, 300)
    assert now.asks_an_answer == now.asked > 2
    assert now.why == {Why.SILENT: 1}
    assert now.dollars == pytest.approx(5 * 0.001 + 0.01)
    assert now.dollars_an_answer == now.dollars


def test_what_is_past_stands_beside_the_new_days(scene: Scene):
    a_day(scene)
    scene.pass_time(days=2)
    scene.post(QUESTION)
    found = report(scene)
    assert (found.period.questions, found.before.questions) == (1, 3)
    assert (found.period.answered_share, found.before.answered_share) == (0.0, 0.333)
    assert (found.period.asks_an_answer, found.period.dollars_an_answer) == (None, None)
    assert (found.period.why, found.before.why) == ({}, {Why.SILENT: 1})
    assert found.before.until == found.period.since


def test_why_nobody_answered_is_told_by_what_became_of_the_asks(scene: Scene):
    post_id = scene.post(QUESTION)
    desk = scene.running_house.desk
    for _ in range(6):
        for who in set(scene.asked(post_id)):
            desk.pass_on(f"x:{post_id}", mail(who))
        scene.settle()
    scene.pass_time(hours=12)
    assert report(scene).period.why == {Why.ALL_PASSED: 1}


def test_rows_add_up_to_the_figures(scene: Scene):
    a_day(scene)
    for by in (By.TOPIC, By.HOUR, By.LANGUAGE, By.WEEK):
        found = report(scene, by=by)
        assert sum(row.counts.get(Figure.QUESTIONS, 0) for row in found.rows) == found.period.questions, by


def test_a_week_stands_beside_the_week_before_it(scene: Scene):
    a_day(scene)
    scene.pass_time(days=7)
    weeks = report(scene, days=9, by=By.WEEK).rows
    questions = [(row.counts.get(Figure.QUESTIONS, 0), row.before.get(Figure.QUESTIONS, 0)) for row in weeks]
    assert sum(now for now, _ in questions) == sum(before for _, before in questions[1:]) == 3


def test_several_networks_that_charge_are_not_mixed_into_one_price(scene: Scene):
    a_day(scene)
    found = report(scene, prices=(*PRICES, Prices(read=0.5)))
    assert found.period.dollars is None
    assert report(scene, prices=(*PRICES, Prices())).period.dollars is not None


@pytest.mark.only_on("sqlite", reason="nothing in it concerns the database")
@pytest.mark.only_over("sockets", reason="nothing in it concerns Slack")
def test_nobody_reads_another_persons_figures_in_it(scene: Scene):
    with pytest.raises(ValueError, match="no persons"):
        report(scene, by=By.PERSON)


def test_people_and_spreadsheets_read_the_same_figures(scene: Scene, capsys: pytest.CaptureFixture[str]):
    a_day(scene)
    found = report(scene)
    told = {name: (now, before) for name, now, before in lines(found)}
    assert told["answered"] == ("1", "0")
    assert told["answered, of the questions"] == ("33%", "–")
    assert told["half of the answers came within"] == ("5 min", "–")
    assert told[f"still unanswered: {Why.SILENT.value}"] == ("1", "0")
    capsys.readouterr()
    write_csv(found)
    rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert (rows["answered"]["value"], rows["answered"]["before"]) == ("1", "0")
    assert rows["waits: p50_s"]["value"] == "300"
    write_csv(report(scene, by=By.TOPIC))
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["topic"], row["answered"], row["answered before"]) == ("tv", "1", "0")
    assert date.fromisoformat(rows["since"]["value"]) < date.fromisoformat(rows["until"]["value"])
