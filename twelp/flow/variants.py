"""Variants: one confirmed answer, worded for each of several customers who ask the same.

Rules: only what stands around the answer differs: a salutation with the customer's own handle, before or after it, as
the network takes no text a second time. The answer's own words stay as they were confirmed. Each variant is
shown before it is confirmed, `{handle}` standing for the customer's. A variant that does not fit the longest handle is
left out; an answer of several posts has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from zlib import crc32

from twelp.networks import NetworkRules

HANDLE: Final = "{handle}"
_LONGEST_HANDLE: Final = "@" + "m" * 30
_SIGNED: Final = re.compile(r"(?s)(?P<words>.*?)(?P<signature>\s\^\S{1,8})?")

_AROUND: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "Hi {handle}! {answer}",
        "{handle} Hello! {answer}",
        "Hello {handle}, thanks for writing. {answer}",
        "{words} Thanks for writing, {handle}!{signature}",
    ),
    "de": (
        "Hallo {handle}! {answer}",
        "{handle} Guten Tag! {answer}",
        "Danke für die Nachricht, {handle}. {answer}",
        "{words} Danke für die Nachricht, {handle}!{signature}",
    ),
    "es": (
        "¡Hola, {handle}! {answer}",
        "{handle} ¡Hola! {answer}",
        "Gracias por escribir, {handle}. {answer}",
        "{words} ¡Gracias por escribir, {handle}!{signature}",
    ),
    "fr": (
        "Bonjour {handle} ! {answer}",
        "{handle} Bonjour ! {answer}",
        "Merci de votre message, {handle}. {answer}",
        "{words} Merci de votre message, {handle} !{signature}",
    ),
    "it": (
        "Ciao {handle}! {answer}",
        "{handle} Ciao! {answer}",
        "Grazie del messaggio, {handle}. {answer}",
        "{words} Grazie del messaggio, {handle}!{signature}",
    ),
    "nl": (
        "Hallo {handle}! {answer}",
        "{handle} Hallo! {answer}",
        "Dank voor je bericht, {handle}. {answer}",
        "{words} Dank voor je bericht, {handle}!{signature}",
    ),
    "pt": (
        "Olá {handle}! {answer}",
        "{handle} Olá! {answer}",
        "Obrigado pela mensagem, {handle}. {answer}",
        "{words} Obrigado pela mensagem, {handle}!{signature}",
    ),
}
_BARE: Final = ("{handle} {answer}",)


def variants(posts: Sequence[str], language: str, rules: NetworkRules) -> tuple[str, ...]:
    """What the others get, each one of these; empty: there is no way that fits, or the answer has several posts.

    >>> from twelp.networks import unconnected
    >>> for one in variants(["Unplug it. ^AL"], "en", unconnected("toy")): print(one)
    Hi {handle}! Unplug it. ^AL
    {handle} Hello! Unplug it. ^AL
    Hello {handle}, thanks for writing. Unplug it. ^AL
    Unplug it. Thanks for writing, {handle}! ^AL
    {handle} Unplug it. ^AL
    """
    if len(posts) != 1:
        return ()
    answer = posts[0].replace(HANDLE, "{ handle }")  # one that itself says `{handle}` means no customer
    made = (_around(way, answer) for way in (*_AROUND.get(language, ()), *_BARE))
    return tuple(one for one in made if rules.length.weigh(worded(one, _LONGEST_HANDLE)) <= rules.length.limit)


def _around(way: str, answer: str) -> str:
    words, signature = _parts(answer)
    told = {"{answer}": answer, "{words}": words, "{signature}": signature}
    return re.sub(r"\{(?:answer|words|signature)\}", lambda found: told[found[0]], way)


def _parts(answer: str) -> tuple[str, str]:
    """An answer's words, and its signature with the blank before it."""
    found = _SIGNED.fullmatch(answer)
    return (found["words"], found["signature"] or "") if found else (answer, "")


def around(variant: str, posts: Sequence[str]) -> str:
    """What stands around the answer in a variant; `…` stands for the answer.

    >>> around("Hi {handle}! Unplug it. ^AL", ["Unplug it. ^AL"])
    'Hi {handle}! …'
    """
    words, signature = _parts(posts[0].replace(HANDLE, "{ handle }")) if posts else ("", "")
    return variant.replace(words, "…", 1).replace(signature, "", 1) if words else variant


def worded(variant: str, handle: str) -> str:
    """The variant for one customer, word for word.

    >>> worded("Hi {handle}! Unplug it.", "@lea")
    'Hi @lea! Unplug it.'
    """
    return variant.replace(HANDLE, handle)


def variant_for(question: str, among: Sequence[str]) -> str:
    """Which variant a question's customer gets: always the same, and all are used about as often."""
    return among[crc32(question.encode()) % len(among)]
