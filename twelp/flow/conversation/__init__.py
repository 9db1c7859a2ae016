"""Whose turn is it? Where a post belongs in a conversation, and why, before anybody is asked about it.

Rules, first match wins; `mine` is its author's latest question there, `named` whether it speaks to us at all:

- What needs people at once (a crisis) goes to them from anywhere.
- Its author has a question that is not over: *never mind* settles it; whatever else they say adds to it.
- Its author's question was answered: what says that it did not help, gives what we asked back for, or complains, goes
  on with it; a new question is one of its own, in the same case.
- Nobody was sure of its author's question, and nobody has looked: what surely asks opens it, what may be meant so is
  kept with it; neither is a second one.
- Said to somebody else, or about us and not to us: *aside*, part of the conversation and no question of ours. A handle
  that the network itself put in front of a reply names nobody, and "ask @us" by anybody is advice to others.
- Put to another account and only copied to us ("@others … cc @us"): a moderator looks, unless it names what is ours.
- Everything else is what triage takes it for.

A post that does not tell whom it answers, or whose prefix is not known, counts as said to us.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from twelp.flow.conversation import phrases
from twelp.model import FOR_PEOPLE, Account, Kind, Post, Verdict, Way

_LINKED = re.compile(r"https?://", re.IGNORECASE)
_ASKS_BACK = re.compile("[?？؟]")
_NAMED = re.compile(r"(?<![\w@＠])[@＠](\w+)")
_FIRST = re.compile(r"\W*?[@＠](\w+)")
_COPIED = re.compile(r"(?<!\w)(?:cc|c/c|via|fyi|h/t)\W{0,3}(?:[@＠]\w+[\s,]+)*?[@＠](\w+)", re.IGNORECASE)
_FEW = 3
"""Words: less, said to somebody else, tells nobody anything."""


class Standing(StrEnum):
    """How it stands with an author's latest question in a conversation. DOUBTED: nobody has said whether it is one."""

    NONE = "none"
    DOUBTED = "doubted"
    OPEN = "open"
    ANSWERED = "answered"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Before:
    """What happened before a post in its conversation.

    Attributes:
        standing: of its author's latest question there.
        answer: our latest public words to them there; empty where there are none.
        partly: an answer to a part of what their open question asks stands.
    """

    standing: Standing = Standing.NONE
    answer: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Us:
    """Who we are on a network, and who we are not: our account, our other handles, other brands' handles; and what our
    company and products are called."""

    account: Account
    handles: Collection[str] = ()
    others: Collection[str] = ()
    products: Collection[str] = ()

    @property
    def names(self) -> frozenset[str]:
        """All our handles, in lower case."""
        return frozenset(name.casefold() for name in (self.account.handle, *self.handles) if name)

    def wrote(self, author: Account) -> bool:
        """Whether one of our accounts is this author."""
        return author.id == self.account.id or author.handle.casefold() in self.names


def place(post: Post, read: Verdict, *, us: Us, before: Before) -> Verdict:
    """Where the post belongs, with the reasons.

    Args:
        post: somebody else's, new.
        read: what triage takes it for by its words alone.
        us: who we are there.
        before: how it stands with its author's latest question in that conversation.

    Returns:
        A verdict: `FOLLOW_UP` and `SETTLED` belong to the author's open question, or to the one that nobody was sure of
        (then `way` tells whether it surely asks), `REPLY` and `UNHELPED` go on with their answered one, `ASIDE` is
        nobody's question; else `read`.
    """
    if read.kind in FOR_PEOPLE:
        return read
    bare = phrases.folded(post.own_text)
    aside = _aside(post, us)
    if read.kind is Kind.OPT_OUT and not aside:
        return read
    if before.standing is Standing.OPEN and read.kind is not Kind.OPT_OUT:
        return _in_open(post, read, bare, us, before)
    if aside:
        return _as(read, Kind.ASIDE, (aside,))
    if before.standing is Standing.ANSWERED:
        return _after_answer(post, read, bare, before)
    read = _copied(post, read, us)
    return _in_doubted(read) if before.standing is Standing.DOUBTED else read


def _in_doubted(read: Verdict) -> Verdict:
    """Nobody was sure that what they wrote before is for us: what asks now says so of both."""
    if not read.asks and read.way is not Way.ASK:
        return read
    why = ("goes on with what they wrote before, of which nobody was sure", *read.reasons)
    return replace(read, kind=Kind.FOLLOW_UP, reasons=why, chosen=None if read.asks else Way.ASK)


def _copied(post: Post, read: Verdict, us: Us) -> Verdict:
    """What is put to another account and only copied to us is shown to a moderator, unless it names what is ours."""
    other = _put_to(post, us) if read.asks else ""
    if not other:
        return read
    why = f"is put to @{other} and only copied to us"
    return replace(read, chosen=Way.ASK, confidence=min(read.confidence, 0.4), reasons=(why, *read.reasons))


def _put_to(post: Post, us: Us) -> str:
    """The account that a post of its own is put to, where that is not ours; empty where it is ours, or nobody's."""
    named = _NAMED.findall(post.own_text)
    ours = [number for number, name in enumerate(named) if name.casefold() in us.names]
    if post.reply_to is not None or not ours or len(ours) == len(named):
        return ""
    bare = phrases.folded(post.own_text)
    if any(re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", bare) for word in us.products if word):
        return ""
    first = next(name for name in named if name.casefold() not in us.names)
    begins = _FIRST.match(post.own_text)
    copied = _COPIED.search(post.own_text)
    to_other = begins is not None and begins[1].casefold() not in us.names
    return first if to_other or (copied is not None and copied[1].casefold() in us.names) else ""


def _in_open(post: Post, read: Verdict, bare: str, us: Us, before: Before) -> Verdict:
    """Their own question is open: the customer is heard out, whomever they speak to."""
    words = phrases.settled(bare)
    if before.partly and (failed := phrases.not_helped(bare)):
        return _as(read, Kind.UNHELPED, (f"says that the answer did not help: “{failed}”", *read.reasons))
    settles = words and not (_ASKS_BACK.search(bare) or phrases.not_helped(bare))
    if settles and before.partly:  # "that worked" may be about the part that was answered
        return _as(read, Kind.FOLLOW_UP, (f"may be about the part that was answered: “{words}”",))
    if settles:
        return _as(read, Kind.SETTLED, (f"needs no answer any more: “{words}”",))
    if read.kind is Kind.THANKS and not words:
        return read
    if _aside(post, us) and len(bare.split()) < _FEW and not (post.media or _LINKED.search(post.own_text)):
        return _as(read, Kind.ASIDE, ("says hardly a word, and that to somebody else",))
    if read.kind in (Kind.ABUSE, Kind.OPT_OUT) or _points_elsewhere(read):
        return read
    if read.kind is Kind.EMPTY and not (post.media or _LINKED.search(post.own_text) or _ASKS_BACK.search(bare)):
        return read
    return _as(read, Kind.FOLLOW_UP, ("goes on with their question, which is still open", *read.reasons))


def _after_answer(post: Post, read: Verdict, bare: str, before: Before) -> Verdict:
    """Their question was answered, and they speak to us again."""
    words = phrases.not_helped(bare)
    if words:
        return _as(read, Kind.UNHELPED, (f"says that the answer did not help: “{words}”", *read.reasons))
    if read.kind in (Kind.THANKS, Kind.ABUSE, Kind.OPT_OUT) or _points_elsewhere(read):
        return read
    if phrases.settled(bare) and not read.asks:
        return _as(read, Kind.THANKS, ("says that it is settled",))
    if asked_back(before.answer) and not _is_nothing(post, bare):
        return _as(read, Kind.REPLY, ("tells what our answer asked for", *read.reasons))
    if read.kind is Kind.COMPLAINT:
        return _as(read, Kind.REPLY, ("goes on with what was answered", *read.reasons))
    return read


def _points_elsewhere(read: Verdict) -> bool:
    """Whether it only says that a private message was sent; what asks about their own account is theirs to be heard."""
    return read.kind is Kind.PRIVATE and not read.asks


def _as(read: Verdict, kind: Kind, reasons: tuple[str, ...]) -> Verdict:
    """What triage read, at another place in the conversation."""
    return replace(read, kind=kind, reasons=reasons, chosen=None)


def asked_back(answer: str) -> bool:
    """Whether our public words end in a question to the customer.

    >>> asked_back("Sorry to hear that! Which model is it? ^BO"), asked_back("Still stuck? Press the button. ^BO")
    (True, False)
    """
    ends = [part for part in re.split(r"(?<=[.!?？。！؟])\s*", answer.strip()) if part.strip()]
    ends = [part for part in ends if not part.strip().startswith("^")]
    return any(_ASKS_BACK.search(part) for part in ends[-2:]) if len(ends) < 2 else bool(_ASKS_BACK.search(ends[-1]))


def _is_nothing(post: Post, bare: str) -> bool:
    return not (any(map(str.isalnum, bare)) or post.media or _LINKED.search(post.own_text))


def _aside(post: Post, us: Us) -> str:
    """Why a post is not put to us; empty where it is."""
    own = post.own_text
    named = any(re.search(rf"(?<![\w@＠])[@＠]{re.escape(name)}(?!\w)", own, re.IGNORECASE) for name in us.names)
    to = post.parent.author if post.parent is not None else None
    third = to is not None and to.id != post.author.id and not us.wrote(to)
    if post.author.handle.casefold() in {name.casefold() for name in us.others} and post.reply_to is not None:
        return f"is what @{post.author.handle}, another company, says to a customer"
    if third and not named and not (post.quoted is not None and us.wrote(post.quoted.author)):
        assert to is not None
        return f"is said to @{to.handle}, and names us only as the network puts everybody's handle in front"
    if named and (sent := phrases.sends_to(own, us.names)):
        return f"sends others to us: “{sent}”"
    return ""
