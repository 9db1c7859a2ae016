"""The sandbox's scripted people against a small bot made with the real Bolt: cards in, modals out, answers kept."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from tests.adapters.sandbox.slack_stage import actions, button, disconnect, modal, plain, section, until
from twelp.sandbox.server import Running, build, serve
from twelp.sandbox.slack.workspace import Message
from twelp.sandbox.town.abroad import TONGUES, language
from twelp.sandbox.town.answers import LIMIT, Answers, fitted, weigh
from twelp.sandbox.town.asked_before import ASKED_BEFORE
from twelp.sandbox.town.asked_next import ASKED_NEXT
from twelp.sandbox.town.customers import rounds
from twelp.sandbox.town.pace import habits
from twelp.sandbox.town.reading import Wish, read, text_field
from twelp.sandbox.town.repertoire import CUSTOMERS, POSTS
from twelp.sandbox.town.sayings import SHOP_TALK, THANKS
from twelp.sandbox.x.state import Draft
from twelp.sandbox.x.text import weigh as real_weight

PEOPLE = [{"id": f"U{n}", "name": name, "email": f"{name}@shop.example"} for n, name in enumerate(("jo", "ana", "kim"))]
QUESTION = "my new tv has no picture on hdmi 2, what can i do?"


def card(question: str, *labels: str) -> list[dict[str, Any]]:
    """A card of no particular app: some quoted words and buttons."""
    row = actions(*(button(f"do_{label.lower().replace(' ', '_')}", label, value=question) for label in labels))
    return [section(f"*Somebody asks:*\n> {question}"), row] if labels else [section("done")]


@dataclass
class Bot:
    """Asks everybody, lets the first who presses have the question, and keeps what they confirm."""

    app: App
    client: WebClient
    refusals: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    approved: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)
    chat: list[str] = field(default_factory=list)
    owner: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.app.action("do_answer")(self._answer)
        for name in ("do_claim", "do_not_me", "do_approve_and_post"):
            self.app.action(name)(self._press)
        self.app.action("text")(self._typing)
        self.app.view("answer")(self._written)
        self.app.view("confirm")(self._confirmed)
        self.app.event("message")(self._said)

    def ask(self, question: str, *people: str, labels: tuple[str, ...] = ("Answer", "Claim", "Not me")) -> None:
        for person in people or [p["id"] for p in PEOPLE]:
            channel = self.client.conversations_open(users=person)["channel"]["id"]
            self.client.chat_postMessage(channel=channel, text=question, blocks=card(question, *labels))

    def _answer(self, ack: Any, body: dict[str, Any], action: dict[str, Any], respond: Any) -> None:
        ack()
        question, user = action["value"], body["user"]["id"]
        self.pressed.append(f"{user} answer")
        with self.lock:
            mine = self.owner.setdefault(question, user) == user
        if not mine:
            respond(text="somebody was quicker", response_type="ephemeral", replace_original=False)
            return
        view = modal(live=True, private_metadata=question)
        self.client.views_open(trigger_id=body["trigger_id"], view=view)

    def _press(self, ack: Any, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        user, question = body["user"]["id"], action["value"]
        self.pressed.append(f"{user} {action['action_id'].removeprefix('do_')}")
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        if action["action_id"].endswith("claim"):
            self.owner[question] = user
            self.client.chat_update(**where, text="yours", blocks=card(question, "Answer", "Release"))
        elif action["action_id"] == "do_approve_and_post":
            self.approved.append(question)
            self.client.chat_update(**where, text="done", blocks=card(question))
        else:
            self.client.chat_update(**where, text="passed", blocks=card(question))

    def _typing(self, ack: Any, action: dict[str, Any]) -> None:
        ack()
        self.typed.append(action["value"])

    def _written(self, ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["draft"]["text"]["value"]
        if self.refusals:
            self.refusals -= 1
            ack(response_action="errors", errors={"draft": "shorten it"})
            return
        kept = json.dumps([view["private_metadata"], text])
        confirm = {"type": "modal", "callback_id": "confirm", "title": plain("Sure?"), "submit": plain("Post")}
        ack(response_action="push", view={**confirm, "private_metadata": kept, "blocks": [section(text)]})

    def _confirmed(self, ack: Any, body: dict[str, Any], view: dict[str, Any]) -> None:
        question, text = json.loads(view["private_metadata"])
        self.answers[question], self.authors[question] = text, body["user"]["id"]
        ack(response_action="clear")

    def _said(self, event: dict[str, Any]) -> None:
        self.chat.append(event["text"])


@contextmanager
def town(**given: Any) -> Iterator[tuple[Running, Bot]]:
    """A served town and a connected bot."""
    with serve({"slack": {"users": PEOPLE}, "town": given}) as running:
        running.sandbox.lift_limits(True)
        client = WebClient("xoxb-sandbox", base_url=f"{running.url}/api/", timeout=10)
        client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=3))
        bot = Bot(App(client=client, signing_secret="s"), client)
        handler = SocketModeHandler(bot.app, "xapp-sandbox")
        handler.connect()
        until(lambda: running.sandbox.slack.delivery.sockets.count == 1)
        try:
            yield running, bot
        finally:
            disconnect(running.sandbox.slack, handler)


# ---------------------------------------------------------------- experts


def test_in_eager_pace_the_first_person_asked_answers_at_once() -> None:
    """Nobody else presses anything, and the account tells what was done."""
    with town(pace="eager") as (running, bot):
        asked_at = time.monotonic()
        bot.ask(QUESTION)
        until(lambda: QUESTION in bot.answers)
        assert time.monotonic() - asked_at < 8
        assert bot.pressed == ["U0 answer"]
        assert bot.authors[QUESTION] == "U0"
        assert bot.typed == []
        with httpx.Client(trust_env=False) as client:
            lines = client.get(f"{running.url}/_sandbox/town").json()["town"]
        assert [line["who"] for line in lines[:2]] == ["U0", "U0"]
        assert lines[1]["what"] == f"wrote: {bot.answers[QUESTION]}"


def test_a_hundred_cards_at_once_are_all_answered_and_no_two_answers_are_alike() -> None:
    with town(pace="eager") as (_, bot):
        questions = [f"why does my router drop the wifi in room {n}?" for n in range(100)]
        for number, question in enumerate(questions):
            bot.ask(question, PEOPLE[number % 3]["id"])
        until(lambda: len(bot.answers) == 100, timeout_s=15)
        assert len(set(bot.answers.values())) == 100


def test_at_a_persons_pace_they_type_live_and_confirm_within_ten_seconds_of_the_card() -> None:
    """Pauses are shortened twenty times here; a real town's first card takes less than ten seconds."""
    with town(speed=20.0) as (_, bot):
        asked_at = time.monotonic()
        bot.ask(QUESTION)
        until(lambda: QUESTION in bot.answers)
        assert time.monotonic() - asked_at < 8
        assert len(bot.typed) == 2
        assert bot.answers[QUESTION].startswith(bot.typed[0])


def test_a_refused_text_is_shortened_and_sent_again_and_given_up_after_three_times() -> None:
    with town(pace="eager") as (running, bot):
        bot.refusals = 2
        bot.ask(QUESTION, "U0")
        until(lambda: QUESTION in bot.answers)
        assert weigh(bot.answers[QUESTION]) <= LIMIT - 100
        bot.refusals = 3
        bot.ask("which lens for sports?", "U0")
        until(lambda: bot.refusals == 0)
        until(lambda: running.sandbox.slack.views("U0")["stack"] == [])
        assert "which lens for sports?" not in bot.answers


def test_whoever_finds_somebody_quicker_stops_and_the_card_is_not_answered_twice() -> None:
    with town(pace="eager") as (_, bot):
        bot.owner[QUESTION] = "U2"
        bot.ask(QUESTION, "U0")
        until(lambda: bot.pressed)
        bot.ask("is the shop open on sunday?", "U0")
        until(lambda: "is the shop open on sunday?" in bot.answers)
        assert QUESTION not in bot.answers


def test_a_card_that_can_only_be_claimed_is_claimed_and_then_answered() -> None:
    with town(pace="eager") as (_, bot):
        bot.app.action("do_🙋_claim")(bot._press)
        bot.ask(QUESTION, "U0", labels=("🙋 CLAIM",))
        until(lambda: QUESTION in bot.answers)
        assert bot.pressed == ["U0 🙋_claim", "U0 answer"]


def test_a_held_answer_is_approved_by_somebody_who_sees_the_button() -> None:
    with town(pace="eager") as (_, bot):
        bot.ask(QUESTION, "U1", "U2", labels=("Approve and post", "Send back"))
        until(lambda: bot.approved)
        assert bot.pressed[0] == "U1 approve_and_post"


def test_a_card_with_nobody_on_it_is_picked_up_by_the_next_person() -> None:
    """The first person's window never opens, because the bot thinks that somebody else has it."""
    with town(pace="eager") as (_, bot):
        bot.owner[QUESTION] = "U1"
        bot.ask(QUESTION, "U0", "U1")
        until(lambda: bot.authors.get(QUESTION) == "U1")
        assert bot.pressed[0].startswith("U0")


def test_people_talk_in_the_cards_thread_now_and_then() -> None:
    with town(pace="eager") as (_, bot):
        for number in range(30):
            bot.ask(f"does fridge number {number} fit next to the stove?")
        until(lambda: bot.chat)
        assert set(bot.chat) <= set(SHOP_TALK)


def test_odd_blocks_buttons_and_messages_do_not_stop_the_town() -> None:
    with town(pace="eager") as (running, bot):
        channel = bot.client.conversations_open(users="U0")["channel"]["id"]
        strange: list[Any] = [{"type": "video"}, {"type": "actions", "elements": [None, {"type": "button", "text": 3}]}]
        workspace = running.sandbox.slack.workspace
        for ts, blocks in (("1.000001", strange), ("1.000002", [None, [[]], "x"])):
            workspace.post(Message(ts, channel, workspace.bot.id, "?", blocks=blocks, by_app=True))
        bot.client.chat_postMessage(channel=channel, text="plain words")
        bot.ask(QUESTION, "U0")
        until(lambda: QUESTION in bot.answers)
        assert set(bot.answers) == {QUESTION}, "nobody answers what is no card"


# ---------------------------------------------------------------- customers


def test_customers_begin_when_the_bot_listens_and_some_answer_back() -> None:
    with town(customers=True, speed=50.0, every_s=5.0) as (running, _):
        x = running.sandbox.x
        httpx.get(f"{running.url}/2/users/1/mentions", trust_env=False)
        first = until(lambda: x.posts.after(0), timeout_s=3)[0]
        assert first.text == POSTS[0].text.replace("{brand}", x.brand.handle)
        assert "?" in first.text
        until(lambda: len(x.posts.after(0)) >= 12)
        for post in x.posts.after(0):
            x.post(x.brand.handle, Draft("Plug it in again, please.", reply_to=post.id))
        ours = {post.id for post in x.posts.after(0) if post.author is x.brand}
        back = until(lambda: [p for p in x.posts.after(0) if p.in_reply_to in ours and p.author is not x.brand])
        said = {line for lines in THANKS.values() for line in lines}
        said |= {then.question for then in ASKED_NEXT.values()}
        assert {post.text for post in back} <= said


def test_nobody_posts_where_customers_are_not_wanted() -> None:
    with town(pace="eager", speed=100.0) as (running, bot):
        bot.ask(QUESTION, "U0")
        until(lambda: QUESTION in bot.answers)
        assert running.sandbox.x.posts.after(0) == []


def test_the_repertoire_is_large_of_many_voices_and_fits_the_network() -> None:
    assert len(POSTS) >= 60
    assert len(CUSTOMERS) >= 25
    assert {said.by for said in POSTS} == {customer.handle for customer in CUSTOMERS}
    assert len({said.text for said in POSTS}) == len(POSTS)
    assert {language(said.text) for said in POSTS} == {"en", *TONGUES}
    assert all("@{brand}" in said.text and real_weight(said.text) <= 280 for said in POSTS)


def test_later_rounds_repeat_no_post_word_for_word_by_the_same_person() -> None:
    turn = rounds(7)
    first = [next(turn) for _ in POSTS]
    second = [next(turn) for _ in POSTS]
    assert first == list(POSTS)
    assert not set(first) & set(second)


# ---------------------------------------------------------------- answers


@pytest.mark.parametrize(
    "question", ["", "🙃", "my tv is dead", "¿dónde está mi pedido y por qué no llega?", "请问怎么退货？"]
)
def test_the_same_question_three_thousand_times_gets_three_thousand_answers(question: str) -> None:
    """X refuses a text it has seen. Each fits with a signature."""
    answers = Answers(7)
    given = [answers.find(question) for _ in range(3_000)]
    assert len(set(given)) == 3_000
    assert max(map(weigh, given)) <= LIMIT
    assert all(real_weight(text) <= weigh(text) for text in given[::100])
    assert all(len(text) > 10 and "{" not in text for text in given)


def test_three_thousand_questions_get_three_thousand_answers_the_same_for_the_same_seed() -> None:
    questions = [f"{said.text} {n}" for n in range(50) for said in POSTS][:3_000]
    one, other = Answers(3), Answers(3)
    given = [one.find(question) for question in questions]
    assert given == [other.find(question) for question in questions]
    assert len(set(given)) == len(questions)
    assert [Answers(4).find(question) for question in questions[:20]] != given[:20]


def test_answers_are_about_the_question_and_in_its_language() -> None:
    assert "printer" in Answers(7).find("The printer shows offline")
    assert language(Answers(7).find("Hallo, mein Router geht nicht und das WLAN ist weg")) == "de"
    assert language(Answers(7).find("请问怎么退货？拆封了")) == "zh"


def test_whatever_was_prepared_is_asked_by_somebody_and_fits() -> None:
    """A part that no post holds would be advice nobody can ever get."""
    everything = [said.text for said in POSTS]
    for part, piece in ASKED_BEFORE.items():
        assert sum(part in text.lower() for text in everything) == 1, part
        assert weigh(piece) <= 180, part


def test_no_rude_word_handle_or_link_of_a_question_comes_back_in_its_answer() -> None:
    answers = Answers(7)
    given = " ".join(answers.find("@ShopHelp your fucking wankers https://t.co/abc #shitshow") for _ in range(200))
    assert not any(word in given for word in ("fuck", "wank", "shit", "@", "http", "#"))


def test_the_seed_can_bring_answers_of_its_own() -> None:
    answers = Answers(7, {"boiler": ["Ask a heating engineer."], "*": ["Ask at the desk."]})
    assert "Ask a heating engineer." in answers.find("does it fit my old Boiler?")
    assert "Ask at the desk." in answers.find("anything else")


def test_a_refused_text_gets_shorter_each_time_and_loses_its_links() -> None:
    answers = Answers(7)
    text = "See https://shop.example/help and then " + "do it again " * 15
    once, twice = answers.shorter(text, 1), answers.shorter(text, 2)
    assert "http" not in once
    assert weigh(twice) < weigh(once) <= LIMIT - 50
    assert fitted("short", 10) == "short"


# ---------------------------------------------------------------- reading


def message(*blocks: dict[str, Any], text: str = "") -> Message:
    return Message("1.1", "D1", "UBOT", text, blocks=list(blocks), by_app=True)


def test_a_card_is_read_by_its_labels_and_its_quoted_words() -> None:
    quote = {
        "type": "rich_text_quote",
        "elements": [{"type": "text", "text": "where is "}, {"type": "text", "text": "it?"}],
    }
    link = {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://x.test/1", "text": "post"}]}
    found = read(message({"type": "rich_text", "elements": [quote, link]}, actions(button("a", "✍️ ANSWER"))), "U1")
    assert found is not None
    assert found.question == "where is it?"
    assert found.labels == {Wish.ANSWER: "✍️ ANSWER"}
    assert found.key == "answer https://x.test/1 where is it?"


@pytest.mark.parametrize("label", ["Undo", "Release", "See the answer", "Answered", "Not a question", "Send back"])
def test_other_buttons_make_no_card(label: str) -> None:
    assert read(message(section("> hm?"), actions(button("a", label))), "U1") is None


def test_a_card_without_quote_or_blocks_of_text_is_read_from_its_text() -> None:
    found = read(message(actions(button("a", "Answer")), text="a &lt;b&gt; c"), "U1")
    assert found is not None
    assert found.question == "a <b> c"


def test_only_a_text_input_is_a_place_for_an_answer() -> None:
    assert (
        text_field([section("x"), {"type": "input", "element": {"type": "static_select"}}, {"type": "input"}]) is None
    )
    field = text_field(modal(live=True)["blocks"])
    assert field is not None
    assert (field.block_id, field.action_id, field.live) == ("draft", "text", True)


# ---------------------------------------------------------------- seed


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("yes", "seed.town is"),
        ({"size": 3}, "seed.town.size"),
        ({"pace": "lazy"}, "seed.town.pace"),
        ({"customers": 1}, "seed.town.customers"),
        ({"every_s": 0}, "seed.town.every_s"),
        ({"speed": True}, "seed.town.speed"),
        ({"seed": "x"}, "seed.town.seed"),
        ({"answers": {"tv": "no list"}}, "seed.town.answers"),
    ],
)
def test_a_seed_that_cannot_be_used_is_refused_naming_the_field(given: Any, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        habits(given)


def test_a_sandbox_without_a_town_has_no_account_of_one() -> None:
    assert build({"town": {}}).slack.users()
    with serve() as running, httpx.Client(trust_env=False) as client:
        assert client.get(f"{running.url}/_sandbox/town").json() == {"town": None}
