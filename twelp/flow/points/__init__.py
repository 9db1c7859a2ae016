"""Points: a post that asks several things, which of them an answer covers, and which are open.

Rules: two parts of a post are two points where both want something (they ask, or say that something is wrong) and are
about different topics, both of which count for the post as a whole; or where its author says so: numbers, "another
thing", "also" between two questions. In doubt it asks one thing.

An answer covers the points that its sentences are about. In doubt a point stays open: its author, who sees which it is
taken to cover, may say otherwise. A point is open until an answer that covers it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from twelp.flow.points import words
from twelp.flow.points.words import Begins
from twelp.model import Point

_MOST: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]{4,}|[^\W\d_]{2,}(?=[^\x00-\u024f])")
_HANDLES: Final = re.compile(r"^(?:\s*[@＠]\w+[,:]?)+\s*")
_ENDS: Final = re.compile(r"[.?!…。？！؟]+")
_STOPS: Final = ".?!…。？！؟"
_PAUSE: Final = re.compile(r"\s*[,;:，、،\n–—-]")
_SENTENCE: Final = re.compile(r"(?<=[.?!…])\s+|[\n。！？؟।]+")


class Wish(Enum):
    """What a part of a text wants: nothing, help (it says that something is wrong), or an answer (it asks)."""

    NOTHING = 0
    HELP = 1
    ANSWER = 2


@dataclass(frozen=True, slots=True)
class Reader:
    """How texts are read.

    Attributes:
        about: the topics that a text is about, likeliest first; none where it is nobody's.
        wish: what it wants.
        parts: where people end a thought in it: its parts; none below two.
    """

    about: Callable[[str], Sequence[str]]
    wish: Callable[[str], Wish]
    parts: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of a text: where it stands, what begins it, whether it wants something, and what it is about."""

    start: int
    end: int
    begins: Begins
    wish: Wish
    topic: str | None


def find(text: str, counting: Collection[str], reader: Reader) -> tuple[Point, ...]:
    """What a post asks, where that is several things, in the order in which it does; empty where it is one.

    Args:
        text: the post's own words.
        counting: the topics that count for the whole, by their ids.
        reader: reads its parts, where there may be several.
    """
    body = text[_HANDLES.match(text).end() :] if _HANDLES.match(text) else text  # type: ignore[union-attr]
    spans, announced = _spans(body, reader), words.announces_several(body)
    several = announced or len(counting) > 1 or any(begins is not Begins.PLAINLY for _, _, begins in spans)
    if len(spans) < 2 or not several:
        return ()
    parts: list[_Part] = []
    for start, end, begins in spans:
        top = next(iter(reader.about(body[start:end])), None)
        topic = top if announced or top in counting else None
        parts.append(_Part(start, end, begins, reader.wish(body[start:end]), topic))
    found = _joined(parts)
    if len(found) < 2:
        return ()
    return tuple(Point(" ".join(body[one.start : one.end].split()), one.topic) for one in found[:_MOST])


def _spans(body: str, reader: Reader) -> list[tuple[int, int, Begins]]:
    """The parts of a text, each from where to where, and what it says of itself."""
    numbered = words.numbers(body)
    if numbered:
        ends = [*(start for start, _ in numbered[1:]), len(body)]
        first = [(0, numbered[0][0], Begins.PLAINLY)] if body[: numbered[0][0]].strip(" :,.-") else []
        return [*first, *((after, end, Begins.ANOTHER) for (_, after), end in zip(numbered, ends, strict=True))]
    made, at, waits = [], 0, Begins.PLAINLY
    for piece in _pieces(body, reader):
        start = body.find(piece, at)
        if start < 0:
            continue
        said, end = body[at:start] + piece, start + len(piece)
        ended = not at or body[at - 1] in _STOPS or _PAUSE.match(body, at) is not None
        at, mark = end, _ENDS.match(body, end)
        begins = words.begins(said, ended=ended) or waits
        waits = begins if words.says_only_that(said) else Begins.PLAINLY
        if waits is Begins.PLAINLY:
            made.append((start, mark.end() if mark else end, begins))
    return [*made[:-1], (made[-1][0], len(body.rstrip()), made[-1][2])] if made else []


def _pieces(body: str, reader: Reader) -> Sequence[str]:
    """Where people end a thought; where words are not parted, sentences."""
    found = reader.parts(body)
    return found if len(found) > 1 else [one for one in map(str.strip, _SENTENCE.split(body)) if one]


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    """Parts about the same made one; what wants nothing belongs to what stands beside it."""
    found: list[_Part] = []
    for part in parts:
        last = found[-1] if found else None
        if last is None or _is_another(last, part):
            found.append(part)
        elif last.wish is not Wish.NOTHING or part.wish is Wish.NOTHING or part.topic in (None, last.topic):
            wish = max(last.wish, part.wish, key=lambda one: one.value)
            found[-1] = replace(last, end=part.end, topic=last.topic or part.topic, wish=wish)
        else:
            found[-1] = replace(part, start=last.start, begins=last.begins)
    if len(found) > 1 and found[-1].wish is Wish.NOTHING:
        rest = found.pop()
        found[-1] = replace(found[-1], end=rest.end)
    return found


def _is_another(before: _Part, part: _Part) -> bool:
    if part.wish is Wish.NOTHING:
        return False
    if part.begins is Begins.ANOTHER:
        return True
    if before.wish is Wish.NOTHING:
        return False
    if part.topic is not None and before.topic is not None and part.topic != before.topic:
        return part.begins is Begins.ON_TOP or Wish.ANSWER in (before.wish, part.wish)
    return part.begins is Begins.ON_TOP and before.wish is part.wish is Wish.ANSWER


# ---------------------------------------------------------------- what an answer covers


def still_open(points: Sequence[Point]) -> tuple[int, ...]:
    """The places of those that no answer covers which stands."""
    return tuple(place for place, point in enumerate(points) if point.answer is None)


def covered(text: str, points: Sequence[Point], *, theirs: Collection[str], reader: Reader) -> tuple[int, ...]:
    """The open points that an answer is taken to cover, by their places; at least one where one is open.

    Args:
        text: the answer.
        points: all that the post asks.
        theirs: the topics that the answer's author stands for.
        reader: reads its parts.
    """
    left = still_open(points)
    if len(left) < 2 or words.speaks_of_all(text):
        return left
    sentences = [one for one in _SENTENCE.split(text.strip()) if one.strip(" .")]
    numbered = words.numbers(text)
    if len(numbered) >= len(left):
        return left
    parts = reader.parts(text) or sentences
    tops = {top for part in parts if (top := next(iter(reader.about(part)), None)) is not None}
    by_topic = tuple(place for place in left if points[place].topic in tops)
    own = tuple(place for place in left if points[place].topic in theirs)
    if len(sentences) < 2 and own and len(own) < len(left):
        return own  # one sentence by somebody who stands for one of them
    if by_topic and len({points[place].topic for place in left}) > 1:
        return by_topic
    shared = tuple(place for place in left if _own_words(points, place) & _words(text))
    return shared or own or (left if len(sentences) >= len(left) else left[:1])


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _own_words(points: Sequence[Point], place: int) -> frozenset[str]:
    """The words of a point that no other one has."""
    others = (_words(point.words) for number, point in enumerate(points) if number != place)
    return _words(points[place].words).difference(*others)


def answered(points: Sequence[Point], covers: Collection[int], answer: int) -> tuple[Point, ...]:
    """The points once an answer stands that covers some of them: all that are open where it names none."""
    these = set(covers) or set(still_open(points))
    return tuple(replace(point, answer=answer) if place in these else point for place, point in enumerate(points))


def without(points: Sequence[Point], answer: int) -> tuple[Point, ...]:
    """The points once this answer does not stand any more: what it covered is open again."""
    return tuple(replace(point, answer=None) if point.answer == answer else point for point in points)


def edited(points: Sequence[Point], newer: Sequence[Point], topic: str | None) -> tuple[Point, ...]:
    """The points once their post has newer words, which ask `newer`; what was answered stays so.

    `topic`: what the newer words are about, where they ask one thing.
    """
    done = [point for point in points if point.answer is not None]
    if not done:
        return tuple(newer)
    if not newer:  # what is left of it is one thing: the one that is answered, or the other
        kept = [point for point in points if point.topic == topic] if topic is not None else []
        return tuple(done) if kept and kept[0].answer is not None else tuple(points)
    known = {point.topic: point.answer for point in done}
    return tuple(replace(point, answer=known.get(point.topic)) for point in newer)
