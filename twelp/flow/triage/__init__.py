"""What a post is (a question, a complaint, danger, thanks, …), where it goes, and why, in words that a person accepts.

Rules: to miss danger or a real question is worse than to bother a person once for nothing, so whatever only people may
handle goes to them at once, whatever asks or says that something is wrong goes on, even when it also thanks or swears,
and what may be meant so is shown to one moderator. First match wins, in the order of `_kind`. Nothing here knows a
topic but by its `names`. Signs are read in `signs`; the words are in `english`, `words`, `alarms`, `wants`, `hurry` and
`people/`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from twelp.flow.triage import alarms, hurry, learned, signs, wants
from twelp.flow.triage.opinion import DETAIL, PLEASED, Opinion, shipped
from twelp.flow.triage.people import Found, Table, find, folded, mended
from twelp.flow.triage.signs import Signs
from twelp.flow.triage.tongues import SMALL
from twelp.model import FOR_PEOPLE, Brand, Kind, Post, Question, Urgency, Verdict, Way
from twelp.texts import reasons

_FEW_WORDS = 8
"""A post that points at a private message and says little more than that."""

_HARDLY_A_WORD = 2
"""Words beside a picture or link that do not tell what it is about."""

_FEWEST = 2
"""Words that a post must have for what is learned from examples to say anything of it."""

_SHOWN = 60
"""Characters that are quoted of a post of which no word stands out."""

_CROWD = 5
"""Accounts that nobody names at once who wants something of one of them."""

_NOW = frozenset({Kind.DANGER, Kind.SELF_HARM, Kind.THREAT})
_LATER = frozenset({Kind.THANKS, Kind.CHATTER, Kind.IDEA, Kind.SPAM, Kind.ABUSE, Kind.EMPTY, Kind.OPT_OUT})
_UNSEEN = frozenset({Kind.CHATTER, Kind.ABUSE})
"""What is dropped for what it does not say."""
_CAMPAIGN = re.compile(
    r"#((?:boycott|drop|delete|cancel|dump|defund|shameon|shame|ban|quit|never|fuck|expose|stop|end|no|bye)_?\w{2,40})",
    re.I,
)
_DOUBTED = frozenset({Kind.CHATTER, Kind.THANKS, Kind.QUESTION, Kind.COMPLAINT, Kind.IDEA})
"""Where a second opinion is heard."""
_AFTER_SPAM = frozenset({Kind.SECURITY, Kind.LEGAL, Kind.PROTEST, Kind.PRESS, Kind.VULNERABLE})
"""What advertisers speak of too."""


def judge(
    post: Post,
    *,
    brand: Brand,
    open_question: Question | None,
    names: Collection[str] = (),
    opinion: Opinion | None = None,
) -> Verdict:
    """What the post is, with at least one reason.

    Args:
        post: what was heard, somebody else's.
        brand: whom they write to; its name alone is no word of theirs.
        open_question: this author's question of this conversation, when there is one that is not over: what they add
            belongs to it.
        names: what our topics and products are called; what names one of them is never dropped unseen.
        opinion: the second opinion, as the house's taps moved it; None: as it came.
    """
    seen = signs.read(post.own_text)
    verdict = _kind(post, seen, brand, opinion or shipped())
    if open_question is not None and _adds(verdict, seen):
        verdict = replace(
            verdict,
            kind=Kind.FOLLOW_UP,
            chosen=None,
            reasons=("goes on with their question, which is still open", *verdict.reasons),
        )
    if verdict.kind in _UNSEEN and verdict.way is Way.DROP and (named := _named(seen, names)):
        verdict = replace(verdict, chosen=Way.ASK, reasons=(*verdict.reasons, reasons.NAMES_OURS(words=named)))
    kept = tuple(alarms.private(post.text))
    return replace(
        verdict,
        reasons=(*verdict.reasons, *(reasons.HOLDS_PRIVATE[what] for what in kept)),
        language=seen.tongues.best,
        urgency=_urgency(verdict.kind, seen),
        private=verdict.private or bool(kept),
    )


def load() -> None:
    """Compiles what the first post in English would wait for, a quarter of a second; may be left out."""
    said = signs.read("my tv is broken, why do i get no answer to this? please help me with it")
    for code in said.tongues.likely:
        list(find(said.plain, code))


def shows_card(text: str) -> bool:
    """Whether a post shows what looks like a card number.

    >>> shows_card("my card 4111 1111 1111 1111 was charged twice"), shows_card("order 4111")
    (True, False)
    """
    return "a card number" in alarms.private(text)


def urgency(text: str) -> str:
    """The words by which a post says that it cannot wait; empty where none does.

    >>> urgency("@acme I need this fixed ASAP, please"), urgency("@acme how do I pair it?")
    ('asap', '')
    """
    return _hurry(signs.read(text))


def _kind(post: Post, seen: Signs, brand: Brand, opinion: Opinion) -> Verdict:
    found = _for_people(seen, _campaign(post, brand))
    strong = next((one for one in found if not one.weak), None)
    if strong is not None and not (strong.kind in _AFTER_SPAM and _spam(seen)):
        return _held(strong, more=len(found) > 1)
    verdict = (
        _spam(seen)
        or _empty(post, seen, brand)
        or _leaves(seen)
        or _insult(seen)
        or _idea(seen)
        or _asking(seen)
        or _wrong(seen)
        or _unsaid(seen)
        or _idle(seen)
        or _nothing(post, seen)
    )
    verdict = _reconsidered(verdict, seen, opinion)
    if verdict.kind in (Kind.QUESTION, Kind.COMPLAINT, Kind.IDEA) and verdict.asks:
        verdict = _own_matter(post, seen, verdict)
    if found and verdict.kind is not Kind.SPAM:
        why = reasons.MAY_SPEAK_OF(kind=found[0].kind.value, words=found[0].words)
        verdict = replace(verdict, chosen=Way.ASK, confidence=0.4, reasons=(why, *verdict.reasons))
    return verdict


_ANSWER_FROM, _ASK_FROM, _DROP_BELOW = 0.47, 0.29, 0.15
"""Chances by the second opinion. Source: docs/voice.md. From `_ASK_FROM` on what the rules drop is shown to a
moderator, below it what they keep; beyond the others the second opinion stands by itself."""


def _reconsidered(verdict: Verdict, seen: Signs, opinion: Opinion) -> Verdict:
    """The rules' verdict, after the second opinion: where both agree it stands, where they do not somebody is asked."""
    if verdict.kind not in _DOUBTED:
        return verdict
    if verdict.way is Way.ASK or not _in_doubt(verdict, seen):
        return verdict
    chance, idle = opinion.chance(seen), verdict.way is Way.DROP
    if idle is (chance < _ASK_FROM):
        return replace(verdict, confidence=round((verdict.confidence + (1 - chance if idle else chance)) / 2, 2))
    words = ", ".join(f"“{word}”" for word in opinion.words(seen, wants=idle))
    if idle:
        why = (reasons.READS_AS_WANTING(words=words) if words else reasons.READS_AS_WANTING_SO, *verdict.reasons)
        if chance >= _ANSWER_FROM and verdict.kind is Kind.CHATTER:
            kind = Kind.QUESTION if DETAIL.search(seen.plain) else Kind.COMPLAINT
            return Verdict(kind, why, confidence=round(chance, 2))
        return replace(verdict, chosen=Way.ASK, reasons=why, confidence=round(1 - chance, 2))
    why = (reasons.READS_AS_IDLE(words=words) if words else reasons.READS_AS_IDLE_SO, *verdict.reasons)
    if chance < _DROP_BELOW and seen.tongues.best == "en" and not (seen.asks and seen.mark):
        kind = Kind.THANKS if seen.thanks or seen.praise else Kind.CHATTER
        return Verdict(kind, why, confidence=round(1 - chance, 2))
    return replace(verdict, chosen=Way.ASK, reasons=why, confidence=round(chance, 2))


def _in_doubt(verdict: Verdict, seen: Signs) -> bool:
    """Whether the rules may be wrong: they took it for idle, or for wanting though it thanks or praises."""
    if verdict.way is Way.DROP:
        return not seen.settled
    return bool(seen.thanks or seen.praise or PLEASED.search(seen.text)) and not seen.sarcasm


def _adds(verdict: Verdict, seen: Signs) -> bool:
    """Whether it says more about a question that is open: details too ("iPhone 6s"), and a picture alone."""
    if verdict.kind in FOR_PEOPLE or verdict.kind in (Kind.OPT_OUT, Kind.SPAM):
        return False
    return verdict.asks or verdict.kind is Kind.CHATTER or verdict.way is Way.ASK


def _seen_in(table: Table, seen: Signs) -> str:
    """The first phrase of a table, in whichever language the text may be."""
    return next((words for code in seen.tongues.possible if (words := table.seen(seen.plain, code))), "")


def _campaign(post: Post, brand: Brand) -> str:
    """A hashtag that calls for something against us, "#DropAcme"."""
    ours = {"".join(name.casefold().split()) for name in (brand.name, *brand.handles.values())}
    ours |= {brand.name.casefold().split()[0]} if brand.name.split() else set()
    tags = (tag.casefold() for tag in _CAMPAIGN.findall(post.text[: signs.CLOSELY]))
    return next((f"#{tag}" for tag in tags if any(name and name in tag for name in ours)), "")


def _for_people(seen: Signs, campaign: str) -> list[Found]:
    """What only people may handle, in any language that the text may be in; what is surely meant so first."""
    found: dict[Kind, Found] = {}
    if campaign:
        found[Kind.PROTEST] = Found(Kind.PROTEST, campaign, weak=False)
    said = mended(seen.plain, SMALL)
    for code in seen.tongues.possible:
        for one in find(said, code):
            if one.kind not in found or (found[one.kind].weak and not one.weak):
                found[one.kind] = one
    _learned(replace(seen, plain=said), found)
    order = list(reasons.ALARMS)
    return sorted(found.values(), key=lambda one: (one.weak, order.index(one.kind.value)))


_SURE, _MAYBE, _AGREES = 0.8, 0.55, 0.4
"""Chances that a post is for people: from `_SURE` on it goes to them, from `_MAYBE` on a moderator is asked, and from
`_AGREES` on a phrase that may be meant otherwise is meant so. Source: docs/voice.md."""


_DOUBTED_BELOW = {True: 0.04, False: 0.1}
"""Chances below which a moderator is asked although a phrase stands there ("when does the strike end?"): where life may
be at stake, and elsewhere."""


def _learned(seen: Signs, found: dict[Kind, Found]) -> None:
    """Adds what is known from examples where no phrase tells it for certain, and doubts phrases that stand in nothing
    like it."""
    if seen.words < _FEWEST:
        return
    likely = learned.look(seen)
    if any(not one.weak for one in found.values()):
        for kind, one in found.items():
            found[kind] = replace(one, weak=one.weak or likely.chance < _DOUBTED_BELOW[kind in _NOW])
    elif found and likely.chance >= _AGREES:
        kind = likely.kind if likely.kind in found else next(iter(found))
        found[kind] = replace(found[kind], weak=False)
    elif likely.chance >= _MAYBE:
        words = "”, “".join(likely.words) or seen.plain[:_SHOWN]
        found[likely.kind] = Found(likely.kind, words, weak=likely.chance < _SURE)


def _held(found: Found, *, more: bool) -> Verdict:
    why = reasons.ALARMS[found.kind.value](words=found.words), reasons.HELD_FOR_PEOPLE
    return Verdict(found.kind, why, confidence=0.95 if more else 0.9)


def _spam(seen: Signs) -> Verdict | None:
    """Two pitches, or one with a link; people who ask in their own words are believed to be people."""
    pitches = signs.every(alarms.PITCHES, seen.text)
    if len(pitches) >= 3 or (pitches and not _firm(seen) and (len(pitches) == 2 or seen.links)):
        why = f"advertises: {', '.join(f'“{pitch}”' for pitch in pitches[:3])}"
        return Verdict(Kind.SPAM, (why,), confidence=0.9)
    if seen.mentions > _CROWD and seen.links and not (seen.mark or seen.asks or seen.woe):
        return Verdict(Kind.SPAM, (f"names {seen.mentions} accounts and a link, and asks nothing",), confidence=0.8)
    return None


def _empty(post: Post, seen: Signs, brand: Brand) -> Verdict | None:
    """No word: what a picture or link shows, and what a lone “?” means, only a person can tell."""
    if any(character.isalnum() for character in seen.text.replace(brand.name.casefold(), " ")):
        return None
    if seen.mark:
        return Verdict(Kind.EMPTY, (f"holds “{seen.mark}” and not one word",), Way.ASK, confidence=0.5)
    if seen.links or post.media or post.quoted is not None:
        return Verdict(Kind.EMPTY, ("holds only mentions, links, emoji or signs",), Way.ASK, confidence=0.5)
    return Verdict(Kind.EMPTY, ("holds only mentions, links, emoji or signs",), confidence=0.9)


def _leaves(seen: Signs) -> Verdict | None:
    words = _seen_in(wants.LEAVE, seen)
    return Verdict(Kind.OPT_OUT, (reasons.WANTS_NO_MORE(words=words),), Way.DROP, confidence=0.85) if words else None


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
    return Verdict(Kind.ABUSE, ("insults, and neither asks anything nor says what is wrong",), confidence=0.8)


def _firm(seen: Signs) -> bool:
    """Asks in words that a mere exclamation or a salesman's "Want to …?" does not hold."""
    return bool(seen.asks) and not signs.seen(
        r"(?:are|r|do|did|can|will) (?:you|u|y'all)|want to|please|follow|give|check", seen.asks
    )


def _idea(seen: Signs) -> Verdict | None:
    words = "" if seen.woe and seen.mark else _seen_in(wants.IDEA, seen)
    return Verdict(Kind.IDEA, (reasons.PROPOSES(words=words),), confidence=0.75) if words else None


def _asking(seen: Signs) -> Verdict | None:
    why = []
    if seen.asks:
        why.append(f"asks with “{seen.asks}”")
    if seen.mark:
        why.append(f"holds a question mark “{seen.mark}”")
    if seen.unread:
        why.append("is in a language that triage cannot read, so that a person should look")
    sure = 0.5 if seen.unread else 0.95 if seen.asks and seen.mark else 0.75
    return Verdict(Kind.QUESTION, tuple(why), confidence=sure) if why else None


def _wrong(seen: Signs) -> Verdict | None:
    if seen.sarcasm:
        return Verdict(Kind.COMPLAINT, (f"thanks in bitterness: “{seen.sarcasm}”",), confidence=0.7)
    if seen.woe and not seen.settled:
        why = f"says that something is wrong: “{seen.woe}”", "wants an answer, though it asks none"
        return Verdict(Kind.COMPLAINT, why, confidence=0.6 if seen.thanks or seen.praise else 0.75)
    return None


def _unsaid(seen: Signs) -> Verdict | None:
    """Wrong without a word that says so: "third week without heating", "charged twice"."""
    if seen.thanks or seen.praise or seen.settled:
        return None
    if words := _seen_in(wants.ACCOUNT, seen):
        why = reasons.OWN_MATTER(words=words)
        return Verdict(Kind.PRIVATE, (why,), Way.ANSWER, confidence=0.6, private=True)
    if words := _hurry(seen):
        return Verdict(Kind.COMPLAINT, (reasons.CANNOT_WAIT(words=words),), confidence=0.6)
    return None


def _idle(seen: Signs) -> Verdict | None:
    """What asks nothing and complains of nothing, by what it does say."""
    if (word := signs.seen(alarms.ELSEWHERE, seen.text)) and seen.words <= _FEW_WORDS:
        return Verdict(Kind.PRIVATE, (reasons.POINTS_AT_PRIVATE(words=word),), confidence=0.8)
    if seen.settled:
        return Verdict(Kind.THANKS, (f"says that it is settled: “{seen.settled}”",), confidence=0.8)
    if seen.thanks:
        return Verdict(Kind.THANKS, (f"says “{seen.thanks}” and asks nothing",), confidence=0.85)
    if seen.praise:
        return Verdict(Kind.THANKS, (f"praises with “{seen.praise}” and asks nothing",), confidence=0.75)
    return None


def _nothing(post: Post, seen: Signs) -> Verdict:
    why = "asks nothing, and says of nothing that it is wrong"
    if seen.words <= _HARDLY_A_WORD and (seen.links or post.media):
        return Verdict(Kind.CHATTER, (why, reasons.SHOWS_SOMETHING), Way.ASK, confidence=0.4)
    return Verdict(Kind.CHATTER, (why,), confidence=0.6)


def _own_matter(post: Post, seen: Signs, verdict: Verdict) -> Verdict:
    """A question or complaint that nobody can answer without looking up whose it is."""
    words = _seen_in(wants.ACCOUNT, seen)
    if not words and not any(alarms.private(post.text)):
        return verdict
    why = (reasons.OWN_MATTER(words=words),) if words else ()
    return replace(verdict, kind=Kind.PRIVATE, chosen=Way.ANSWER, private=True, reasons=(*verdict.reasons, *why))


def _named(seen: Signs, names: Collection[str]) -> str:
    """Which of our topics or products the text names."""
    padded = f" {' '.join(signs.WORDS.findall(seen.plain))} "
    return next((name for name in names if f" {folded(name.casefold())} " in padded), "")


def _hurry(seen: Signs) -> str:
    words = _seen_in(hurry.HURRY, seen)
    return "" if words and _seen_in(hurry.PATIENCE, seen) else words


def _urgency(kind: Kind, seen: Signs) -> Urgency:
    if kind in _NOW:
        return Urgency.HIGH
    if kind in _LATER or _seen_in(hurry.PATIENCE, seen):
        return Urgency.LOW
    table = hurry.DEADLINE if kind is Kind.PRESS else hurry.HURRY
    pressing = _seen_in(table, seen) or (kind is Kind.VULNERABLE and seen.woe and _seen_in(hurry.DEPENDS, seen))
    return Urgency.HIGH if pressing else Urgency.NORMAL
