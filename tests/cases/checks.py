"""What can be checked after a case: each public method of `Checks` is a check, by its name and with its arguments.

Each returns whether it holds and what was seen. Patterns (`says`, `has`) are regular expressions; what people read in
Slack is compared without regard to capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.cases.acts import Acts
from tests.stories.conftest import Scene
from tests.stories.town import mail, words

Seen = tuple[bool, Any]


class Checks:
    """The checks of one case.

    Args:
        scene: the house and its two networks, after the last act.
        acts: what was done.
        log: the bot's warnings and errors so far.
    """

    def __init__(self, scene: Scene, acts: Acts, log: list[str]) -> None:
        self._scene = scene
        self._acts = acts
        self._log = log

    # ------------------------------------------------------------ who was asked, and about what

    def asked(
        self,
        post: str,
        exactly: list[str] | None = None,
        includes: list[str] | None = None,
        nobody: bool = False,
        first: str | None = None,
        somebody: bool = False,
    ) -> Seen:
        """Who was asked about a post."""
        in_order = self._scene.asked(self._acts.ids[post])
        people = sorted(set(in_order))
        if nobody:
            return not people, people
        if somebody:
            return bool(people), people
        if exactly is not None:
            return people == sorted(exactly), people
        if first:
            return in_order[:1] == [first], in_order
        return set(includes or ()) <= set(people), people

    def asks(self, at_most: int) -> Seen:
        """How many asks there are about all named posts together."""
        ids = self._acts.ids.values()
        count = self._scene.look(lambda tx: sum(len(tx.asks(f"x:{each}")) for each in ids))
        return count <= at_most, count

    def questions(self, exactly: int, of: list[str]) -> Seen:
        """How many of these posts opened a question."""
        found = [n for n in of if self._scene.look(lambda tx, n=n: tx.question(f"x:{self._acts.ids[n]}")) is not None]
        return len(found) == exactly, found

    def stage(self, post: str, **stages: list[str]) -> Seen:
        """The stage of the question that a post opened: one `in` these."""
        stage = str(self._scene.stage(self._acts.ids[post]))
        return stage in stages["in"], stage

    def trail(self, post: str, **want: str) -> Seen:
        """What the journal says about a post."""
        return says(" / ".join(self._scene.trail(self._acts.ids[post])), **want)

    def looks(self, post: str, at_most: int) -> Seen:
        """How often somebody to ask was looked for."""
        lines = self._scene.trail(self._acts.ids[post])
        count = sum("nobody to ask" in line or "wave" in line for line in lines)
        return count <= at_most, (count, lines[:8])

    # ------------------------------------------------------------ what the public sees

    def public(self, post: str, **want: Any) -> Seen:
        """What the brand has standing under a post."""
        return _texts(self._scene.replies(self._acts.ids[post]), **want)

    def published(self, **want: Any) -> Seen:
        """Everything that the brand has standing on X."""
        return _texts([post["text"] for post in self._scene.ours()], **want)

    def links(self, exactly: int) -> Seen:
        """How many links X has made of the brand's words."""
        posts = self._scene.running.sandbox.x.posts
        ours = [posts.get(int(post["id"])) for post in self._scene.ours()]
        found = [link for post in ours if post is not None for link in post.expanded.values()]
        return len(found) == exactly, found

    # ------------------------------------------------------------ what people see in Slack

    def card(self, who: str, post: str | None = None, **want: str) -> Seen:
        """The person's newest card (about that post)."""
        try:
            seen = self._scene.words(who, None if post is None else self._acts.ids[post])
        except AssertionError as error:
            seen = f"(no card: {error})"
        return says(seen, **want)

    def told(self, who: str, **want: str) -> Seen:
        """What was said to this person alone."""
        return says(self._scene.told(who), **want)

    def window(self, who: str, **want: str) -> Seen:
        """The open window."""
        return says(self._scene.window(who), **want)

    def home(self, who: str, **want: str) -> Seen:
        """The Home tab as the person has it before them."""
        view = self._scene.control("GET", "slack/views", user=mail(who))["home"]
        return says(words(view["blocks"]) if view else "", **want)

    def anybody(self, **want: str) -> Seen:
        """All cards of everybody on the roster."""
        people = [address.partition("@")[0] for address in self._scene.running_house.desk.roster.experts]
        return says(" || ".join(f"{p}: {words(m['blocks'])}" for p in people for m in self._cards(p)), **want)

    def preview(self, **want: str) -> Seen:
        """The last window before a confirmation."""
        return says(self._acts.preview, **want)

    def refused(self, who: str, says: str | None = None) -> Seen:
        """The window did not take this person's answer, and said why."""
        why = self._acts.refused.get(who, "")
        return bool(why) and (says is None or bool(re.search(says, why, re.IGNORECASE))), why or "not refused"

    def not_refused(self, *_: str) -> Seen:
        """No window refused an answer."""
        return not self._acts.refused, self._acts.refused

    # ------------------------------------------------------------ the rest

    def told_ops(self, **want: str) -> Seen:
        """The bot's warnings and errors in the log."""
        return says(" | ".join(self._log), **want)

    def any_of(self, *checks: dict[str, Any]) -> Seen:
        """One of these checks holds."""
        seen = [self.check(each) for each in checks]
        return any(holds for holds, _ in seen), [what for _, what in seen]

    # ------------------------------------------------------------

    def check(self, check: dict[str, Any]) -> Seen:
        """One check as a case writes it: its name, and its arguments by name or in order."""
        ((name, given),) = check.items()
        return called(self, name, given)

    def _cards(self, person: str) -> list[dict[str, Any]]:
        try:
            return self._scene.cards(person)
        except AssertionError:  # without an account in Slack
            return []


def called(on: Acts | Checks, name: str, given: Any) -> Any:
    """Calls what a case names, with arguments by name (a mapping), in order (a list), or with one."""
    known: Callable[..., Any] | None = None if name.startswith("_") or name == "check" else getattr(on, name, None)
    assert callable(known), f"{name!r} is not among the {type(on).__name__.lower()} in tests/cases/"
    if isinstance(given, dict):
        return known(**given)
    return known(*given) if isinstance(given, list) else known(given)


def says(seen: str, says: str | None = None, says_not: str | None = None) -> Seen:
    """Whether what people read holds one pattern and not the other."""
    holds = says is None or bool(re.search(says, seen, re.IGNORECASE))
    return holds and not (says_not is not None and re.search(says_not, seen, re.IGNORECASE)), seen[:900]


def _texts(
    seen: list[str], count: int | None = None, has: str | None = None, has_not: str | None = None, **exactly: list[str]
) -> Seen:
    """Whether these are the texts: how many, one with a pattern, none with one, or exactly what `is` says."""
    wanted = exactly.get("is", exactly.get("is_"))
    holds = (
        (wanted is None or seen == wanted)
        and (count is None or len(seen) == count)
        and (has is None or any(re.search(has, text) for text in seen))
        and (has_not is None or not any(re.search(has_not, text) for text in seen))
    )
    return holds, seen
