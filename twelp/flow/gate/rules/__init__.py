"""The rules: each module holds one kind, and whatever is made with `@rule` in it is one of the gate's.

network       what the network forbids, and Slack's signs          secrets      passwords, codes, keys
cards, ibans, ids, phones, mails, references, births,              company      competitors, embargoes, own words
streets, people, repeated, asking    private data                  promises     money, dates, law, health, safety
links         inside, hidden and unknown addresses                 rude, tone   swearing, insults, sarcasm, shouting
promotion     advertisement                                        substance    too thin, off the point, other language
"""

from __future__ import annotations

import importlib
import pkgutil

from twelp.flow.gate.rule import Rule


def _collected() -> tuple[Rule, ...]:
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    rules = {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    return tuple(sorted(rules.values(), key=lambda one: one.rank))


RULES = _collected()
"""All rules, the surest first."""
