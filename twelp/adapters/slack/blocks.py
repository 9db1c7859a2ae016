"""The few Block Kit pieces our cards and modals are made of, and the one door through which outside text enters them.

Text from outside is only ever put into *rich text* elements, which Slack shows as they are: no mention, link, emoji or
formatting in them comes alive, and nothing needs escaping. The one exception is a message's fallback `text` (what a
notification shows), which Slack reads as mrkdwn: there `escape` is due. Our own texts are said here, too, in the
configured language, so that whatever limits their length limits what is shown.
Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block, docs.slack.dev/messaging/formatting-message-text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from string import Formatter
from typing import Any, Final

from twelp.texts import slack as texts
from twelp.texts.phrase import Phrase, Text, Value, language, say

Block = dict[str, Any]

QUOTE_LIMIT: Final = 2_400
"""Characters of outside text we show at most (Slack takes 3,000 in one text object); the rest is counted aloud."""

PLAIN_LIMIT: Final = 3_000
VALUE_LIMIT: Final = 2_000
OPTION_VALUE_LIMIT: Final = 150

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Controls, overrides of the reading direction (they would turn our own words around) and halves of characters."""

_UNSEEN_INSIDE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
"""The same but for directions: ours are meant, and those of somebody else were taken out of their places."""

_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")


def width(text: str) -> int:
    """Length in UTF-16 units, the longest of the ways in which Slack's limits may be counted."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, limit: int) -> str:
    """`text` within `limit` UTF-16 units; what was left out is said in its place."""
    if width(text) <= limit:
        return text
    room = limit - width(say(texts.MORE_CHARACTERS(text="", count=len(text))))
    kept, used = 0, 0
    for character in text:
        used += width(character)
        if used > room:
            break
        kept += 1
    left_out = language().form(texts.MORE_CHARACTERS, len(text) - kept)
    return left_out.format(text=text[:kept], count=len(text) - kept)


def legible(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Somebody else's text as it may be shown: no unseen characters, at most `limit` long, never empty.

    Of ours, only what stands in their places was somebody else's, and loses its unseen characters there.
    """
    said = say(text)
    unseen = _UNSEEN_INSIDE if isinstance(text, (Phrase, Text)) else _UNSEEN
    return cut(unseen.sub("", said.replace("\r\n", "\n").replace("\r", "\n")).strip(), limit) or say(texts.NO_TEXT)


def line(text: str, limit: int) -> str:
    """The same on one line: names, topics, reasons."""
    return legible(text if isinstance(text, (Phrase, Text)) else " ".join(text.split()), limit).replace("\n", " ")


def handle(name: str, limit: int) -> str:
    """Whoever has this handle, as people name them; a customer where the network did not tell."""
    return line(f"@{name}", limit) if name else say(texts.A_CUSTOMER)


def is_whole(text: str, limit: int = QUOTE_LIMIT) -> bool:
    """Whether `legible` leaves nothing of the text out."""
    return legible(text, limit) == legible(text, len(text) * 2 + 1)


def exact(text: str) -> str:
    """A text word for word as it would be public; only what no server accepts (NUL, half characters) shows as `�`."""
    return cut(_UNSENDABLE.sub("�", text), PLAIN_LIMIT) or say(texts.NO_TEXT)


def in_parts(text: str, limit: int = PLAIN_LIMIT) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units, nothing left out; one part where it fits."""
    parts, part, used = list[str](), "", 0
    for character in text:
        if used + width(character) > limit:
            parts.append(part)
            part, used = "", 0
        part, used = part + character, used + width(character)
    return [*parts, part]


def escape(text: str) -> str:
    """For places that Slack reads as mrkdwn. Source: docs.slack.dev/messaging/formatting-message-text#escaping."""
    return say(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# ---------------------------------------------------------------- rich text


def words(text: str, *, bold: bool = False) -> Block:
    """A run of text, shown as it is."""
    run: Block = {"type": "text", "text": say(text)}
    return run | {"style": {"bold": True}} if bold else run


def link(url: str, text: str) -> Block:
    """Our own words leading to `url`."""
    return {"type": "link", "url": url, "text": say(text)}


def confirm(act: str, question: str, deny: str) -> Block:
    """The small window in which a press is confirmed."""
    return {"title": label(act), "text": plain(question), "confirm": label(act), "deny": label(deny)}


def moment(at: datetime) -> Block:
    """A moment in the reader's own time zone."""
    return {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": say(texts.MOMENT),
        "fallback": f"{at:%Y-%m-%d %H:%M} UTC",
    }


def ago(at: datetime) -> Block:
    """How long ago that was, for as long as it is looked at."""
    return {"type": "date", "timestamp": int(at.timestamp()), "format": "{ago}", "fallback": f"{at:%Y-%m-%d %H:%M} UTC"}


def sentence(text: Text, **places: Block | Value) -> list[Block]:
    """One of our texts as runs; a name in bold, a link or a moment that stands in a place is a run of its own."""
    runs: list[Block] = []
    plain_so_far = ""
    for before, place, _, _ in Formatter().parse(language().form(text)):
        plain_so_far += before
        standing = places[place] if place is not None else ""
        if not isinstance(standing, dict):
            plain_so_far += language().placed(standing)
            continue
        runs += [words(plain_so_far)] if plain_so_far else []
        plain_so_far = ""
        runs.append(standing | {"text": language().isolated(standing["text"])} if "text" in standing else standing)
    return [*runs, words(plain_so_far)] if plain_so_far else runs


def spaced(sentences: Iterable[Sequence[Block]]) -> list[Block]:
    """Sentences in a row, with a space between each two."""
    runs: list[Block] = []
    for said in sentences:
        runs += [words(" "), *said] if runs else said
    return runs


def paragraph(*elements: Block) -> Block:
    """One line or paragraph of runs, links and moments."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(text: str) -> Block:
    """`text` set apart with a bar at its left."""
    return {"type": "rich_text_quote", "elements": [words(text)]}


def posts(texts_of: Sequence[str], *, whole: bool = False) -> list[Block]:
    """Posts word for word, each set apart; of several, each below its number. `whole`: however long, for a window."""
    shown: list[Block] = []
    for number, text in enumerate(texts_of, 1):
        if len(texts_of) > 1:
            shown.append(paragraph(words(texts.POST_NUMBER(number=number, of=len(texts_of)))))
        shown += [quote(exact(part)) for part in (in_parts(text) if whole else [text])]
    return shown


def bullets(items: Iterable[str]) -> Block:
    """A list of short texts."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [paragraph(words(item)) for item in items]}


def rich(block_id: str, *elements: Block) -> Block:
    """A block of paragraphs, quotes and lists."""
    return {"type": "rich_text", "block_id": block_id, "elements": list(elements)}


# ---------------------------------------------------------------- the rest


def plain(text: str) -> Block:
    """A text object of our own words."""
    return {"type": "plain_text", "text": say(text), "emoji": False}


def label(text: str, limit: int = 24) -> Block:
    """A text object where Slack takes so much and no more: the title and the buttons of a window."""
    said = say(text)
    return plain(said if width(said) <= limit else f"{said[: limit - 1].rstrip()}…")


def image(block_id: str, url: str, alt_text: str) -> Block:
    """A picture that Slack fetches from where it is."""
    return {"type": "image", "block_id": block_id, "image_url": url, "alt_text": cut(alt_text, 2_000)}


def header(text: str) -> Block:
    """The headline of a card."""
    return {"type": "header", "block_id": "headline", "text": label(text, 150)}


def button(action_id: str, text: str, value: str, style: str = "") -> Block:
    """A button that sends `value` (at most 2,000 characters) back; `style`: `primary`, `danger` or none."""
    made: Block = {"type": "button", "action_id": action_id, "text": label(text, 75), "value": value}
    return made | {"style": style} if style else made


def actions(block_id: str, elements: Sequence[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def is_link(url: str) -> bool:
    """True for an address that may become a link or a link button: http(s), at most 3,000 characters, no blanks."""
    return url.startswith(("https://", "http://")) and width(url) <= PLAIN_LIMIT and not re.search(r"\s", url)
