"""JSON bent out of shape: fields gone, renamed, of another type, huge, nested; the rest as it was."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from benchmarks.hostile.texts import word

_ODD = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**63), 10**400, 1.5, float("nan"), float("inf"), -0.0, 1e308, "", " ",
    "0", "-1", "1e999", "NaN", "null", "true", [], {}, [[]], [None], {"": None}, {"id": {}}, "9" * 400, "٣", "²", "1_000",
)  # fmt: skip


def mutated(value: Any, dice: Random) -> Any:
    """A copy of `value` with one to four things wrong in it; sometimes something else altogether."""
    if dice.random() < 0.01:
        return odd(dice)
    bent = copy.deepcopy(value)
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 4))):
        bent = _bend(bent, dice)
    return bent


def odd(dice: Random) -> Any:
    """A value that nobody expects there."""
    chance = dice.random()
    if chance < 0.5:
        return copy.deepcopy(dice.choice(_ODD))
    if chance < 0.9:
        return word(dice)
    return nested(dice.choice((3, 30, 300)), dice)


def nested(depth: int, dice: Random) -> Any:
    """Lists or mappings within one another."""
    inner: Any = dice.choice(_ODD[:12])
    listed = dice.random() < 0.5
    for _ in range(depth):
        inner = [inner] if listed else {"a": inner}
    return inner


def dumped(value: Any) -> bytes:
    """The value as JSON bytes; halves of characters stay escaped."""
    return json.dumps(value).encode()


def _bend(value: Any, dice: Random) -> Any:
    """One thing wrong, somewhere in `value`, which is changed."""
    places = list(_places(value))
    if not places:
        return odd(dice)
    inside, key = dice.choice(places)
    act = dice.randrange(6)
    if act == 0:
        del inside[key]
    elif act == 1 and isinstance(inside, dict):
        inside[dice.choice((word(dice), str(key).upper(), f"{key}s", f" {key}"))] = inside.pop(key)
    elif act == 2:
        inside[key] = [inside[key]] * dice.choice((1, 2, 300))
    elif act == 3:
        inside[key] = copy.deepcopy(inside[dice.choice([k for i, k in places if i is inside])])
    else:
        inside[key] = odd(dice)
    return value


def _places(value: Any) -> Any:
    """Every place inside: (mapping or list, key)."""
    stack = [value]
    while stack:
        inside = stack.pop()
        if isinstance(inside, dict | list):
            for key in list(inside) if isinstance(inside, dict) else range(len(inside)):
                yield inside, key
                stack.append(inside[key])
