"""Block Kit for the templates: Slack's text as safe HTML, moments, values, and the fields that a window's form has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from markupsafe import Markup, escape

from twelp.sandbox.browser.place import Place
from twelp.sandbox.slack.elements import VALUE_KEYS

Json = Mapping[str, Any]

_MRKDWN: Final = re.compile(
    r"<(?P<ref>[^<>\n]+)>|(?P<bare>https?://[^\s<>]*[^\s<>.,;:!?)”])|```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?![\w*])"
    r"|(?<!\w)_(?P<italic>[^_\n]+)_(?!\w)|(?<![\w~])~(?P<strike>[^~\n]+)~(?![\w~])",
    re.DOTALL,
)
_POST: Final = re.compile(r"https://x\.com/\w+/status/(\d+)")
"""Where posts are on X: in the town, they are in the pane beside."""

_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_STYLES: Final = (("bold", "strong"), ("italic", "em"), ("strike", "s"), ("code", "code"))
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TAGS: Final = {
    "pre": Markup("<pre>{}</pre>"),
    "code": Markup("<code>{}</code>"),
    "strong": Markup("<strong>{}</strong>"),
    "em": Markup("<em>{}</em>"),
    "s": Markup("<s>{}</s>"),
}


def mrkdwn(text: Any, names: Mapping[str, str], place: Place) -> Markup:
    """Slack's own formatting as HTML, and addresses as links; everything else in it is text."""
    given, out, at = str(text or ""), Markup(""), 0
    for found in _MRKDWN.finditer(given):
        out += _plain(given[at : found.start()]) + _formatted(found, names, place)
        at = found.end()
    return out + _plain(given[at:])


def _plain(text: str) -> Markup:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return escape(text)


def _formatted(found: re.Match[str], names: Mapping[str, str], place: Place) -> Markup:
    if (ref := found["ref"]) is not None:
        return _reference(ref, names, place)
    if (bare := found["bare"]) is not None:
        return linked(bare, bare, place)
    for group, tag in (("pre", "pre"), ("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s")):
        if (inside := found[group]) is not None:
            shown = _plain(inside) if tag in ("pre", "code") else mrkdwn(inside, names, place)
            return _TAGS[tag].format(shown)
    return Markup("")


def _reference(ref: str, names: Mapping[str, str], place: Place) -> Markup:
    target, _, label = ref.partition("|")
    if target.startswith("@"):
        return Markup('<span class="ping">@{}</span>').format(label or names.get(target[1:], target[1:]))
    if target.startswith("#"):
        return Markup('<span class="ping">#{}</span>').format(label or names.get(target[1:], target[1:]))
    if target.startswith("!date"):
        return escape(label)
    if target.startswith("!"):
        return Markup('<span class="ping">@{}</span>').format(target[1:])
    return linked(target, label or target, place)


def linked(url: Any, label: Any, place: Place) -> Markup:
    """A link: to a post, within the town; else out of it. One that is none is shown as text."""
    if post := _POST.fullmatch(str(url)):
        return Markup('<a href="{}">{}</a>').format(place.to(q=post[1], pane="network"), label or url)
    if not str(url).startswith(("https://", "http://", "mailto:")):
        return escape(label or url)
    return Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(url, label or url)


def styled(run: Json) -> Markup:
    """A run of rich text with its style."""
    shown, style = escape(run.get("text", "")), run.get("style") or {}
    for name, tag in _STYLES:
        if style.get(name):
            shown = _TAGS[tag].format(shown)
    return shown


def moment(at: datetime, *, seconds: bool = False) -> str:
    """An hour of a day, in UTC as everywhere in twelp.

    >>> moment(datetime(2026, 11, 30, 9, 5, tzinfo=UTC))
    '09:05'
    """
    return f"{at.astimezone(UTC):%H:%M:%S}" if seconds else f"{at.astimezone(UTC):%H:%M}"


def dated(element: Json, now: datetime) -> str:
    """A rich text's date as Slack shows it, in UTC; an unusual one by its fallback."""
    try:
        at = datetime.fromtimestamp(int(element["timestamp"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return str(element.get("fallback", ""))
    form = str(element.get("format", ""))
    day = f"{at.day} {_MONTHS[at.month - 1]}"
    short = day if at.date() != now.date() else "today"
    for place, shown in (
        ("{ago}", ago(at, now)),
        ("{time}", moment(at)),
        ("{time_secs}", moment(at, seconds=True)),
        ("{date_short_pretty}", short),
        ("{date_pretty}", short),
        ("{date_long_pretty}", short),
        ("{date_short}", day),
        ("{date_long}", day),
        ("{date}", day),
        ("{date_num}", f"{at:%Y-%m-%d}"),
    ):
        form = form.replace(place, shown)
    return str(element.get("fallback", "")) if "{" in form else form


def ago(at: datetime, now: datetime) -> str:
    """How long ago that was, or how long it still is.

    >>> ago(datetime(2026, 11, 30, 9, tzinfo=UTC), datetime(2026, 11, 30, 9, 3, tzinfo=UTC))
    '3 min ago'
    """
    seconds = (now - at).total_seconds()
    size = abs(seconds)
    if size < 5:
        return "now"
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        if size >= length:
            told = f"{int(size // length)} {unit}"
            return f"{told} ago" if seconds > 0 else f"in {told}"
    return "now"


def told_hour(given: Any, now: datetime) -> str:
    """How long until, or since, an hour that the app told of."""
    try:
        return ago(datetime.fromisoformat(str(given)), now)
    except (ValueError, TypeError):
        return ""


def clock(timestamp: Any) -> str:
    """The hour of a message's ``ts``."""
    try:
        return moment(datetime.fromtimestamp(float(timestamp), UTC))
    except (TypeError, ValueError, OverflowError):
        return ""


def field_name(block: Json, element: Json) -> str:
    """How a window's form calls a field."""
    return f"field {block.get('block_id')} {element.get('action_id')}"


def field_id(view_id: str, block: Json, element: Json) -> str:
    """The field's id in the page: the same as long as Slack keeps what is typed into it."""
    return re.sub(r"[^\w-]", "_", f"f-{view_id}-{block.get('block_id')}-{element.get('action_id')}")


def value_of(element: Json, block: Json, state: Json) -> Any:
    """What stands in an element now: text, an option's value, or a list of values."""
    kept = state.get(str(block.get("block_id")), {}).get(str(element.get("action_id")), {})
    value = kept.get(VALUE_KEYS.get(str(element.get("type")), "value"))
    if isinstance(value, list):
        return [one.get("value") if isinstance(one, Mapping) else one for one in value]
    if isinstance(value, Mapping):
        return value.get("value")
    return "" if value is None else value


def groups_of(element: Json) -> list[Json]:
    """A menu's options in their groups; those in none, in one without a label."""
    groups: list[Json] = [
        {"label": (group.get("label") or {}).get("text", ""), "options": group.get("options") or []}
        for group in element.get("option_groups") or []
    ]
    return [{"label": "", "options": element["options"]}, *groups] if element.get("options") else groups
