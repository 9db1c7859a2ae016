"""What goes into matching and what comes out: plain frozen values, nothing of the rest of twelp.

Rules: scores lie between 0 and 1 and, over all topics and "nobody", sum to at most 1; a topic is named by its id;
reasons are sentences a person would accept, and each is read off the numbers that made the score, never written
beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class By(Enum):
    """What a text is read by, beside its words."""

    WORDS = "its words alone"
    VECTOR = "its words and their vectors"
    EMBEDDING = "its words and the model"


@dataclass(frozen=True, slots=True)
class TopicText:
    """What an admin wrote about one topic.

    Attributes:
        name: The topic's name as people say it.
        keywords: Words or short phrases, best first.
        examples: Whole questions.
        aliases: Product names and exact phrases; one found word for word lifts the topic, visibly.
    """

    name: str
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What the two mistakes cost, in any unit; only their ratio matters.

    Attributes:
        asking_wrongly: An expert is asked about a post that nobody should get.
        missing: A customer's question reaches nobody.
    """

    asking_wrongly: float = 1.0
    missing: float = 3.0

    def __post_init__(self) -> None:
        for name, value in (("asking_wrongly", self.asking_wrongly), ("missing", self.missing)):
            if not 0 < value < float("inf"):
                raise ValueError(f"cost {name} is {value!r}; expected a number above 0")

    @property
    def nobody_from(self) -> float:
        """The chance of "nobody" from which asking costs more than missing, between 0 and 1.

        >>> Cost(asking_wrongly=1, missing=3).nobody_from
        0.75
        """
        return self.missing / (self.missing + self.asking_wrongly)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one answered or dismissed question taught.

    Attributes:
        text: The question as it was posted.
        topic: Its topic's id; None when nobody should have got it.
        weight: How much it counts beside others, above 0.
        ref: The caller's own reference; comes back in reasons.

    Raises:
        ValueError: The weight is not above 0.
    """

    text: str
    topic: str | None
    weight: float = 1.0
    ref: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.weight < float("inf"):
            raise ValueError(f"weight is {self.weight!r}; expected a number above 0")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, true to the computation.

    Attributes:
        kind: ``alias``, ``words`` (with spelling), ``similar``, or ``part`` for a second topic.
        text: The sentence for people.
        weight: Its share of the score, in the same units for all reasons of one question.
        ref: For ``similar``: the reference that was given to ``learn``, else empty.
    """

    kind: str
    text: str
    weight: float = 0.0
    ref: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """One topic for one question: how likely, and why."""

    topic: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The topics for one question, best first, no topic twice; ties go to the topic that was given first.

    Attributes:
        topics: At most ``limit`` matches; empty only when there are no topics.
        none_score: The chance that nobody should get this post, between 0 and 1.
        nobody: Whether ``none_score`` reached what the stated cost allows.
        nobody_from: The chance from which it does.
        reasons: Why nobody, or what was read in the text (spelling); may be empty.
        like: The answered question that lifted the best topic most, as a reason of kind ``similar``: its bare text and
            its reference. None when nothing lifted it, nobody should get the post, or no reasons were asked for.
        read_by: What the text was read by: its words alone, or beside them their vectors or the model.
    """

    topics: tuple[TopicMatch, ...] = ()
    none_score: float = 0.0
    nobody: bool = False
    reasons: tuple[str, ...] = field(default=())
    nobody_from: float = 1.0
    like: Reason | None = None
    read_by: By = By.WORDS
