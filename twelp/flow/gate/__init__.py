"""The checks between an expert's text and the public.

reading   the text as rules see it: one kind of digits, blanks, letters, each sign in its old place
rule      what a rule is, and what it may look at
rules     the rules, one function each; a new one is a function there and its words in `texts/gate.py`
tongues   which language a text is surely in

A finding that refuses is one the author can put right at once, and it must be right nearly always; a doubtful one asks
for a second pair of eyes; a warning only tells. Every message says what to change, in words for the expert, and never
repeats what must stay private. One problem is one finding: of rules that see the same place, the surest speaks.
Certification is checked before anybody is asked, not here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from twelp.flow.gate import privately
from twelp.flow.gate.reading import Reading, fold
from twelp.flow.gate.rule import Draft, Hit, Rule, Setting
from twelp.flow.gate.rules import RULES
from twelp.model import Finding, FindingLevel, Link, Roster
from twelp.networks import NetworkRules
from twelp.texts import reasons

__all__ = ["RULES", "Setting", "check", "check_private", "in_order", "load", "setting_of", "strange_links"]

_ORDER: Final = tuple(FindingLevel)
_OF_SIGNS: Final = tuple(rule for rule in RULES if rule.rank < 10)
"""They look at signs, not at what is said: each post is looked at by itself, too."""

_OF_DATA: Final = tuple(
    rule for rule in RULES if rule.private or rule.name in ("secret", "swearing", "insult", "unseen")
)
"""What must not stand in the description of a picture either."""

_WHOLE: Final = 95
"""From this rank on rules judge the answer as a whole: what others see in a part of it is another problem."""

_WORD = re.compile(r"[^\W\d_]{2,}")


def setting_of(roster: Roster, *, today: date | None = None) -> Setting:
    """What the gate knows of the company: its voice, and the words of its topics."""
    brand = roster.brand
    words = tuple(word for t in roster.topics.values() for word in (t.name, *t.keywords, *t.aliases, *t.examples))
    names = (brand.name, *brand.handles.values(), *(name for silent in brand.silent.values() for name in silent))
    ways = brand.privately.ways if brand.privately is not None else ()
    voice = replace(brand.voice, public=(*brand.voice.public, *ways))
    each = tuple(_words((t.name, *t.keywords, *t.aliases)) for t in roster.topics.values())
    every = _words(names).union(*each)
    return Setting(voice, names, brand.links, " ".join(words), every, each, today)


@lru_cache(1024)
def _words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(fold(text)))


def load() -> None:
    """Compiles what the first answer would wait for, about a third of a second; may be left out."""
    for rule in RULES:
        list(rule.find(Draft(Reading("Hold it for 10 seconds: then it is on."), Reading("my tv is off, what now?"))))


def check(
    text: str,
    public: str,
    *,
    posts: Sequence[str] = (),
    left: int,
    rules: NetworkRules,
    question: str | None = None,
    setting: Setting | None = None,
    alt_texts: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """What stands between this answer and the public; empty when nothing does.

    Args:
        text: what the expert wrote, cleaned, without a signature; spans of findings are places in it.
        public: word for word what would go out, all of it, so that nothing hides where it is cut.
        posts: the same in the posts it would go out in, each looked at by itself, too; `public` alone by default.
        left: weighted characters still free; negative when it is too long.
        rules: the network's, where it would go out.
        question: the customer's post; None where it is not known.
        setting: what the company says; nothing of it by default.
        alt_texts: what pictures of the answer are described by.

    Returns:
        Findings, those that block first; of one place only the surest.
    """
    known = setting or Setting()
    asked = Reading(question) if question is not None else None
    found = [*_length(left, rules), *_repeated(posts, rules)]
    found += _seen(Draft(Reading(text), asked, known, rules))
    seen = {finding.rule for finding in found}
    for whole in dict.fromkeys((public, *posts)):
        more = _seen(Draft(Reading(whole), None, known, rules), _OF_SIGNS)
        found += [Finding(f.rule, f.message, f.level) for f in more if f.rule not in seen]
    for alt in alt_texts:
        more = _seen(Draft(Reading(alt), asked, known, rules), _OF_DATA)
        found += [Finding(f.rule, reasons.IN_ALT_TEXT(what=f.message), f.level) for f in more]
    return in_order(found)


def check_private(
    text: str, *, said: str, left: int, rules: NetworkRules, setting: Setting | None = None
) -> tuple[Finding, ...]:
    """What stands between this reply and a customer who alone reads it; empty when nothing does.

    What is about being public is left out, and what the customer wrote there themselves may be written back to them:
    but no card, bank or official number, and no secret. Nobody is asked for a secret, there neither.

    Args:
        text: what the expert wrote, cleaned.
        said: what the customer wrote privately.
        left: characters still free; negative when it is too long.
        rules: the network's.
        setting: what the company says; nothing of it by default.
    """
    known = setting or Setting()
    asked, answer = Reading(said), Reading(text)
    found = [*_length(left, rules)]
    found += _seen(Draft(answer, asked, replace(known, known=f"{known.known} {said}")), privately.RULES)
    seen = {(one.rule, one.start, one.end) for one in found}
    always = _seen(Draft(answer, asked, known), privately.ALWAYS)
    return in_order([*found, *(one for one in always if (one.rule, one.start, one.end) not in seen)])


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings, those that block first, then as they stand in the text; none twice."""
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda finding: (_ORDER.index(finding.level), finding.start)))


def strange_links(
    links: Iterable[Link], *, allowed: Collection[str], rules: NetworkRules, text: str = ""
) -> Iterator[Finding]:
    """Links that nobody meant, which block; where domains are `allowed`, the others ask for a second pair of eyes."""
    for link in links:
        start = max(text.find(link.words), 0)
        end = start + len(link.words) if text else 0
        if link.sure:
            words, instead = _short(link.words), _short(link.instead)
            message = reasons.SLIP(network=rules.display_name, words=words, instead=instead)
            yield Finding("slip", message, FindingLevel.REFUSE, start, end)
        elif allowed and not link.known:
            message = reasons.STRANGE_LINK(host=_short(link.host))
            yield Finding("unknown link", message, FindingLevel.SECOND_PAIR, start, end)


def _length(left: int, rules: NetworkRules) -> Iterator[Finding]:
    if left < 0:
        counted = rules.length
        if counted.link is None:
            yield Finding("length", reasons.TOO_LONG_PLAIN(count=-left))
        else:
            yield Finding("length", reasons.TOO_LONG(count=-left, link=counted.link, wide=counted.wide))


def _repeated(posts: Sequence[str], rules: NetworkRules) -> Iterator[Finding]:
    if rules.refuses_repeats_for is not None and len({" ".join(post.split()) for post in posts}) < len(posts):
        yield Finding("repeated post", reasons.REPEATED(network=rules.display_name))


def _seen(draft: Draft, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """What the rules see; a place is reported once, by the strictest and then the surest rule."""
    public = _public(draft)
    hits: list[tuple[int, int, int, Finding]] = []
    for rule in rules:
        for found in rule.find(draft):
            hit = found if isinstance(found, Hit) else Hit(*found)
            if rule.private and _may_pass(draft, hit, public):
                continue
            level = hit.level or rule.level
            finding = Finding(rule.name, hit.message or rule.message, level, hit.start, hit.end)
            hits.append((_ORDER.index(level), rule.rank, hit.start, finding))
    taken: list[Finding] = []
    for _, rank, _, finding in sorted(hits, key=lambda one: one[:3]):
        whole = rank >= _WHOLE
        if not any(_same_place(finding, other, whole) for other in taken):
            taken.append(finding)
    return taken


def _same_place(finding: Finding, other: Finding, whole: bool) -> bool:
    if whole or finding.end == 0:
        return finding.rule == other.rule
    covers_all = other.start == 0 and other.rule in ("too thin", "off topic", "other language")
    return not covers_all and finding.start < other.end and other.start < finding.end


def _may_pass(draft: Draft, hit: Hit, public: Sequence[tuple[int, int]]) -> bool:
    """Whether it is the company's own, or what the topic is known by."""
    if any(start < hit.end and hit.start < end for start, end in public):
        return True
    words = draft.answer.text[hit.start : hit.end]
    return bool(words) and words in draft.setting.known


def _public(draft: Draft) -> list[tuple[int, int]]:
    """Where the answer names what the company made public."""
    low = draft.answer.low
    return [found.span() for words in draft.setting.voice.public for found in _own(words).finditer(low)]


@lru_cache(2048)
def _own(words: str) -> re.Pattern[str]:
    """What is public, however it is parted: `0800 123-456` is `0800123456`."""
    parts = re.findall(r"[^\W_]", fold(words)) if sum(c.isdigit() for c in words) >= 5 else fold(words).split()
    between = r"[\s().,/\-]{0,3}"
    return re.compile(rf"(?<![^\W_])\+?{between.join(map(re.escape, parts))}(?![^\W_])")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
