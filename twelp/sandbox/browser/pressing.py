"""What the forms of the town do: each an act that a person could do on the network or in Slack, over the same wire.

A window's fields are typed first, then what was pressed is pressed, as a client does it. What could not be done is a
line for whoever pressed it; nothing here raises for a person's mistake.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from twelp.sandbox.browser.behind import FAULTS
from twelp.sandbox.browser.network import newest_version
from twelp.sandbox.browser.place import Place, seen
from twelp.sandbox.slack.elements import TEXT_INPUTS, VALUE_KEYS
from twelp.sandbox.slack.finding import NotThere
from twelp.sandbox.slack.views import View, elements_of
from twelp.sandbox.world import Sandbox
from twelp.sandbox.x.state import Draft, Post

Form = Mapping[str, str]
Handler = Callable[[Place, Form], Awaitable[Place]]

_FIELD: Final = "field "
_WORDS: Final = {
    "no_connection": "The app is not connected to Slack: nobody heard that.",
    "timeout": "The app did not answer in time. Slack shows a warning sign; press again.",
    "operation_timeout": "The app did not answer the command in time.",
    "dispatch_failed": "The command did not reach the app.",
}


class Pressed:
    """Does what forms say, and keeps what is to be told to whoever pressed.

    Attributes:
        notes: a line for each person (and, at the empty name, for whoever is nobody), until the next act.
        errors: of each person's window, by its id: lines below fields.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.notes: dict[str, str] = {}
        self.errors: dict[str, tuple[str, Mapping[str, str]]] = {}
        self._acts: dict[str, Handler] = {
            "post": self._post,
            "edit": self._edit,
            "delete": self._delete,
            "like": self._like,
            "write": self._write,
            "click": self._click,
            "window": self._window,
            "type": self._type,
            "home": self._home,
            "shortcut": self._shortcut,
            "hold": self._hold,
            "tour": self._tour,
            "fault": self._fault,
        }

    async def press(self, act: str, place: Place, form: Form) -> Place:
        """Does it, and tells where to go from there."""
        self.notes.pop(place.who, None)
        handler = self._acts.get(act)
        if handler is None:
            self.notes[place.who] = f"“{act[:40]}” is nothing one can do here."
            return place
        try:
            return await handler(place, form)
        except (ValueError, LookupError) as error:
            self.notes[place.who] = str(error)[:400]
            return place

    # ------------------------------------------------------------ on the network

    async def _post(self, place: Place, form: Form) -> Place:
        x = self._sandbox.x
        me = seen(form, "me").strip().removeprefix("@") or place.me
        if me.casefold() == x.brand.handle.casefold():
            raise ValueError(f"@{x.brand.handle} is the brand: its posts come from the app. Write as a customer.")
        reply, quotes = (int(place.reply or 0) or None), (int(place.quote or 0) or None)
        x.account(me)
        post = x.post(me, Draft(seen(form, "text"), reply_to=reply, quotes=quotes))
        now = replace(place.at_rest(), me=me)
        return now if reply else replace(now, q=str(post.id))

    async def _edit(self, place: Place, form: Form) -> Place:
        new = self._sandbox.x.edit(self._customers(place.edit).id, seen(form, "text"))
        now = place.at_rest()
        return replace(now, q=str(new.id)) if new is not None and place.q == place.edit else now

    async def _delete(self, place: Place, form: Form) -> Place:
        self._sandbox.x.posts.delete(self._customers(seen(form, "id")).id)
        return place.at_rest()

    async def _like(self, place: Place, form: Form) -> Place:
        post = newest_version(self._sandbox.x, seen(form, "id"))
        if post is not None:
            self._sandbox.x.posts.like(post)
        return place

    def _customers(self, post_id: str) -> Post:
        post = newest_version(self._sandbox.x, post_id if post_id.isdigit() else "")
        if post is None:
            raise ValueError("That post is gone.")
        if post.author is self._sandbox.x.brand:
            raise ValueError("That is the brand's post: take it back or correct it from its card in Slack.")
        return post

    # ------------------------------------------------------------ in Slack

    async def _write(self, place: Place, form: Form) -> Place:
        text = seen(form, "text").strip()
        channel = None if place.tab in ("home", "messages") else place.tab
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            self._told(place, await self._sandbox.slack.acts.command(place.who, command, rest, channel))
        elif text:
            thread = seen(form, "thread") or None
            self._told(place, await self._sandbox.slack.acts.write(place.who, text, seen(form, "channel"), thread))
        return place

    async def _click(self, place: Place, form: Form) -> Place:
        """A button or menu on a message; `do` names it by block and action, for a menu with the chosen value."""
        where = {"channel": seen(form, "channel"), "ts": seen(form, "ts"), **_named(seen(form, "do"), form)}
        self._told(place, await self._sandbox.slack.acts.click(place.who, **where))
        return place

    async def _window(self, place: Place, form: Form) -> Place:
        """Something in a window or on the Home tab: what was typed first, then what was pressed."""
        do, view_id = seen(form, "do") or "submit", seen(form, "view")
        acts = self._sandbox.slack.acts
        self.errors.pop(place.who, None)
        if do == "close":
            self._told(place, await acts.close(place.who, view_id))
        elif do == "submit":
            result = await acts.submit(place.who, view_id, self._fields(view_id, form))
            self._told(place, result)
            if result["errors"]:
                shown = (result["view"] or {}).get("id", view_id)
                self.errors[place.who] = (shown, result["errors"])
        else:
            await self._fill(place.who, view_id, form)
            self._told(place, await acts.click(place.who, view_id=view_id, **_named(do, form)))
        return place

    async def _type(self, place: Place, form: Form) -> Place:
        await self._fill(place.who, seen(form, "view"), form)
        return place

    async def _fill(self, who: str, view_id: str, form: Form) -> None:
        """Types what stands in the text fields of a window and did not before."""
        view = self._view(view_id)
        for block, element in elements_of(view.given["blocks"]) if view else ():
            name = f"{_FIELD}{block['block_id']} {element['action_id']}"
            if name not in form or element["type"] not in TEXT_INPUTS or view is None:
                continue
            kept = view.values.get(block["block_id"], {}).get(element["action_id"], {})
            if (kept.get("value") or "") != _lines(form[name]):
                where = {"view_id": view_id, "block_id": block["block_id"], "action_id": element["action_id"]}
                await self._sandbox.slack.acts.type(who, _lines(form[name]), **where)

    def _fields(self, view_id: str, form: Form) -> dict[str, dict[str, Any]]:
        view, values = self._view(view_id), dict[str, dict[str, Any]]()
        for block, element in elements_of(view.given["blocks"]) if view else ():
            name = f"{_FIELD}{block['block_id']} {element['action_id']}"
            if block["type"] != "input" or (name not in form and element["type"] != "checkboxes"):
                continue
            several = VALUE_KEYS[element["type"]] in ("selected_options", "selected_users")
            value: Any = [part for part in form.get(name, "").split("\x1f") if part] if several else _lines(form[name])
            values.setdefault(block["block_id"], {})[element["action_id"]] = value or None if not several else value
        return values

    def _view(self, view_id: str) -> View | None:
        with self._sandbox.slack.workspace.lock:
            return self._sandbox.slack.backend.views.find(view_id)

    async def _home(self, place: Place, form: Form) -> Place:
        self._told(place, await self._sandbox.slack.acts.home(place.who))
        return replace(place, tab="home")

    async def _shortcut(self, place: Place, form: Form) -> Place:
        where = (seen(form, "channel"), seen(form, "ts"))
        self._told(place, await self._sandbox.slack.acts.shortcut(place.who, seen(form, "do"), *where))
        return place

    def _told(self, place: Place, result: Mapping[str, Any]) -> None:
        error = result["error"]
        if not result["acked"] and not result["errors"]:
            self.notes[place.who] = _WORDS.get(str(error), f"Slack could not do that: {error}.")

    # ------------------------------------------------------------ behind the scenes

    async def _hold(self, place: Place, form: Form) -> Place:
        self._sandbox.slack.backend.played.hold = seen(form, "do") == "hold"
        return place

    async def _tour(self, place: Place, form: Form) -> Place:
        """The tour begins, in a town that holds still; or it ends, and all go on."""
        on = seen(form, "do") == "begin"
        self._sandbox.slack.backend.played.hold = on
        return Place(me=place.me, who="", tour=True) if on else replace(place.at_rest(), tour=False)

    async def _fault(self, place: Place, form: Form) -> Place:
        chosen = seen(form, "do")
        if chosen == "clear":
            self._sandbox.faults.clear()
        elif chosen in FAULTS:
            self._sandbox.faults.add(FAULTS[chosen][1])
        return place


def _named(do: str, form: Form) -> dict[str, Any]:
    """What `do` names: ``block action``, and after a third blank the value; else that of the select beside it."""
    block_id, _, rest = do.partition(" ")
    action_id, has_value, value = rest.partition(" ")
    named: dict[str, Any] = {"block_id": block_id, "action_id": action_id}
    field = f"{_FIELD}{block_id} {action_id}"
    if has_value:
        named["value"] = value
    elif field in form:
        named["value"] = form[field]
    if not named["action_id"]:
        raise NotThere("nothing was pressed")
    return named


def _lines(text: str) -> str:
    """Browsers send lines with two characters at their ends."""
    return text.replace("\r\n", "\n")
