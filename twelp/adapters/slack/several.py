"""A post that asks several things: how cards and windows show them, and how an author says which of it they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import PointShown, Preview
from twelp.texts import slack as texts

_BLOCK: Final = "covers"
_CHOICE: Final = "twelp_covers"
_SHORT: Final = 160
_LINE: Final = 75


def points_blocks(points: Sequence[PointShown]) -> list[Block]:
    """What a post asks, where that is several things: which of it is answered, and which the reader is asked about."""
    return [kit.rich("points", *points_lines(points))] if points else []


def points_lines(points: Sequence[PointShown]) -> list[Block]:
    """The same, for a block that holds other things, too."""
    if not points:
        return []
    lead = kit.paragraph(kit.words(texts.POINTS(count=len(points))))
    return [lead, kit.bullets([_line(point) for point in points])]


def _line(point: PointShown) -> str:
    form = texts.POINT_ANSWERED if point.answered else texts.POINT_THEIRS if point.theirs else texts.POINT
    words, topic = kit.line(point.words, _SHORT), kit.line(point.topic, _SHORT) if point.topic else texts.NO_TOPIC
    return kit.line(form(words=words, topic=topic), 2 * _SHORT + _LINE)


def covers_blocks(preview: Preview) -> list[Block]:
    """Which of several open things the text answers: as it is taken to, unless its author says otherwise."""
    left = [(place, point) for place, point in enumerate(preview.points) if point.answer is None]
    if len(left) < 2:
        return []
    options = [{"text": kit.label(kit.line(point.words, _LINE), _LINE), "value": str(place)} for place, point in left]
    element: Block = {"type": "checkboxes", "action_id": _CHOICE, "options": options}
    taken = [option for option, (place, _) in zip(options, left, strict=True) if place in preview.covers]
    if taken:
        element["initial_options"] = taken
    label, hint = kit.plain(texts.COVERS_LABEL), kit.plain(texts.COVERS_HINT)
    return [{"type": "input", "block_id": _BLOCK, "label": label, "hint": hint, "element": element}]


def chosen(view: Mapping[str, Any]) -> tuple[int, ...] | None:
    """Which of several things the author of an answer says that it answers; None where the window did not ask."""
    state = view.get("state", {}).get("values", {}).get(_BLOCK, {}).get(_CHOICE)
    if state is None:
        return None
    return tuple(int(option["value"]) for option in state.get("selected_options") or () if option["value"].isdecimal())
