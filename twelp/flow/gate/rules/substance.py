"""An answer that answers nothing: too thin, off topic, or in another language than it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from functools import lru_cache
from typing import Final

from twelp.flow.gate.phrases import Phrases, parts_of, words_of
from twelp.flow.gate.reading import Reading, fold
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.flow.gate.tongues import Tongue, tongue
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_FILLERS: Final = words_of("fillers")
_ASIAN_FILLERS = re.compile(
    r"不知道|不清楚|不懂|没办法|沒辦法|不行|不是|不能|可以|是的|好的|好吧|嗯+|哦+|谢谢|謝謝|"
    r"自己(?:去)?(?:百度|谷歌|搜索?|查)(?:一下|吧)?|百度(?:一下)?|你就知道|谷歌一下|你好|您好|抱歉|对不起|随便|随缘|"
    r"等等(?:吧)?|问别人(?:吧)?|我|也|吧|呢|啊|了|的|"
    r"わかりません|分かりません|知りません|さあ|はい|いいえ|無理(?:です)?|すみません|"
    r"ありがとう(?:ございます)?|ググって(?:ください|みて)?|検索して(?:ください)?|自分で調べて(?:ください)?|"
    r"たぶん|多分|そうです(?:ね)?|です(?:ね)?|ます|ね|よ|調べて(?:ください)?|こんにちは|大丈夫|できません"
)
_KNOWS_NOT = Phrases.of("substance-knows-not")
_FEW: Final = 8

_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LETTERS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TELLING = re.compile(r"\d|https?://|\w\.\w{2,}/|[A-Z]{2,}|[>→]")

_HELPS: Final = {Tongue(code): words.split() for code, words in parts_of("helping").items()}
_SMALL: Final = words_of("small")
_SMALL_TALK: Final = Phrases.of("substance-small-talk")


@rule("too thin", FindingLevel.SECOND_PAIR, texts.THIN, rank=95)
def thin(draft: Draft) -> Iterator[Span]:
    """Words that fill, and nothing else: "idk", "google it", "no"."""
    text = draft.answer.text.strip()
    if not text or len(text) > 90:
        return
    if "?" not in text and len(draft.answer.words) <= _FEW and _KNOWS_NOT.search(draft.answer.low_quiet):
        yield 0, len(draft.answer.text)
        return
    if _TELLING.search(draft.answer.plain):
        return
    if _ASIAN.search(text):
        rest = re.sub(r"[\W_]", "", _ASIAN_FILLERS.sub("", draft.answer.plain))
        if len(rest) <= 2:
            yield 0, len(draft.answer.text)
        return
    words = [word.lower().replace("’", "'") for word in _LETTERS.findall(text)]
    if all(word in _FILLERS for word in words) and len(words) <= 14:
        yield 0, len(draft.answer.text)


@rule("off topic", FindingLevel.SECOND_PAIR, texts.BESIDE, rank=96)
def beside(draft: Draft) -> Iterator[Span | Hit]:
    """Shares no word with the question; held where it is small talk or about another topic, else only said.

    Right answers often share no word with the question: "Hold the power button" to "my tv shows no picture".
    """
    answer, question, known = draft.answer, draft.question, draft.setting
    if question is None or _ASIAN.search(answer.text) or _TELLING.search(answer.plain):
        return
    said, asked = _telling(answer, known.topics), _telling(question, known.topics)
    if not said or not asked or not said.isdisjoint(asked):
        return
    of_ours = said & _stems(known.topics)
    chat = _SMALL_TALK.search(answer.low_quiet)
    if chat and all(word in chat[0] for word in of_ours):
        yield 0, len(answer.text)
        return
    there = tongue(question)
    here = tongue(answer) or there
    if "?" in answer.plain or (there is not None and here is not there):
        return
    helping = _HELP_STEMS.get(here or Tongue.ENGLISH, frozenset())
    if of_ours and _about_another(said - helping, asked, known.by_topic):
        yield 0, len(answer.text)
    elif not of_ours and here in _HELP_STEMS and len(said) >= 3 and len(asked) >= 2 and said.isdisjoint(helping):
        yield Hit(0, len(answer.text), texts.NOTHING_SHARED, FindingLevel.WARN)


def _about_another(told: Set[str], asked: Set[str], topics: Collection[frozenset[str]]) -> bool:
    """Whether the question is about one topic, and two words of the answer or more are of another's alone."""
    each = [_stems(topic) for topic in topics]
    here = [topic for topic in each if not topic.isdisjoint(asked)]
    own = frozenset[str]().union(*here)
    return bool(here) and told.isdisjoint(own) and any(len(topic & told) >= 2 for topic in each)


def _telling(reading: Reading, known: Collection[str]) -> frozenset[str]:
    """The beginnings of the words that say something; of words of two letters those that topics are known by."""
    words = (word for word in reading.words if word not in _SMALL)
    return frozenset(_stem(word) for word in words if len(word) > 2 or word in known)


@rule("other language", FindingLevel.SECOND_PAIR, texts.OTHER_LANGUAGE, rank=97)
def other_language(draft: Draft) -> Iterator[Span]:
    """Answer and question are surely in two languages."""
    if draft.question is None:
        return
    here, there = tongue(draft.answer), tongue(draft.question)
    if here is not None and there is not None and here is not there:
        yield 0, len(draft.answer.text)


@lru_cache(1024)
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_stem, words))


def _stem(word: str) -> str:
    """Near enough to compare: the beginning of the word."""
    return word[:5] if len(word) > 5 else word


_HELP_STEMS: Final = {code: frozenset(_stem(fold(word)) for word in words) for code, words in _HELPS.items()}
