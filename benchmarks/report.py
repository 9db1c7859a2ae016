"""The figures for people: one line each, then what was wanted beside what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .measure import ANSWERS, COSTS, FIVE, KEYWORDS, NOISY, RANKING, TEN, Row

Cell = tuple[str, str, str, str, float]
"""Method, set, setting, figure, wanted."""

_SETS = ("banking77", "clinc150", "airline_tweets")
_BOTH = _SETS[:2]
_LEAST: Sequence[tuple[str, Sequence[Cell]]] = (
    ("default, keywords + 5: top-3",
     [("default", s, KEYWORDS, "top3", w) for s, w in zip(_BOTH, (93, 95.5), strict=True)]),
    ("words alone, the same", [("words", s, KEYWORDS, "top3", w) for s, w in zip(_BOTH, (93, 95.5), strict=True)]),
    ("default, 5 examples: top-1", [("default", s, FIVE, "top1", w) for s, w in zip(_SETS, (72, 82, 51), strict=True)]),
    ("words alone, the same", [("words", s, FIVE, "top1", w) for s, w in zip(_SETS, (72, 82, 51), strict=True)]),
    ("default, 5 + 2,000 answers one at a time: top-1",
     [("default", s, ANSWERS, "top1", w) for s, w in zip(_BOTH, (86, 89), strict=True)]),
    ("words alone, the same", [("words", s, ANSWERS, "top1", w) for s, w in zip(_BOTH, (86, 89), strict=True)]),
    ("semantic, 10 examples: top-1", [("semantic", s, TEN, "top1", w) for s, w in zip(_BOTH, (87, 94), strict=True)]),
    ("nobody's posts rejected at 95 % kept, 10 examples: default, words alone, semantic",
     [(m, "clinc150", TEN, "rejected", w) for m, w in (("default", 73), ("words", 73), ("semantic", 90))]),
    ("the same, keywords + 5",
     [(m, "clinc150", KEYWORDS, "rejected", w) for m, w in (("default", 73), ("words", 73), ("semantic", 90))]),
    ("semantic, keywords + 5: top-1, top-3",
     [("semantic", "airline_tweets", KEYWORDS, "top1", 66), ("semantic", "airline_tweets", KEYWORDS, "top3", 90)]),
    ("default, 10 examples: top-1",
     [("default", "sib200_heb_Hebr", TEN, "top1", 38), ("default", "sib200_zho_Hans", TEN, "top1", 55)]),
    ("multilingual, 10 examples: top-1",
     [("multilingual", "sib200_zho_Hans", TEN, "top1", 64), ("multilingual", "sib200_zho_Hant", TEN, "top1", 72),
      ("multilingual", "sib200_heb_Hebr", TEN, "top1", 38)]),
)  # fmt: skip
_MOST: Sequence[tuple[str, Sequence[Cell]]] = (
    ("default, noise: loss of top-1", [("default", s, NOISY, "loss", 2) for s in _SETS]),
    ("semantic, noise: loss of top-1", [("semantic", s, NOISY, "loss", 2) for s in _SETS]),
    ("rank one question at 300 topics, ms: default, words alone, semantic",
     [("default", "clinc150", COSTS, "rank_ms", 1), ("words", "clinc150", COSTS, "rank_ms", 1),
      ("semantic", "clinc150", RANKING, "rank_ms", 15)]),
    ("learn one answer at 10,000, ms, p99: default, words alone",
     [(m, "clinc150", COSTS, "learn_p99_ms", 5) for m in ("default", "words")]),
    ("150 topics + 13,500 answers, whole process, MB: default, words alone",
     [("default", "clinc150", COSTS, "mb", 165), ("words", "clinc150", COSTS, "mb", 150)]),
)  # fmt: skip


def line(row: Row) -> str:
    """A row of figures."""
    head = f"{row['set']:18}{row['method']:14}"
    if "left_out" in row:
        return f"{head}left out: {row['left_out']}"
    head += f"{row['setting']:19}"
    if "rank_ms" in row:
        ranked = f"{head}rank {row['rank_ms']:.2f} ms, p99 {row['rank_p99_ms']:.2f} at {row['topics']} topics"
        learned = (
            f"; learn p99 {row['learn_p99_ms']:.1f} ms at 10,000 answers; {row['mb']:.0f} MB with {row['answers']:,}"
            if "learn_p99_ms" in row
            else ""
        )
        return ranked + learned
    nobody = f"{row['rejected']:5.1f}" if row["rejected"] is not None else "    -"
    built = f"{row['build_s']:7.1f} s" if "build_s" in row else f"{'':9}"
    figures = f"top-1 {row['top1']:5.1f}  top-3 {row['top3']:5.1f}  nobody@95 {nobody}"
    return f"{head}{figures}  build {built} {1000 / row['ms']:7.0f} q/s {row['mb']:5.0f} MB"


def wanted(rows: Sequence[Row]) -> Iterator[str]:
    """What was wanted beside what was reached, as a table in Markdown; a figure that was not measured is left out."""
    found = {(row["method"], row["set"], row.get("setting", "")): row for row in rows}
    yield "\n| | on | wanted | reached |\n|---|---|---|---|"
    for sign, table in (("≥", _LEAST), ("≤", _MOST)):
        for name, cells in table:
            there = [cell for cell in cells if cell[:3] in found]
            if there:
                on = " / ".join(dict.fromkeys(cell[1] for cell in there))
                limits = " / ".join(f"{cell[4]:g}" for cell in there)
                reached = " / ".join(_reached(found[cell[:3]][cell[3]], cell[4], sign) for cell in there)
                yield f"| {name} | {on} | {sign} {limits} | {reached} |"


def _reached(value: float, limit: float, sign: str) -> str:
    shown = f"{value:.1f}"
    return f"**{shown}**" if (value >= limit if sign == "≥" else value <= limit) else shown
