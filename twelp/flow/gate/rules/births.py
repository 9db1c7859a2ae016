"""Birth dates: a date beside a word for birth, in eleven languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_WORDS = Phrases.of("births")
_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = re.compile(
    r"\d{1,4} ?[./\-] ?\d{1,2} ?[./\-] ?\d{2,4}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?[日号號]?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|º|er)? (?:of |de |di |ב)?{_MONTH},? (?:de |del |di )?\d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|"
    rf"20)\d{{2}}(?!\d)"
)


@rule("birth date", FindingLevel.REFUSE, texts.BIRTH_DATE, rank=19, private=True)
def birth_dates(draft: Draft) -> Iterator[Span]:
    low = draft.answer.low_quiet
    if draft.answer.digits < 3:
        return
    for word in _WORDS.finditer(low):
        after = _DATE.search(low, word.end(), word.end() + 40)
        if after and not re.search(r"[.!?;\n] ", low[word.end() + 1 : after.start()]):
            yield after.span()
            continue
        for before in _DATE.finditer(low, max(word.start() - 24, 0), word.start()):
            if word.start() - before.end() <= 4:
                yield before.span()
