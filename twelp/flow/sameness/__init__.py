"""Sameness: whether a new question is the same matter as one that is open or was answered lately, and why.

Two posts are compared by what they name (products, models, error codes), by their rarer words (typos forgiven), by
what is wrong (down, no picture, no sound: signs of trouble as people write them), by meaning where that is known, and
by time. A product, model or code of its own that the other does not have makes it another matter, whatever else is
alike; so do another language, another topic, or a question how to do something beside a complaint that nothing works.
What joins by mistake gets a wrong answer, what does not join costs one more ask: so the bar is high, and lower only
while several ask the same within minutes.

An inverted index over the rarer words finds the few matters that are worth a comparison, and where the meaning of texts
is known, an index of the latest ones finds those that say the same in other words.
"""

from twelp.flow.sameness.index import LATELY, Index, Sameness
from twelp.flow.sameness.told import Told, contradicts, told

__all__ = ["LATELY", "Index", "Sameness", "Told", "contradicts", "told"]
