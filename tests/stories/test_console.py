"""The desk in a browser: each page tells what the rows say, to this machine alone; on both databases."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette

from tests.stories.conftest import Scene
from tests.stories.test_figures import a_day
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail, read_roster
from twelp.console import Sources, console_routes
from twelp.reading import People, read_people
from twelp.wiring.web import Web

PAGES = (
    "/",
    "/people",
    "/insight",
    "/insight?days=28&by=topic",
    "/insight?by=week",
    "/trail",
    "/jobs",
    "/jobs?failed=1",
)


@pytest.fixture
def desk(scene: Scene) -> Iterator[httpx.Client]:
    house = scene.running_house
    web = Web(
        Starlette(routes=console_routes(Sources(house.store, house.engine.jobs, lambda: house.roster, house.clock))),
        "127.0.0.1",
        0,
    )
    with httpx.Client(base_url=web.address, trust_env=False, follow_redirects=True, timeout=20) as client:
        yield client
    web.stop()


def words(page: httpx.Response) -> str:
    """What somebody reads."""
    assert page.status_code == 200, page.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_each_page_is_shown_empty_and_full(scene: Scene, desk: httpx.Client):
    for path in PAGES:
        assert desk.get(path).status_code == 200, path
    a_day(scene)
    scene.post(QUESTION, "new")
    for path in PAGES:
        page = desk.get(path)
        assert page.status_code == 200, path
        assert len(page.content) <= 60_000, path
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page.text), path
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert desk.get("/console.css").headers["content-type"].startswith("text/css")


def test_now_tells_what_waits_and_with_whom(scene: Scene, desk: httpx.Client):
    post_id = scene.post(QUESTION)
    assert scene.running_house.desk.claim(f"x:{post_id}", mail("ann")).ok
    told = words(desk.get("/"))
    assert "why does my tv show no picture?" in told
    assert "claimed" in told
    assert "Ann Lee" in told


def test_what_is_paused_stands_above_all(scene: Scene, desk: httpx.Client):
    assert scene.running_house.desk.command(mail("mo"), "pause everything because the router guide is wrong")
    scene.settle()
    told = words(desk.get("/"))
    assert "Everything is paused" in told
    assert "the router guide is wrong" in told


def test_a_questions_page_tells_its_whole_way(scene: Scene, desk: httpx.Client):
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=2)
    told = words(desk.get(f"/questions/x:{post_id}"))
    for said in (f"{ANSWER} ^AL", "Bob Roe", "Thought of, and not asked: 2", "published", "In public since"):
        assert said in told
    found = desk.get(f"/questions/x:{post_id}.json").json()
    assert found["question"]["stage"] == "published"
    for wanted in (post_id, f"x:{post_id}", f" https://x.com/mia/status/{post_id} "):
        assert desk.get("/trail", params={"post": wanted}).url.path == f"/questions/x:{post_id}"


def test_a_post_that_adds_to_a_question_leads_to_it(scene: Scene, desk: httpx.Client):
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=2)
    thanks = scene.post("@VoltHelp thank you so much!", reply_to=post_id)
    page = desk.get(f"/questions/x:{thanks}")
    assert page.status_code == 200


def test_a_post_that_was_never_heard_is_told_with_what_to_do(desk: httpx.Client):
    page = desk.get("/questions/x:1")
    assert page.status_code == 404
    assert "twelp trail x:1" in page.text
    assert desk.get("/questions/x:1.json").status_code == 404


def test_insight_tells_the_report(scene: Scene, desk: httpx.Client):
    a_day(scene)
    told = words(desk.get("/insight?by=topic"))
    assert "answered, of the questions 33 %" in told
    assert "half of the answers came within 5 min" in told
    found = desk.get("/insight.json?days=7&by=topic").json()
    assert (found["period"]["answered"], found["rows"][0]["value"]) == (1, "tv")
    lines = desk.get("/insight.csv?days=7&by=topic").text.splitlines()
    assert (lines[0].split(",")[:3], lines[1].split(",")[:3]) == (
        ["topic", "questions", "questions before"],
        ["tv", "3", "0"],
    )
    assert "answered,1,0" in desk.get("/insight.csv").text.splitlines()
    for query in ("days=0", "days=x", "days=99999", "days=-1", "by=person", "by=%3Cb%3E", "days=9" + "9" * 30):
        assert desk.get(f"/insight?{query}").status_code == 200, query


def test_hostile_words_stay_words(scene: Scene, desk: httpx.Client):
    post_id = scene.post("@VoltHelp why <script>alert(1)</script> does my tv show no \"picture' onload=x?")
    for path in ("/", f"/questions/x:{post_id}", "/trail", "/questions/%3Cscript%3E"):
        assert "<script" not in desk.get(path).text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.1.2.3", ""])
@pytest.mark.only_on("sqlite", reason="refused before anything is read")
def test_no_other_name_shows_the_desk(desk: httpx.Client, host: str):
    for path in ("/", "/questions/x:1.json", "/insight.json"):
        assert desk.get(path, headers={"host": host}).status_code == 403


def people(scene: Scene, roster: str, now: datetime) -> People:
    found = scene.look(lambda tx: read_people(tx, read_roster(roster), now))
    assert isinstance(found, People)
    return found


MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_holes_of_the_week_are_told_by_topic(scene: Scene):
    asleep = ROSTER.replace("topics: [audio], level: trainee", "quiet: '06:00-18:00', topics: [audio], level: trainee")
    found = people(scene, asleep, MONDAY)
    tv, audio = found.topics
    assert (tv.people, tv.holes, set(tv.hours)) == (5, 0, {5})
    assert (audio.people, audio.holes) == (1, 84)
    assert [audio.hours[hour] for hour in (5, 6, 17, 18)] == [1, 0, 0, 1]
    assert found.since == datetime(2026, 11, 30, tzinfo=UTC)
    tia = next(one for one in found.people if one.name == "Tia New")
    assert (tia.asleep, tia.takes_part, tia.quiet) == (True, True, "06:00-18:00")


def test_a_clock_change_and_a_pause_are_in_the_weeks_hours(scene: Scene):
    paris = ROSTER.replace(
        "topics: [audio], level: trainee, zone: UTC",
        "topics: [audio], level: trainee, zone: Europe/Paris, quiet: '22:00-08:00'",
    )
    audio = people(scene, paris, datetime(2026, 10, 21, 9, tzinfo=UTC)).topics[1]
    before, after = audio.hours[:24], audio.hours[144:]
    assert (before.index(1), after.index(1)) == (6, 7), "summer time ends on that Sunday"
    scene.running_house.desk.pause(mail("tia"), scene.clock.now() + timedelta(days=2))
    scene.settle()
    now = scene.clock.now()
    paused = people(scene, ROSTER, now)
    assert next(one for one in paused.people if one.name == "Tia New").asleep
    hour = int((now - paused.since).total_seconds() // 3600) + 1
    assert paused.topics[1].hours[min(hour, 167)] == 0


def test_who_needs_a_certificate_and_has_none_covers_nothing(scene: Scene):
    roster = ROSTER.replace("{id: audio, name: Audio,", "{id: audio, name: Audio, requires: [sound],")
    audio = people(scene, roster, MONDAY).topics[1]
    assert (audio.people, audio.holes) == (0, 168)
    assert json.dumps(audio.hours)
