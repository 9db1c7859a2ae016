"""Slack's texts as a terminal shows them: formatted where Slack formats, and nothing in them moves the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rich.text import Text

from twelp.cli.plain import plain

Json = Mapping[str, Any]

_MARKED: Final = re.compile(
    r"<(?P<address>(?:https?|mailto):[^|>]+)(?:\|(?P<label>[^>]*))?>|<@(?P<person>\w+)(?:\|[^>]*)?>|<!(?P<call>[^|>]+)[^>]*>"
    r"|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?![\w*])|(?<!\w)_(?P<italic>[^_\n]+)_(?!\w)"
)
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def unescaped(text: str) -> str:
    """Slack's three entities as characters, fit for a terminal."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return plain(text)


def worded(text: Any, names: Mapping[str, str]) -> Text:
    """A text object (``plain_text`` or ``mrkdwn``); `names` of people by their id."""
    given = text.get("text") if isinstance(text, Mapping) else None
    if not isinstance(given, str):
        return Text("")
    if text.get("type") == "plain_text":
        return Text(plain(given))
    return marked(given, names)


def marked(text: str, names: Mapping[str, str]) -> Text:
    """Slack's own formatting: ``*bold*``, ``_italic_``, ``<address|label>``, ``<@person>``."""
    done, at = Text(), 0
    for found in _MARKED.finditer(text):
        done.append(unescaped(text[at : found.start()]))
        _append_marked(done, found, names)
        at = found.end()
    done.append(unescaped(text[at:]))
    return done


def _append_marked(done: Text, found: re.Match[str], names: Mapping[str, str]) -> None:
    kind = found.lastgroup if found.lastgroup != "label" else "address"
    said = unescaped(found[str(kind)])
    if kind == "address":
        label = unescaped(found["label"] or "")
        done.append(f"{label} ({said})" if label and label != said else said)
    elif kind == "person":
        done.append(f"@{names.get(said, said)}", "bold")
    elif kind == "call":
        done.append(f"@{said}")
    else:
        done.append(said, kind)


def rich_run(elements: Any, names: Mapping[str, str]) -> Text:
    """The elements of a section or quote of Slack's rich text."""
    done = Text()
    for element in _dicts(elements):
        kind, style = element.get("type"), element.get("style")
        marks = " ".join(name for name in ("bold", "italic") if isinstance(style, Mapping) and style.get(name))
        if kind == "user":
            done.append(f"@{names.get(str(element.get('user_id')), str(element.get('user_id')))}", "bold")
        elif kind == "link":
            label, address = str(element.get("text") or ""), str(element.get("url") or "")
            done.append(plain(f"{label} ({address})" if label and label != address else address), marks)
        elif kind == "emoji":
            done.append(f":{plain(str(element.get('name')))}:")
        else:
            done.append(plain(str(element.get("text") or element.get("fallback") or "")), marks)
    return done


def _dicts(elements: Any) -> Iterator[Json]:
    return (e for e in elements if isinstance(e, Mapping)) if isinstance(elements, list) else iter(())
