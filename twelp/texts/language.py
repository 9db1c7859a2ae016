"""Another language, read from one file: `languages/CODE.toml` beside this module, or wherever a setting points.

    [language]
    name = "Deutsch"
    direction = "ltr"            # or rtl
    plural = "n != 1"            # which form a number takes, as gettext has it

    [acts]
    yours = "Sie gehört Ihnen."
    took_it = ["{who} hat sie vor {count} Min. übernommen.", "…"]

Tables and keys are the catalogue's names. What is missing is said in English; what cannot be right stops the start.
Source of the plural rule: gnu.org/software/gettext/manual, Plural forms; Python's own gettext reads it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from gettext import c2py
from pathlib import Path
from string import Formatter
from typing import Any, Final

from twelp.errors import ConfigError
from twelp.texts.catalogue import CATALOGUE
from twelp.texts.phrase import COUNT, Language

ENGLISH: Final = "en"
FOLDER: Final = Path(__file__).parent / "languages"

_COUNTED: Final = 1_000
"""Numbers tried to learn how many forms a plural rule tells apart."""


def load(choice: str) -> Language:
    """The language of that code, or of that file when it ends in `.toml`.

    Raises:
        ConfigError: there is none, or the file cannot be right; the text names every wrong line's key.
    """
    if choice == ENGLISH:
        return Language()
    path = Path(choice) if choice.endswith(".toml") else FOLDER / f"{choice}.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        there = ", ".join([ENGLISH, *sorted(file.stem for file in FOLDER.glob("*.toml"))])
        raise ConfigError(f"TWELP_LANGUAGE: there is no {path}. Known: {there}; or the path of a .toml file.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise ConfigError(f"{path}: cannot be read as TOML in UTF-8: {wrong}") from None
    head = found.pop("language", {})
    if not isinstance(head, dict):
        raise ConfigError(f"{path}: language is {head!r}; expected a table, [language], with name, direction, plural.")
    forms, plural = dict(_flat(found)), _plural(path, str(head.get("plural", "n != 1")))
    number = max(plural(n) for n in range(_COUNTED)) + 1
    if mistakes := [f"{path}: {said}" for key, form in forms.items() if (said := _mistake(key, form, number))]:
        raise ConfigError("\n".join(mistakes))
    if head.get("direction", "ltr") not in ("ltr", "rtl"):
        raise ConfigError(f"{path}: direction is {head['direction']!r}; expected ltr or rtl.")
    return Language(str(head.get("name", choice)), head.get("direction") == "rtl", forms, plural)


def template() -> str:
    """A file for translators: every text under its name, in English."""
    head = ["[language]", 'name = "English"', 'direction = "ltr"', 'plural = "n != 1"']
    tables: dict[str, list[str]] = {}
    for key, text in CATALOGUE.items():
        table, _, name = key.rpartition(".")
        forms = ", ".join(_quoted(form) for form in text.forms)
        line = f"{name} = [{forms}]" if len(text.forms) > 1 else f"{name} = {forms}"
        tables.setdefault(table, []).append(line)
    parts = [head, *([f"[{name}]", *lines] for name, lines in tables.items())]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _quoted(form: str) -> str:
    escaped = form.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _plural(path: Path, rule: str) -> Callable[[int], int]:
    try:
        made: Callable[[int], int] = c2py(rule)
        made(0)
    except (ValueError, ArithmeticError) as wrong:
        raise ConfigError(f"{path}: plural is “{rule}”, which is no rule of gettext's: {wrong}") from None
    return made


def _flat(tables: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", tuple(str(form) for form in (value if isinstance(value, list) else [value]))


def _mistake(key: str, forms: tuple[str, ...], number: int) -> str:
    """What cannot be right about a text's forms; empty when nothing."""
    text = CATALOGUE.get(key)
    if text is None:
        return f"{key} is no text of twelp"
    if len(forms) not in (1, number):
        return f"{key} has {len(forms)} forms; expected one, or {number} as its plural rule has"
    if len(forms) > 1 and COUNT not in text.places:
        return f"{key} has several forms, but no number called {{{COUNT}}}"
    for form in forms:
        try:
            there = {name for _, name, _, _ in Formatter().parse(form) if name is not None}
        except ValueError as wrong:
            return f"{key}: “{form}” has a brace too many or too few ({wrong})"
        if extra := sorted(there - text.places):
            return f"{key} has no place {{{extra[0]}}}; it has {sorted(text.places)}"
        if missing := sorted(text.places - there - {COUNT}):
            return f"{key} does not say {{{missing[0]}}}"
    return ""
