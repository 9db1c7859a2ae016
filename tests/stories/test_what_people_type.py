"""What people type in Slack: they see what the public will read, what was changed in it, and every link of it."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_correcting import correct
from tests.stories.test_writing import press, typed, write
from tests.stories.town import QUESTION, ROSTER, mail

SLACKISH = "Press *Input 2*, `wait` :+1::skin-tone-4: &amp;lt; see [the guide](https://volt.com/a_b)"
PUBLIC = "Press Input 2, wait 👍🏽 &lt; see the guide https://volt.com/a_b ^AL"


def suggest(scene: Scene, person: str, text: str, post_id: str) -> None:
    """The person writes this under their card and presses the message's shortcut."""
    card = scene.card(person, post_id)
    said = {"user": mail(person), "text": text, "channel": card["channel"], "thread_ts": card["ts"]}
    ts = scene.control("POST", "slack/write", said)["ts"]
    body = {"user": mail(person), "callback_id": "twelp_suggest", "channel": card["channel"], "ts": ts}
    scene.control("POST", "slack/shortcut", body)
    scene.settle()


def test_what_was_typed_in_slacks_ways_is_seen_confirmed_and_published_in_plain_words(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    write(scene, "ann", SLACKISH)
    shown = scene.window("ann")
    assert PUBLIC in shown
    assert "Changed for the public: “[the guide](https://volt.com/a_b)” → “the guide https://volt.com/a_b”" in shown
    assert "“:+1::skin-tone-4:” → “👍🏽”" in shown
    assert "“*…*” taken off" in shown
    assert typed(scene, "ann") == SLACKISH, "what is being typed stays untouched"
    assert not scene.submit("ann", SLACKISH)["errors"]
    assert PUBLIC in scene.window("ann")
    assert "X will link these: https://volt.com/a_b." in scene.window("ann")
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [PUBLIC]


@pytest.mark.parametrize("escaped", [False, True], ids=["input as it stands", "input escaped"])
@pytest.mark.others_on_sqlite(reason="the words differ, rows do not")
def test_a_suggested_message_becomes_plain_words_and_escapes_are_turned_back_once(scene: Scene, escaped: bool):
    """Slack escapes what stands in a message: `&lt;` that somebody typed comes as `&amp;lt;`, and stays `&lt;`."""
    post_id = scene.post(QUESTION)
    suggest(scene, "ann", "Press *Input 2* & _wait_ :tada:\n> type &lt;b&gt; in 5*3 steps", post_id)
    public = "Press Input 2 & wait 🎉 type &lt;b&gt; in 5*3 steps ^AL"
    assert public in scene.window("ann")
    assert "“:tada:” → “🎉”" in scene.window("ann")
    assert typed(scene, "ann") == "Press Input 2 & wait 🎉\ntype &lt;b&gt; in 5*3 steps"
    scene.shut("ann")
    scene.click("ann", "Answer")  # on another device: the same draft, and nothing is turned back again
    assert public in scene.window("ann")
    draft = typed(scene, "ann")
    scene.submit("ann", draft.replace("&", "&amp;") if escaped else draft)
    assert public in scene.window("ann")
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert [" ".join(reply.split()) for reply in scene.replies(post_id)] == [public]


def test_an_answer_that_comes_back_to_be_corrected_is_cleaned_like_any_other(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann", "Press *Input 1* :+1:")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == ["Press Input 1 👍 ^AL"]
    correct(scene, "ann", post_id)
    scene.click("ann", "Answer", post_id)
    assert typed(scene, "ann") == "Press Input 1 👍"
    scene.submit("ann", "Press *Input 2* :tada:")
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == ["Press Input 2 🎉 ^AL"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Great :acme-logo: news", "“:acme-logo:” is shown as an emoji in Slack only"),
        ("できた:acme-logo:です", "“:acme-logo:” is shown as an emoji in Slack only"),
        ("Great news:acme-logo:", "“:acme-logo:” is shown as an emoji in Slack only"),
        ("Ask <@U0123ABC> about it", "“<@U0123ABC>” is Slack's way of writing"),
        ("See <#C0123ABC|help>", "“<#C0123ABC|help>” is Slack's way of writing"),
        ("<!here> look", "“<!here>” is Slack's way of writing"),
        ("It turns off.It restarts", "X would make a link of “off.It”: write “off. It”"),
    ],
)
@pytest.mark.others_on_sqlite(reason="the words differ, rows do not")
def test_what_cannot_be_made_plain_is_pointed_out_and_not_published(quick_scene: Scene, text: str, said: str):
    scene = quick_scene
    scene.post(QUESTION)
    scene.click("ann", "Answer")
    act = scene.submit("ann", text)
    assert said in " ".join(act["errors"].values())
    scene.shut("ann")
    scene.pass_time(seconds=61)
    assert scene.ours() == []


def test_a_missing_space_is_put_in_with_one_press(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    write(scene, "ann", "It turns off.It then shows readme.md.")
    shown = scene.window("ann")
    assert "X will link these: off.It, readme.md." in shown
    assert "If “readme.md” is not meant as a link, write “readme .md”." in shown
    press(scene, "ann", "Put the missing space in")
    assert typed(scene, "ann") == "It turns off. It then shows readme .md."
    assert "X will link" not in scene.window("ann")
    scene.submit("ann", typed(scene, "ann"))
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == ["It turns off. It then shows readme .md. ^AL"]


@pytest.mark.only_on("sqlite", reason="it is about a text in a window")
def test_a_text_is_as_long_as_the_public_reads_it(quick_scene: Scene):
    """Signs and names of emoji count for nothing: what goes out is what is measured."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    text = "*" + "a" * 262 + "* :slightly_smiling_face:" + " :man-shrugging::skin-tone-2:" * 3
    write(scene, "ann", text)
    assert "2 left" in scene.window("ann")
    assert not scene.submit("ann", text)["errors"]
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == ["a" * 262 + " 🙂" + " 🤷🏻‍♂️" * 3 + " ^AL"]


def test_where_the_roster_lists_links_another_one_is_looked_at_first(closed_scene: Scene):
    scene = closed_scene
    scene.roster = ROSTER.replace("handles: {x: VoltHelp}}", "handles: {x: VoltHelp}, links: [volt.com]}")
    scene.open()
    post_id = scene.post(QUESTION)
    scene.answer("ann", "See https://help.volt.com/a")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == ["See https://help.volt.com/a ^AL"]
    other = scene.post(QUESTION.replace("my", "your"), "eve")
    who = scene.asked(other)[0]
    scene.click(who, "Answer", other)
    scene.submit(who, "See https://volt.com.example.org")
    assert "It leads to volt.com.example.org, which is not on the roster's list" in scene.window(who)
    scene.submit(who)
    scene.pass_time(seconds=61)
    assert scene.replies(other) == []
