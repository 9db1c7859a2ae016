"""What somebody who plays an expert is told first: who they are, what they are asked, whether it is their night."""

from __future__ import annotations

from datetime import datetime

from twelp.cli.play.person import Person
from twelp.config import Settings
from twelp.errors import TwelpError
from twelp.flow.dispatch import quiet
from twelp.model import Expert, Roster
from twelp.roster import load
from twelp.wiring import LOCAL, RealClock, on_local_network


def introduced(person: Person, now: datetime | None = None) -> list[str]:
    """Lines about this person, as far as the roster of this folder knows them."""
    first = f"You are {person.name} now; the town's puppet stands still. Ctrl-C or quit leaves, help explains."
    try:
        roster = load(Settings.read(env_file=None).experts)
    except TwelpError:
        return [first]
    expert = next((e for e in roster.experts.values() if e.id in (person.mail.lower(), person.id)), None)
    if expert is None:
        return [first]
    return [first, *_about(expert, roster, now or RealClock().now())]


def _about(expert: Expert, roster: Roster, now: datetime) -> list[str]:
    topics = [roster.topics[topic] for topic in expert.topics if topic in roster.topics]
    lines = [f"You are asked about: {', '.join(t.name for t in topics) or 'what nobody else knows, as a moderator'}."]
    local = now.astimezone(expert.zone)
    if quiet(expert, now) and expert.quiet is not None:
        awake = [e.name for e in roster.experts.values() if not quiet(e, now)]
        lines.append(
            f"It is {local:%H:%M} where you are, in your quiet hours: nobody asks you before "
            f"{expert.quiet.end:%H:%M}. Awake now: {', '.join(awake) or 'nobody'}."
        )
    example = next((said for topic in topics for said in topic.examples), "")
    if example:
        handle = on_local_network(roster).brand.handles[LOCAL]
        lines.append(f'Be the customer, too, in another terminal: twelp sandbox post "@{handle} {example}" --as you')
    return lines
