"""What a post is (a question, a complaint, thanks, …), and why, in words that a person accepts.

Rules: to miss a real question is worse than to ask experts once for nothing, so whatever asks or says that something is
wrong goes on, even when it also thanks or swears. First match wins, in the order of `judge`: what needs people at once,
what is nobody's question, what asks, what complains, and only then what merely thanks or chats. Nothing here knows a
topic. Signs are read in `signs.py`; the words are in `english.py`, `words.py` and `alarms.py`.
"""

from __future__ import annotations

from twelp.flow.triage import alarms, english, signs
from twelp.flow.triage.signs import Signs
from twelp.model import Brand, Kind, Post, Question, Verdict
from twelp.texts import reasons

_FEW_WORDS = 8
"""A post that points at a private message and says little more than that."""

_CROWD = 5
"""Accounts that nobody names at once who wants something of one of them."""


def judge(post: Post, *, brand: Brand, open_question: Question | None) -> Verdict:
    """What the post is, with at least one reason.

    Args:
        post: what was heard, somebody else's.
        brand: whom they write to; its name alone is no word of theirs.
        open_question: this author's question of this conversation, when there is one that is not over: what they add
            belongs to it.
    """
    seen = signs.read(post.text)
    verdict = (
        _crisis(seen)
        or _spam(seen)
        or _empty(seen, brand)
        or _insult(seen)
        or _asking(seen)
        or _wrong(seen)
        or _idle(seen)
        or Verdict(Kind.CHATTER, ("asks nothing, and says of nothing that it is wrong",))
    )
    if open_question is not None and _adds(verdict, seen):
        verdict = Verdict(Kind.FOLLOW_UP, ("goes on with their question, which is still open", *verdict.reasons))
    kept = (reasons.HOLDS_PRIVATE[what] for what in alarms.private(post.text))
    return Verdict(verdict.kind, (*verdict.reasons, *kept))


def urgency(text: str) -> str:
    """The words by which a post says that it cannot wait; empty where none does.

    >>> urgency("@acme I need this fixed ASAP, please"), urgency("@acme how do I pair it?")
    ('asap', '')
    """
    return signs.seen(english.URGENT, signs.bare(text))


def _adds(verdict: Verdict, seen: Signs) -> bool:
    """Whether it says more about a question that is open: details too ("iPhone 6s"), and a picture alone."""
    return (
        verdict.asks or verdict.kind is Kind.CHATTER or (verdict.kind is Kind.EMPTY and bool(seen.links or seen.mark))
    )


def _crisis(seen: Signs) -> Verdict | None:
    for reason, phrases in alarms.CRISES:
        if word := signs.seen(phrases, seen.text):
            return Verdict(Kind.CRISIS, (reasons.ALARMS[reason](words=word), reasons.HELD_FOR_PEOPLE))
    return None


def _spam(seen: Signs) -> Verdict | None:
    """Two pitches, or one with a link; people who ask in their own words are believed to be people."""
    pitches = signs.every(alarms.PITCHES, seen.text)
    if len(pitches) >= 3 or (pitches and not _firm(seen) and (len(pitches) == 2 or seen.links)):
        return Verdict(Kind.SPAM, (f"advertises: {', '.join(f'“{pitch}”' for pitch in pitches[:3])}",))
    if seen.mentions > _CROWD and seen.links and not (seen.mark or seen.asks or seen.woe):
        return Verdict(Kind.SPAM, (f"names {seen.mentions} accounts and a link, and asks nothing",))
    return None


def _empty(seen: Signs, brand: Brand) -> Verdict | None:
    if any(character.isalnum() for character in seen.text.replace(brand.name.casefold(), " ")):
        return None
    if seen.mark:
        return Verdict(Kind.EMPTY, (f"holds “{seen.mark}” and not one word",))
    return Verdict(Kind.EMPTY, ("holds only mentions, links, emoji or signs",))


def _insult(seen: Signs) -> Verdict | None:
    """Insults that say nothing else; who swears about a fault still has a fault."""
    insults = signs.every(alarms.INSULTS, seen.text)
    if not insults or _firm(seen):
        return None
    rest = seen.text
    for insult in insults:
        rest = rest.replace(insult, " ")
    if signs.read(rest).woe:
        return None
    return Verdict(Kind.ABUSE, ("insults, and neither asks anything nor says what is wrong",))


def _firm(seen: Signs) -> bool:
    """Asks in words that a mere exclamation or a salesman's "Want to …?" does not hold."""
    return bool(seen.asks) and not signs.seen(
        r"(?:are|r|do|did|can|will) (?:you|u|y'all)|want to|please|follow|give|check", seen.asks
    )


def _asking(seen: Signs) -> Verdict | None:
    why = []
    if seen.asks:
        why.append(f"asks with “{seen.asks}”")
    if seen.mark:
        why.append(f"holds a question mark “{seen.mark}”")
    if seen.unread:
        why.append("is in a language that triage cannot read, so that a person should look")
    return Verdict(Kind.QUESTION, tuple(why)) if why else None


def _wrong(seen: Signs) -> Verdict | None:
    if seen.sarcasm:
        return Verdict(Kind.COMPLAINT, (f"thanks in bitterness: “{seen.sarcasm}”",))
    if seen.woe and not seen.settled:
        return Verdict(
            Kind.COMPLAINT, (f"says that something is wrong: “{seen.woe}”", "wants an answer, though it asks none")
        )
    return None


def _idle(seen: Signs) -> Verdict | None:
    """What asks nothing and complains of nothing, by what it does say."""
    if (word := signs.seen(alarms.ELSEWHERE, seen.text)) and seen.words <= _FEW_WORDS:
        return Verdict(Kind.PRIVATE, (reasons.POINTS_AT_PRIVATE(words=word),))
    if seen.settled:
        return Verdict(Kind.THANKS, (f"says that it is settled: “{seen.settled}”",))
    if seen.thanks:
        return Verdict(Kind.THANKS, (f"says “{seen.thanks}” and asks nothing",))
    if seen.praise:
        return Verdict(Kind.THANKS, (f"praises with “{seen.praise}” and asks nothing",))
    return None
