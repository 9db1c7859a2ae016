"""The windows in which an answer is written, checked and confirmed.

Two steps: the form (write; see what would be posted as you type), then the confirmation (exactly what will be public).
A window's own state travels in its `private_metadata`: the question's id, the marks of what the window shows, the word
`thread` where a long text is to go out as several posts, and in the confirmation the text as typed, on the lines after
it. `TEXT_LIMIT` keeps that within Slack's 3,000 characters.

While somebody types, only the preview below the input is replaced: Slack keeps what is being typed as long as the input
block and element keep their ids. Source: docs.slack.dev/reference/methods/views.update (preserving input entry).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from zlib import crc32

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import findings
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.cards import question_block
from twelp.adapters.slack.pointed import context_blocks
from twelp.adapters.slack.same import variants_blocks
from twelp.flow.answer import unescaped
from twelp.model import Earlier, Form, Link, Preview, Said
from twelp.texts import slack as texts
from twelp.texts.phrase import COMMAS, Text, in_a_row

View = dict[str, Any]

FORM: Final = "twelp_form"
CONFIRM: Final = "twelp_confirm"
BACK: Final = "twelp_note"

ANSWER_BLOCK: Final = "answer"
TYPING: Final = "twelp_typing"
NOTE_BLOCK: Final = "note"
NOTE: Final = "twelp_note_text"
_PREVIEW_BLOCK: Final = "preview"
_NOTE_BLOCK: Final = "noted"
_SHORTEN_BLOCK: Final = "long"
SHORTEN: Final = "twelp_shorten"
AS_THREAD: Final = "twelp_as_thread"
PUT_SPACES: Final = "twelp_put_spaces"
ASK_PRIVATELY: Final = "twelp_ask_privately"
START_FROM: Final = "twelp_start_from"
"""An action's id begins so; a number follows, as no two in a window may be the same."""

_THREAD_WORD: Final = "thread"
_THREAD: Final = 8
_STRANGERS: Final = 4
_THREAD_TEXT: Final = 600

TEXT_LIMIT: Final = 2_000
NOTE_LIMIT: Final = 500
METADATA_LIMIT: Final = 3_000
_ERROR_LIMIT: Final = 500
_BESIDE_LIMIT: Final = 2_000
_CHANGES: Final = 12
_MARK: Final = "~"
_MARKS: Final = 60
"""Characters that marks take at most."""

_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def form_view(form: Form, preview: Preview | None = None, *, block_id: str = ANSWER_BLOCK) -> View:
    """The window that opens on Answer; `preview` of the draft, when there is a draft.

    `block_id` is another than before where the text is put in by us: Slack keeps what was typed as long as it is the
    same.
    """
    element: Block = {
        "type": "plain_text_input",
        "action_id": TYPING,
        "multiline": True,
        "max_length": TEXT_LIMIT,
        "focus_on_load": True,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    if form.draft:
        element["initial_value"] = form.draft[:TEXT_LIMIT]
        block_id += _mark(element["initial_value"])
    answer: Block = {
        "type": "input",
        "block_id": block_id,
        "dispatch_action": True,
        "label": kit.plain(texts.FORM_LABEL),
        "hint": kit.plain(texts.FORM_HINT(limit=form.limit, signature=form.signature)),
        "element": element,
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": kit.label(texts.FORM_TITLE),
        "submit": kit.label(texts.PREVIEW),
        "close": kit.label(texts.CANCEL),
        "private_metadata": pack(form.question, seen=form.seen),
        "blocks": [
            question_block(form.post, form.topic, form.network, whole=True),
            *context_blocks(form.post, whole=True),
            *_thread(form.thread),
            *_privately(form),
            answer,
            *_preview(preview and replace(preview, changes=(*form.changes, *preview.changes))),
            *_replaced(form.replaced),
            *_similar(form.similar),
        ],
    }


def with_preview(view: Mapping[str, Any], preview: Preview, *, thread: bool = False, note: str = "") -> View:
    """The open form (as Slack sent it) with a new preview, the rest as it was.

    `thread`: from now on several posts; `note`: a line of ours above the preview.
    """
    made_anew = (_NOTE_BLOCK, _PREVIEW_BLOCK, _SHORTEN_BLOCK)
    kept = [block for block in view["blocks"] if block.get("block_id") not in made_anew]
    below = next(n for n, block in enumerate(kept) if block["type"] == "input") + 1
    blocks = [*kept[:below], *noted(note, _NOTE_BLOCK), *_preview(preview), *kept[below:]]
    made = {key: view[key] for key in _KEPT if view.get(key)} | {"blocks": blocks}
    if thread:
        before = view["private_metadata"]
        made["private_metadata"] = pack(unpack(before)[0], seen=seen_in(before), thread=True)
    return made


def noted(note: str, block_id: str = "said") -> list[Block]:
    """A line of ours in a window; nothing for an empty one."""
    return [kit.rich(block_id, kit.paragraph(kit.words(kit.legible(note, 2_900), bold=True)))] if note else []


def next_block(view: Mapping[str, Any]) -> str:
    """The id of the input block in a window in which its text is put in anew."""
    number = answer_block(view).removeprefix(ANSWER_BLOCK).partition(_MARK)[0]
    return f"{ANSWER_BLOCK}{int(number or 1) + 1}"


def drafted(draft: str, block_id: str) -> str:
    """The id of an input block in which this draft is put in; see `meant`."""
    return block_id + _mark(draft)


def answer_block(view: Mapping[str, Any]) -> str:
    """The id of the input block of an open form."""
    found = (block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input")
    return next(found, ANSWER_BLOCK)


def confirm_view(question: str, text: str, preview: Preview, seen: str = "", note: str = "") -> View:
    """The second window: word for word what will be public, and whether somebody reads it first.

    `seen`: the marks of what it shows; `note`: what has changed since it was shown before.
    """
    held = any(finding.holds for finding in preview.findings)
    several = len(preview.posts) > 1
    lead = texts.CONFIRM_THREAD(posts=len(preview.posts)) if several else texts.CONFIRM_LEAD
    shown = [kit.paragraph(kit.words(lead)), *kit.posts(preview.posts, whole=True)]
    return {
        "type": "modal",
        "callback_id": CONFIRM,
        "title": kit.label(texts.CONFIRM_TITLE),
        "submit": kit.label(texts.TO_REVIEW if held else texts.POST_PUBLICLY),
        "close": kit.label(texts.BACK),
        "private_metadata": pack(question, text, seen=seen, thread=several),
        "blocks": [
            *noted(note),
            kit.rich("public", *shown, *_beside(preview), *findings.held(preview), *variants_blocks(preview)),
        ],
    }


def failed_view(message: str, text: str = "", title: str = texts.FAILED_TITLE) -> View:
    """Says why nothing was posted, and keeps the text where it can be copied."""
    shown = [kit.paragraph(kit.words(kit.legible(message, 600)))]
    if text:
        shown += [kit.paragraph(kit.words(texts.KEEP_TEXT)), kit.quote(kit.exact(text))]
    return {
        "type": "modal",
        "title": kit.label(title),
        "close": kit.label(texts.CLOSE),
        "blocks": [kit.rich("why", *shown)],
    }


def errors(preview: Preview, block_id: str = ANSWER_BLOCK) -> dict[str, str]:
    """The findings that block, as Slack shows them under the input."""
    found = " ".join(dict.fromkeys(finding.message for finding in preview.findings if finding.blocks))
    return {block_id: kit.line(found, _ERROR_LIMIT)}


# ---------------------------------------------------------------- what comes back


def pack(question: str, text: str = "", *, seen: str = "", thread: bool = False) -> str:
    """A window's `private_metadata`: the question's id, marks of what is shown, and on the lines after it the text."""
    head = " ".join(filter(None, (question, seen, _THREAD_WORD if thread else "")))
    return f"{head}\n{text}" if text else head


def unpack(private_metadata: str) -> tuple[str, str]:
    """What `pack` packed: question and text."""
    head, _, text = private_metadata.partition("\n")
    return head.partition(" ")[0], text


def seen_in(private_metadata: str) -> str:
    """The marks of what a window shows; empty where it was opened before there were any."""
    words = private_metadata.partition("\n")[0].split(" ")
    return words[1] if len(words) > 1 and words[1] != _THREAD_WORD else ""


def as_thread(view: Mapping[str, Any]) -> bool:
    """Whether a long text in this window is to go out as several posts."""
    return bool(view["private_metadata"].partition("\n")[0].endswith(f" {_THREAD_WORD}"))


def carries(question: str, text: str) -> bool:
    """False when the text is too long to travel with the confirmation."""
    return kit.width(pack(question, text, seen="." * _MARKS, thread=True)) <= METADATA_LIMIT


def typed(view: Mapping[str, Any], block: str = "", action: str = TYPING) -> str:
    """What is in an open window's input (the form's by default), as it was typed; empty when nothing is."""
    block = block or answer_block(view)
    value = view.get("state", {}).get("values", {}).get(block, {}).get(action, {}).get("value")
    return meant(value or "", block)


def meant(value: str, block_id: str) -> str:
    """What stands in an input, of what Slack sends: its escapes turned back, but not those of a draft of ours."""
    return value if block_id.endswith(_mark(value) or _MARK) else unescaped(value)


def _mark(draft: str) -> str:
    """What the input's id tells of a draft that looks escaped: one that comes back as it was put in was not escaped."""
    return f"{_MARK}{crc32(draft.encode()):x}" if unescaped(draft) != draft else ""


# ---------------------------------------------------------------- parts


def _preview(preview: Preview | None) -> list[Block]:
    """What would be posted; below it the ways out of a missing space, and of a text that is too long for one post."""
    shown, ways = [_preview_block(preview)], []
    if preview is not None and (preview.left < 0 or len(preview.posts) > 1):
        ways.append(kit.button(SHORTEN, texts.SHORTEN, "shorten"))
        if preview.as_thread:
            ways.append(kit.button(AS_THREAD, texts.AS_THREAD(posts=preview.as_thread), "thread"))
    if preview is not None and any(link.instead for link in preview.links):
        ways.append(kit.button(PUT_SPACES, texts.PUT_SPACES, "spaces"))
    if ways:
        shown.append(kit.actions(_SHORTEN_BLOCK, ways))
    return shown


def _thread(said: Sequence[Said]) -> list[Block]:
    """The rest of the conversation: the customer's words and ours, then what strangers said, each oldest first."""
    theirs = [one for one in said if one.asker or one.ours][-_THREAD:]
    others = [one for one in said if not (one.asker or one.ours)][-_STRANGERS:]
    return [*_said("thread", texts.THREAD, theirs), *_said("others", texts.OTHERS_SAID, others)]


def _said(block_id: str, lead: Text, said: Sequence[Said]) -> list[Block]:
    if not said:
        return []
    shown: list[Block] = [kit.paragraph(kit.words(lead))]
    for one in said:
        shown += [
            kit.paragraph(
                *kit.sentence(texts.SAID_AGO, who=kit.words(kit.handle(one.handle, 80), bold=True), ago=kit.ago(one.at))
            ),
            kit.quote(kit.legible(one.text, _THREAD_TEXT)),
        ]
    return [kit.rich(block_id, *shown)]


def _privately(form: Form) -> list[Block]:
    """A private matter: what not to do in public, and the way out."""
    if not form.privately:
        return []
    lead = kit.rich("private", kit.paragraph(kit.words(texts.PRIVATE_MATTER)))
    return [lead, kit.actions("privately", [kit.button(ASK_PRIVATELY, texts.ASK_PRIVATELY, "privately")])]


def _similar(found: Sequence[Earlier]) -> list[Block]:
    """Earlier answers to start from."""
    if not found:
        return []
    shown: list[Block] = [kit.paragraph(kit.words(texts.SIMILAR))]
    for one in found[: len(texts.START_FROM)]:
        lead = kit.sentence(texts.SIMILAR_BY, who=_bold(one.expert), ago=kit.ago(one.at))
        shown += [kit.paragraph(*lead), kit.quote(kit.legible(one.text, _THREAD_TEXT))]
    buttons = [
        kit.button(f"{START_FROM}{number}", text, str(one.answer))
        for number, (text, one) in enumerate(zip(texts.START_FROM, found, strict=False))
    ]
    return [kit.rich("similar", *shown), kit.actions("start", buttons)]


def _bold(name: str) -> Block:
    return kit.words(kit.line(name, 80), bold=True)


def _replaced(text: str) -> list[Block]:
    if not text:
        return []
    return [kit.rich("replaced", kit.paragraph(kit.words(texts.REPLACED)), kit.quote(kit.exact(text)))]


def _preview_block(preview: Preview | None) -> Block:
    if preview is None:
        return kit.rich(_PREVIEW_BLOCK, kit.paragraph(kit.words(texts.AS_YOU_TYPE)))
    return kit.rich(
        _PREVIEW_BLOCK,
        kit.paragraph(*kit.sentence(texts.AS_POSTED, left=kit.words(_room(preview), bold=True))),
        *kit.posts(preview.posts),
        *_beside(preview),
        *findings.of(preview),
    )


def _beside(preview: Preview) -> list[Block]:
    """What was changed in what was typed, and every link that the network will make."""
    said: list[str] = []
    if preview.changes:
        shown = list(dict.fromkeys(preview.changes))[:_CHANGES]
        said.append(texts.CHANGED(changes=in_a_row(COMMAS, shown)))
    if preview.links:
        said.append(
            texts.WILL_LINK(network=preview.network, links=in_a_row(COMMAS, [_led(link) for link in preview.links]))
        )
    said += [
        texts.NO_LINK(words=link.words, instead=link.instead)
        for link in preview.links
        if link.instead and not link.sure
    ]
    return [kit.paragraph(kit.words(kit.line(words, _BESIDE_LIMIT))) for words in said]


def _led(link: Link) -> str:
    """The link as it stands, and where it leads where that looks otherwise."""
    return link.words if link.words.isascii() else texts.LEADS_TO(words=link.words, host=link.host)


def _room(preview: Preview) -> str:
    if preview.left < 0:
        return texts.OVER(count=-preview.left)
    if len(preview.posts) > 1:
        return texts.THREAD_LEFT(posts=len(preview.posts), left=preview.left)
    return texts.LEFT(count=preview.left)
