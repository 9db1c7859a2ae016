"""Dispatch: whom to ask now, and when to look again. Few at a time, never at night, never over anybody's budget.

An expert may be asked when they stand for one of the question's topics, hold the certifications the topic requires, are
outside their quiet hours, have asks left for their own day, and were not asked about this question before. Of those,
the best few are asked; where a question needs two topics, people of both. Where nobody of the topic is left awake, or
no topic matches at all, moderators are asked last, so that a question ends with a person and not in silence.

    limits     may this person be asked now, and if not, why
    free       when they may be
    pool       who stands for the question's topics
    ranking    in which order: a product of parts that are told apart in the journal
    rhythm     how soon each person reacts to asks, by the hour
    presence   how likely somebody reacts within minutes, now
    wave       how many of them now, whose turn it is, and when to look again
    words      the reasons, for the card and the journal
    planning   all of it: `plan`

Pure: the hour and the dice are arguments.
"""

from .free import free_at
from .limits import Moment, Unavailable, asks_of_day, day_after, quiet, refusal, worded
from .past import Past
from .planning import Plan, plan
from .pool import counting, pool, who_may_know
from .rhythm import rhythms
from .wave import Need

__all__ = [
    "Moment",
    "Need",
    "Past",
    "Plan",
    "Unavailable",
    "asks_of_day",
    "counting",
    "day_after",
    "free_at",
    "plan",
    "pool",
    "quiet",
    "refusal",
    "rhythms",
    "who_may_know",
    "worded",
]
