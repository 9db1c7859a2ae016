"""An answer that asks the customer for private data where everybody reads: that belongs into a private message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_ASKS = Phrases.of("asking-asks")
_PRIVATELY = Phrases.of("asking-privately")
_SECRET = re.compile(
    r"password|\bpin\b|passwort|contrasena|mot de passe|senha|wachtwoord|card (?:number|details)|kartennummer"
)


@rule("asks for private data", FindingLevel.SECOND_PAIR, texts.ASKS_PRIVATE, rank=45)
def asks_in_public(draft: Draft) -> Iterator[Span]:
    low = draft.answer.low_quiet
    found = _ASKS.search(low)
    if found and (not _PRIVATELY.search(low) or _SECRET.search(found[0])):
        if re.search(
            r"(?:do not|don't|never|nicht|no|ne|nunca|non|niet|nooit)\W+(?:\w+\W+){0,2}$", low[: found.start()]
        ):
            return
        yield found.span()
