"""The brand's voice: what its people may not say in public, and what they always may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Embargo:
    """Words that nobody says in public before the day `until` (None: not until they are taken off the list)."""

    words: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """What `brand.voice` of experts.yaml says; by default the gate's rules work without any of it.

    Attributes:
        public: the company's own hotlines, mailboxes, addresses, shops and part numbers: they always pass.
        countries: two letters each; phone numbers are looked for as they are written there. Empty: the usual ones.
        numbers: how the company's order, booking and account numbers look: `9` stands for a digit, `A` for a letter.
        competitors: names that a second person looks at.
        embargoes: what nobody says before a day.
        forbidden: words that must not go out.
        trainee_answers: so many of a trainee's answers a second person reads; 0: all of them.
    """

    public: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    embargoes: tuple[Embargo, ...] = ()
    forbidden: tuple[str, ...] = ()
    trainee_answers: int = 20


@dataclass(frozen=True, slots=True)
class Privately:
    """How a customer is asked in public to write privately, in the brand's words.

    Attributes:
        line: the sentence; `{ways}` stands for the ways.
        ways: how the company can be reached privately: a direct message, a mailbox, a form.
        delete: what is asked of who posted a card number; empty: nothing.
    """

    line: str
    ways: tuple[str, ...]
    delete: str = ""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """What a customer is told who waits for long, in the brand's words, and after how long that is offered."""

    line: str
    after: timedelta
