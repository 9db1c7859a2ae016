"""Figures are counted as things happen, once each, and are what a count of all rows would say; on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, mail
from twelp import reading
from twelp.adapters.store.migrations.versions import v0009_figures_counted as revision
from twelp.model import Dimension, Figure, JournalStep
from twelp.reading import By, Figures


def figures(scene: Scene, by: By, person: str | None = None) -> Figures:
    today = scene.clock.now().date()
    found = scene.look(lambda tx: reading.read_figures(tx, by, today - timedelta(days=7), today + timedelta(1), person))
    assert isinstance(found, Figures)
    return found


def by_value(scene: Scene, by: By) -> dict[str, Mapping[Figure, int]]:
    return {row.value: row.counts for row in figures(scene, by).rows}


def a_day(scene: Scene) -> str:
    """One answered and thanked, one set aside, one that nobody answers, one that is no question."""
    answered = scene.post(QUESTION)
    scene.pass_time(seconds=90)
    scene.answer("ann", post_id=answered)
    scene.pass_time(minutes=2)
    scene.post("@VoltHelp thank you so much!", reply_to=answered)
    aside = scene.post("@VoltHelp why does the screen of my tv stay black?", "leo")
    assert scene.running_house.desk.dismiss(f"x:{aside}", mail("bob")).ok
    scene.post("@VoltHelp ¿por qué no funciona mi televisor? ayuda por favor", "zoe")
    scene.post("@VoltHelp nice weather today", "kim")
    scene.pass_time(hours=12)
    return answered


def test_each_figure_is_counted_by_hour_kind_topic_language_and_person(scene: Scene):
    a_day(scene)
    total = figures(scene, By.DAY).total
    assert (total[Figure.POSTS], total[Figure.QUESTIONS]) == (5, 3)
    assert (total[Figure.ANSWERED], total[Figure.SET_ASIDE], total[Figure.UNANSWERED]) == (1, 1, 1)
    assert total[Figure.THANKED] == 1
    assert sum(row.counts.get(Figure.POSTS, 0) for row in figures(scene, By.HOUR).rows) == 5
    assert by_value(scene, By.KIND)["question"] == {Figure.POSTS: 3}
    assert by_value(scene, By.TOPIC)["tv"][Figure.ANSWERED] == 1
    assert {row.value: row.counts for row in figures(scene, By.LANGUAGE).rows} == {
        "en": {Figure.QUESTIONS: 2},
        "es": {Figure.QUESTIONS: 1},
    }
    (ann,) = figures(scene, By.PERSON, mail("ann")).rows
    assert (ann.counts[Figure.CLAIMED], ann.counts[Figure.CONFIRMED]) == (1, 1)
    assert (ann.counts[Figure.ANSWERED], ann.counts[Figure.THANKED]) == (1, 1)
    waits = figures(scene, By.TOPIC).waits
    assert (waits.answers, waits.p50_s, waits.p90_s) == (1, 300, 300)


def test_the_hours_of_the_week_and_the_days_add_up_to_the_same(scene: Scene):
    a_day(scene)
    for by in (By.DAY, By.HOUR, By.HOUR_OF_WEEK):
        found = figures(scene, by)
        assert sum(row.counts.get(Figure.ASKED, 0) for row in found.rows) == found.total[Figure.ASKED]
    week = {row.value for row in figures(scene, By.HOUR_OF_WEEK).rows}
    at = scene.clock.now()
    assert all(value[0] in "1234567" and value[2:].isdigit() for value in week)
    assert f"{at.isoweekday()} {at:%H}" in week or len(week) >= 2


def test_an_answer_that_is_corrected_is_answered_once(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.running_house.desk.correct(f"x:{post_id}", mail("ann")).ok
    scene.settle()
    scene.click("ann", "Answer", post_id)
    scene.submit("ann", f"{ANSWER} Twice.")
    scene.submit("ann")
    scene.pass_time(minutes=2)
    published = [line for line in scene.look(lambda tx: tx.trail(f"x:{post_id}")) if line.step is JournalStep.PUBLISHED]
    assert len(published) == 2
    total = figures(scene, By.DAY).total
    assert (total[Figure.ANSWERED], total[Figure.CORRECTED], total[Figure.CONFIRMED]) == (1, 1, 2)


def test_what_fails_is_not_counted(scene: Scene):
    scene.post(QUESTION)
    before = figures(scene, By.DAY).total
    desk = scene.running_house.desk
    assert not desk.release(f"x:{scene.question}", mail("ann")).ok
    try:
        with scene.running_house.store.transaction() as tx:
            desk.context.journal(tx, "x:1", mail("ann"), JournalStep.CLAIM)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert figures(scene, By.DAY).total == before


def test_an_upgrade_counts_the_past_as_it_would_have_been_counted_then(scene: Scene):
    a_day(scene)
    live = counted(scene)
    with scene.running_house.store.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM twelp_count")
        revision.fill(tx.connection)
    assert counted(scene) == live


def counted(scene: Scene) -> dict[Dimension, Mapping[str, Mapping[Figure, int]]]:
    """All but languages, which only a process that reads texts can tell."""
    dimensions = [dimension for dimension in Dimension if dimension is not Dimension.LANGUAGE]
    return {
        dimension: scene.look(lambda tx, of=dimension: tx.counted(of, "2000-01-01", "2100-01-01"))
        for dimension in dimensions
    }


def test_the_overview_tells_of_today(scene: Scene):
    scene.post(QUESTION)
    found = scene.look(lambda tx: reading.read_overview(tx, scene.clock.now()))
    assert (found.today[Figure.POSTS], found.today[Figure.QUESTIONS]) == (1, 1)
    tomorrow = scene.look(lambda tx: reading.read_overview(tx, scene.clock.now() + timedelta(days=1)))
    assert tomorrow.today == {}
