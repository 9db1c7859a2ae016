"""A customer deletes their post, or hides it: it is withdrawn wherever it is, and its words are nowhere any more."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.stories.conftest import Scene
from tests.stories.test_edits import edit, noted
from tests.stories.town import ANSWER, QUESTION, words
from twelp.adapters.store import SqlTx
from twelp.model import Stage

WORDS = "no picture"
DETAIL = "@VoltHelp it is the zebra model"


def rows_with(scene: Scene, said: str) -> list[str]:
    """Tables in which these words stand."""

    def see(tx: SqlTx) -> list[str]:
        found = []
        for name in sa.inspect(tx.connection).get_table_names():
            if name.startswith("twelp_") and "job" not in name:
                rows = tx.connection.execute(sa.text(f"SELECT * FROM {name}")).all()
                found += [name] if any(said in str(row) for row in rows) else []
        return found

    return list(scene.look(see))


def everybody(scene: Scene) -> str:
    """All cards of everybody."""
    people = [address.partition("@")[0] for address in scene.running_house.desk.roster.experts]
    return " ".join(words(card["blocks"]) for one in people for card in scene.cards(one))


def hide(scene: Scene, how: str, post_id: str) -> None:
    """The customer makes the post one that is not for us."""
    if how == "deleted":
        scene.delete(post_id)
    else:
        scene.control("POST", "x/accounts/mia", {how: True})


def sweep(scene: Scene) -> None:
    """A day passes, with its look at all posts."""
    looks = scene.running_house._looks
    assert looks is not None
    looks.begin()
    scene.pass_time(hours=21)


HIDDEN = pytest.mark.parametrize("how", ["deleted", "protected", "suspended"])


@HIDDEN
@pytest.mark.others_on_sqlite(reason="why X hides it changes no row")
def test_before_further_people_are_asked_it_is_withdrawn_and_its_words_leave(scene: Scene, how: str):
    post_id = scene.post(QUESTION)
    asked = scene.asked(post_id)
    hide(scene, how, post_id)
    scene.pass_time(minutes=11)
    assert scene.stage(post_id) is Stage.WITHDRAWN
    assert scene.asked(post_id) == asked
    assert WORDS not in everybody(scene)
    assert rows_with(scene, WORDS) == []
    assert any("withdrawn" in line for line in scene.trail(post_id))


@HIDDEN
@pytest.mark.others_on_sqlite(reason="why X hides it changes no row")
def test_who_presses_answer_on_a_post_that_is_gone_is_told_and_writes_nothing(scene: Scene, how: str):
    post_id = scene.post(QUESTION)
    hide(scene, how, post_id)
    scene.click("ann", "Answer")
    assert scene.view("ann") is None
    assert "post is gone" in scene.told("ann")
    assert scene.stage(post_id) is Stage.WITHDRAWN


@HIDDEN
@pytest.mark.others_on_sqlite(reason="why X hides it changes no row")
def test_an_answer_is_not_sent_under_a_post_that_is_gone(scene: Scene, how: str):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    hide(scene, how, post_id)
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert scene.stage(post_id) is Stage.WITHDRAWN
    assert rows_with(scene, WORDS) == []


def test_who_has_a_deleted_question_in_hand_is_told(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim")
    scene.delete(post_id)
    scene.click("ann", "Answer")
    assert "nothing left to answer" in noted(scene, "ann")
    scene.pass_time(minutes=40)
    assert scene.stage(post_id) is Stage.WITHDRAWN


def test_an_answer_stays_and_the_deleted_words_under_it_go_within_a_day(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    thanks = scene.post("@VoltHelp thank you, zebra!", reply_to=post_id)
    scene.delete(post_id)
    scene.delete(thanks)
    sweep(scene)
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert rows_with(scene, WORDS) == []
    assert rows_with(scene, "zebra") == []
    assert WORDS not in everybody(scene)
    assert scene.look(lambda tx: tx.answered(["tv"])) == []


def test_a_deleted_detail_leaves_the_card_and_the_question_stays(scene: Scene):
    post_id = scene.post(QUESTION)
    more = scene.post(DETAIL, reply_to=post_id)
    assert "zebra" in scene.words("ann")
    scene.delete(more)
    scene.pass_time(minutes=6)
    assert scene.stage(post_id) is Stage.ASKED
    assert "zebra" not in everybody(scene)
    assert rows_with(scene, "zebra") == []
    assert WORDS in scene.words("ann")


def test_all_versions_of_an_edited_post_go(scene: Scene):
    post_id = scene.post("@VoltHelp why does my zebra tv show no picture?")
    second = edit(scene, post_id, QUESTION, own=True)
    scene.delete(second)
    scene.pass_time(minutes=6)
    assert scene.stage(post_id) is Stage.WITHDRAWN
    assert rows_with(scene, "zebra") == []
    assert rows_with(scene, WORDS) == []


def test_a_network_that_does_not_answer_stands_in_nobodys_way(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.fault(kind="status", status=503, network="x", method="GET", path="/2/tweets", times=None)
    scene.pass_time(minutes=6)
    assert len(scene.asked(post_id)) > 3
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]


def test_words_that_changed_unheard_are_read_before_the_answer_goes_out(scene: Scene):
    post_id = scene.post("@VoltHelp my tv on HDMI 1 has no picture, why?")
    scene.answer("ann")
    body = {"text": "@VoltHelp my tv on HDMI 2 has no picture, why?", "beyond_limits": True}
    second = str(scene.control("POST", f"x/posts/{post_id}/edits", body)["id"])
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert scene.stage(post_id) is Stage.CLAIMED
    assert "HDMI 2" in scene.words("ann", post_id)
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(second) == [f"{ANSWER} ^AL"]


def test_what_was_told_of_a_detail_that_is_deleted_since_says_it_no_more(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim")
    more = scene.post(DETAIL, reply_to=post_id)
    assert "zebra" in noted(scene, "ann")
    scene.delete(more)
    scene.click("ann", "Answer", post_id)
    scene.settle()
    assert "zebra" not in noted(scene, "ann")
    assert "its words are gone here, too" in noted(scene, "ann")
    assert rows_with(scene, "zebra") == []
    assert scene.stage(post_id) is Stage.CLAIMED


def test_what_moderators_and_authors_were_told_of_posts_that_are_deleted_since_says_it_no_more(scene: Scene):
    danger = scene.post("@VoltHelp my zebra tv caught fire and somebody is hurt")
    asked = scene.post(QUESTION, "leo")
    scene.answer("ann")
    scene.pass_time(minutes=2)
    thanks = scene.post("@VoltHelp thank you so much, okapi!", "leo", reply_to=asked)
    scene.pass_time(hours=1)
    assert "zebra" in noted(scene, "mo")
    assert "okapi" in noted(scene, "ann")
    scene.delete(danger)
    scene.delete(thanks)
    sweep(scene)
    assert "zebra" not in noted(scene, "mo")
    assert "okapi" not in noted(scene, "ann")
    assert rows_with(scene, "zebra") == rows_with(scene, "okapi") == []


def test_a_message_whose_deletion_slack_does_not_take_at_first_loses_its_words_later(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim")
    more = scene.post(DETAIL, reply_to=post_id)
    scene.delete(more)
    scene.fault(kind="status", status=503, network="slack", path="/api/chat.update", times=4)
    scene.click("ann", "Answer", post_id)
    scene.pass_time(minutes=3)
    assert "zebra" not in noted(scene, "ann")
