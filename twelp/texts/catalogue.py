"""All texts by name, and what was said as rows hold it: the text's name and what stood in its places.

So a row says what was meant, and whoever shows it says it in the language of that day. Rows written before there was a
catalogue hold plain English, and are shown as they are; a name that this version does not know (a row of a newer one)
is shown as what stood in its places. Outside words that look like one of our rows are no less outside words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, Final

from twelp.texts import acts, gate, notes, phrase, private, reasons, slack
from twelp.texts.phrase import COMMAS, Phrase, Text, Value, in_a_row

Held = str | dict[str, Any]
"""What was said as JSON holds it: plain words, or a name with places."""

_NAME: Final = "say"
_BEGINS: Final = f'{{"{_NAME}":'


def _of(module: ModuleType) -> Iterator[tuple[str, Text]]:
    """The module's texts, by name: `slack.answer`, `slack.headlines.asked`, `acts.months.0`."""
    for constant, value in vars(module).items():
        name = f"{module.__name__.rpartition('.')[2]}.{constant.lower()}"
        if isinstance(value, Text):
            yield name, value
        elif isinstance(value, tuple) and constant.isupper():
            yield from ((f"{name}.{number}", text) for number, text in enumerate(value))
        elif isinstance(value, Mapping) and constant.isupper():
            yield from ((f"{name}.{key}".replace(" ", "_"), text) for key, text in value.items())


def _named() -> dict[str, Text]:
    found = {
        name: text for module in (phrase, slack, private, acts, reasons, gate, notes) for name, text in _of(module)
    }
    for name, text in found.items():
        assert not text.key, f"{name} and {text.key} are the same text"
        assert _NAME not in text.places, f"{name}: no place may be called {_NAME}"
        text.key = name
    return found


CATALOGUE: Final[Mapping[str, Text]] = _named()
"""Every text that people read in Slack, by name."""


def hold(said: str, clean: Callable[[str], str] = str) -> Held:
    """What was said, for a JSON column; `clean` is done to outside words."""
    if isinstance(said, Phrase):
        return {_NAME: said.text.key, **{place: _hold(value, clean) for place, value in said.values.items()}}
    return {_NAME: said.key} if isinstance(said, Text) else clean(said)


def _hold(value: Value, clean: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return [hold(part, clean) for part in value]
    return value if isinstance(value, int) else hold(value, clean)


def held(found: Any) -> str:
    """What a JSON column holds, as it was said."""
    if not isinstance(found, dict):
        return str(found)
    text = CATALOGUE.get(str(found.get(_NAME)))
    values = {place: _held(value) for place, value in found.items() if place != _NAME}
    if text is not None and text.places == values.keys():
        return text(**values) if values else text
    return in_a_row(COMMAS, [str(value) for value in values.values()])


def _held(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(held(part) for part in value)
    return value if isinstance(value, int) else held(value)


def line(said: str) -> str:
    """What was said, for a column of text."""
    if isinstance(said, (Phrase, Text)) or said.startswith(_BEGINS):
        kept = hold(said) if isinstance(said, (Phrase, Text)) else hold(phrase.AS_IS(words=said))
        return json.dumps(kept, ensure_ascii=False)
    return said


def read(found: str) -> str:
    """What a column of text holds, as it was said."""
    if not found.startswith(_BEGINS):
        return found
    try:
        return held(json.loads(found))
    except (ValueError, RecursionError):
        return found
