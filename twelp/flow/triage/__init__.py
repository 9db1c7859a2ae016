"""What a post is: a question, a complaint, thanks …, and why.

First depth.
"""

from __future__ import annotations

import re

from twelp.model import Brand, Kind, Post, Question, Verdict

_ASK = re.compile(
    r"[?？؟]|\b(?:how|why|what|when|where|who|which|(?:can|could) (?:i|you|we)|is there|any idea|help|please|pls)\b",
    re.IGNORECASE,
)
_WOE = re.compile(
    r"n['’]?t\b|\b(?:broken|error|crash\w*|stuck|bug\w*|issue|problem|fail\w*|missing|wrong|still|stopped|unable)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"\b(?:thank\w*|thx|ty|cheers)\b", re.IGNORECASE)


def judge(post: Post, *, brand: Brand, open_question: Question | None) -> Verdict:
    """What `post` is, with the reasons."""
    text = re.sub(r"[@＠]\w+|https?://\S+", " ", post.text[:25_000])
    if not re.search(r"\w", text) and not re.search(r"[?？؟]", text):
        return Verdict(Kind.EMPTY, ("holds only mentions, links or emoji",))
    asks = _ASK.search(text)
    if open_question is not None and (asks or not _THANKS.search(text)):
        return Verdict(Kind.FOLLOW_UP, ("goes on with a question that is open",))
    if asks:
        return Verdict(Kind.QUESTION, (f"asks with “{asks[0].lower()}”",))
    woe = _WOE.search(text)
    if woe:
        return Verdict(Kind.COMPLAINT, (f"says something is wrong: “{woe[0].lower()}”",))
    if _THANKS.search(text):
        return Verdict(Kind.THANKS, ("says thanks and asks nothing",))
    return Verdict(Kind.CHATTER, ("asks nothing",))
