"""Hostile text goes the whole way and harms nobody: customers' words in Slack, experts' words on X."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Stage

INITIALS = {"ann": "AL", "bob": "BR", "cy": "CM", "di": "DF", "ed": "EP"}

HOSTILE = {
    "everybody pinged": "@VoltHelp <!channel> <!here> <!everyone> @channel why does my tv show no picture?",
    "somebody pinged": "@VoltHelp <@{ann}> <@{ann}|x> <!subteam^S0123456> my tv has no picture, why?",
    "escaped already": "@VoltHelp &lt;!channel&gt; &amp;lt;!here&amp;gt; why has my tv no picture?",
    "links in disguise": "@VoltHelp <https://evil.example|https://volt.example> tv picture? [x](javascript:alert(1))",
    "markup": "@VoltHelp *bold* _it_ ~no~ ```code``` > quote\n• tv has no picture, why? :rage: " + "`" * 50,
    "right to left": "@VoltHelp \u202e?erutcip on \u2066vt\u2069 \u200f\u200e why no picture on my tv? \u202d\u202c",
    "ten thousand emoji": "@VoltHelp why no picture on my tv? " + "😡" * 10_000,
    "a hundred kilobytes": "@VoltHelp why no picture on my tv? " + "😡" * 24_900,
    "joined emoji": "@VoltHelp why no picture on my tv? " + "👨‍👩‍👧‍👦" * 500,
    "nothing seen": "@VoltHelp why\x00 does \x00my\x07 tv\x1b[31m show\x7f no picture?\x00",
    "marks in heaps": "@VoltHelp my tv has no picture, why? z" + "\u0335\u0321\u0489" * 2_000,
    "very long": "@VoltHelp why does my tv show no picture? " + "picture " * 3_100,
    "one long word": "@VoltHelp why does my tv show no picture? " + "x" * 24_900,
    "many lines": "@VoltHelp why does my tv show no picture?" + "\n" * 3_000 + "end",
    "statements": "@VoltHelp '; DROP TABLE question; -- my tv has no picture {0} %s ${x} {{7*7}}, why?",
}


def test_nobody_is_pinged_and_nothing_breaks_whatever_customers_write(scene: Scene):
    """Each hostile post, by people with hostile names, is one card a person; answers to the worst still go out."""
    desk = scene.running_house.desk
    desk.context.policy = replace(desk.policy, wave_size=1)  # quicker
    slack_id = next(u["id"] for u in scene.control("GET", "slack/users")["users"] if u["name"] == "ann")
    name = f"<!channel> \u202e*Al* <@{slack_id}>\x00"
    texts = {kind: text.replace("{ann}", slack_id) for kind, text in HOSTILE.items()}
    posts = {kind: super(Scene, scene).post(t, f"c{n}", name=name) for n, (kind, t) in enumerate(texts.items())}
    scene.listen()
    asked = {kind: scene.asked(post_id) for kind, post_id in posts.items()}
    assert all(asked.values())
    for person in ("ann", "bob", "cy", "di", "ed"):
        shown = [
            (kind, str(card["blocks"])) for card in scene.cards(person) for kind in posts if posts[kind] in str(card)
        ]
        assert sorted(kind for kind, _ in shown) == sorted(kind for kind in posts if person in asked[kind])
        assert all("twelp_answer" in blocks for _, blocks in shown)
    for kind in ("everybody pinged", "a hundred kilobytes", "nothing seen", "right to left"):
        scene.answer(asked[kind][0], f"{ANSWER} ({kind})", posts[kind])
    scene.pass_time(minutes=2)
    assert len(scene.ours()) == 4
    assert scene.replies(posts["nothing seen"]) == [f"{ANSWER} (nothing seen) ^{INITIALS[asked['nothing seen'][0]]}"]
    assert scene.pings() == []


REFUSED = {
    "<!channel> please help": "Slack's way of writing",
    "Ask <@U0123456789> in store": "Slack's way of writing",
    "Hold it :volt-logo:": "as these letters in public",
    "Hold it until it turns off.It restarts": "write “off. It”",
    "@SamsungHelp can tell you more": "Take @SamsungHelp out",
    "x" * 400: "Too long",
    "Your card 4111 1111 1111 1111 was charged": "card number",
    "Wire it to DE89 3704 0044 0532 0130 00": "IBAN",
    "See https://bit.ly/3xyz": "hides where a link leads",
    "See https://wiki.corp/tv": "opens for us only",
    "😀😀": "no words in it",
}


@pytest.mark.only_on("sqlite", reason="refused before anything is written")
def test_an_answer_that_may_not_go_out_is_refused_beside_the_field(quick_scene: Scene):
    """The window stays, and says what to change, each time."""
    post_id = quick_scene.post(QUESTION)
    quick_scene.click("ann", "Answer")
    said = {}
    for text, why in REFUSED.items():
        act = quick_scene.submit("ann", text)
        said[text] = why if why in " ".join(act["errors"].values()) else str(act["errors"])
        assert "Answer in public" in quick_scene.window("ann")
    assert said == REFUSED
    quick_scene.pass_time(minutes=2)
    assert quick_scene.ours() == []
    assert quick_scene.stage(post_id) is Stage.CLAIMED
    quick_scene.submit("ann", ANSWER)
    quick_scene.submit("ann")
    quick_scene.pass_time(minutes=2)
    assert quick_scene.replies(post_id) == [f"{ANSWER} ^AL"]


@pytest.mark.only_on("sqlite", reason="it is about words")
def test_what_is_unseen_in_an_answer_does_not_reach_the_public(quick_scene: Scene):
    """Direction marks and control characters go; what was shown and confirmed is what goes out."""
    post_id = quick_scene.post(QUESTION)
    quick_scene.click("ann", "Answer")
    quick_scene.submit("ann", "Hold the \u202epower\u202c button\u200b for\u2028ten &amp; wait \x07")
    assert "Hold the power button for\nten & wait ^AL" in str(quick_scene.view("ann")["blocks"]).replace("\\n", "\n")
    quick_scene.submit("ann")
    quick_scene.pass_time(minutes=2)
    assert quick_scene.replies(post_id) == ["Hold the power button for\nten & wait ^AL"]
