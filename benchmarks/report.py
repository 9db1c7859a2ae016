"""The figures for people: one line each, then what was wanted beside what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .measure import ANSWERS, COSTS, FIVE, KEYWORDS, NOISY, RANKING, STARTED, TEN, Row

TABLE = "the table itself"
_BANKING, _CLINC, _AIRLINE = _SETS = ("banking77", "clinc150", "airline_tweets")
_HEBREW, _HANS, _HANT = "sib200_heb_Hebr", "sib200_zho_Hans", "sib200_zho_Hant"
Found = Mapping[tuple[str, str, str], Row]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of the table at the end.

    Attributes:
        name: What it is.
        method: Whose figure.
        setting: In which setting.
        figure: Which.
        limits: What was wanted on each set.
        least: Whether that is the least, else the most.
        beyond: Whether what counts is how much more it is than by words alone.
    """

    name: str
    method: str
    setting: str
    figure: str
    limits: Mapping[str, float]
    least: bool = True
    beyond: bool = False


_WANTED: Sequence[Wanted] = (
    Wanted("keywords + 5: top-3", "default", KEYWORDS, "top3", {_BANKING: 93, _CLINC: 95.5}),
    Wanted("keywords + 5: top-1", "default", KEYWORDS, "top1", {_BANKING: 77.5, _CLINC: 81.6, _AIRLINE: 53.3}),
    Wanted("5 examples: top-1", "default", FIVE, "top1", {_BANKING: 72, _CLINC: 82, _AIRLINE: 51}),
    Wanted(
        "5 + 2,000 answers one at a time: top-1, 700 questions", "default", ANSWERS, "top1",
        {_BANKING: 86.4, _CLINC: 87.8, _AIRLINE: 73.6},
    ),
    Wanted("nobody's posts rejected at 95 % kept, keywords + 5", "default", KEYWORDS, "rejected", {_CLINC: 73}),
    Wanted("the same, 10 examples", "default", TEN, "rejected", {_CLINC: 73}),
    Wanted("noise: loss of top-1", "default", NOISY, "loss", dict.fromkeys(_SETS, 2), least=False),
    Wanted("Hebrew and Chinese, 10 examples: top-1", "default", TEN, "top1", {_HEBREW: 38.3, _HANS: 56.5, _HANT: 52.5}),
    Wanted("rank a question at 300 topics, ms", "default", COSTS, "rank_ms", {_CLINC: 1}, least=False),
    Wanted("rank at 150 topics and 10,000 answers, ms", "default", STARTED, "rank_ms", {_CLINC: 1}, least=False),
    Wanted("learn an answer there, ms, p99", "default", STARTED, "learn_p99_ms", {_CLINC: 5}, least=False),
    Wanted("start from those 10,000 rows, s", "default", STARTED, "start_s", {_CLINC: 6}, least=False),
    Wanted("memory beyond words alone, peak, MB", "default", STARTED, "mb", {_CLINC: 15}, least=False, beyond=True),
    Wanted("the same at rest, MB", "default", STARTED, "now_mb", {_CLINC: 15}, least=False, beyond=True),
    Wanted("load the table, ms", "default", TABLE, "load_ms", {"the table": 50}, least=False),
    Wanted("memory of the table when loaded, MB", "default", TABLE, "held_mb", {"the table": 15}, least=False),
    Wanted("its part of the wheel, MB", "default", TABLE, "wheel_mb", {"the table": 7}, least=False),
    Wanted("multilingual, 10 examples: top-1", "multilingual", TEN, "top1", {_HANS: 64, _HANT: 72, _HEBREW: 38}),
    Wanted("multilingual, keywords + 5: top-1", "multilingual", KEYWORDS, "top1", {_HANS: 47.5, _HANT: 41.4}),
    Wanted("multilingual, a question, ms", "multilingual", TEN, "ms", {_HANS: 10, _HANT: 10}, least=False),
    Wanted("semantic, 10 examples: top-1", "semantic", TEN, "top1", {_BANKING: 87, _CLINC: 94}),
    Wanted("semantic, nobody's posts rejected, keywords + 5", "semantic", KEYWORDS, "rejected", {_CLINC: 90}),
    Wanted("semantic, keywords + 5: top-1", "semantic", KEYWORDS, "top1", {_AIRLINE: 66}),
    Wanted("semantic, keywords + 5: top-3", "semantic", KEYWORDS, "top3", {_AIRLINE: 90}),
    Wanted("semantic, noise: loss of top-1", "semantic", NOISY, "loss", dict.fromkeys(_SETS, 2), least=False),
    Wanted("semantic, rank a question at 300 topics, ms", "semantic", RANKING, "rank_ms", {_CLINC: 15}, least=False),
)  # fmt: skip


def line(row: Row) -> str:
    """A row of figures."""
    head = f"{row['set']:18}{row['method']:14}"
    if "left_out" in row:
        return f"{head}left out: {row['left_out']}"
    if row["setting"] == TABLE:
        held = f"{row['held_mb']:.1f} MB held, " if row["held_mb"] is not None else ""
        return f"{head}{row['load_ms']:.0f} ms to load, {held}{row['wheel_mb']:.1f} MB in the wheel"
    head += f"{row['setting']:21}"
    if "rank_ms" in row:
        ranked = f"{head}rank {row['rank_ms']:.2f} ms, p99 {row['rank_p99_ms']:.2f} at {row['topics']} topics"
        if "start_s" not in row:
            return ranked
        now = f", {row['now_mb']:.0f} at rest" if row["now_mb"] is not None else ""
        return (
            f"{ranked} and {row['answers']:,} answers; start {row['start_s']:.1f} s; "
            f"learn p99 {row['learn_p99_ms']:.1f} ms; {row['mb']:.0f} MB{now}"
        )
    nobody = f"{row['rejected']:5.1f}" if row["rejected"] is not None else "    -"
    built = f"{row['build_s']:7.1f} s" if "build_s" in row else f"{'':9}"
    figures = f"top-1 {row['top1']:5.1f}  top-3 {row['top3']:5.1f}  nobody@95 {nobody}"
    return f"{head}{figures}  build {built} {1000 / row['ms']:7.0f} q/s {row['mb']:5.0f} MB"


def wanted(rows: Sequence[Row]) -> Iterator[str]:
    """What was wanted beside what was reached, as a table in Markdown; a figure that was not measured is left out."""
    found = {(row["method"], row["set"], row.get("setting", "")): row for row in rows}
    yield "\n| | on | wanted | by words alone | reached |\n|---|---|---|---|---|"
    for one in _WANTED:
        there = [name for name in one.limits if _figure(found, one, one.method, name) is not None]
        if there:
            limits = " / ".join(f"{one.limits[name]:g}" for name in there)
            by_words = " / ".join(_shown(_figure(found, one, "words", name)) for name in there)
            reached = " / ".join(_reached(found, one, name) for name in there)
            on = "" if there == ["the table"] else " / ".join(there)
            yield f"| {one.name} | {on} | {'≥' if one.least else '≤'} {limits} | {by_words} | {reached} |"


def _figure(found: Found, one: Wanted, method: str, name: str) -> float | None:
    value: float | None = found.get((method, name, one.setting), {}).get(one.figure)
    return value


def _reached(found: Found, one: Wanted, name: str) -> str:
    value = _figure(found, one, one.method, name)
    if value is None:
        return "-"
    if one.beyond:
        by_words = _figure(found, one, "words", name)
        if by_words is None:
            return f"{value:.1f} in all"
        value -= by_words
    limit, shown = one.limits[name], _shown(value)
    return f"**{shown}**" if (value >= limit if one.least else value <= limit) else shown


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}" if 0 < value < 1 else f"{value:.1f}"
