"""The nouns, one word a thing (docs/words.md): frozen values that every floor may hold and none may change.

Datetimes are aware and in UTC (`*_at`, `*_until`). Ids are the other side's own strings; a post's `key` joins network
and id (`x:1934…`) and is also the id of the question it asks.
"""

from twelp.model.answers import (
    Answer,
    AnswerState,
    Earlier,
    Finding,
    FindingLevel,
    Form,
    Link,
    Preview,
)
from twelp.model.counts import LONGER, WITHIN_S, Count, Dimension, Figure
from twelp.model.jobs import Backlog, JobState, QueuedJob
from twelp.model.journal import Entry, JournalStep
from twelp.model.outbox import (
    PUBLIC_ERRANDS,
    Delivery,
    DeliveryState,
    Errand,
    NoteKind,
    Trouble,
)
from twelp.model.people import (
    Asked,
    Invitation,
    Membership,
    Reaction,
    Rhythm,
    Standing,
    Tally,
    Volunteer,
)
from twelp.model.policy import (
    Policy,
)
from twelp.model.posts import (
    Account,
    Context,
    Kind,
    Media,
    Post,
    Said,
    Verdict,
)
from twelp.model.questions import (
    Ask,
    AskRole,
    AskState,
    Candidate,
    Question,
    Stage,
    TopicScore,
)
from twelp.model.roster import (
    Brand,
    Break,
    Certification,
    Expert,
    Holiday,
    Level,
    QuietHours,
    Roster,
    Rules,
    Topic,
)
from twelp.model.shown import (
    Card,
    CardState,
    Coverage,
    Done,
    Home,
    Press,
)
from twelp.model.voice import Embargo, Voice

__all__ = [
    "LONGER",
    "PUBLIC_ERRANDS",
    "WITHIN_S",
    "Account",
    "Answer",
    "AnswerState",
    "Ask",
    "AskRole",
    "AskState",
    "Asked",
    "Backlog",
    "Brand",
    "Break",
    "Candidate",
    "Card",
    "CardState",
    "Certification",
    "Context",
    "Count",
    "Coverage",
    "Delivery",
    "DeliveryState",
    "Dimension",
    "Done",
    "Earlier",
    "Embargo",
    "Entry",
    "Errand",
    "Expert",
    "Figure",
    "Finding",
    "FindingLevel",
    "Form",
    "Holiday",
    "Home",
    "Invitation",
    "JobState",
    "JournalStep",
    "Kind",
    "Level",
    "Link",
    "Media",
    "Membership",
    "NoteKind",
    "Policy",
    "Post",
    "Press",
    "Preview",
    "Question",
    "QueuedJob",
    "QuietHours",
    "Reaction",
    "Rhythm",
    "Roster",
    "Rules",
    "Said",
    "Stage",
    "Standing",
    "Tally",
    "Topic",
    "TopicScore",
    "Trouble",
    "Verdict",
    "Voice",
    "Volunteer",
]
