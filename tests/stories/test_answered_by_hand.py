"""A colleague answers from the brand's account in X's own app: that is the answer, at whatever moment it comes."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_by_hand import by_hand
from tests.stories.test_coming_back import notes
from tests.stories.test_second_eyes import held
from tests.stories.town import ANSWER, QUESTION
from twelp.model import COLLEAGUE, AnswerState, Stage

THEIRS = "Hold the power button for ten seconds. ^KM"
OURS = f"{ANSWER} ^AL"


def heard(scene: Scene, text: str, to: str) -> str:
    """A colleague answers, and the timeline is read."""
    post_id = by_hand(scene, text, to)
    scene.listen()
    return post_id


def closed(scene: Scene, post_id: str) -> None:
    """Their words are the one answer, for the public, on every card and in the trail; nobody further is asked."""
    before = scene.asked(post_id)
    scene.pass_time(hours=5)
    assert scene.stage(post_id) is Stage.BY_HAND
    assert scene.asked(post_id) == before
    assert scene.requests("POST", "/2/tweets") == 0
    sent = scene.look(lambda tx: {ask.expert.partition("@")[0] for ask in tx.asks(f"x:{post_id}") if ask.sent})
    for person in sent - {"mo"}:
        said = scene.words(person, post_id)
        assert "Answered by hand" in said
        assert "Hold the power button for ten seconds." in said
        assert not scene.buttons(person, post_id)
    assert sum("answered by hand" in line and THEIRS in line for line in scene.trail(post_id)) == 1


def test_while_people_are_asked_nobody_further_is_and_it_is_learned_from(scene: Scene):
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=1)
    post_id = heard(scene, THEIRS, asked)
    closed(scene, asked)
    answer = next(a for a in scene.look(lambda tx: tx.answers(f"x:{asked}")) if a.expert == COLLEAGUE)
    assert (answer.state, answer.post_ids) == (AnswerState.PUBLISHED, (post_id,))
    assert scene.look(lambda tx: tx.lesson(f"x:{asked}")) is not None


def test_who_has_it_is_told_and_their_window_publishes_nothing(quick_scene: Scene):
    scene = quick_scene
    asked = scene.post(QUESTION)
    scene.click("ann", "Answer", asked)
    heard(scene, THEIRS, asked)
    assert "A colleague answered by hand" in notes(scene, "ann")
    scene.submit("ann", ANSWER)
    scene.submit("ann")
    closed(scene, asked)
    assert scene.state(asked, "ann") is AnswerState.ALTERNATIVE


def test_in_the_hold_the_answer_stops_and_its_author_is_told(quick_scene: Scene):
    scene = quick_scene
    asked = scene.post(QUESTION)
    scene.answer("ann")
    assert scene.stage(asked) is Stage.HELD
    heard(scene, THEIRS, asked)
    assert "A colleague answered by hand" in notes(scene, "ann")
    closed(scene, asked)


def test_what_nobody_has_read_yet_is_looked_for_before_the_call(quick_scene: Scene):
    """The hold ends between two readings of the timeline."""
    scene = quick_scene
    asked = scene.post(QUESTION)
    scene.answer("ann")
    by_hand(scene, THEIRS, asked)
    scene.pass_time(minutes=2)
    assert scene.replies(asked) == [THEIRS]
    assert "A colleague answered by hand" in notes(scene, "ann")
    closed(scene, asked)


def test_an_answer_that_waits_for_the_network_stops_as_well(quick_scene: Scene):
    scene = quick_scene
    limit = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+900"}
    scene.fault(network="x", method="POST", path="/2/tweets", kind="status", status=429, headers=limit)
    asked = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.PUBLISHING
    heard(scene, THEIRS, asked)
    assert scene.stage(asked) is Stage.BY_HAND
    scene.pass_time(minutes=20)
    assert scene.replies(asked) == [THEIRS]
    assert scene.requests("POST", "/2/tweets") == 1, "the one that was not taken"


def test_in_review_nobody_can_approve_it_any_more(quick_scene: Scene):
    scene = quick_scene
    asked = held(scene)
    heard(scene, THEIRS, asked)
    assert not scene.running_house.desk.approve(f"x:{asked}", "mo@volt.example").ok
    closed(scene, asked)


def test_after_our_answer_its_author_is_told_once_and_both_stand(quick_scene: Scene):
    scene = quick_scene
    asked = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    heard(scene, THEIRS, asked)
    scene.listen()
    assert scene.stage(asked) is Stage.PUBLISHED
    assert sorted(scene.replies(asked)) == sorted([OURS, THEIRS])
    assert notes(scene, "ann").count("answered by hand as well") == 1


@pytest.mark.parametrize("where", ["addition", "quote", "thanks in advance"])
@pytest.mark.others_on_sqlite(reason="where it stands on X differs, rows do not")
def test_it_may_stand_under_a_later_post_or_show_the_question(quick_scene: Scene, where: str):
    scene = quick_scene
    asked = scene.post(QUESTION)
    said = {"addition": "@VoltHelp it is the 55 inch one", "thanks in advance": "@VoltHelp thank you so much"}
    if where == "quote":
        scene.control("POST", "x/posts", {"text": THEIRS, "as": "VoltHelp", "quotes": asked})
        scene.listen()
    else:
        heard(scene, THEIRS, scene.post(said[where], reply_to=asked))
    closed(scene, asked)


def test_what_the_customer_added_since_is_open_still_and_the_cards_show_both(quick_scene: Scene):
    scene = quick_scene
    asked = scene.post(QUESTION)
    scene.pass_time(minutes=1)
    scene.control("POST", "x/posts", {"text": "@VoltHelp it is on HDMI 2", "as": "mia", "reply_to": asked})
    scene.pass_time(seconds=10)
    with scene.running_house.store.transaction() as tx:
        tx.set_cursor("x:own", (scene.clock.at).isoformat())
    by_hand(scene, "Which one is it? ^KM", asked)
    scene.pass_time(seconds=10)
    scene.post("@VoltHelp and there is no sound on it either", reply_to=asked)
    said = scene.words("ann", asked)
    assert said.index("Which one is it?") < said.index("no sound on it either")
    assert scene.stage(asked) is Stage.ASKED


def test_a_second_question_in_the_thread_stays_open(quick_scene: Scene):
    """The colleague answered the first; another customer asked below it."""
    scene = quick_scene
    first = scene.post(QUESTION)
    second = scene.post("@VoltHelp same here, why does my tv show no picture?", "leo", reply_to=first)
    heard(scene, THEIRS, first)
    assert scene.stage(first) is Stage.BY_HAND
    assert scene.stage(second) is Stage.ASKED


def test_the_same_customers_next_question_stays_open(quick_scene: Scene):
    scene = quick_scene
    first = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    second = scene.post("@VoltHelp thanks, and why is the picture of my tv green now?", reply_to=first)
    heard(scene, THEIRS, first)
    assert scene.stage(second) is Stage.ASKED
    heard(scene, "Set it to warm. ^KM", second)
    assert scene.stage(second) is Stage.BY_HAND
    assert scene.stage(first) is Stage.PUBLISHED


def test_a_customer_who_comes_back_after_it_is_heard_once_more(quick_scene: Scene):
    scene = quick_scene
    asked = scene.post(QUESTION)
    heard(scene, "Which model is it? ^KM", asked)
    scene.pass_time(minutes=1)
    scene.post("@VoltHelp It's the 55 inch one from 2019", reply_to=asked)
    scene.listen()
    assert scene.stage(asked) is Stage.ASKED
    assert "Which model is it?" in scene.words("ann", asked)


def test_what_was_written_while_the_house_was_closed_is_seen_at_the_start(quick_scene: Scene):
    scene = quick_scene
    asked = scene.post(QUESTION)
    scene.close()
    scene.skip(minutes=4)
    by_hand(scene, THEIRS, asked)
    scene.skip(minutes=50)
    scene.open()
    scene.listen()
    closed(scene, asked)


def test_reading_the_same_posts_again_changes_nothing(quick_scene: Scene):
    """As after a kill between what was taken in and how far was read."""
    scene = quick_scene
    asked = scene.post(QUESTION)
    heard(scene, THEIRS, asked)
    version = scene.question(asked).version
    with scene.running_house.store.transaction() as tx:
        tx.set_cursor("x:own", "2020-01-01T00:00:00+00:00")
    scene.listen()
    assert scene.question(asked).version == version
    closed(scene, asked)


def test_what_x_takes_from_no_program_goes_to_the_moderators_and_is_found_once_posted(quick_scene: Scene):
    """Never to a volunteer, who would post it from an account of their own."""
    scene = quick_scene
    detail = "You can only reply to or quote posts where you are mentioned or are the author."
    body = {"title": "Forbidden", "detail": detail, "type": "about:blank", "status": 403}
    scene.fault(network="x", method="POST", path="/2/tweets", kind="status", status=403, body=body)
    asked = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(asked) is Stage.LANE
    assert "https://x.com/intent/post" in str(scene.cards("mo"))
    assert "https://x.com/intent/post" not in str(scene.cards("ann"))
    assert scene.buttons("ann", asked) == ["Undo"]
    heard(scene, OURS, asked)
    assert scene.stage(asked) is Stage.PUBLISHED
    assert "Answered" in scene.words("ann", asked)
    assert scene.replies(asked) == [OURS]
