"""The comparison as one picture: how many people are interrupted, and how long the customer waits."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from benchmarks.crowd.figures import Figures

_NAMES = {"broadcast": "broadcast", "round_robin": "round robin", "twelp": "twelp"}
_COLOURS = {"broadcast": "#c2410c", "round_robin": "#64748b", "twelp": "#0f766e"}
_PANELS = (
    ("People interrupted per answered question", "asks_per_answer", "{:.0f}", ""),
    ("Minutes until half of the customers have an answer", "p50_minutes", "{:.1f}", " min"),
    ("… and until nine of ten have one", "p90_minutes", "{:.0f}", " min"),
    ("Asks in somebody's quiet hours", "quiet_hour_asks", "{:,.0f}", ""),
)
_WIDTH, _LEFT, _BAR, _GAP, _PANEL = 760, 120, 22, 8, 150


def svg(policies: Mapping[str, Figures], title: str) -> str:
    """The picture as SVG text: a panel a figure, a bar a policy, each with its number beside it."""
    parts = [_text(20, 34, title, size=18, weight="bold")]
    for place, (heading, figure, form, unit) in enumerate(_PANELS):
        top = 62 + place * _PANEL
        parts.append(_text(20, top + 12, heading, size=14, weight="bold"))
        longest = max(row[figure] for row in policies.values()) or 1.0
        for line, (name, row) in enumerate(policies.items()):
            y = top + 26 + line * (_BAR + _GAP)
            width = max(2.0, row[figure] / longest * (_WIDTH - _LEFT - 110))
            parts.append(_text(_LEFT - 8, y + 16, _NAMES.get(name, name), anchor="end"))
            colour = _COLOURS.get(name, "#334155")
            parts.append(f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="3" fill="{colour}"/>')
            parts.append(_text(_LEFT + width + 8, y + 16, form.format(row[figure]) + unit))
    height = 62 + len(_PANELS) * _PANEL
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" role="img">'
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>'
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, text: str, *, size: int = 13, weight: str = "normal", anchor: str = "start") -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="#0f172a"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'
