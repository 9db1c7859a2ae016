"""The words and signs by which people begin another question, in the languages that triage reads."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

_LATIN: Final = (
    # en
    r"(?:another|one more|one other|the other|second|different|separate|unrelated) "
    r"(?:thing|question|issue|problem|matter)",
    r"secondly|on (?:another|a different) note|p\.?s\.?",
    # de
    r"noch (?:et)?was|noch eine (?:andere )?(?:frage|sache)|(?:zweite|andere|weitere) frage|zweitens|au(?:ß|ss)erdem",
    # fr
    r"autre (?:question|chose|souci|problème)|(?:deuxième|seconde) question|deuxièmement|par ailleurs",
    # es, pt
    r"otra (?:cosa|pregunta|duda|consulta)|segunda pregunta|en segundo lugar|por otro lado|además",
    r"outra (?:coisa|pergunta|dúvida)|segunda pergunta|além disso",
    # it, nl
    r"(?:un'|un’)?altra (?:cosa|domanda)|seconda domanda|inoltre",
    r"nog (?:iets|een (?:andere )?vraag)|(?:tweede|andere) vraag|daarnaast|ten tweede",
)
_OTHERS: Final = (
    r"שאלה נוספת|עוד שאלה|עוד משהו|דבר נוסף|בנוסף",
    r"سؤال آخر|سؤال ثان|شيء آخر",
    r"另外|还有|還有|第二个问题|第二個問題|另一个问题|另一個問題",
    r"もう一つ|もうひとつ|別の質問|ついでに",
)
_ALSO: Final = (
    r"also|plus|and then|oh and|auch|aussi|también|tambien|também|tambem|anche|ook",
    r"וגם|وأيضا|أيضا|كذلك|也|それと|あと、|また、",
)
_LEAD: Final = r"^\W*(?:(?:and|und|et|y|e|en|but|oh)\s+)?"
_ANOTHER: Final = re.compile(
    rf"{_LEAD}(?:(?:an?|une?|una|uma|ein|eine|de|la|el|a) )?(?:(?:{'|'.join(_LATIN)})(?!\w)|{'|'.join(_OTHERS)})",
    re.IGNORECASE,
)
_PAUSE: Final = re.compile(r"\s*[:;,.，：、。；،؛–—-]")
_TOO: Final = re.compile(rf"{_LEAD}(?:(?:{_ALSO[0]})(?!\w)|{_ALSO[1]})", re.IGNORECASE)
_ANNOUNCED: Final = re.compile(
    r"(?<!\w)(?:(?:two|2|three|3|a couple of|several) (?:quick )?(?:things|questions|issues|problems)"
    r"|(?:zwei|2|drei|3) (?:fragen|dinge|sachen|probleme)|(?:deux|2|trois|3) (?:questions|choses|problèmes|soucis)"
    r"|(?:dos|2|tres|3) (?:preguntas|cosas|dudas|problemas)|(?:duas|2|três|3) (?:perguntas|coisas|dúvidas)"
    r"|(?:due|2|tre|3) (?:domande|cose|problemi)|(?:twee|2|drie|3) (?:vragen|dingen|problemen))(?!\w)"
    r"|שתי שאלות|שני דברים|سؤالان|سؤالين|شيئان|两个问题|兩個問題|两件事|2つ(?:質問|あります)|二つ(?:質問|あります)",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    r"(?<!\w)(?:both|beides?|beiden|les deux|ambos|ambas|as duas|entrambi|entrambe|allebei|beide)(?!\w)"
    r"|שניהם|שתיהן|كلاهما|两个都|兩個都|两者|どちらも|両方",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:(?<=\s)|^|(?<=[:;,]))(?:\(?([1-4１-４])[.):）、]|([①②③④])|\(?([a-d])\)|#([1-4]))(?=\s*[^\W\d])", re.IGNORECASE
)
_BEFORE_ONE: Final = re.compile(r"(?:^|[.?!:;,。：\n-])\s*$|^\s*[@＠]")
_PLACES: Final = {**dict(zip("1234", range(4), strict=True)), **dict(zip("１２３４", range(4), strict=True))} | {
    **dict(zip("①②③④", range(4), strict=True)),
    **dict(zip("abcd", range(4), strict=True)),
}


class Begins(Enum):
    """What a part of a text says of itself first: nothing, that it comes on top, that it is about another thing."""

    PLAINLY = 0
    ON_TOP = 1
    ANOTHER = 2


def begins(part: str, *, ended: bool = True) -> Begins | None:
    """What a part of a text says of itself at its beginning; None: nothing. `ended`: what stands before it is over.

    Who says "another thing" and pauses begins anew; "another thing to try?" may well ask on about the same.

    >>> begins("And another thing: where is my order?"), begins("Also, where is it?"), begins("where is it?")
    (<Begins.ANOTHER: 2>, <Begins.ON_TOP: 1>, None)
    >>> begins("Another thing I can try?"), begins("Autre chose à tenter ?")
    (<Begins.ON_TOP: 1>, <Begins.ON_TOP: 1>)
    """
    another = _ANOTHER.match(part)
    if another is not None:
        rest = part[another.end() :]
        paused = _PAUSE.match(rest) is not None or not any(map(str.isalnum, rest))
        return Begins.ANOTHER if paused else Begins.ON_TOP
    return Begins.ON_TOP if ended and _TOO.match(part) else None


def says_only_that(part: str) -> bool:
    """Whether a part of a text says nothing but that another thing comes.

    >>> says_only_that("And another question:"), says_only_that("another question is open")
    (True, False)
    """
    found = _ANOTHER.match(part) or _TOO.match(part)
    return found is not None and not any(map(str.isalnum, part[found.end() :]))


def announces_several(text: str) -> bool:
    """Whether a text says that it asks several things.

    >>> announces_several("two questions: where is it, and why?"), announces_several("why are there two?")
    (True, False)
    """
    return _ANNOUNCED.search(text) is not None


def speaks_of_all(text: str) -> bool:
    """Whether an answer says that it is to all of it.

    >>> speaks_of_all("Both are known; we are on it."), speaks_of_all("Plug it into ARC.")
    (True, False)
    """
    return _ALL.search(text) is not None


def numbers(text: str) -> list[tuple[int, int]]:
    """Where the items of a numbered text begin: the sign, and what comes after it; nothing below two items.

    >>> numbers("1) why? 2) where?"), numbers("ios 1. or 2. then")
    ([(0, 2), (8, 10)], [])
    """
    found: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        if not found and not _BEFORE_ONE.search(text[: match.start()]):
            continue
        if _PLACES[next(sign for sign in match.groups() if sign).casefold()] == len(found):
            found.append(match.span())
    return found if len(found) > 1 else []
