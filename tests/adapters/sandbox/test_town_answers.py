"""What a newcomer types gets an answer that fits, a question back, or “Not me”; never a tip about something else."""

from __future__ import annotations

import httpx
import pytest

from tests.adapters.sandbox.slack_stage import until
from tests.adapters.sandbox.test_town import town
from twelp.sandbox.server import Running
from twelp.sandbox.town import reading
from twelp.sandbox.town.abroad import language
from twelp.sandbox.town.answers import Answers, weigh
from twelp.sandbox.town.asked_next import ASKED_NEXT, asked_next
from twelp.sandbox.town.repertoire import POSTS
from twelp.sandbox.town.thinking import Kind, think

TIPS = {
    "my tv shows no picture since the update": "plug|HDMI port",
    "no sound from my soundbar": "ARC|audio output",
    "tv has sound but no picture": "plug|HDMI port",
    "my telly won't turn on": "wall socket",
    "tv remote lost": "app on your phone",
    "screen of my phone is cracked, how much is a repair?": "display",
    "I dropped my phone in the toilet": "dry",
    "phone won't charge": "another cable",
    "my charger is smoking!!!": "unplug|pull the plug",
    "microwave sparks inside": "unplug|pull the plug",
    "I smell gas near the new hob": "gas emergency",
    "the washing machine is leaking all over the kitchen": "Close the tap",
    "my freezer is melting": "cool box",
    "fridge is too loud": "feet",
    "how do I descale my espresso machine": "descaling",
    "internet down since this morning": "modem first",
    "how do i change my wifi password": "label",
    "my pc is super slow since windows update": "Startup apps",
    "coffee spilled over my laptop": "upside down",
    "my new monitor flickers": "refresh rate",
    "my printer doesn't find the wifi": "printer",
    "forgot my password and can't log in": "forgot password",
    "the app crashes when I open it": "update it",
    "where is my order?": "last scan",
    "my parcel says delivered but it's not here": "trace",
    "order arrived broken": "box and contents",
    "can I change the delivery address?": "order page",
    "are you open on Sunday?": "hours",
    "do you sell washing machines": "shelf",
    "I was charged twice": "reservation",
    "my gift card doesn't work": "activated",
    "can I return opened headphones?": "Opened is fine",
    "I lost my receipt, can I exchange a kettle?": "order e-mail",
    "my repair has been away for five weeks": "too long",
    "controller drifts": "recalibrate",
    "photos are blurry indoors": "ISO",
    "SD card error, wedding photos gone": "card out",
    "Meine Waschmaschine wandert beim Schleudern, was kann ich tun?": "Umstellen",
    "¿puedo devolver un regalo que no me gusta?": "Puedes|Abierto",
}
"""A question to words, one of which its answer holds."""

ASKS_BACK = (
    "I want my money back NOW",
    "when will I get my refund?",
    "the store refused my return, this is unacceptable",
    "you are the worst company ever",
    "your staff was rude to me",
    "I've been on hold for 40 minutes",
    "my tv is black and looks great on the white wall, does it come in silver?",
    "phone keeps restarting",
    "is my phone waterproof",
    "earbuds fell in the washing machine",
    "the left speaker of my laptop is silent",
    "what's the difference between OLED and QLED",
    "tablet for a 6 year old?",
    "how do i turn off subtitles on my tv",
    "drone flew away, can I get a new one?",
    "why did you cancel my order?",
    "can i combine two gift cards",
    "still the same, no sound",
    "I already restarted the router three times and no internet",
    "help",
    "mi tele no se enciende y no sé qué hacer",
    "Meine Waschmaschine ist kaputt, was kann ich tun?",
)
NOT_ME = (
    "I will sue you",
    "my account was hacked",
    "was my data leaked?",
    "are you hiring?",
    "earbud stuck in my ear",
    "delete my account",
    "I want to talk to a manager",
    "your courier ran over my cat",
    "who won the game last night?",
    "what's the meaning of life?",
    "is the earth flat",
    "why is everything so expensive",
    "Il mio televisore nuovo non si accende, cosa posso fare?",
    "Мой телевизор не включается",
    "lol",
)


@pytest.mark.parametrize("question", TIPS)
def test_a_question_they_know_gets_an_answer_that_fits(question: str):
    thought = think(question)
    assert thought.kind is Kind.TIP
    for piece in thought.pieces:
        assert any(word.lower() in piece.lower() for word in TIPS[question].split("|")), piece


@pytest.mark.parametrize("question", ASKS_BACK)
def test_what_they_do_not_know_enough_about_is_asked_back(question: str):
    pieces = think(question).pieces
    assert all("?" in piece or piece.startswith("Tell us what it is about") for piece in pieces), pieces
    assert "?" in Answers(7).find(question) or "Tell us" in Answers(7).find(question)


@pytest.mark.parametrize("question", NOT_ME)
def test_what_is_not_for_them_they_say_so(question: str):
    assert think(question).kind is Kind.NOT_ME


def test_every_question_of_the_towns_own_customers_has_its_answer():
    """Only greetings are without one."""
    known = [said.text.replace("{brand}", "VoltHelp") for said in POSTS if "?" in said.text or "？" in said.text]
    for text in known:
        assert think(text.replace("@VoltHelp", "")).kind is Kind.TIP, text


def test_whoever_asks_again_is_told_something_about_the_same_thing():
    posts = [said.text for said in POSTS]
    for part, then in ASKED_NEXT.items():
        (first,) = [post for post in posts if part in post.lower()]
        assert asked_next(first) == then.question, part
        assert think(then.question).pieces == (then.advice,)
        assert language(then.question) == language(first), part
        assert weigh(then.advice) <= 180, part
    assert asked_next("good morning, rainy day here") == ""


@pytest.mark.parametrize("vague", ["and how long does it take usually?", "hmm where do i find that exactly?"])
def test_what_could_be_about_anything_is_asked_back(vague: str):
    """An answer to it, out of nowhere, would be about something else."""
    assert think(vague).kind is not Kind.TIP


def test_at_a_persons_pace_two_say_not_me_and_the_others_leave_it():
    """Whoever is asked in their place is not worn out by a question that nobody can answer."""
    with town(speed=40.0) as (running, bot):
        bot.ask("will you sue my neighbour for me?")
        until(lambda: len(bot.pressed) == 2, timeout_s=15)
        until(lambda: any("left it" in line["what"] for line in _town(running)), timeout_s=15)
        assert {press.partition(" ")[2] for press in bot.pressed} == {"not_me"}
        assert bot.answers == {}


def _town(running: Running) -> list[dict[str, str]]:
    with httpx.Client(trust_env=False) as client:
        lines: list[dict[str, str]] = client.get(f"{running.url}/_sandbox/town").json()["town"]
    return lines


def test_people_read_what_the_customer_wrote_last() -> None:
    def quoted(text: str) -> dict[str, object]:
        return {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}

    def line(text: str) -> dict[str, object]:
        return {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}

    said = [line("mia asks on X"), quoted("why is my tv dark?"), line("Our answer, 1 min ago:"), quoted("Press it.")]
    since = [line("mia (@mia) wrote since, 1 min ago:"), quoted("tried that, still dark")]
    first = {"type": "rich_text", "elements": said}
    assert reading._question([first]) == "why is my tv dark?"
    assert reading._question([first, {"type": "rich_text", "elements": since}]) == "tried that, still dark"
