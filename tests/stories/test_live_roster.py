"""experts.yaml is changed while the bot runs: who left, joined or moved, and what lay before them."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.test_volunteers import open_home
from tests.stories.town import ANSWER, QUESTION, ROSTER, read_roster
from twelp.model import Stage

SMALL = "\n".join(line for line in ROSTER.splitlines() if "ed@" not in line and "di@" not in line)
"""Ed and Di have accounts in Slack, and are not listed yet."""

CHANGED = (
    "\n".join(line for line in ROSTER.splitlines() if "ann@" not in line)
    .replace(
        "  - {id: audio,", "  - {id: laundry, name: Laundry, keywords: [washer, dryer, drum, spin]}\n  - {id: audio,"
    )
    .replace("initials: EP, topics: [tv]", "initials: EP, topics: [laundry]")
    .replace("initials: CM, topics: [tv]", "initials: CM, topics: [laundry]")
)
"""Ann left, Di and Ed joined, Cy moved to a new topic."""


def test_people_who_leave_join_and_move_while_questions_are_open(closed_house: Scene):
    scene = closed_house
    scene.roster = SMALL
    house = scene.open()
    taken, written = scene.post(QUESTION, "lea"), scene.post("@VoltHelp my tv screen stays black, why?", "noor")
    scene.listen()
    scene.click("ann", "Claim", taken)
    scene.answer("bob", ANSWER, written)
    house.take_up(read_roster(CHANGED), "0123456789ab", "Rosa Admin")
    scene.settle()
    assert scene.stage(taken) is not Stage.CLAIMED
    assert {"di"} & set(scene.asked(taken)), "somebody who is listed is asked in her place"
    assert "nobody" not in scene.words("bob", taken)
    before = len(scene.cards("ann"))
    laundry = scene.post("@VoltHelp my washer does not spin, the drum stands still. Why?", "mia")
    scene.listen()
    assert set(scene.asked(laundry)) == {"cy", "ed"}
    scene.pass_time(minutes=30)
    assert len(scene.cards("ann")) == before
    assert len(scene.replies(written)) == 1, "what was confirmed goes out"
    scene.answer("ed", "Clean the filter, then start the spin programme again.", laundry)
    scene.pass_time(minutes=2)
    assert len(scene.replies(laundry)) == 1
    assert any("version 1 of the roster (0123456789ab)" in line for line in scene.trail("roster:file"))
    assert any("1 person removed (Ann Lee)" in line for line in scene.trail("roster:file"))


def test_what_cannot_be_used_is_told_on_moderators_tabs_until_it_is_mended(scene: Scene):
    house = scene.running_house
    house.take_up(house.roster, "aaaaaaaaaaaa", "")
    open_home(scene, "mo")
    house.refuse_roster("bbbbbbbbbbbb", "experts.yaml:12: topics: no topic is called adio; did you mean audio?")
    house.refuse_roster("bbbbbbbbbbbb", "experts.yaml:12: topics: no topic is called adio; did you mean audio?")
    scene.settle()
    assert "no topic is called adio" in open_home(scene, "mo")
    assert "no topic is called adio" not in open_home(scene, "ann")
    assert sum("roster not used" in line for line in scene.trail("roster:file")) == 1
    house.take_up(house.roster, "aaaaaaaaaaaa", "")
    scene.settle()
    assert "adio" not in open_home(scene, "mo")
