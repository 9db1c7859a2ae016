"""experts.yaml → Roster, or every mistake in it with line and remedy.

The file is the admin's: reviewed like code, checked before it goes live. Rules: one run finds every mistake; an error
keeps the file from being used, a warning does not; nothing is guessed (a value that YAML versions read differently must
be quoted); the day is an argument.

    check(text, filename)   pure: a Roster and what was found
    check_file(path)        the same from a file, however odd its bytes; check_bytes of what was read from one
    load(path)              a Roster, or RosterError listing every error
    schema()                the JSON Schema that editors complete and check with
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from twelp.errors import RosterError
from twelp.model import Expert, Level, Roster, Rules, Topic
from twelp.networks import NetworkRules
from twelp.roster.alarms import read_alarms
from twelp.roster.fields import Place, fields, whole
from twelp.roster.hours import by_gap, gaps, lines, usual_zone
from twelp.roster.mistake import Mistake, Notebook, Severity, known_names, shown
from twelp.roster.schema import schema
from twelp.roster.sections import ExpertReader, read_brand, read_topics
from twelp.roster.tree import LARGEST_CHARS, Scalar, read
from twelp.roster.volunteers import read_rules

__all__ = ["Accepted", "Mistake", "Severity", "check", "check_bytes", "check_file", "load", "schema"]

VERSION = 1
ROOT_FIELDS = ("version", "brand", "topics", "experts", "rules", "alarms")
ROOT_REQUIRED = ROOT_FIELDS[:4]

Networks = Collection[NetworkRules]
"""The rules of the networks there are."""

Accepted = Callable[[str, str], bool]
"""Whether this person accepted this version of the rules, or left and will not be asked anyhow."""


def load(path: Path, today: date | None = None, networks: Networks = ()) -> Roster:
    """The roster in the file at `path`. Warnings are not raised; `check_file` tells them. `networks`: see `check`.

    Raises:
        RosterError: the file cannot be used; its text lists every error, one a line.
    """
    roster, mistakes = check_file(path, today, networks=networks)
    if roster is None:
        errors = [str(m) for m in mistakes if m.severity is Severity.ERROR]
        raise RosterError("\n".join(errors))
    return roster


def check_file(
    path: Path, today: date | None = None, accepted: Accepted | None = None, networks: Networks = ()
) -> tuple[Roster | None, tuple[Mistake, ...]]:
    """Like `check`, for a file: missing, unreadable and wrongly encoded files are mistakes too."""
    path = Path(path)
    book = Notebook(str(path))
    try:
        if path.stat().st_size > 4 * LARGEST_CHARS:
            book.error(0, "", f"the file has {path.stat().st_size:,} bytes", expected=f"At most {4 * LARGEST_CHARS:,}.")
            return None, book.by_line()
        raw = path.read_bytes()
    except FileNotFoundError:
        fix = "set TWELP_EXPERTS to where it is, or begin with the sample experts.yaml"
        book.error(0, "", "there is no such file", fix=fix)
        return None, book.by_line()
    except OSError as wrong:
        book.error(0, "", f"cannot be read ({wrong.strerror or wrong})", fix="name a file that twelp may read")
        return None, book.by_line()
    return check_bytes(raw, str(path), today, accepted, networks)


def check_bytes(
    raw: bytes,
    filename: str,
    today: date | None = None,
    accepted: Accepted | None = None,
    networks: Networks = (),
) -> tuple[Roster | None, tuple[Mistake, ...]]:
    """Like `check`, for the bytes of a file: what is not UTF-8 is a mistake too."""
    book = Notebook(filename)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        problem = "the file is UTF-16" if utf16 else f"byte 0x{raw[wrong.start]:02x} is not UTF-8"
        book.error(line, "", problem, fix="save the file as UTF-8")
        return None, book.by_line()
    return check(text, filename, today, accepted, networks)


def check(
    text: str,
    filename: str,
    today: date | None = None,
    accepted: Accepted | None = None,
    networks: Networks = (),
) -> tuple[Roster | None, tuple[Mistake, ...]]:
    """Reads a roster.

    Args:
        text: the file's text; a byte order mark at its start is ignored.
        filename: what messages call it.
        today: certifications that ended before this day are warned about; None: none is.
        accepted: who accepted which version of the rules, or left; None: nobody is known to have.
        networks: those on which there may be a handle; none: the name of any network is taken.

    Returns:
        The roster, or None when there is an error; and every mistake, errors and warnings, in the order of the lines.
    """
    book = Notebook(filename)
    root = read(text, book)
    if root is None:
        return None, book.by_line()
    found = fields(Place(book, "", root), ROOT_FIELDS, ROOT_REQUIRED)
    if found is None:
        return None, book.by_line()
    if "version" in found:
        _check_version(found["version"])
    brand = read_brand(found["brand"], networks) if "brand" in found else None
    topics = read_topics(found["topics"]) if "topics" in found else {}
    reader = ExpertReader(topics, today)
    read_experts = reader.read(found["experts"]) if "experts" in found else {}
    rules = read_rules(found["rules"]) if "rules" in found else None
    alarms = read_alarms(found.get("alarms"), read_experts)
    if book.usable and brand is not None:
        _warn_of_gaps(found, topics, read_experts, today)
        if rules is not None:
            _warn_of_rules(found["rules"], rules, list(read_experts), accepted)
    if not book.usable or brand is None:
        return None, book.by_line()
    experts = {id_: expert for id_, (expert, _) in read_experts.items()}
    return Roster(brand, topics, experts, rules, alarms), book.by_line()


def _check_version(place: Place) -> None:
    """Only version 1 is read; a later one wants a later twelp."""
    node = place.node
    if isinstance(node, Scalar) and node.tag == "int" and node.text.isdigit() and node.text[0] in "23456789":
        fix = "install a later twelp, or use a file of version 1"
        place.error(f"version {node.text[:20]} is not known", expected=f"This twelp reads version {VERSION}.", fix=fix)
    else:
        whole(place, VERSION, VERSION)


def _warn_of_gaps(
    found: dict[str, Place], topics: dict[str, Topic], experts: dict[str, tuple[Expert, Place]], today: date | None
) -> None:
    """What is right line by line and leaves questions without anybody to answer them."""
    held: set[str] = {c.name for expert, _ in experts.values() for c in expert.certifications}
    served: dict[str, list[Expert]] = {}
    for expert, at in experts.values():
        valid = {c.name for c in expert.certifications if today is None or not c.expires_on or c.expires_on >= today}
        for topic in expert.topics:
            lacking = [name for name in topics[topic].requires if name not in valid]
            if lacking:
                problem = f"is not asked about {shown(topic)}, which requires {', '.join(map(shown, lacking))}"
                at.warn(problem, fix="add the certification or remove the topic")
            elif expert.daily_asks:
                served.setdefault(topic, []).append(expert)
    for id_ in topics:
        if id_ not in served:
            place = found["topics"].at(found["topics"].node, id_)
            missing = [name for name in topics[id_].requires if name not in held]
            expected = known_names(sorted(held)) if missing else ""
            why = f" (nobody holds {', '.join(map(shown, missing))})" if missing else ""
            place.warn(
                f"no expert can be asked about topic {shown(id_)}{why}", expected=expected, fix="give it someone"
            )
    moderators = [expert for expert, _ in experts.values() if expert.level is Level.MODERATOR]
    zone = usual_zone(expert for expert, _ in experts.values())
    fix = "add somebody who is awake then, where questions shall not wait"
    for line in lines(by_gap(served, zone), zone):
        found["topics"].warn(line, fix=fix)
    if not moderators:
        fix = "give one person level: moderator"
        found["experts"].warn("there is no moderator: nobody can pass an answer that is held", fix=fix)
    elif hours := gaps(moderators, zone):
        fix = "give somebody who is awake then level: moderator"
        found["experts"].warn(f"no moderator is awake at {hours} ({zone}): what is held waits", fix=fix)
        if "alarms" in found and not any(expert.on_call for expert, _ in experts.values()):
            problem = f"nobody is on call at {hours} ({zone}): a crisis then wakes all moderators"
            found["alarms"].warn(problem, fix="give somebody on_call: true")


def _warn_of_rules(place: Place, rules: Rules, people: Sequence[str], accepted: Accepted | None) -> None:
    """With rules, being listed is an invitation: how many must accept it before they are asked."""
    missing = sum(1 for person in people if accepted is None or not accepted(person, rules.version))
    if missing:
        whom = "1 person" if missing == 1 else f"{missing} people"
        all_of_them = "all" if missing == len(people) else f"of {len(people)}"
        problem = f"{whom} ({all_of_them}) must first accept version {rules.version} of the rules in Slack"
        place.warn(
            f"{problem}, and are not asked anything before", fix="tell them beforehand; they are invited in Slack"
        )
