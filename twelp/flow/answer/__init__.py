"""What an expert typed, made safe to keep and to show, and written as the public reads it.

cleaning    without what nobody sees; Slack's escapes turned back, once
plain       without Slack's and Markdown's signs, and what was changed
signs       emphasis: `*x*`, `_x_`, `~x~`, `**x**`, ticks, fences, quote marks
shortcodes  `:tada:` → 🎉
difference  what a corrected text says that the one before did not
addresses   `<url|words>` and `[words](url)` → words and url
"""

from twelp.flow.answer.addresses import from_message
from twelp.flow.answer.cleaning import clean, unescaped
from twelp.flow.answer.difference import differences
from twelp.flow.answer.plain import Plain, plain

__all__ = ["Plain", "clean", "differences", "from_message", "plain", "unescaped"]
