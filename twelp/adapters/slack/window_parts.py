"""Parts of the windows in which an answer is written and confirmed: the thread, the preview, earlier answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import findings
from twelp.adapters.slack.blocks import Block
from twelp.model import Earlier, Form, Link, Preview, Said
from twelp.texts import slack as texts
from twelp.texts.phrase import COMMAS, Text, in_a_row

PREVIEW_BLOCK: Final = "preview"
NOTED_BLOCK: Final = "noted"
SHORTEN_BLOCK: Final = "long"
SHORTEN: Final = "twelp_shorten"
AS_THREAD: Final = "twelp_as_thread"
PUT_SPACES: Final = "twelp_put_spaces"
ASK_PRIVATELY: Final = "twelp_ask_privately"
START_FROM: Final = "twelp_start_from"
"""An action's id begins so; a number follows, as no two in a window may be the same."""
_THREAD: Final = 8
_STRANGERS: Final = 4
_THREAD_TEXT: Final = 600
_BESIDE_LIMIT: Final = 2_000
_CHANGES: Final = 12


def noted(note: str, block_id: str = "said") -> list[Block]:
    """A line of ours in a window; nothing for an empty one."""
    return [kit.rich(block_id, kit.paragraph(kit.words(kit.legible(note, 2_900), bold=True)))] if note else []


def preview_blocks(preview: Preview | None) -> list[Block]:
    """What would be posted; below it the ways out of a missing space, and of a text that is too long for one post."""
    shown, ways = [_preview_block(preview)], []
    if preview is not None and (preview.left < 0 or len(preview.posts) > 1):
        ways.append(kit.button(SHORTEN, texts.SHORTEN, "shorten"))
        if preview.as_thread:
            ways.append(kit.button(AS_THREAD, texts.AS_THREAD(posts=preview.as_thread), "thread"))
    if preview is not None and any(link.instead for link in preview.links):
        ways.append(kit.button(PUT_SPACES, texts.PUT_SPACES, "spaces"))
    if ways:
        shown.append(kit.actions(SHORTEN_BLOCK, ways))
    return shown


def thread_blocks(said: Sequence[Said]) -> list[Block]:
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


def privately_blocks(form: Form) -> list[Block]:
    """A private matter: what not to do in public, and the way out."""
    if not form.privately:
        return []
    lead = kit.rich("private", kit.paragraph(kit.words(texts.PRIVATE_MATTER)))
    return [lead, kit.actions("privately", [kit.button(ASK_PRIVATELY, texts.ASK_PRIVATELY, "privately")])]


def similar_blocks(found: Sequence[Earlier]) -> list[Block]:
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


def replaced_blocks(text: str) -> list[Block]:
    """The draft that an earlier answer took the place of."""
    if not text:
        return []
    return [kit.rich("replaced", kit.paragraph(kit.words(texts.REPLACED)), kit.quote(kit.exact(text)))]


def _preview_block(preview: Preview | None) -> Block:
    if preview is None:
        return kit.rich(PREVIEW_BLOCK, kit.paragraph(kit.words(texts.AS_YOU_TYPE)))
    return kit.rich(
        PREVIEW_BLOCK,
        kit.paragraph(*kit.sentence(texts.AS_POSTED, left=kit.words(_room(preview), bold=True))),
        *kit.posts(preview.posts),
        *beside(preview),
        *findings.of(preview),
    )


def beside(preview: Preview) -> list[Block]:
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
