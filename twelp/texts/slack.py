"""What cards, windows and the Home tab say. By state where a state chooses the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from twelp.texts.phrase import Text

HEADLINES: Final[Mapping[str, Text]] = {
    "asked": Text("Can you answer this?"),
    "yours": Text("This one is yours"),
    "taken": Text("Taken"),
    "hold": Text("Your answer goes out soon"),
    "review": Text("Waiting for a second pair of eyes"),
    "reviewing": Text("Please look at this answer"),
    "publishing": Text("Going out now"),
    "recalling": Text("Being taken down"),
    "published": Text("Answered"),
    "unanswered": Text("Still unanswered"),
    "refused": Text("Could not be posted"),
    "dismissed": Text("Set aside: not a question for us"),
    "sample": Text("Left alone by triage: is this for us?"),
    "withdrawn": Text("Withdrawn by the customer"),
    "passed": Text("Passed on"),
    "left": Text("Not yours any more"),
    "waiting": Text("Nobody has taken this yet"),
    "retracted": Text("Answer taken back"),
    "settled": Text("Sorted out by the customer"),
    "by_hand": Text("Answered by hand"),
    "lane": Text("A moderator posts this by hand"),
    "to_post": Text("Please post this by hand"),
    "sought": Text("Posted by hand, as somebody says"),
    "for_people": Text("The moderators handle this"),
    "crisis": Text("Needs a person now"),
    "crisis_taken": Text("Somebody has this case"),
    "crisis_over": Text("This case is closed"),
    "storm": Text("Many ask the same just now"),
    "word": Text("Still no answer: tell them that they are not forgotten?"),
    "told": Text("Told that they are not forgotten"),
    "word_held": Text("The sentence goes out soon"),
    "part_answered": Text("Your part is answered"),
}
LEFT_ALONE = Text("They asked not to be written to. Nobody may answer until they write to us again.")
"""The first line of a card in each state."""

LINES: Final[Mapping[str, Text]] = {
    "yours": Text("Nobody else can answer it while you have it."),
    "taken": Text("Nothing for you to do here."),
    "review": Text("A moderator reads your answer before it goes out."),
    "reviewing": Text("Nothing goes out before you approve it."),
    "unanswered": Text("Nobody answered in time. You still can."),
    "refused": Text("The network did not take the answer."),
    "dismissed": Text("Thanks: this teaches twelp what to leave alone."),
    "withdrawn": Text("The post is gone, so there is nothing left to answer."),
    "passed": Text("Thanks for saying so. Somebody else is asked."),
    "left": Text("You do not take part in this one any more, so there is nothing to do here."),
    "settled": Text("They no longer need an answer, so nobody else is asked. You may still give one."),
    "by_hand": Text("A colleague answered from the brand's account. Nothing further goes out."),
    "lane": Text("You hear when it stands."),
    "to_post": Text("Post exactly these words from the brand's account, under the customer's post. Nobody else does."),
    "sought": Text("Once it is seen on our own timeline, it counts as published."),
    "for_people": Text("It is a case for people who look after such things. Nothing for you to do here."),
    "word": Text("Once, word for word as below. The question stays open: whoever knows may still answer it."),
    "told": Text("The question is still open."),
    "word_held": Text("Any moderator can still take it back."),
    "part_answered": Text("The rest is still open, and for others. You may answer it, too."),
    "retracted": Text("twelp forgets what it learned from it, and nobody else is asked."),
}
"""One line of sense below the headline, where the state needs one."""

ANSWER = Text("Answer")
CLAIM = Text("Claim")
RELEASE = Text("Release")
NOT_ME = Text("Not me")
NOT_A_QUESTION = Text("Not a question")
NOT_OURS = Text("Not our topic")
WRONG_TOPIC = Text("Wrong topic…")
PASS_TO = Text("Pass to…")
RETRACT = Text("Take it back")
RETRACT_MORE = Text("Take it back…")
RETRACT_ASK = Text("The public answer is deleted. This cannot be undone.")
KEEP = Text("Keep it")
CORRECT = Text("Correct it")
CORRECT_MORE = Text("Correct it…")
CORRECT_ASK = Text(
    "The public answer stands, and its author has the text back to change it. "
    "Once the new one is confirmed, it takes the old one's place."
)
CORRECT_WHO = Text("Who changes it?")
CORRECT_AUTHOR = Text("Its author, who is told")
CORRECT_MYSELF = Text("I do it myself; its author is told what changed")
UNDO = Text("Undo")
APPROVE = Text("Approve and post")
TELL = Text("Post this sentence")
SEND_BACK = Text("Send back")
CHANGE_MORE = Text("Change…")
CHANGE_TITLE = Text("Change the answer")
CHANGE_LABEL = Text("The answer, without its signature")
CHANGE_HINT = Text("You see exactly what will be public before it goes out. Its author is told what you changed.")
CHANGED_LEAD = Text("What you changed:")
READ_WHOLE = Text("Read all of it…")
APPROVE_TITLE = Text("Approve and post?")
HELD_BECAUSE = Text("Why it is held:")
ONLY_BY_HAND = Text("They did not write to our handle, so a moderator posts the answer by hand.")
OPEN_IN = Text("Open in {network}")
POSTED_IT = Text("I posted it")
DROP = Text("Give up")
DROP_MORE = Text("Give up…")
DROP_TITLE = Text("Not posted?")
DROP_LABEL = Text("Why not?")
DROP_HINT = Text("The author reads this. The answer does not go out.")
DANGEROUS = Text("This is dangerous")

TAKE = Text("I take it")
TAKE_OVER = Text("I take it over")
GIVE_BACK = Text("Give it back")
HANDLED = Text("Handled")
NO_CRISIS = Text("Not a crisis")
ANSWER_AS_MODERATOR = Text("Answer as a moderator")
CRISIS_KIND = Text("About: {kind}. Since {moment}.")
CRISIS_RAISED = Text("{who} raised the alarm.")
CRISIS_NOBODY = Text("Nobody has it yet. No volunteer is asked.")
CRISIS_MINE = Text("You have it, since {moment}.")
CRISIS_HAS = Text("{who} has it, since {moment}.")
CRISIS_CLOSED = Text("{who} handled it, {moment}: “{how}”")
CRISIS_WAS_NONE = Text("{who} said that it is not a crisis, {moment}.")
CRISIS_WHY = Text("Why you are told:")
CRISIS_POST_GONE = Text("The customer has deleted this post, or hidden it.")
CRISIS_BEFORE = Text("What was said before:")
CRISIS_ANSWERS: Final[Mapping[str, Text]] = {
    "claimed": Text("A public answer is being written."),
    "held": Text("A public answer goes out in a moment."),
    "review": Text("A public answer waits for a second pair of eyes."),
    "lane": Text("A public answer waits to be posted by hand."),
    "sought": Text("A public answer was posted by hand, as somebody says."),
    "publishing": Text("A public answer is being posted."),
    "paused": Text("A public answer is being posted."),
    "recalling": Text("A public answer is being taken down."),
    "correcting": Text("The public answer is being replaced."),
    "published": Text("There is a public answer. Press Handled once the matter itself is dealt with."),
    "by_hand": Text("A colleague answered by hand. Press Handled once the matter itself is dealt with."),
    "refused": Text("The network did not take the public answer."),
    "retracted": Text("The public answer was taken back."),
}
"""Where the public answer to a case stands, by the question's stage."""
GUIDANCE = Text(
    "Answer soon, calmly and as a person: take it seriously, do not judge, promise nothing. Name a help line of their "
    "country (findahelpline.com lists them); where a life is at risk now, the emergency number there."
)
"""What the card of a post about self-harm says, where the roster says nothing."""
HANDLE_TITLE = Text("Handled")
HANDLE_LABEL = Text("How was it handled?")
HANDLE_HINT = Text(
    "One line that everybody told of this case reads, like “Called them; an electrician is there today”."
)
NO_CRISIS_TITLE = Text("Not a crisis")
NO_CRISIS_LABEL = Text("What becomes of the post?")
NO_CRISIS_HINT = Text("Either way twelp learns from it.")
NO_CRISIS_ASK = Text("It is a question: ask those who may know")
NO_CRISIS_LEAVE = Text("Nothing: nobody need answer it")
HOME_CASES = Text("Cases for people, oldest first")
HOME_CASES_MORE = Text("{count} more cases are open.", "1 more case is open.")
BRIEF_CASE = Text("{headline} · {kind} · {ago}")

A_CUSTOMER = Text("A customer")
"""Whoever's handle the network did not tell, at the beginning of a sentence."""
ASKS = Text("{who} asks on {network}")
AUTHOR = Text("{name} ({handle})")
OPEN_POST = Text("Open the post")
OPEN_REPLY = Text("See the answer")
POSTED = Text("{link}, {moment}")
TOPIC = Text("Topic: {topic}")
WORDS_GONE = Text("(deleted or hidden by its author)")
EDITED = Text("{who} edited this, {ago}.")
EDITED_WAS = Text("{who} edited this, {ago}. It was:")
SINCE = Text("{who} wrote since, {ago}:")
WE_ANSWERED = Text("Our answer, {ago}:")
POINTS = Text("They ask {count} things:")
POINT = Text("“{words}” ({topic})")
POINT_THEIRS = Text("“{words}” ({topic}): you are asked about this")
POINT_ANSWERED = Text("“{words}” ({topic}): answered")
NO_TOPIC = Text("no topic")
COVERS_LABEL = Text("Which of it does this answer?")
COVERS_HINT = Text("What you leave out stays open, and is answered by a reply of its own.")
IN_REPLY_TO = Text("In reply to {who}:")
SHOWS = Text("Shows a post by {who}:")
PICTURES: Final[Mapping[str, str]] = {
    "photo": Text("Photo"),
    "video": Text("Video"),
    "animated_gif": Text("Moving picture"),
}
DESCRIBED = Text("{kind}: “{words}”")
PICTURE_UNDESCRIBED = Text("{kind} without description")
WHY_YOU = Text("Why you:")
WHY_HELD = Text("Why it is held: {why}")
UNTIL = Text("Yours until {moment}.")
GOES_OUT = Text("Goes out {moment}.")
HAS_IT = Text("{who} has it.")
WROTE = Text("{who} wrote:")
ANSWERED_BY = Text("Answered by {who}.")
THE_TEXT = Text("The answer, word for word:")
NO_TEXT = Text("(no text)")
SOMEBODY = Text("Somebody")
MORE_CHARACTERS = Text("{text}… ({count} more characters)", one="{text}… ({count} more character)")
MOMENT = Text("{date_short_pretty} at {time}")
"""Slack fills this one in, in the reader's own zone."""

NOTIFICATION = Text("{headline}. {who}: {words}")
NOTIFICATION_ASKED = Text("{headline} {who}: {words}")
"""What a notification shows of a card; the second where the headline is a question."""
NOTIFICATION_MORE = Text("{headline}: {words}")

FORM_TITLE = Text("Answer in public")
FORM_LABEL = Text("Your answer")
FORM_HINT = Text("Up to {limit} characters, your signature {signature} included. You see it again before it goes out.")
PREVIEW = Text("Preview")
CANCEL = Text("Cancel")
LEFT = Text("{count} left")
OVER = Text("{count} too many")
THREAD_LEFT = Text("{posts} posts, {left} left in the last")
POST_NUMBER = Text("Post {number} of {of}:")
AS_POSTED = Text("{left} · As it would be posted:")
AS_YOU_TYPE = Text("As you type, you see here exactly what would be posted.")
MUST_CHANGE = Text("To change first:")
SECOND_LOOK = Text("A moderator looks at it first, because:")
IN_QUOTES = Text("“{words}”")
SEEN_AT = Text("{words}: {what}")
BE_SURE = Text("It may go out so; be sure of this:")

CHANGED = Text("Changed for the public: {changes}.")
WILL_LINK = Text("{network} will link these: {links}.")
LEADS_TO = Text("{words} (leads to {host})")
NO_LINK = Text("If “{words}” is not meant as a link, write “{instead}”.")
PRIVATE_MATTER = Text("This is a private matter: never ask for their data in public, and never repeat it.")
ASK_PRIVATELY = Text("Ask them to write privately")
PUT_SPACES = Text("Put the missing space in")

THREAD = Text("What the customer and we said there:")
OTHERS_SAID = Text("What others said there:")
SAID_AGO = Text("{who}, {ago}")
SIMILAR = Text("Answers to similar questions:")
SIMILAR_BY = Text("{who} answered {ago}")
START_FROM: Final = (Text("Start from the first"), Text("Start from the second"), Text("Start from the third"))
SHORTEN = Text("Propose a shorter text")
AS_THREAD = Text("Post as a thread of {posts}")
REPLACED = Text("Your longer text, to copy from:")

CONFIRM_TITLE = Text("Post this?")
CONFIRM_LEAD = Text("Exactly this will be public, under the customer's post:")
CONFIRM_THREAD = Text(
    "Exactly these {posts} posts will be public, under the customer's post, each under the one before:"
)
POST_PUBLICLY = Text("Post publicly")
TO_REVIEW = Text("Send to review")
BACK = Text("Back")

FAILED_TITLE = Text("Not posted")
NOT_DONE = Text("Not done")
KEEP_TEXT = Text("Your text, to copy if you need it:")
CLOSE = Text("Close")

TOPIC_TITLE = Text("Wrong topic")
TOPIC_LABEL = Text("What is it about?")
TOPIC_HINT = Text("Its people are asked now, and twelp remembers.")
PERSON_TITLE = Text("Pass to")
PERSON_LABEL = Text("Who knows?")
PERSON_HINT = Text("They are asked now, and see that it was you.")
PERSON_NOTE = Text("A word for them")
FROM_TO = Text("{first} – {last}")
SUGGEST_TITLE = Text("Suggest as answer")
SUGGEST_LABEL = Text("To which question?")
SUGGEST_HINT = Text("The text becomes your draft. Nothing is posted before you confirm it.")
SUGGEST_NONE = Text("No question is before you, so there is nothing this could answer.")
SUGGEST_EMPTY = Text("That message has no text of its own.")
SUGGEST_ON = Text("Go on")
SEND_ON = Text("Send on")

BACK_TITLE = Text("Send back")
BACK_LABEL = Text("What should change?")
BACK_HINT = Text("The author reads this, nobody else.")

TOO_LONG_TO_CARRY = Text("This is far too long for a public answer. Please shorten it.")
NOT_ROSTERED = Text(
    "You are not on the roster of people who answer here, so nothing happened. "
    "Whoever looks after experts.yaml can add you."
)
NOTHING_POSTED = Text("Something went wrong on our side, and nothing was posted. Please try once more in a moment.")
TOO_SLOW = Text("Slack waited too long to open the window. Please press the button once more.")
JUST_A_CHAT = Text(
    "What you write here stays between us and is never posted. To answer a customer, press Answer on the card."
)

INVITED = Text("{brand} asks you to help")
INVITED_AGAIN = Text("The rules have changed")
JOINED = Text("You take part")
WENT = Text("You take part no more")
INVITED_LINE = Text(
    "Customers ask {brand} in public. A few colleagues who know are asked here, and the first good answer goes out. "
    "You are asked rarely, never in your quiet hours, and you may stop at any time."
)
INVITED_AGAIN_LINE = Text("You are asked again once you have read and accepted the present version.")
JOINED_LINE = Text(
    "You may be asked from now on. Your hours and your budget are on the Home tab; /twelp help shows more."
)
WENT_LINE = Text("You are asked nothing. To come back, write /twelp join.")
ABOUT = Text("You would be asked about: {topics}.")
READ_RULES = Text("Read the rules")
TAKE_PART = Text("Take part")
RULES_TITLE = Text("The rules")
ACCEPT = Text("I accept")
ACCEPTED_TITLE = Text("You take part")

HOME_JOIN = Text("You do not take part at present.")
HOME_CARDS = Text("Before you")
HOME_NO_CARDS = Text("Nothing is waiting for you.")
HOME_YOU = Text("You")
HOME_TOPICS = Text("You are asked about: {topics}.")
HOME_NO_TOPICS = Text("You stand for no topic; you are asked where nobody else can be.")
HOME_HOURS = Text("Quiet hours: {quiet}, on your own clock ({zone}). Asks a day: at most {asks}; today {today}.")
HOME_OWN = Text("You changed this yourself.")
HOME_AWAY = Text("No asks until {moment}")
ASKERS = Text("{count} people ask this. They all get the answer.")
NOT_THE_SAME = Text("Not the same")
FOR_OTHERS = Text(
    "{count} more people ask the same. Each gets one of these, with their own handle in the place of {handle}:",
    one="One more person asks the same. They get one of these, with their own handle in the place of {handle}:",
)
NOT_FOR_OTHERS = Text(
    "{count} more people ask the same, and this is too long to greet each by their handle: they get no answer by it.",
    one="One more person asks the same, and this is too long to greet them by their handle: they get no answer by it.",
)
IF_OTHERS = Text(
    "Whoever else asks the same while it stands gets this answer, too, as one of: {ways}. A moderator can end that."
)
OTHERS_GET = Text("The others get the same words, as one of: {ways}.")
REACHES_ALL = Text(
    "{count} people ask the same. Whoever of them got this answer is reached by it, too: each has a reply of their own."
)
STORM_RATE = Text(
    "{count} asked within ten minutes; {normal} are usual in this topic. The last two hours: {curve} They are asked "
    "about once, and answered together."
)
STORM_OVER = Text("The rush is over.")
STORM_IS_NONE = Text("A moderator says that it is no storm.")
STORM_ANSWER = Text("One answer for all")
STORM_HOLD = Text("Hold this topic")
STORM_NONE = Text("Not a storm")
ASK_FIRST = Text("Ask first for others…")
GIVE_AGAIN = Text("Give it to others again")
THEIR_HANDLE = Text("@…")
PAUSED_HEADLINE = Text("Paused: not going out yet")
PAUSED_ALL = Text("{who} paused everything, {moment}: “{why}” Nothing goes out until it is resumed.")
PAUSED_TOPIC = Text("{who} paused {topic}, {moment}: “{why}” Nothing about it goes out until it is resumed.")
RESUMING = Text("{who} wants to resume; a second person must agree.")
HOME_PAUSED = Text("Paused")
HOME_ROSTER_REFUSED = Text("experts.yaml is not used as it stands")
HOME_ROSTER = Text("Version {number}, since {moment}, stays in force until that is mended.")
RESUME_ALL = Text("Resume")
RESUME_ALL_ASK = Text("What waited goes out, the oldest question first, where it still stands.")
HOME_CHANGE = Text("Change hours and budget")
HOME_PAUSE = Text("Pause for today")
HOME_RESUME = Text("Resume")
HOME_DIGEST_ON = Text("Weekly summary: on")
HOME_DIGEST_OFF = Text("Weekly summary: off")
HOME_LEAVE = Text("Leave")
HOME_LEAVE_ASK = Text("You are asked nothing any more, and what you hold is given back. You can come back.")
HOME_STAY = Text("Stay")
HOME_NUMBERS = Text(
    "Your last 30 days, which only you see: asks {asked}, answered {answered}, published {published}, thanks {thanked}."
)
HOME_THANKS = Text("Thanks from customers")
HOME_COVERAGE = Text("Coverage")
HOME_COVERS = Text("{topic}: {awake} of {people} can be asked now, {waiting} waiting")
HOME_NOBODY = Text("{topic}: nobody takes part, {waiting} waiting")
HOME_QUEUE = Text("The queue, oldest first")
HOME_WAIT_TOO = Text("{count} more wait.", "1 more waits.")
HOME_UNANSWERED = Text("Nobody answered, newest first")
HOME_NOT_SHOWN = Text("{count} more are not shown.", "1 more is not shown.")
HOME_MANY_NOT_SHOWN = Text("At least {number} more are not shown.")
HOME_TO_POST = Text("To be posted by hand, oldest first")
HOME_SET_ASIDE = Text("Set aside or taken back lately")
REOPEN = Text("Open again")
HOME_ANSWERED = Text("Answered lately")
HOME_NO_QUEUE = Text("No question waits.")
HOME_STRANGER = Text("You are not on the roster of people who answer. Whoever looks after experts.yaml can add you.")
HOME_MORE = Text("… and more.")
BRIEF = Text("{headline} · asked {ago}")
BRIEF_ABOUT = Text("{headline} · {topic} · asked {ago}")
DIGEST = Text("{count} questions came while you were away", one="A question came while you were away")
DIGEST_MORE = Text("The rest is on the Home tab.")
POSTED_AGO = Text("The customer asked {ago}.")

HOURS_TITLE = Text("Hours and budget")
HOURS_QUIET = Text("Quiet hours")
HOURS_QUIET_HINT = Text("Like 22:00-08:00, on your own clock; “off” for none, “default” for the roster's.")
HOURS_ASKS = Text("Asks a day, at most")
HOURS_ASKS_HINT = Text("A whole number; “default” for the roster's.")
SAVE = Text("Save")
