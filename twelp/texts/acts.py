"""What a person hears back after doing something: that it was done, or why not; and what `/twelp` answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from twelp.texts.phrase import Text

SOMEBODY = Text("somebody")

NOT_LISTED = Text("You are not on the roster, so nothing was done. Whoever looks after experts.yaml can add you.")
NOT_ENROLLED = Text("You do not take part at present, so nothing was done. To take part, write /twelp join.")
NOT_KNOWN = Text("That question is not known here any more.")

# ---------------------------------------------------------------- how a question stands, for who came too late

TOOK_IT = Text("{who} took it {count} min ago.")
TOOK_IT_NOW = Text("{who} took it just now.")
STANDS: Final[Mapping[str, Text]] = {
    "held": Text("{who} has answered already."),
    "review": Text("{who} has answered already."),
    "publishing": Text("{who}'s answer is being posted."),
    "paused": Text("{who}'s answer is being posted."),
    "recalling": Text("{who}'s answer is being taken down: the network did not take all of it."),
    "published": Text("{who}'s answer is already public."),
    "retracted": Text("{who}'s answer was taken back."),
    "lane": Text("{who}'s answer waits for a moderator, who posts it by hand."),
    "sought": Text("{who}'s answer was posted by hand, as a moderator says. It is being looked for."),
}
CORRECTING = Text("{who}'s answer is being replaced.")
IS_OVER: Final[Mapping[str, Text]] = {
    "dismissed": Text("It was dismissed: not a question for us."),
    "crisis": Text("The moderators handle it now."),
    "handled": Text("A moderator has handled it."),
    "by_hand": Text("A colleague has answered it by hand."),
    "withdrawn": Text("The customer's post is gone."),
    "unanswered": Text("Its time is over."),
}
NETWORK_REFUSED = Text("The network refused our reply: {why}")
LEFT_ALONE = Text("The customer asked not to be written to. Nobody may answer until they write to us again.")
NOBODY_HOLDS_IT = Text("Nobody holds it now.")
TOO_LATE_TO_UNDO = Text("Too late to undo: {stands}")

# ---------------------------------------------------------------- what a person pressed is not what they saw

HEARD_BEFORE = Text("That was done already.")
DRAWN_BEFORE = Text(
    "This was drawn before an update and does not tell what it showed, so nothing was done. "
    "It is drawn anew: look at it, and press once more."
)
ANSWER_CHANGED = Text(
    "The answer has changed since it was shown to you, so nothing was done. It reads now: “{words}” "
    "Look at it, and press once more."
)
QUESTION_CHANGED = Text(
    "The customer's post has changed since it was shown to you, so nothing was done. It reads now: “{words}”"
)
WORDS_CHANGED = Text("What would be posted has changed since it was shown to you. Nothing was sent; this is it now.")
TAKEN_ANEW = Text(
    "You have taken this question anew since this was shown to you, so nothing was done. "
    "Look at it, and press once more."
)
CHANGED = Text("This has changed since it was shown to you, so nothing was done. Look at it, and press once more.")
CHANGED_SINCE = Text("The answer has changed since your card was drawn. This is the present one.")
EARLIER_WINDOW = Text(
    "This window is from an earlier time at which you had the question, so what you type in it is not kept. "
    "Open a new one from the card."
)

# ---------------------------------------------------------------- claiming

YOURS = Text("It is yours.")
GIVEN_BACK = Text("Given back. Others are being asked.")
PASSED = Text("Noted. Somebody else is asked.")
DISMISSED = Text("Dismissed. Thank you.")
BROUGHT_BACK = Text("Brought back. It may be answered again.")
NOT_YOURS_TO_BRING_BACK = Text("Only who set it aside, or a moderator, may bring it back.")

# ---------------------------------------------------------------- answering

ON_ITS_WAY = Text("Already on its way.")
ANOTHER_STANDS = Text("You confirmed another text before, and that one stands, unless you can still undo it.")
SENT_BEFORE = Text("This window was sent once already, and the card says what came of it. Open a new one from there.")
NOBODY_TO_LOOK = Text(
    "{doubts} A second person must read it first, and there is no other moderator who could. "
    "Tell your admin; your text is kept."
)
FIRST_A_MODERATOR = Text("A moderator looks at it first.")
GOES_OUT = Text("It goes out shortly. You can still undo it.")
KEPT_BESIDE = Text("{why} Your text is kept beside it; nothing was posted.")
UNDONE = Text("Taken back. Nothing was posted; your text is kept as a draft.")
TOLD = Text("It goes out now.")
TOLD_SOON = Text("It goes out in a moment. Until then your card has Undo.")
TOLD_UNDONE = Text("Taken back: the customer is not told.")
TOLD_TOO_LATE = Text("Too late: it is out, or on its way.")
TOLD_BEFORE = Text("The customer is told already: the sentence goes out once.")
APPROVED = Text("Approved. It is being posted.")
SENT_BACK = Text("Sent back to {who}.")
MODERATORS_DECIDE = Text("Only a moderator may decide on a held answer.")
NOT_YOUR_OWN = Text("It is your own answer; somebody else must look at it.")
EARLIER_IS_GONE = Text("That answer was taken back in the meantime.")
MODERATORS_POST = Text("Only a moderator posts an answer by hand, from the brand's account.")
IS_SOUGHT = Text("Thank you. It is looked for on our own timeline.")
DROPPED = Text("Noted. Nobody posts it, and its author is told why.")
NO_LONGER_YOURS = Text("This question can no longer be answered by you.")

# ---------------------------------------------------------------- repairing

TOPIC_IS_GONE = Text("That topic is not in the roster any more.")
TOPIC_ALREADY = Text("It is taken to be about {topic} already.")
TOPIC_LEARNED = Text("Thank you. twelp remembers that it is about {topic}.")
STRANGER = Text("That person is not on the roster, so they cannot be asked.")
THAT_IS_YOU = Text("That is you.")
ASKED_ALREADY = Text("{who} was asked already.")
TAKES_NO_PART = Text("{who} does not take part at present. Choose somebody else.")
IS_AWAY = Text("{who} is away until {until} there.")
IS_QUIET = Text("{who} has quiet hours ({hour} there).")
IS_USED_UP = Text("{who} had all of their asks for today ({asks}).")
NOT_NOW = Text("{why} Press Not me, and somebody else is asked.")
IS_ASKED = Text("{who} is asked.")
NOT_YOURS_TO_TAKE_BACK = Text("Only who wrote it, or a moderator, may take an answer back.")
TAKEN_BACK = Text("Taken back. It is being deleted.")
YOURS_TO_CORRECT = Text("You have the text to change. The public answer stands until the new one goes out.")
TO_CORRECT = Text("Its author has the text to change. The public answer stands until the new one goes out.")

# ---------------------------------------------------------------- a case for people

CRISIS_YOURS = Text("You have the case, and everybody told of it sees that.")
CRISIS_GIVEN_BACK = Text("Given back. The next people are told if nobody takes it.")
CRISIS_HANDLED = Text("Handled. Thank you.")
SAY_HOW = Text("Please say in a line how it was handled, so that others can read it.")
NO_CRISIS_ASKED = Text("Noted, and learned. It goes on as an ordinary question.")
NO_CRISIS_LEFT = Text("Noted, and learned. Nobody is asked.")
ALARM_RAISED = Text("The moderators have it now, and no volunteer is asked.")
CASES_ARE_FOR = Text("Moderators handle this, and whom experts.yaml names for alarms. Nothing was done.")
HAS_CASE_NOW = Text("{who} took the case just now.")
HAS_CASE = Text("{who} has had the case for {count} min.")
NOBODY_HAS_CASE = Text("Nobody has the case.")
CASE_HANDLED = Text("{who} has handled it already: “{how}”")
CASE_WAS_NONE = Text("{who} said that it is not a crisis.")
ANSWER_ON_ITS_WAY = Text("A public answer is on its way. Once it is out, or taken back, the case can be closed.")
CRISIS_CHANGED = Text("This has changed since your card was drawn. It is shown as it is now.")
STATUS_CASES = Text(
    "Cases for people: {count} open, {untaken} of them without anybody. They are on the Home tab.",
    one="Cases for people: {count} open, {untaken} of it without anybody. It is on the Home tab.",
)

# ---------------------------------------------------------------- taking part

TAKE_PART_ALREADY = Text("You take part already. To stop, write /twelp leave.")
RULES_CHANGED = Text("The rules have changed in the meantime. Please open them once more.")
JOINED = Text("Thank you, you take part now. Leave at any time with /twelp leave.")
LEFT = Text("You take part no more and are asked nothing. To come back, write /twelp join.")
NOT_PAUSED = Text("You are not paused.")
WELCOME_BACK = Text("Welcome back. You may be asked again from now on.")
PAUSED = Text("Paused until {until}. What you hold stays yours; /twelp resume ends it.")
TERMS = Text("Your quiet hours: {quiet}. Asks a day: at most {asks}.")
DIGEST_ON = Text("You get a weekly summary of your own.")
DIGEST_OFF = Text("No more weekly summaries.")

# ---------------------------------------------------------------- /twelp

UNKNOWN_COMMAND = Text("“{word}” is not known. Known: {known}.")
STRANGER_TO_COMMANDS = Text("You are not on the roster of people who answer. Whoever looks after it can add you.")
HELP = Text("What you can write:\n{lines}")
HELP_LINE = Text("/twelp {command} — {what}")
LINES = Text("{first}\n{second}")
COMMANDS: Final[Mapping[str, Text]] = {
    "status": Text("whether you are asked now, what you hold, how much is left of today"),
    "topics": Text("what you are asked about"),
    "quiet": Text("your quiet hours; also “quiet off”, or “quiet default” for the roster's"),
    "budget": Text("at most so many asks a day; also “budget default”"),
    "pause": Text(
        "no asks for a while; also “pause until monday”; moderators: “pause everything because …”, “pause topic tv "
        "because …”"
    ),
    "resume": Text("ends a pause; moderators: “resume everything”, “resume topic tv”"),
    "stats": Text("your own numbers, which only you see"),
    "digest": Text("a weekly summary of your own; “digest off” ends it"),
    "join": Text("take part; where there are rules, they are shown to be accepted"),
    "leave": Text("take part no more; asks stop at once"),
}
WRITE_DIGEST = Text("Write “/twelp digest on” or “/twelp digest off”.")
YOUR_QUIET = Text("Your quiet hours: {quiet}. Change them: /twelp quiet 22:00-08:00")
YOUR_BUDGET = Text("Asks a day: at most {asks}. Change it: /twelp budget 3")
NO_PART = Text("You do not take part at present. To take part, write /twelp join.")
PAUSED_UNTIL = Text("You are paused until {until}.")
AWAY_UNTIL = Text("You are away until {until}.")
NO_BUDGET = Text("You are asked nothing: your budget is 0 asks a day.")
QUIET_NOW = Text("You are asked nothing now: it is your quiet hours.")
USED_UP = Text("You are asked nothing more today: your asks for today are used up.")
MAY_BE_ASKED = Text("You may be asked now, unless do-not-disturb is on in Slack.")
STATUS_QUIET = Text("Quiet hours: {quiet} ({zone}).")
STATUS_TODAY = Text("Today: {today} of {asks} asks.")
STATUS_CARDS = Text("Before you: {open} open, {yours} yours. They are all on the Home tab.")
TOPICS = Text("You are asked about: {topics}. Whoever looks after experts.yaml can change that.")
TOPICS_WOULD = Text("You would be asked about: {topics}. Whoever looks after experts.yaml can change that.")
NO_TOPICS = Text("You stand for no topic; as a moderator you are asked where nobody else can be.")
STATS = Text(
    "Your last 30 days, which only you see: asks {asked}, answered {answered}, "
    "passed {passed}, published {published}, thanks from customers {thanked}."
)

# ---------------------------------------------------------------- pausing everything, or a topic

HALTED = Text(
    "Paused. Nothing goes out and nobody is asked until it is resumed: /twelp resume everything. What customers write "
    "is kept."
)
HALTED_TOPIC = Text(
    "Paused: {topic}. Nothing about it goes out and nobody is asked about it until it is resumed; what customers write "
    "is kept."
)
HALT_ALREADY = Text("That is paused already. The Home tab says since when, by whom and why.")
HALT_MODERATORS = Text("Only a moderator may pause or resume everything or a topic. Nothing was done.")
HALT_WHY = Text("Why? Write it like “/twelp pause everything because our last answer is wrong”. Nothing is paused yet.")
HALT_WHAT = Text("Write “everything” or “topic”, with the topic's name. Nothing was done.")
HALT_NO_TOPIC = Text("There is no topic “{said}”. Topics: {known}. Nothing was done.")
HALT_NOTHING = Text("Nothing is paused.")
HALT_WHICH = Text("Which of them? Paused are: {known}. Write it like “/twelp resume everything”.")
HALT_CHANGED = Text("That has changed since, so nothing was done. The Home tab says what is paused now.")
HALT_ONE_MORE = Text("Noted. A second person must agree: another moderator writes /twelp resume, too.")
HALT_STILL_ONE_MORE = Text("You agreed already. A second person must write /twelp resume, too. It is still paused.")
HALT_OVER = Text("Resumed. What waited goes out now, the oldest question first, where it still stands.")
HALT_EVERYTHING = Text("everything")
NOT_JOINED = Text("It is asked by itself already, or was answered in the meantime. Nothing was done.")
ASKS_FIRST = Text("From now on somebody is asked before another who asks the same gets an answer.")
GIVES_AGAIN = Text("From now on whoever asks the same gets this answer, as long as it stands.")
STORM_NO_TOPIC = Text("It is about no topic that could be held. To hold everything: /twelp pause everything because …")
STORM_WHY = Text("many ask the same")
STORM_CLOSED = Text("Somebody has decided that already, or the rush is over. Nothing was done.")
NO_STORM = Text("You hear no more of it. Those who asked are answered as before.")
SPLIT_OFF = Text("Split off: it is asked by itself now.")
WHEN_RESUMED = Text("Everything about it is paused: it goes out once a moderator resumes. You can still undo it.")
APPROVED_PAUSED = Text("Approved. Everything about it is paused: it goes out once a moderator resumes.")

PAUSE_HOW = Text(
    "Pause for how long? Write for how long or until when, like “2h”, “3 days”, “until 14:00” or “until monday”."
)
PAUSE_UNCLEAR = Text(
    "“{said}” is not clear. Write for how long or until when, like “2h”, “3 days”, “until 14:00” or “until monday”."
)
PAUSE_OVER = Text(
    "“{said}” is over already. Write for how long or until when, like “2h”, “3 days”, “until 14:00” or “until monday”."
)
PAUSE_LONG = Text("That is more than a year. To stop for good, write “/twelp leave”.")
QUIET_UNCLEAR = Text("“{said}” is no span of hours. Write it like “22:00-08:00”, “off” or “default”.")
QUIET_EMPTY = Text("“{said}” begins and ends at once. For no quiet hours, write “off”.")
BUDGET_UNCLEAR = Text("“{said}” is no number of asks a day. Write a whole number from 0 to {most}.")
NO_QUIET = Text("none")

# ---------------------------------------------------------------- hours and days

WEEKDAYS: Final = (
    Text("Monday"),
    Text("Tuesday"),
    Text("Wednesday"),
    Text("Thursday"),
    Text("Friday"),
    Text("Saturday"),
    Text("Sunday"),
)
MONTHS: Final = (
    Text("January"),
    Text("February"),
    Text("March"),
    Text("April"),
    Text("May"),
    Text("June"),
    Text("July"),
    Text("August"),
    Text("September"),
    Text("October"),
    Text("November"),
    Text("December"),
)
DAY_AND_HOUR = Text("{weekday}, {day} {month}, {hour}")
WEEKDAY_AND_HOUR = Text("{weekday} {hour}")

# ---------------------------------------------------------------- private cases

PRIVATE_NOT_YOURS = Text("That private message is not yours to handle, so nothing was done.")
PRIVATE_NOT_YET = Text("They have not written privately so far, and nobody writes to them first.")
PRIVATE_ON_ITS_WAY = Text("A reply is on its way to them already.")
PRIVATE_CHANGED = Text(
    "They wrote since, or a colleague has done something, so nothing was sent. This is how it stands now: read it, and "
    "confirm once more."
)
PRIVATE_CARD_CHANGED = Text("That has changed since it was shown to you. Your card is drawn anew: look at it first.")
PRIVATE_TOO_LATE = Text("Too late: it is sent, or somebody has taken it back.")
PRIVATE_TAKEN_BACK = Text("Nothing was sent. Your text is kept.")
PRIVATE_NOBODY = Text("That colleague takes no part at present. Choose another one.")
PRIVATE_GIVEN = Text("They have it now, and see what the customer wrote.")
PRIVATE_ONLY = Text("They wrote privately, and are answered there: your card of the private message has the buttons.")
