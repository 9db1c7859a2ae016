"""What X takes from no program, a moderator posts by hand: from the brand's account, word for word, exactly once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_by_hand import by_hand
from tests.stories.test_coming_back import notes
from tests.stories.test_learning import menu
from tests.stories.test_threads import POSTS, confirmed
from tests.stories.test_volunteers import home, open_home
from tests.stories.test_what_was_seen import Screen
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail, words
from twelp.model import AnswerState, Stage

OURS = f"{ANSWER} ^AL"
OTHERS = "Please hold the button a little longer. ^KM"
TWO = ROSTER.replace("initials: DF, topics: [tv]", "initials: DF, topics: [tv], level: moderator")
POST = {"network": "x", "method": "POST", "path": "/2/tweets"}
OWN = {"network": "x", "method": "GET", "path": "/2/users/*/tweets"}


@pytest.fixture
def screen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Screen:
    return Screen(scene, monkeypatch)


def not_allowed(scene: Scene, detail: str = "You are not allowed to reply to this conversation.", **more: Any) -> None:
    """X takes no reply there, for a reason that stays."""
    body = {"title": "Forbidden", "detail": detail, "type": "about:blank", "status": 403}
    scene.fault(**POST, kind="status", status=403, body=body, **{"times": None, **more})


def in_lane(scene: Scene, who: str = "mia") -> str:
    """A question whose confirmed answer X does not take from a program."""
    not_allowed(scene)
    post_id = scene.post(QUESTION, who)
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.LANE
    scene.control("DELETE", "faults")
    return post_id


def says_posted(scene: Scene, post_id: str, person: str = "mo") -> None:
    scene.click(person, "I posted it", post_id)


def test_its_words_and_the_way_into_the_composer_come_to_the_moderators_alone(scene: Scene):
    asked = in_lane(scene)
    said = scene.words("mo", asked)
    assert "Please post this by hand" in said
    assert OURS in said
    assert scene.buttons("mo", asked) == ["Open in X", "I posted it", "Give up…"]
    assert f"https://x.com/intent/post?in_reply_to={asked}" in str(scene.card("mo", asked))
    for person in ("ann", "bob"):
        assert "A moderator posts this by hand" in scene.words(person, asked)
        assert "intent/post" not in str(scene.card(person, asked))
    assert "A moderator posts it by hand, and you hear when it stands" in notes(scene, "ann")
    assert not scene.running_house.desk.say_posted(f"x:{asked}", mail("bob")).ok, "nobody else"
    scene.pass_time(hours=2)
    assert scene.requests("POST", "/2/tweets") == 1, "it is not tried again"
    assert "has been waiting" in notes(scene, "mo")


def test_what_was_posted_is_found_and_published_with_its_address(scene: Scene):
    asked = in_lane(scene)
    post_id = by_hand(scene, OURS, asked)
    says_posted(scene, asked)
    assert scene.stage(asked) is Stage.PUBLISHED
    answer = scene.answers(asked)["ann"]
    assert (answer.state, answer.post_ids) == (AnswerState.PUBLISHED, (post_id,))
    assert scene.question(asked).reply_url == f"https://x.com/VoltHelp/status/{post_id}"
    assert "A moderator has posted your answer by hand" in notes(scene, "ann")
    for person in ("ann", "bob"):
        assert "Answered by Ann Lee" in scene.words(person, asked)
    assert scene.look(lambda tx: tx.lesson(f"x:{asked}")) is not None
    scene.listen()
    assert scene.stage(asked) is Stage.PUBLISHED, "the reading of our timeline finds it once"
    assert "as well" not in notes(scene, "ann")
    menu(scene, "ann", "retract", asked)
    scene.submit("ann")
    assert scene.replies(asked) == [], "it can be taken back like any other"


def test_posted_and_nothing_pressed_it_is_found_all_the_same(quick_scene: Scene):
    scene = quick_scene
    asked = in_lane(scene)
    by_hand(scene, OURS, asked)
    scene.listen()
    assert scene.stage(asked) is Stage.PUBLISHED
    press = scene.running_house.desk.say_posted(f"x:{asked}", mail("mo"))
    assert not press.ok
    assert "already public" in press.message


def test_what_shows_later_is_found_while_it_is_watched_for(quick_scene: Scene):
    scene = quick_scene
    asked = in_lane(scene)
    says_posted(scene, asked)
    assert scene.stage(asked) is Stage.SOUGHT
    assert "Mo Dee says that it is posted" in scene.words("ann", asked)
    assert scene.buttons("mo", asked) == []
    scene.pass_time(minutes=1)
    by_hand(scene, OURS, asked)
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.PUBLISHED


@pytest.mark.parametrize("elsewhere", ["nowhere", "as a post of its own"])
@pytest.mark.others_on_sqlite(reason="what X shows differs, rows do not")
def test_what_is_not_seen_in_time_comes_back_to_who_said_so(quick_scene: Scene, elsewhere: str):
    scene = quick_scene
    asked = in_lane(scene)
    if elsewhere != "nowhere":
        scene.control("POST", "x/posts", {"text": OURS, "as": "VoltHelp"})
    says_posted(scene, asked)
    scene.pass_time(minutes=6)
    assert scene.stage(asked) is Stage.LANE
    assert "It was not seen on our own timeline" in notes(scene, "mo")
    assert scene.buttons("mo", asked) == ["Open in X", "I posted it", "Give up…"]
    by_hand(scene, f"{OURS} ", asked)
    says_posted(scene, asked)
    assert scene.stage(asked) is Stage.PUBLISHED


def test_a_timeline_that_cannot_be_read_is_no_word_that_it_is_missing(quick_scene: Scene):
    scene = quick_scene
    asked = in_lane(scene)
    by_hand(scene, OURS, asked)
    scene.fault(**OWN, kind="status", status=503, times=None)
    says_posted(scene, asked)
    scene.pass_time(minutes=6)
    assert scene.stage(asked) is Stage.LANE
    assert "nobody can tell whether it is posted" in notes(scene, "mo")
    scene.control("DELETE", "faults")
    scene.pass_time(minutes=2)
    scene.listen()
    assert scene.stage(asked) is Stage.PUBLISHED


def test_given_up_its_author_is_told_why_and_a_second_window_does_nothing(scene: Scene):
    asked = in_lane(scene)
    scene.click("mo", "Give up…", asked)
    assert OURS in scene.window("mo")
    scene.submit("mo", "They have found it out by themselves.")
    assert scene.stage(asked) is Stage.REFUSED
    assert scene.state(asked, "ann") is AnswerState.REFUSED
    assert "They have found it out by themselves." in notes(scene, "ann")
    assert "Mo Dee does not post it by hand" in scene.words("ann", asked)
    assert not scene.running_house.desk.drop_posting(f"x:{asked}", mail("mo"), "Again.").ok
    assert "Please post this by hand" not in scene.words("mo", asked)


def test_of_two_moderators_the_first_counts_and_the_other_is_told(closed_house: Scene, monkeypatch: pytest.MonkeyPatch):
    scene = closed_house
    scene.roster = TWO
    scene.open()
    asked = in_lane(scene)
    screen = Screen(scene, monkeypatch)
    presses = [
        screen.press(lambda label=label: scene.click("di", label, asked)) for label in ("I posted it", "Give up…")
    ]
    says_posted(scene, asked)
    presses[0]()
    assert "It is being looked for" in scene.told("di")
    presses[1]()
    assert scene.stage(asked) is Stage.SOUGHT
    by_hand(scene, OURS, asked)
    scene.pass_time(minutes=6)
    assert scene.stage(asked) is Stage.PUBLISHED
    assert "not seen" not in notes(scene, "di") + notes(scene, "mo")


def test_a_card_of_another_answer_does_nothing(quick_scene: Scene, screen: Screen):
    """The author took it back and confirmed other words; the moderator's screen still showed the first."""
    scene = quick_scene
    asked = in_lane(scene)
    arrives = screen.press(lambda: says_posted(scene, asked))
    scene.click("ann", "Undo", asked)
    assert scene.stage(asked) is Stage.CLAIMED
    not_allowed(scene)
    scene.answer("ann", "Unplug HDMI 2 and wait a minute.", asked)
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.LANE
    arrives()
    assert scene.stage(asked) is Stage.LANE
    assert "The answer has changed since it was shown to you" in scene.told("mo")
    assert "waiting for you again" in notes(scene, "mo")


def test_other_words_by_hand_are_the_answer_of_who_wrote_them(quick_scene: Scene):
    scene = quick_scene
    asked = in_lane(scene)
    by_hand(scene, OTHERS, asked)
    says_posted(scene, asked)
    assert scene.stage(asked) is Stage.BY_HAND
    assert "A colleague answered by hand" in notes(scene, "ann")
    assert scene.state(asked, "ann") is AnswerState.ALTERNATIVE


@pytest.mark.parametrize("when", ["before it is pressed", "while it is watched for"])
def test_what_the_customer_writes_after_it_opens_the_question_again(quick_scene: Scene, when: str):
    scene = quick_scene
    asked = in_lane(scene)
    by_hand(scene, OURS, asked)
    if when != "before it is pressed":
        scene.fault(**OWN, kind="status", status=503, times=2)
        says_posted(scene, asked)
    scene.pass_time(seconds=2)
    scene.fault(**OWN, kind="status", status=503, times=1)
    scene.post("@VoltHelp that did not help, the picture is still black", reply_to=asked)
    if when == "before it is pressed":
        says_posted(scene, asked)
    scene.pass_time(minutes=3)
    assert scene.stage(asked) is Stage.ASKED
    assert scene.question(asked).turn == 1
    assert "came back after your answer" in notes(scene, "ann")


def test_a_post_that_is_deleted_meanwhile_needs_no_answer(quick_scene: Scene):
    scene = quick_scene
    asked = in_lane(scene)
    scene.delete(asked)
    scene.running_house.desk.post_gone(f"x:{asked}", "gone")
    scene.settle()
    assert scene.stage(asked) is Stage.WITHDRAWN
    said = [words(card["blocks"]) for card in scene.cards("mo")]
    assert any("Withdrawn by the customer" in one for one in said)
    assert not any("I posted it" in one for one in said)


def test_killed_while_it_is_watched_for_it_is_found_after_the_restart(quick_scene: Scene):
    scene = quick_scene
    asked = in_lane(scene)
    says_posted(scene, asked)
    scene.close()
    by_hand(scene, OURS, asked)
    scene.open()
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.PUBLISHED
    assert scene.replies(asked) == [OURS]
    assert notes(scene, "ann").count("posted your answer by hand") == 1


def test_each_post_of_a_thread_is_found_and_the_way_leads_to_the_next(quick_scene: Scene):
    scene = quick_scene
    not_allowed(scene)
    asked = confirmed(scene)
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.LANE
    above = asked
    for text in POSTS[:-1]:
        above = by_hand(scene, text, above)
        scene.listen()
        assert scene.stage(asked) is Stage.LANE
        assert f"in_reply_to={above}" in str(scene.card("mo", asked))
    assert not scene.running_house.desk.undo(f"x:{asked}", mail("ann")).ok, "some of it stands"
    by_hand(scene, POSTS[-1], above)
    says_posted(scene, asked)
    assert scene.stage(asked) is Stage.PUBLISHED
    assert len(scene.answers(asked)["ann"].post_ids) == len(POSTS)


def test_moderators_find_all_of_them_on_the_home_tab_oldest_first(quick_scene: Scene):
    scene = quick_scene
    first, second = in_lane(scene), in_lane(scene, "leo")
    said = open_home(scene, "mo").partition("To be posted by hand")[2].partition("The queue")[0]
    assert said.count(OURS) == 2
    values = [b["value"] for row in home(scene, "mo")["blocks"] for b in row.get("elements", ()) if "value" in b]
    places = [next(n for n, value in enumerate(values) if f"x:{one} " in f"{value} ") for one in (first, second)]
    assert places == sorted(places)
    assert "To be posted by hand" not in open_home(scene, "ann")
    body = {"user": mail("mo"), "view_id": home(scene, "mo")["id"], "action_id": "twelp_posted"}
    value = next(value for value in values if value.startswith(f"x:{first} "))
    by_hand(scene, OURS, first)
    scene.control("POST", "slack/click", {**body, "value": value})
    scene.settle()
    assert scene.stage(first) is Stage.PUBLISHED
    scene.until(
        lambda: open_home(scene, "mo").partition("by hand")[2].partition("queue")[0].count(OURS) == 1, "the tab"
    )


def test_what_the_customer_adds_is_on_the_card_and_moderators_are_reminded_still(quick_scene: Scene):
    scene = quick_scene
    asked = in_lane(scene)
    scene.post("@VoltHelp it is the 55 inch one, by the way", reply_to=asked)
    assert "55 inch" in scene.words("mo", asked)
    assert scene.buttons("mo", asked) == ["Open in X", "I posted it", "Give up…"]
    scene.pass_time(hours=2)
    assert "has been waiting" in notes(scene, "mo")
