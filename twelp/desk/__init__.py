"""The desk: what happens when. Each method is one thing the business can do, in one transaction.

    hear         new posts were read                 (hearing)
    widen        the wave's timer ran out            (hearing)
    give_up      the question's time is over         (hearing)
    claim, release, pass_on, dismiss, lapse          (claiming)
    begin_answer, preview, save_draft, confirm,
    undo, approve, send_back, publish                (answering)
    retopic, pass_to, retract, correct               (repairing)
    begin, invite, join, welcome, leave, pause …     (volunteering)
    open_home, home, command                         (home: a person's own tab, and `/twelp`)
    replied, refused, deleted, card_sent, unreachable, card   (outcome: called by delivery)

Every method loads rows, asks `flow/` what to do, and writes rows, jobs and journal together. A step that the lifecycle
does not know is answered in words for the person; one that another worker made first is decided anew.
"""

from collections.abc import Callable

from twelp.desk.home import Homes
from twelp.desk.matching import Subject, find
from twelp.desk.records import Habits, Records, Rhythms


class Desk(Homes):
    """All the desk can do. See the modules for each group."""

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name."""
        return {
            "widen": self.widen,
            "give_up": self.give_up,
            "lapse": self.lapse,
            "publish": self.publish,
            "remind": self.remind,
            "invite": self.invite,
            "welcome": self.welcome,
            "weekly": self.weekly,
            "alarms": self.alarms,
        }


__all__ = ["Desk", "Habits", "Records", "Rhythms", "Subject", "find"]
