"""Private messages as X's API lists and takes them.

Source: X's OpenAPI description 2.166 (``DmEvent``, ``CreateMessageRequest``, ``CreateDmEventResponse``).
"""

from __future__ import annotations

from typing import Any, Final

from twelp.sandbox.x import text as texts
from twelp.sandbox.x.directs import Direct, Directs
from twelp.sandbox.x.params import make_token
from twelp.sandbox.x.people import Account, People
from twelp.sandbox.x.problems import forbidden, invalid, not_found
from twelp.sandbox.x.shapes import Shaper
from twelp.sandbox.x.state import iso

Json = dict[str, Any]

NOT_ALLOWED: Final = "You cannot send messages to this user."
_DEFAULT: Final = frozenset({"id", "text", "event_type"})
_BROUGHT: Final = {"sender_id": "sender_id", "participant_ids": "participant_ids"}


def events(directs: Directs, shaper: Shaper, owner: Account, other: Account | None = None) -> Json:
    """One page of messages, newest first; each is an event of the kind MessageCreate, as nobody joins or leaves."""
    asked = shaper.asked
    wanted = asked.get("event_types")
    found = directs.listed(owner, other) if wanted is None or "MessageCreate" in wanted else []
    direction, boundary = asked.get("pagination_token") or ("", 0)
    older = [one for one in found if direction != "n" or one.id < boundary]
    if direction == "p":
        older = [one for one in found if one.id > boundary][: asked.get("max_results", 100)]
    page = older[::-1][: asked.get("max_results", 100)]
    meta: Json = {"result_count": len(page)}
    if page and page[-1].id > found[0].id:
        meta["next_token"] = _token("n", page[-1].id)
    if page and direction and page[0].id < found[-1].id:
        meta["previous_token"] = _token("p", page[0].id)
    answer: Json = {"data": [_event(one, asked) for one in page]} if page else {}
    if page and "sender_id" in asked.get("expansions", ()):
        people = {one.sender.id: one.sender for one in page}
        answer["includes"] = {"users": [shaper.user(account) for account in people.values()]}
    return answer | {"meta": meta}


def events_with(directs: Directs, shaper: Shaper, people: People, owner: Account, given: str) -> Json:
    """The same of the conversation with one account."""
    other = people.get(int(given))
    if other is None:
        return {"errors": [not_found("user", "participant_id", given)]}
    return events(directs, shaper, owner, other)


def create(directs: Directs, people: People, owner: Account, given: str, body: Any) -> Json:
    """Let the app write to an account.

    Raises:
        Refusal: 400 for a body that does not fit; 403 where that account takes no messages from us: it is suspended, or
            has not written first.
    """
    if not isinstance(body, dict) or set(body) - {"text"}:
        raise invalid("$: expected an object with text; attachments are not offered by this sandbox", "text")
    text = body.get("text")
    if not isinstance(text, str) or not text:
        raise invalid("$.text: is missing but it is required", "text")
    other = people.get(int(given))
    if other is None or other.suspended or not directs.wrote_to(other, owner):
        raise forbidden(NOT_ALLOWED)
    try:
        made = directs.add(owner, other, text, via="api")
    except ValueError as error:
        raise invalid(f"$.text: {error}", "text") from None
    return {"data": {"dm_conversation_id": made.conversation_id, "dm_event_id": str(made.id)}}


def _event(one: Direct, asked: Json) -> Json:
    brought = {_BROUGHT[name] for name in asked.get("expansions", ()) if name in _BROUGHT}
    wanted = _DEFAULT | frozenset(asked.get("dm_event.fields", ())) | brought
    every: Json = {
        "id": str(one.id),
        "event_type": "MessageCreate",
        "text": texts.escape(one.full_text),
        "dm_conversation_id": one.conversation_id,
        "created_at": iso(one.created_at),
        "sender_id": str(one.sender.id),
    }
    shown = {name: value for name, value in every.items() if name in wanted}
    links = texts.Entities(every["text"], {}, one.expanded).as_json().get("urls") if "entities" in wanted else None
    if links:
        known = ("url", "expanded_url", "display_url", "start", "end")
        shown["urls"] = [{name: link[name] for name in known if name in link} for link in links]
    return shown


def _token(direction: str, boundary: int) -> str:
    """Tokens of these lists are at least 16 characters long."""
    return f"{direction}{make_token('', boundary):0>15}"
