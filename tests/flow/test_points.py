"""Several questions in one post: what it asks, which of it an answer covers, and what is left."""

from __future__ import annotations

import pytest

from tests.stories.town import ROSTER, read_roster
from twelp.desk.points import reader_of
from twelp.flow import points
from twelp.flow.dispatch import counting
from twelp.flow.match import Matcher, TopicText, fit
from twelp.flow.points import Reader
from twelp.model import Point, TopicScore


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    topics = read_roster(ROSTER).topics
    return fit({key: TopicText(one.name, one.keywords, one.examples) for key, one in topics.items()})


@pytest.fixture(scope="module")
def read(matcher: Matcher) -> Reader:
    return reader_of(matcher)


def asked(text: str, matcher: Matcher, read: Reader) -> list[tuple[str, str | None]]:
    ranking = matcher.rank(text)
    topics = () if ranking.nobody else tuple(TopicScore(t.topic, t.score) for t in ranking.topics)
    found = points.find(text, [t.topic for t in counting(topics)] if topics else [], read)
    return [(point.words, point.topic) for point in found]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("@VoltHelp why does my tv show no picture? And why no sound from the soundbar?", "tv", "audio"),
        ("no sound from my headphones. Also, why does hdmi show no picture on my tv?", "audio", "tv"),
        ("my speaker has no sound, and why is the screen of my tv black?", "audio", "tv"),
        ("1) why no picture on the tv? 2) why no sound from the speaker?", "tv", "audio"),
        ("1. how do i hang up the tv 2. how do i clean the screen of the tv", "tv", "tv"),
        ("two things: my tv shows no picture. The speaker has no sound. why?", "tv", "audio"),
        ("why is there no picture on my tv? plus the soundbar has no sound", "tv", "audio"),
    ],
)
def test_two_questions_in_one_post_are_told_apart(text: str, first: str, second: str, matcher: Matcher, read: Reader):
    assert [topic for _, topic in asked(text, matcher, read)] == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "how do I pair it? And another thing: where is my order?",
        "mein Fernseher hat kein Bild. Außerdem: wo ist meine Bestellung?",
        "mon téléviseur n'a pas d'image. Autre question: où est ma commande?",
        "no funciona mi televisor. Otra cosa: ¿dónde está mi pedido?",
        "a minha tv não liga. Outra pergunta: onde está a minha encomenda?",
        "il mio televisore non si accende. Un'altra domanda: dov'è il mio ordine?",
        "mijn tv heeft geen beeld. En nog een vraag: waar is mijn bestelling?",
        "הטלוויזיה לא עובדת? שאלה נוספת: איפה ההזמנה שלי?",
        "التلفاز لا يعمل؟ سؤال آخر: أين طلبي؟",
        "我的电视没有画面？另外，我的订单在哪里？",
        "テレビが映りません。もう一つ、注文はいつ届きますか？",
    ],
)
def test_who_says_that_another_question_comes_asks_two_in_any_language(text: str, matcher: Matcher, read: Reader):
    assert len(asked(text, matcher, read)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "why does my tv show no picture?",
        "my soundbar, connected to my tv, has no sound. what can I do?",
        "my tv shows no picture. is it the hdmi cable? do i need a new screen?",
        "set up my tv but there is no sound from the soundbar over hdmi. which port do i need?",
        "no sound from my headphones. tried restarting, also tried another phone. any ideas?",
        "can you also tell me why my tv shows no picture?",
        "thanks! and why is the picture of my tv green now?",
        "J'ai ajouté l'imprimante de nouveau, elle reste hors ligne. Autre chose à tenter ?",
        "I reset the soundbar, still no sound. Another thing I can try?",
        "el televisor sigue sin imagen. ¿otra cosa que pueda probar?",
        "der fernseher zeigt immer noch kein bild. noch was zu versuchen?",
        "耳机重置后还是连不上，还有别的办法吗？",
        "my tv has version 1. and now 2. why?",
        "is it good? does it have dolby? how much is it?",
        "?",
        "",
        "@VoltHelp",
    ],
)
def test_one_question_stays_one(text: str, matcher: Matcher, read: Reader):
    assert asked(text, matcher, read) == []


def test_the_words_of_each_are_as_they_stand_in_the_post(matcher: Matcher, read: Reader):
    text = "@VoltHelp hi!\nwhy does my tv show   no picture? Also: no sound from the soundbar, why?"
    found = asked(text, matcher, read)
    assert found[0] == ("why does my tv show no picture?", "tv")
    assert found[1][0].endswith("no sound from the soundbar, why?")


TWO = (Point("why does my tv show no picture?", "tv"), Point("why no sound from the soundbar?", "audio"))


@pytest.mark.parametrize(
    ("text", "theirs", "covers"),
    [
        ("Plug the soundbar into the port of the tv marked ARC.", ("audio",), (1,)),
        ("Hold the power button for ten seconds.", ("tv",), (0,)),
        ("Hold the power button of the tv. For sound, pair the soundbar again.", ("tv",), (0, 1)),
        ("Both are known, we are on it.", ("audio",), (0, 1)),
        ("1) Hold the button. 2) Pair it again.", ("tv", "audio"), (0, 1)),
        ("No sound from the soundbar? Choose another speaker.", ("tv", "audio"), (1,)),
        ("Das ist beides bekannt.", (), (0, 1)),
    ],
)
def test_an_answer_is_taken_to_cover_what_it_speaks_of(
    text: str, theirs: tuple[str, ...], covers: tuple[int, ...], read: Reader
):
    assert points.covered(text, TWO, theirs=theirs, reader=read) == covers


def test_what_is_left_of_two_is_covered_by_whatever_comes(read: Reader):
    rest = points.answered(TWO, (1,), 7)
    assert points.still_open(rest) == (0,)
    assert points.covered("Pair the soundbar again.", rest, theirs=("audio",), reader=read) == (0,)


def test_an_answer_that_names_none_covers_all_and_one_that_is_gone_covers_none():
    whole = points.answered(TWO, (), 7)
    assert points.still_open(whole) == ()
    assert points.without(whole, 7) == TWO
    half = points.answered(points.answered(TWO, (0,), 7), (1,), 8)
    assert points.still_open(points.without(half, 8)) == (1,)


def test_newer_words_keep_what_is_answered():
    half = points.answered(TWO, (1,), 7)
    newer = (Point("why does my zebra tv show no picture?", "tv"), Point("and no sound?", "audio"))
    assert [point.answer for point in points.edited(half, newer, None)] == [None, 7]
    assert points.edited(TWO, (), "tv") == ()
    only_sound = points.edited(half, (), "audio")
    assert points.still_open(only_sound) == ()
    assert points.edited(half, (), "tv") == half
