"""Changes: what a new experts.yaml does to the people, the topics and the brand of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from twelp.model import Expert, Roster, Topic

_NAMED = 5
"""Names that a sentence holds; how many more there are stands after them."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs, by id, in the files' order.

    Attributes:
        joined: people who were not listed before.
        left: people who are listed no more, with what they were.
        changed: people of whom anything differs, with the names of what does.
        topics_added: topics that were not there before.
        topics_removed: topics that are there no more, with what they were.
        topics_changed: topics of which anything differs, with the names of what does.
        brand: the names of what differs in the brand.
        rules: whether volunteers agree to other rules.
        alarms: whether others hear of a crisis.
    """

    joined: Mapping[str, Expert]
    left: Mapping[str, Expert]
    changed: Mapping[str, tuple[str, ...]]
    topics_added: Mapping[str, Topic]
    topics_removed: Mapping[str, Topic]
    topics_changed: Mapping[str, tuple[str, ...]]
    brand: tuple[str, ...]
    rules: bool
    alarms: bool

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, one.name) for one in fields(self))

    @property
    def matching(self) -> bool:
        """Whether questions are matched otherwise: a topic came, went, or has other words."""
        words = {"name", "keywords", "examples", "aliases"}
        return bool(self.topics_added or self.topics_removed) or any(
            words.intersection(what) for what in self.topics_changed.values()
        )

    def told(self) -> str:
        """In one sentence.

        >>> from twelp.model import Brand
        >>> nobody = Roster(Brand("Volt", {}), {}, {})
        >>> compare(nobody, nobody).told()
        'nothing differs'
        """
        return "; ".join(self._sentences()) or "nothing differs"

    def _sentences(self) -> Iterator[str]:
        for what, people in (("added", self.joined), ("removed", self.left)):
            if people:
                yield f"{_count(len(people), 'person', 'people')} {what} ({_names(e.name for e in people.values())})"
        if self.changed:
            yield f"{_count(len(self.changed), 'person', 'people')} changed ({_names(self.changed)})"
        for what, topics in (("added", self.topics_added), ("removed", self.topics_removed)):
            if topics:
                yield f"{_count(len(topics), 'topic')} {what} ({_names(t.name for t in topics.values())})"
        if self.topics_changed:
            yield f"{_count(len(self.topics_changed), 'topic')} changed ({_names(self.topics_changed)})"
        if self.brand:
            yield f"brand: {', '.join(self.brand)}"
        if self.rules:
            yield "other rules"
        if self.alarms:
            yield "other alarms"


def compare(before: Roster, after: Roster) -> Changes:
    """What `after` does to `before`."""
    return Changes(
        joined={key: one for key, one in after.experts.items() if key not in before.experts},
        left={key: one for key, one in before.experts.items() if key not in after.experts},
        changed=_changed(before.experts, after.experts),
        topics_added={key: one for key, one in after.topics.items() if key not in before.topics},
        topics_removed={key: one for key, one in before.topics.items() if key not in after.topics},
        topics_changed=_changed(before.topics, after.topics),
        brand=_differing(before.brand, after.brand),
        rules=before.rules != after.rules,
        alarms=before.alarms != after.alarms,
    )


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    both = ((key, _differing(before[key], one)) for key, one in after.items() if key in before)
    return {key: what for key, what in both if what}


def _differing(before: Any, after: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name))


def _names(names: Any) -> str:
    found = list(names)
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"
