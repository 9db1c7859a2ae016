"""YAML text → a tree of values that know their lines, and nothing else: no types are guessed, no objects are built.

Rules: the parser's events are read one by one, so depth, size and aliases stay within limits before anything grows.
PyYAML's C parser is used where it is compiled in: 5,000 experts (1.2 MB) take about 1 s, in pure Python (ruamel.yaml or
PyYAML) 6 to 8 s, measured on two shared cores. A scalar keeps its text as written; `tag` tells what YAML 1.1 would take
it for, which is how the surprises (`no`, `0123`, `22:00`) are noticed. PyYAML built without its C parser works too, but
is slower and wants quotes around a text that ends with `?` inside brackets.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from twelp.roster.mistake import Notebook

LARGEST_CHARS = 16_000_000
"""Room for about 60,000 experts."""

MOST_VALUES = 2_000_000
"""Values in the file, each alias counted as everything it repeats."""

DEEPEST = 24
"""A correct file is 5 deep."""

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)")
_TAG = "tag:yaml.org,2002:"


@dataclass(slots=True)
class Scalar:
    """A single value, as written. `own_tag` is a tag the file gives (`!!str`), `plain` means without quotes.

    `column` counts from 1; `source` is its piece of the file, quotes included, where not all of it is ASCII.
    """

    text: str
    line: int
    plain: bool = True
    own_tag: str = ""
    size: int = 1
    column: int = 0
    source: str = ""

    @property
    def tag(self) -> str:
        """What YAML 1.1 takes it for: `str`, `int`, `float`, `bool`, `null`, `timestamp`, `merge`, `value`, `!own`."""
        if self.own_tag:
            return self.own_tag.removeprefix(_TAG)
        if not self.plain:
            return "str"
        found: str = _RESOLVER.resolve(yaml.ScalarNode, self.text, (True, False))  # type: ignore[no-untyped-call]
        return found.removeprefix(_TAG)

    def place_of(self, at: int) -> tuple[int, int]:
        """Line and column in the file of the character at this index of `text`; of the value, if it is escaped."""
        char, offset = self.text[at], -1
        for _ in range(self.text.count(char, 0, at + 1)):
            offset = self.source.find(char, offset + 1)
            if offset < 0:
                return self.line, self.column
        before = self.source[:offset]
        lines = before.count("\n")
        return self.line + lines, (offset - before.rfind("\n") if lines else self.column + offset)


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True)
class Mapping:
    """A mapping, as pairs: a key may stand twice, which is a mistake that must be told."""

    line: int
    items: list[tuple[Node, Node]] = field(default_factory=list)
    size: int = 1


Node = Scalar | Sequence | Mapping


class _Unreadable(Exception):  # noqa: N818 - never leaves this module
    """The text is refused at `line`."""

    def __init__(self, line: int, problem: str, fix: str = "") -> None:
        super().__init__(problem)
        self.line, self.problem, self.fix = line, problem, fix


def read(text: str, book: Notebook) -> Node | None:
    """Parses `text`; notes what is wrong with it as YAML.

    Returns:
        The root of the tree. None when the text is empty or cannot be parsed (then `book` says why). A file indented
        with tabs is noted and read all the same, as if they were spaces, so that its other mistakes are found too.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST_CHARS:
        book.error(0, "", f"the file has {len(text):,} characters", expected=f"At most {LARGEST_CHARS:,}.")
        return None
    try:
        root = _Builder(text).build()
    except _Unreadable as wrong:
        if not _note_tabs(text, book):
            book.error(wrong.line, "", wrong.problem, fix=wrong.fix)
            return None
        if (untabbed := _untabbed(text)) is None:
            return None
        root = untabbed
    if root is None:
        book.error(1, "", "the file is empty", expected="A mapping with version, brand, topics and experts.")
    return root


def _note_tabs(text: str, book: Notebook) -> bool:
    """Notes each line indented with a tab; False when there is none."""
    tabbed = [number for number, line in enumerate(text.split("\n"), 1) if _TAB_INDENT.match(line)]
    for number in tabbed:
        book.error(number, "", "a tab in the indentation", fix="use spaces: YAML does not allow tabs there")
    return bool(tabbed)


def _untabbed(text: str) -> Node | None:
    """The tree as it was probably meant, with a tab for 2, 4 or 8 columns; None when none of them makes sense."""
    for width in (2, 4, 8):
        spaces = "\n".join(_TAB_INDENT.sub(lambda m: m[0].expandtabs(width), line) for line in text.split("\n"))  # noqa: B023
        with suppress(_Unreadable):
            return _Builder(spaces).build()
    return None


class _Builder:
    """Builds the tree from the parser's events, with limits."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._anchors: dict[str, Node] = {}
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Node | None] = []
        self._root: Node | None = None
        self._values = 0

    def build(self) -> Node | None:
        """The root of the one document, or None when there is none."""
        documents = 0
        try:
            for event in yaml.parse(self._text, Loader=_PARSER):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        fix = 'remove the line "---": the roster is one document'
                        raise _Unreadable(_line(event.start_mark), "a second YAML document begins", fix)
                else:
                    self._take(event)
        except yaml.MarkedYAMLError as wrong:
            raise _syntax(wrong, self._text) from wrong
        except yaml.reader.ReaderError as wrong:
            before = self._text[: wrong.position] if isinstance(wrong.position, int) else ""
            problem = f"a character that YAML does not allow (U+{_code(wrong.character):04X})"
            raise _Unreadable(before.count("\n") + 1, problem, "remove it") from wrong
        except UnicodeEncodeError as wrong:
            line = self._text[: wrong.start].count("\n") + 1
            raise _Unreadable(line, "half of a character (a lone surrogate)", "remove it") from wrong
        return self._root

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            plain, tag = not event.style, event.tag if event.tag not in (None, "!") else ""
            bare = plain and event.tag is None and event.implicit[0]
            self._add(self._scalar(event, tag, plain=bare), event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._named(event), None)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._descend(Sequence(_line(event.start_mark)), event.anchor)
        elif isinstance(event, yaml.MappingStartEvent):
            self._descend(Mapping(_line(event.start_mark)), event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._open.pop()
            self._keys.pop()
            if self._open:
                self._open[-1].size += closed.size

    def _scalar(self, event: Any, tag: str, *, plain: bool) -> Scalar:
        start, value = event.start_mark, event.value
        source = "" if value.isascii() else self._text[start.index : event.end_mark.index]
        return Scalar(value, _line(start), plain, tag, column=int(start.column) + 1, source=source)

    def _named(self, event: Any) -> Node:
        line, name = _line(event.start_mark), event.anchor
        node = self._anchors.get(name)
        if node is None:
            raise _Unreadable(line, f"*{name} refers to an anchor that is not there", f"write &{name} where it begins")
        if any(node is around for around in self._open):
            raise _Unreadable(line, f"*{name} contains itself", "write the values out")
        self._values += node.size
        return node

    def _descend(self, node: Sequence | Mapping, anchor: str | None) -> None:
        if len(self._open) >= DEEPEST:
            raise _too_deep(node.line)
        self._add(node, anchor)
        self._open.append(node)
        self._keys.append(None)

    def _add(self, node: Node, anchor: str | None) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            problem = f"more than {MOST_VALUES:,} values, aliases written out"
            raise _Unreadable(node.line, problem, "use fewer or smaller aliases")
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self._root = node
            return
        inside = self._open[-1]
        if isinstance(node, Scalar) or node.size > 1:  # an open list or mapping is counted when it closes
            inside.size += node.size
        if isinstance(inside, Sequence):
            inside.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node
        else:
            inside.items.append((key, node))
            self._keys[-1] = None


def _line(mark: Any) -> int:
    return int(mark.line) + 1


def _code(character: Any) -> int:
    if isinstance(character, int):
        return character
    return ord(character[:1]) if character else 0


def _syntax(wrong: yaml.MarkedYAMLError, text: str) -> _Unreadable:
    """The parser's complaint, with the remedy for what people most often get wrong.

    The remedy goes by where the parser stopped and what stands there, never by its words: they change with its version.
    """
    mark = wrong.problem_mark or wrong.context_mark
    line = min(_line(mark), len(text.splitlines())) if mark else 0  # what is missing at the end: on the last line
    problem = f"not valid YAML: {wrong.problem or wrong.context or 'it cannot be parsed'}"
    stopped, opened = _character(wrong.problem_mark, text), _character(wrong.context_mark, text)
    if mark and stopped in ("[", "{") and _open_brackets(text[: mark.index]) >= DEEPEST:
        return _too_deep(line)
    fix = "look at the indentation and quotes here and just above"
    if opened in ("'", '"'):
        fix = "close the quote that was opened"
        line = _line(wrong.context_mark)
    elif isinstance(wrong, yaml.scanner.ScannerError) and stopped == ":":
        fix = 'put the text in quotes when it holds ": ", or repair the indentation'
    elif isinstance(wrong, yaml.scanner.ScannerError) and stopped == "@":
        fix = 'put a text that begins with "@" in quotes'
    elif isinstance(wrong, yaml.scanner.ScannerError) and stopped in ("`", "%", "\t"):
        fix = "put a text that begins with @, `, % or a tab in quotes"
    return _Unreadable(line, problem, fix)


def _character(mark: Any, text: str) -> str:
    """What stands at a mark; nothing at the end of the file."""
    return text[mark.index : mark.index + 1] if mark else ""


def _open_brackets(text: str) -> int:
    return sum(text.count(bracket) for bracket in "[{") - sum(text.count(bracket) for bracket in "]}")


def _too_deep(line: int) -> _Unreadable:
    return _Unreadable(line, f"more than {DEEPEST} levels deep", "a roster needs no more than five")
