"""X's search language, the part that people who watch words use.

Words, ``"phrases"``, ``#tag``, ``@handle``, ``from:``, ``to:``, ``conversation_id:``, ``in_reply_to_tweet_id:``,
``lang:``, ``is:reply|retweet|quote``, ``has:links|mentions|hashtags``, ``-`` before any of them, ``OR``, parentheses;
side by side means and, which binds tighter than ``OR``. Everything else is refused by name.
Source: docs.x.com, "Search operators".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from twelp.sandbox.x import text as texts
from twelp.sandbox.x.problems import Refusal, invalid
from twelp.sandbox.x.state import Post

Match = Callable[[Post], bool]

_LEXEME: Final = re.compile(r'\s*(?:(-?)\(|(\))|(-?)"([^"]*)"|(-?)([^\s()"]+))')
_WIDE: Final = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\U00010000-\U0010ffff]")
_MAX_DEPTH: Final = 50


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a query; `anchored` when it names something to look for, and not only what to leave out."""

    match: Match
    anchored: bool


def parse(query: str) -> Match:
    """The test that a query puts to a post.

    Raises:
        Refusal: 400, naming the part that is not understood.
    """
    reader = _Reader(query)
    clause = reader.either(0)
    if reader.peek() is not None:
        raise reader.wrong("unbalanced )")
    if not clause.anchored:
        raise reader.wrong("must contain at least one positive, non-stopword clause")
    return clause.match


class _Reader:
    """A recursive-descent reader over the query's lexemes: (negated, kind, text)."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._lexemes: list[tuple[bool, str, str]] = []
        self._at = 0
        position, end = 0, len(query.rstrip())
        while position < end:
            found = _LEXEME.match(query, position)
            if found is None:
                raise self.wrong(f"no viable alternative at position {position + 1}")
            self._lexemes.append(self._lexeme(found))
            position = found.end()

    @staticmethod
    def _lexeme(found: re.Match[str]) -> tuple[bool, str, str]:
        if found[1] is not None:
            return bool(found[1]), "(", ""
        if found[2] is not None:
            return False, ")", ""
        if found[4] is not None:
            return bool(found[3]), "phrase", found[4]
        return bool(found[5]), "or" if found[6] == "OR" and not found[5] else "word", found[6]

    def wrong(self, reason: str) -> Refusal:
        return invalid(f"There were errors processing your request: {reason}", "query", self._query)

    def peek(self) -> str | None:
        return self._lexemes[self._at][1] if self._at < len(self._lexemes) else None

    def either(self, depth: int) -> Clause:
        if depth > _MAX_DEPTH:
            raise self.wrong(f"more than {_MAX_DEPTH} parentheses inside one another")
        options = [self._all(depth)]
        while self.peek() == "or":
            self._at += 1
            options.append(self._all(depth))
        if len(options) == 1:
            return options[0]
        tests = [o.match for o in options]
        return Clause(lambda post: any(t(post) for t in tests), all(o.anchored for o in options))

    def _all(self, depth: int) -> Clause:
        parts: list[Clause] = []
        while self.peek() in ("(", "phrase", "word"):
            parts.append(self._one(depth))
        if not parts:
            raise self.wrong("a clause is missing before or after OR, or between ( and )")
        tests = [p.match for p in parts]
        return Clause(lambda post: all(t(post) for t in tests), any(p.anchored for p in parts))

    def _one(self, depth: int) -> Clause:
        negated, kind, text = self._lexemes[self._at]
        self._at += 1
        if kind == "(":
            inner = self.either(depth + 1)
            if self.peek() != ")":
                raise self.wrong("missing )")
            self._at += 1
        else:
            inner = Clause(_phrase(text), True) if kind == "phrase" else self._word(text)
        if not negated:
            return inner
        return Clause(lambda post: not inner.match(post), False)

    def _word(self, text: str) -> Clause:
        operator, colon, value = text.partition(":")
        if colon and re.fullmatch(r"[a-z_]+", operator) and not value.startswith("//"):
            return self._operator(operator, value)
        if text[0] in "@＠":
            return Clause(_mentions(text[1:]), True)
        if text[0] in "#＃":
            tag = re.compile(rf"(?<![\w&/])[#＃]{re.escape(text[1:])}(?!\w)", re.IGNORECASE)
            return Clause(lambda post: tag.search(post.full_text) is not None, True)
        return Clause(_phrase(text), True)

    def _operator(self, operator: str, value: str) -> Clause:
        handle = value.removeprefix("@").lower()
        if value and operator == "from":
            return Clause(lambda post: handle in (post.author.handle.lower(), str(post.author.id)), True)
        if value and operator == "to":
            return Clause(lambda post: _answers(post, handle), True)
        if value.isdigit() and operator in ("conversation_id", "in_reply_to_tweet_id"):
            name = "conversation_id" if operator == "conversation_id" else "in_reply_to"
            return Clause(lambda post: getattr(post, name) == int(value), True)
        if operator == "lang" and value:
            return Clause(lambda _: value == "und", False)
        if (test := _KINDS.get(f"{operator}:{value}")) is not None:
            return Clause(test, False)
        raise self.wrong(f"operator [{operator}:{value}] is not known")


def _answers(post: Post, handle: str) -> bool:
    to = next((p for p in post.mentioned if p.id == post.in_reply_to_user_id), None)
    if to is not None:
        return handle in (to.handle.lower(), str(to.id))
    return [h.lower() for h in texts.leading_mentions(post.full_text)[0][:1]] == [handle]


def _mentions(handle: str) -> Match:
    wanted = handle.lower()
    return lambda post: any(wanted == found.lower() for found, _, _ in texts.mentions(post.full_text))


def _phrase(text: str) -> Match:
    """Whole words, case ignored, any white space between them; scripts without spaces match anywhere."""
    words = [re.escape(word) for word in text.split()]
    if not words:
        return lambda _: False
    body = r"\s+".join(words)
    pattern = re.compile(body if _WIDE.search(text) else rf"(?<!\w){body}(?!\w)", re.IGNORECASE)
    return lambda post: pattern.search(post.full_text) is not None


_KINDS: Final[dict[str, Match]] = {
    "is:reply": lambda post: post.in_reply_to is not None,
    "is:retweet": lambda post: post.repost_of is not None,
    "is:quote": lambda post: post.quotes is not None,
    "has:links": lambda post: "http" in post.full_text,
    "has:mentions": lambda post: bool(post.mentioned),
    "has:hashtags": lambda post: "#" in post.full_text,
}
