"""Match: which topics a question is about, best first, each with its reasons; or that nobody should get it.

    matcher = fit({"wifi": TopicText("Home WiFi", keywords=("router",), examples=("my router is slow",))})
    ranking = matcher.rank("teh ruoter drops")      # ranking.topics[0].topic == "wifi", with why
    matcher.learn("teh ruoter drops", "wifi")       # an answer came: better at once
    matcher.unlearn("teh ruoter drops", "wifi")     # it was retracted: as if it had never been

Pure: no clock, no files, no dice. Text picks the topic; who of its people is asked is decided elsewhere.
"""

from .dense import TextVectors
from .matcher import Matcher, fit
from .meaning import Embed
from .values import By, Cost, Lesson, Ranking, Reason, TopicMatch, TopicText

__all__ = [
    "By",
    "Cost",
    "Embed",
    "Lesson",
    "Matcher",
    "Ranking",
    "Reason",
    "TextVectors",
    "TopicMatch",
    "TopicText",
    "fit",
]
