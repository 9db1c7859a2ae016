"""The read model: what is shown of questions, the queue, figures and jobs, read in one place for whoever shows it.

    question    one question whole: its thread, what happens next, who was asked and who was not, answers, trail
    queue       what waits, what nobody answered, what was set aside or answered lately
    coverage    who takes part, and how many may be asked about a topic in each hour of the week
    figures     what happened in some days, by day, hour, kind, topic, language or person, from counts
    report      what came of some days, each figure beside the days before; sheet: the same for a spreadsheet
    lately      what was noted since a line of the journal: posts by kind, how long questions took
    own         one person's own numbers
    overview    all processes together at a glance: questions by stage, jobs by queue
    shapes      any of it as JSON

Everything is a frozen value, read through the ports in the caller's transaction. Nothing is changed or decided here.
`twelp trail`, `twelp report` and `twelp status` (whose `--json` prints these values: docs/json.md), Slack's Home tab
and `/metrics` read it, so that no two of them ask for the same thing in two ways.
"""

from twelp.reading.coverage import People, RosterPerson, TopicCoverage, read_people
from twelp.reading.figures import By, Figures, Row, Waits, read_figures
from twelp.reading.lately import Lately, read_lately
from twelp.reading.overview import Overview, read_overview
from twelp.reading.own import read_own
from twelp.reading.people import AskedPerson, PassedOver
from twelp.reading.question import PublicAnswer, QuestionState, QuestionView, TrailLine, read_question
from twelp.reading.queue import Page, answered_lately, set_aside_lately, to_post, unanswered, waiting
from twelp.reading.report import Period, Report, ReportRow, Why, read_report
from twelp.reading.shapes import as_json
from twelp.reading.timers import Timer
from twelp.reading.versions import Act, Version

__all__ = [
    "Act",
    "AskedPerson",
    "By",
    "Figures",
    "Lately",
    "Overview",
    "Page",
    "PassedOver",
    "People",
    "Period",
    "PublicAnswer",
    "QuestionState",
    "QuestionView",
    "Report",
    "ReportRow",
    "RosterPerson",
    "Row",
    "Timer",
    "TopicCoverage",
    "TrailLine",
    "Version",
    "Waits",
    "Why",
    "answered_lately",
    "as_json",
    "read_figures",
    "read_lately",
    "read_overview",
    "read_own",
    "read_people",
    "read_question",
    "read_report",
    "set_aside_lately",
    "to_post",
    "unanswered",
    "waiting",
]
