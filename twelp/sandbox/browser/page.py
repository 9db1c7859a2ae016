"""The page and its parts, from what the sandbox holds now."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from twelp.sandbox.browser import behind, kit, network, slack, touring
from twelp.sandbox.browser.behind import Told
from twelp.sandbox.browser.place import Place
from twelp.sandbox.browser.pressing import Pressed
from twelp.sandbox.world import Sandbox

PARTS: Final = ("top", "network", "slack", "window", "behind")
"""What is swapped by itself, by its id in the page."""

_PLAYED_S: Final = 60.0
_WAIT_S: Final = 3.0
"""For what the app tells: a page is shown without it rather than late."""


def environment() -> Environment:
    """Templates that escape everything, and fail on what was not given to them."""
    made = Environment(
        loader=PackageLoader("twelp.sandbox.browser"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "mrkdwn": kit.mrkdwn,
        "linked": kit.linked,
        "styled": kit.styled,
        "dated": kit.dated,
        "clock": kit.clock,
        "field_name": kit.field_name,
        "field_id": kit.field_id,
        "value_of": kit.value_of,
        "groups_of": kit.groups_of,
        "ago": kit.ago,
        "moment": kit.moment,
        "told_hour": kit.told_hour,
    }
    return made


class Pages:
    """Makes the page and its parts."""

    def __init__(self, sandbox: Sandbox, told: Told, pressed: Pressed) -> None:
        self._sandbox = sandbox
        self._told = told
        self._pressed = pressed
        self._templates = environment()

    def keep(self, place: Place) -> None:
        """Whoever is played in a page stands still for a while: their puppet does nothing by itself."""
        workspace = self._sandbox.slack.workspace
        with workspace.lock:
            try:
                person = workspace.find(place.who) if place.who else None
            except LookupError:
                return
        if person is not None:
            self._sandbox.slack.backend.played.keep(person.id, _PLAYED_S)

    async def open_home(self, place: Place) -> None:
        """Somebody's Home tab, come to by its address, is opened as in Slack: the app hears of it, and draws it."""
        slack = self._sandbox.slack
        with slack.workspace.lock:
            known = {person.name: person for person in slack.workspace.people.values() if not person.deleted}
        person = known.get(place.who)
        if place.tab == "home" and person is not None and person.id not in slack.backend.views.homes:
            await slack.acts.home(person.id)

    def number(self) -> tuple[object, ...]:
        """Changes whenever something that is shown may have."""
        sandbox, played = self._sandbox, self._sandbox.slack.backend.played
        notes, errors = repr(self._pressed.notes), repr(self._pressed.errors)
        return (
            sandbox.slack.workspace.number,
            sandbox.x.posts.changes,
            sandbox.record.total,
            played.hold,
            notes,
            errors,
        )

    async def whole(self, place: Place) -> str:
        """The whole page."""
        return self._templates.get_template("page.html").render(await self._shown(place))

    async def parts(self, place: Place) -> Mapping[str, str]:
        """Each part of the page, by its id."""
        shown = await self._shown(place)
        return {name: self._templates.get_template(f"{name}.html").render(shown) for name in PARTS}

    async def _shown(self, place: Place) -> dict[str, Any]:
        sandbox = self._sandbox
        threads = network.threads(sandbox.x, place.q)
        chosen = next((thread for thread in threads if place.q and place.q in thread.ids), None)
        marked = chosen.ids if chosen else frozenset({place.q} if place.q else ())
        asking = [place.q, *(post.id for post in chosen.posts if not post.ours)] if chosen else [place.q]
        told = await self._tells(asking)
        people = slack.colleagues(sandbox.slack, marked)
        desk = slack.desk(sandbox.slack, place.who, place.tab, marked) if place.who else None
        return {
            "place": place,
            "now": sandbox.clock.now(),
            "brand": sandbox.x.brand,
            "held": sandbox.slack.backend.played.hold,
            "note": self._pressed.notes.get(place.who, ""),
            "errors": self._errors(place, desk),
            "threads": threads,
            "marked": marked,
            "handles": network.handles(sandbox.x),
            "people": people,
            "desk": desk,
            "names": desk.names if desk else {},
            "called": slack.called(sandbox.slack),
            "told": told,
            "answers": bool(self._told.url),
            "wire": behind.on_the_wire(sandbox, marked),
            "faults": behind.FAULTS,
            "faulty": sum(1 for fault in sandbox.faults.script() if fault["times"]),
            "tour": touring.tour(place, chosen, people, desk, told) if place.tour else None,
            "touring": touring,
        }

    async def _tells(self, post_ids: list[str]) -> Mapping[str, Any] | None:
        """What the app tells of the first of these posts that it knows as a question, else of the first it knows."""
        first = None
        for post_id in list(dict.fromkeys(filter(None, post_ids)))[:3]:
            found = await self._asked(post_id)
            if found is not None and found.get("question") is not None:
                return found
            first = first or found
        return first

    async def _asked(self, post_id: str) -> Mapping[str, Any] | None:
        try:
            return await asyncio.wait_for(self._told.of(post_id), _WAIT_S)
        except TimeoutError:
            return None

    def _errors(self, place: Place, desk: slack.Desk | None) -> Mapping[str, str]:
        view_id, errors = self._pressed.errors.get(place.who, ("", {}))
        return errors if desk is not None and desk.window is not None and desk.window["id"] == view_id else {}
