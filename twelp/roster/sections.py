"""The sections of experts.yaml → the nouns of the model, with every rule within one entry and between entries.

Rules: an entry with an error is noted and left out; the others are still read, so that one run finds every mistake.
What would work and is probably not meant (a topic nobody answers, an expired certification) is a warning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from twelp.model import Brand, Certification, Expert, Level, Topic
from twelp.networks import NetworkRules, unconnected
from twelp.roster.fields import Place, choice, day, fields, items, matching, quiet_hours, text, texts, whole
from twelp.roster.mistake import did_you_mean, known_names, shown
from twelp.roster.tree import Mapping as Tree
from twelp.roster.tree import Node, Scalar, Sequence
from twelp.roster.voice import links_of, read_privately, read_truth, read_voice, read_waiting
from twelp.roster.volunteers import read_channel, read_holidays
from twelp.roster.zones import hint, trap, zones

BRAND_FIELDS = ("name", "handles", "others", "private", "waiting", "watch", "links", "voice", "two_to_resume")
TOPIC_FIELDS = ("id", "name", "keywords", "examples", "aliases", "requires", "channel", "two_keys")
CERTIFICATION_FIELDS = ("name", "expires_on")
EXPERT_FIELDS = (
    "slack", "name", "initials", "topics", "zone", "quiet", "daily_asks", "level", "certifications", "holidays",
    "on_call",
)  # fmt: skip
EXPERT_REQUIRED = ("slack", "name", "initials", "zone")
LEVELS = tuple(str(level) for level in Level)
NAME_LONGEST = 100

NETWORK = re.compile(r"^[a-z][a-z0-9_]{0,29}$")
DOMAIN = re.compile(r"^(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}$")
TOPIC_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")
MEMBER_ID = re.compile(r"^[UW][A-Z0-9]{2,20}$")
EMAIL = re.compile(r"^[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+$")
INITIALS_MOST_LETTERS, INITIALS_MOST_CHARACTERS = 3, 8
ASKS_MOST = 100


@dataclass(slots=True)
class Taken:
    """What may stand only once, and on which line it stood first."""

    what: str
    lines: dict[str, int] = field(default_factory=dict)

    def claim(self, place: Place, value: str, hint: str) -> bool:
        """Notes an error and returns False when `value` (whatever its case) was there before."""
        key = unicodedata.normalize("NFKC", value).casefold()
        if key in self.lines:
            place.error(f"{self.what} {shown(value)} stands on line {self.lines[key]} already", fix=hint)
            return False
        self.lines[key] = place.node.line
        return True


def read_brand(place: Place, networks: Collection[NetworkRules]) -> Brand | None:
    """The company: name, handles (returned without `@`), watched words, domains of its links, its voice.

    `networks` are those there are; none: any name of a network is taken.
    """
    found = fields(place, BRAND_FIELDS, ("name", "handles"))
    if found is None:
        return None
    name = text(found.get("name"), longest=NAME_LONGEST)
    rules = {one.name: one for one in networks}
    named = _handles(found["handles"], rules) if "handles" in found else {}
    others = _handles(found["others"], rules, ours=named) if "others" in found else {}
    handles = {network: own[0] for network, own in named.items()}
    silent = {network: own[1:] for network, own in named.items() if own[1:]}
    watch = texts(found.get("watch"))
    listed = items(found["links"]) if "links" in found else []
    links = map(_domain, (*listed, *links_of(found.get("voice"))))
    domains, voice = tuple(dict.fromkeys(filter(None, links))), read_voice(found.get("voice"))
    privately = read_privately(found.get("private"))
    two, waiting = read_truth(found.get("two_to_resume")), read_waiting(found.get("waiting"))
    if not name or not handles:
        return None
    return Brand(name, handles, watch, domains, voice, silent, others, privately, waiting, two)


def _handles(
    place: Place, networks: Mapping[str, NetworkRules], *, ours: Mapping[str, Collection[str]] | None = None
) -> dict[str, tuple[str, ...]]:
    """Handles by network, without `@`; at least one. `ours`: our own, where these are other companies'."""
    known = networks or _plain_networks(place)
    found = fields(place, tuple(known))
    handles: dict[str, tuple[str, ...]] = {}
    for network, entry in (found or {}).items():
        taken = Taken("handle")
        for name in ours.get(network, ()) if ours is not None else ():
            taken.lines[name.casefold()] = place.node.line
        listed = items(entry, at_least_one=True) if isinstance(entry.node, Sequence) else [entry]
        read = tuple(filter(None, (_handle(one, known[network], taken) for one in listed)))
        if read:
            handles[network] = read
    if found == {} and place.book.usable:
        place.error("there is no handle", fix=f"add one: {next(iter(known), 'network')}: …")
    return handles


def _handle(place: Place, rules: NetworkRules, taken: Taken) -> str | None:
    value = matching(place, rules.handle.match, f"Expected {rules.handle_form}.")
    name = value.removeprefix("@") if value is not None else None
    return name if name is not None and taken.claim(place, name, "keep it in one place") else None


def _plain_networks(place: Place) -> dict[str, NetworkRules]:
    """The networks that a file names, where nobody told which there are."""
    node = place.node
    keys = [key.text for key, _ in node.items if isinstance(key, Scalar)] if isinstance(node, Tree) else []
    return {key: unconnected(key) for key in keys if NETWORK.match(key)}


def _domain(item: Place) -> str | None:
    expected = "Expected a domain like volt.com, without https:// and without a path; those below it count, too."
    value = matching(item, DOMAIN.match, expected)
    return value.lower() if value else None


def read_topics(place: Place) -> dict[str, Topic]:
    """The topics by id, in the file's order."""
    ids, topics, aliases = Taken("topic id"), {}, dict[str, str]()
    for entry in items(place, at_least_one=True):
        at = Place(entry.book, _label(entry, "id", "topic"), entry.node)
        found = fields(at, TOPIC_FIELDS, ("id", "name"))
        if found is None:
            continue
        expected = "Expected letters, digits, _ and -, at most 64, like smart_home."
        id_ = matching(found.get("id"), TOPIC_ID.match, expected)
        fresh = id_ is not None and ids.claim(found["id"], id_, "give each topic an id of its own")
        topic = Topic(
            id=id_ or "",
            name=text(found.get("name"), longest=NAME_LONGEST) or "",
            keywords=texts(found.get("keywords")),
            examples=texts(found.get("examples")),
            aliases=texts(found.get("aliases")),
            requires=texts(found.get("requires"), exact=True),
            channel=read_channel(found.get("channel")),
            two_keys=read_truth(found.get("two_keys")),
        )
        if not (topic.keywords or topic.examples or "keywords" in found or "examples" in found):
            at.warn(
                "there are no keywords and no examples, only the name tells the topic",
                fix="add about ten keywords and five questions as customers ask them",
            )
        for alias in topic.aliases:
            other = aliases.setdefault(alias.casefold(), topic.id)
            if other != topic.id:
                problem = f"alias {shown(alias)} belongs to topic {shown(other)} as well"
                found["aliases"].warn(problem, fix="keep it in one of them")
        if fresh:
            topics[topic.id] = topic
    return topics


@dataclass(slots=True)
class ExpertReader:
    """Reads the experts one after the other, remembering what must be unique among them."""

    topics: Mapping[str, Topic]
    today: date | None
    slack: Taken = field(default_factory=lambda: Taken("slack"))
    initials: Taken = field(default_factory=lambda: Taken("initials"))

    def read(self, place: Place) -> dict[str, tuple[Expert, Place]]:
        """The experts by id with their places, in the file's order."""
        read = (self._expert(entry) for entry in items(place, at_least_one=True))
        return {expert.id: (expert, at) for expert, at in filter(None, read)}

    def _expert(self, entry: Place) -> tuple[Expert, Place] | None:
        at = Place(entry.book, _label(entry, "slack", "expert"), entry.node)
        found = fields(at, EXPERT_FIELDS, EXPERT_REQUIRED)
        if found is None:
            return None
        level = choice(found["level"], LEVELS) if "level" in found else Level.EXPERT
        slack = self._slack(found.get("slack"))
        initials = self._initials(found.get("initials"))
        name = text(found.get("name"), longest=NAME_LONGEST)
        zone = _zone(found["zone"]) if "zone" in found else None
        quiet = quiet_hours(found["quiet"]) if "quiet" in found else None
        asks = whole(found["daily_asks"], 0, ASKS_MOST) if "daily_asks" in found else 5
        certifications = self._certifications(found.get("certifications"))
        holidays = read_holidays(found.get("holidays"))
        topics, on_call = self._topics(at, found.get("topics"), level), read_truth(found.get("on_call"))
        if slack is None or initials is None or name is None or zone is None or level is None or asks is None:
            return None
        read = Expert(slack, name, initials, topics, zone, quiet, asks, Level(level), certifications, holidays)
        return replace(read, on_call=on_call), at

    def _slack(self, place: Place | None) -> str | None:
        value = text(place, exact=True)
        if value is None or place is None:
            return None
        expected = "Expected a member id (U… or W…, from the person's Slack profile) or an e-mail address."
        if MEMBER_ID.match(value) or EMAIL.match(value):
            id_ = value.lower() if "@" in value else value
            return id_ if self.slack.claim(place, id_, "a person has one entry: join the two") else None
        bare = value.strip("<@>").split("|")[0]
        if MEMBER_ID.match(bare.upper()):
            place.error(f"{shown(value)} is no member id", expected=expected, fix=f"write {bare.upper()}")
        elif re.match(r"^[CDGTB][A-Z0-9]{6,}$", value):
            place.error(f"{shown(value)} is a channel, workspace or bot, no person", expected=expected)
        else:
            place.error(f"{shown(value)} names nobody in Slack", expected=expected)
        return None

    def _initials(self, place: Place | None) -> str | None:
        value = text(place)
        if value is None or place is None:
            return None
        if not is_initials(value):
            fix = f'write "{bare}"' if is_initials(bare := "".join(filter(str.isalpha, value))) else ""
            place.error(f"{shown(value)} cannot sign an answer", fix=fix, expected="Expected 1 to 3 letters, like JD.")
            return None
        return value if self.initials.claim(place, value, "each signature belongs to one person") else None

    def _topics(self, at: Place, place: Place | None, level: str | None) -> tuple[str, ...]:
        if place is None:
            if level not in (Level.MODERATOR, None) and not _has(at, "topics"):
                at.error('"topics" is missing: nobody would ever ask this person', fix="add it: topics: [tv]")
            return ()
        entries = items(place, at_least_one=level != Level.MODERATOR)
        known: dict[str, None] = {}
        for item in entries:
            value = text(item, exact=True)
            if value is None:
                continue
            if value in known:
                item.warn(f"{shown(value)} stands in this list twice", fix="remove one of them")
            elif value in self.topics or not self.topics:  # a file without topics was told so already
                known[value] = None
            else:
                fix = did_you_mean(value, self.topics)
                item.error(f"topic {shown(value)} is not known", fix=fix, expected=known_names(self.topics))
        return tuple(known)

    def _certifications(self, place: Place | None) -> tuple[Certification, ...]:
        found: list[Certification] = []
        names = Taken("certification")
        for item in items(place) if place is not None else []:
            entry = fields(item, CERTIFICATION_FIELDS, ("name",))
            name = text(entry.get("name"), longest=NAME_LONGEST, exact=True) if entry else None
            if entry is None or name is None or not names.claim(entry["name"], name, "keep the later one"):
                continue
            expires_on = day(entry["expires_on"]) if "expires_on" in entry else None
            if expires_on is not None and self.today is not None and expires_on < self.today:
                entry["expires_on"].warn(
                    f"certification {shown(name)} expired on {expires_on}", fix="renew or remove it"
                )
            found.append(Certification(name, expires_on))
        return tuple(found)


def is_initials(value: str) -> bool:
    """One to three letters of any script, with the marks that belong to them.

    >>> [is_initials(word) for word in ("JD", "Ж", "אב", "J2", "J.D.", "ABCD", "")]
    [True, True, True, False, False, False, False]
    """
    kinds = [unicodedata.category(c)[0] for c in value]
    letters = kinds.count("L")
    few = letters <= INITIALS_MOST_LETTERS and len(value) <= INITIALS_MOST_CHARACTERS
    return few and kinds[:1] == ["L"] and letters + kinds.count("M") == len(kinds)


def _zone(place: Place) -> ZoneInfo | None:
    value = text(place, exact=True)
    if value is None:
        return None
    if value in zones():
        problem, fix = trap(value)
        if problem:
            place.warn(problem, fix=fix)
        return ZoneInfo(value)
    if not zones():
        place.error("this machine has no time zones", fix="install them: pip install tzdata")
        return None
    expected = "Expected a name like Europe/Paris or UTC."
    place.error(f"time zone {shown(value)} is not known", fix=hint(value), expected=expected)
    return None


def _label(entry: Place, key: str, kind: str) -> str:
    """What to call an entry in messages: `tv`, the part of an e-mail before the @, a member id, or `expert`."""
    for name, value in _pairs(entry):
        if isinstance(name, Scalar) and name.text == key and isinstance(value, Scalar):
            word = value.text.strip().partition("@")[0]
            return word if 0 < len(word) <= 64 and word.isprintable() else kind
    return kind


def _has(entry: Place, key: str) -> bool:
    """True when the key stands there, whatever its value."""
    return any(isinstance(name, Scalar) and name.text == key for name, _ in _pairs(entry))


def _pairs(entry: Place) -> list[tuple[Node, Node]]:
    return entry.node.items if isinstance(entry.node, Tree) else []
