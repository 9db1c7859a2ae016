"""Why: why somebody is asked, why an answer is held or refused, why a question stands as it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from twelp.texts.phrase import Text

# ---------------------------------------------------------------- why you

YOU_STAND_FOR = Text("you stand for {topics}")
YOU_ARE_CERTIFIED = Text("you are certified for it: {names}")
YOU_ARE_NEW = Text("you are new to this: a turn for you")
YOUR_TURN = Text("nobody has waited longer: a turn for you")
YOU_ANSWERED = Text("you answered {answered} of {asks} asks on {topic}")
YOURS_CAME_BACK = Text("{count} of your answers on {topic} came back")
NOT_ASKED_FOR = Text("not asked on {topic} for {count} days", one="not asked on {topic} for {count} day")
IT_IS = Text("it is {hour} where you are")
ASK_OF_TODAY = Text("ask {number} of {asks} today")
YOU_WROTE = Text("you wrote here {count} min ago")
YOU_WRITE = Text("you are writing here now")
YOU_REACTED = Text("you reacted within minutes to {prompt} of {asks} lately")
YOU_HOLD = Text("you hold {count} other questions", one="you hold {count} other question")
NOBODY_ELSE = Text("nobody else who could know can be asked now")
YOU_MODERATE = Text("you are a moderator")
YOU_ANSWERED_THEM = Text("you answered this customer before, and they ask on")
POSTED_ANEW = Text("its customer deleted the first post, and posted it anew")
YOU_TOOK_IT = Text("you took it yourself")
THINKS_YOU_KNOW = Text("{who} thinks you know")
THINKS_YOU_KNOW_WORD = Text("{who} thinks you know: “{word}”")

# ---------------------------------------------------------------- why this topic

QUOTED = Text("“{words}”")
CLOSE_TO = Text("“{words}”, close to “{known}”")
SPELLING = Text("{words} (spelling: {fixes})")
SPELT = Text("“{written}” → “{meant}”")
NAMES = Text("names “{alias}”")
IN_A_PART = Text("a part is about it: “{words}”")
ANSWERED_ONE_LIKE_IT = Text("{who} answered one like it: “{words}”")
LIKE_AN_EARLIER = Text("like an earlier one: “{words}”")
ASKS_THE_SAME = Text("asks the same as {post}")
AS_BEFORE = Text("names no topic of its own: as what the customer asked before")
GOES_ON_WITH = Text("goes on with what {who} answered")
SAYS_IT_IS_ABOUT = Text("{who} says it is about {topic}")

# ---------------------------------------------------------------- how a question stands

ASKED = Text("{count} asked")
PASSED = Text("{count} passed")
WAVES = Text("{count} waves", one="{count} wave")
HOURS = Text("{number} h")
MINUTES = Text("{count} min")
SECONDS = Text("{count} s")
NOBODY_ANSWERED = Text("nobody answered in {time}: {asked} in {waves}, {passed}")
NOT_SURE = Text("nobody is sure that it is for us: {why}")
SAMPLED = Text("triage took it for nothing that wants an answer")
NOT_A_QUESTION = Text("{who} says it is not a question for us")
NOT_OURS = Text("{who} says it is not about anything of ours")
A_COLLEAGUE_ANSWERED = Text("a colleague answered by hand")
WORDS_UNTOLD = Text("(its words are not told)")
TOOK_IT_BACK = Text("{who} took the answer back")
SENT_IT_BACK = Text("{who} sent it back: {why}")
NOT_YOURS_TO_PASS = Text("{why} It was not in the author's text: please leave it out, or send the answer back.")
SENT_IT_BACK_SILENTLY = Text("{who} sent it back: please look at it again")
POST_IS_GONE = Text("the customer's post is gone")
REWORD = Text("The network has taken this very text from us before and takes none twice. Please put it in other words.")
REWORD_UNSEEN = Text(
    "The network says that it has this very text from us, and shows it nowhere. Please look at the customer's post; "
    "if no answer of ours stands there, put it in other words."
)
UNCLEAR = Text(
    "Nobody can tell whether the answer stands: {why}. Look at the customer's post, and post it by hand only if it is "
    "missing there."
)
TOO_LITTLE_TOLD = Text("the network tells too little of {url}, which may be it")
OWN_POSTS_UNREAD = Text("the account's own posts could not be read ({why})")
CUT_SHORT = Text("The network took {taken} of its {of} posts and refused the next ({why}).")
RECALLING = Text("{why} What stands of it is being taken down.")
ROSTER_AT_START = Text("read at a start")
ROSTER_VERSION = Text("version {number} of the roster ({digest})")
WAITS = Text("{taken} of its {of} posts stand. The next goes out when the network takes posts again.")
NOTHING_STANDS = Text("{why} Nothing of it stands any more. Please put it in other words, or into one post.")
CORRECTS = Text("{who} wants it corrected.")
TO_CORRECT = Text("{why} The public answer stands until the new one goes out: change the text, and confirm it.")
NOBODY_CORRECTED = Text("It was to be corrected, and nobody did in time: it still stands.")
REPLACING = Text("The new answer is confirmed: it goes out once the old one is deleted.")
NOT_CORRECTED = Text("It was to be corrected, but the network did not delete it ({why}): it still stands.")
NOT_SUMMONED = Text("it names us without our handle, and {network} lets a program reply only where it is mentioned")
IN_LANE = Text("The network takes it from no program: {why}")
SAYS_POSTED = Text("{who} says that it is posted. It is looked for on our own timeline.")
NOT_SEEN = Text(
    "It was not seen on our own timeline. Is it posted from the brand's account, under the customer's post, and word "
    "for word?"
)
TIMELINE_UNREAD = Text("Our own timeline could not be read, so nobody can tell whether it is posted.")
DELETED_BY_HAND = Text("Somebody deleted the answer on {network}. Nothing is posted again by itself.")
NOT_POSTED = Text("{who} does not post it by hand: {why}")
NOT_POSTED_SILENTLY = Text("{who} does not post it by hand")
NOT_TAKEN_DOWN = Text("{why} What stands could not be taken down ({also}): a moderator must.")

# ---------------------------------------------------------------- what was changed for the public

TAKEN_OFF = Text("“{signs}” taken off")
ADDED = Text("“{words}” added")
BECAME = Text("“{words}” → “{instead}”")

# ---------------------------------------------------------------- what the gate sees

NOT_CONNECTED = Text("{network} is not connected any more, so nothing can go out there: tell an admin.")
EMPTY = Text("There are no words in it yet: write the answer.")
TOO_LONG = Text("Too long by {count}: shorten it (links count {link}, emoji and CJK characters {wide} each).")
TOO_LONG_PLAIN = Text("Too long by {count}: shorten it.")
REPEATED = Text("Two of its posts would say the same, and {network} takes no text twice: say it once.")
UNSEEN = Text("There are characters in it that nobody sees: type it anew instead of pasting it.")
SLACK_REFERENCE = Text("“{words}” is Slack's way of writing: put plain words or a link.")
SLACK_EMOJI = Text(
    "“{words}” is shown as an emoji in Slack only, and as these letters in public: put an emoji or words instead."
)
SLACK_BOLD = Text("“{words}” would be shown with its stars: leave them out.")
SLACK_CODE = Text("“```” would be shown as it is: leave it out.")
MENTION = Text("Take @{name} out: the reply reaches the customer by itself, and {network} forbids naming others.")
CASHTAGS = Text(
    "{network} allows {count} cashtags ($ABC) in a post: keep {count} at most.",
    one="{network} allows one cashtag ($ABC) in a post: keep one at most.",
)
SCHEME = Text("“{scheme}://” does not open for customers: give a link that begins with https://.")
SCRIPT = Text("A link may only begin with https:// or http://: take the other one out.")
SHORT_LINK = Text("{host} hides where a link leads: give the full one.")
LINK_WITH_NAME = Text("A link with a name before the @ misleads: give the plain address.")
INSIDE_LINK = Text("{host} opens for us only: give a public page.")
INSIDE_LINK_UNREAD = Text("That link opens for us only: give a public page.")
SLIP = Text("{network} would make a link of “{words}”: write “{instead}”, or https:// before it if it is one.")
STRANGE_LINK = Text("It leads to {host}, which is not on the roster's list of links; a second person checks it.")
IN_ALT_TEXT = Text("In the description of a picture: {what}")
TRAINEE = Text("A newcomer's answer is read by a second person before it goes out.")
CARD_NUMBER = Text("That looks like a card number: take it out; nobody may read it in public.")
BANK_ACCOUNT = Text("That is a bank account number (IBAN): take it out; nobody may read it in public.")
OWN_ADDRESS = Text("That is a person's own e-mail address: take it out.")
SOME_ADDRESS = Text("There is an e-mail address in it; a second person checks that it is a public one.")
PHONE = Text("There is a phone number in it; a second person checks that it is a public one.")
REFERENCE = Text("That looks like one customer's number; a second person checks it.")
LONG_NUMBER = Text("There is a long number in it; a second person checks that it is nobody's own.")

# ---------------------------------------------------------------- why a post needs people

ALARMS: Final[Mapping[str, Text]] = {
    "self-harm": Text("speaks of self-harm: “{words}”"),
    "threat": Text("threatens: “{words}”"),
    "danger": Text("speaks of danger to people: “{words}”"),
    "security": Text("speaks of data or accounts in wrong hands: “{words}”"),
    "legal": Text("speaks of law or authorities: “{words}”"),
    "press": Text("speaks for the press: “{words}”"),
    "vulnerable": Text("speaks of somebody in need: “{words}”"),
    "protest": Text("speaks of protest or injustice: “{words}”"),
}
KINDS: Final[Mapping[str, Text]] = {
    "self-harm": Text("self-harm"),
    "threat": Text("a threat"),
    "danger": Text("danger to people"),
    "security": Text("data or accounts in wrong hands"),
    "legal": Text("law or authorities"),
    "press": Text("the press"),
    "vulnerable": Text("somebody in need"),
    "protest": Text("protest or injustice"),
    "crisis": Text("a crisis"),
}
SAYS_IT_IS_DANGEROUS = Text("{who} says that this is dangerous")
WROTE_AGAIN = Text("the customer wrote again: “{words}”")
GOES_ON_IN = Text("It goes on as a case for the moderators, with the customer's next post: {url}")
NO_CRISIS = Text("{who} said that this is not a crisis, and nothing to answer.")
MAY_SPEAK_OF = Text("may speak of {kind}: “{words}”")
NAMES_OURS = Text("names “{words}”, which is ours")
WANTS_NO_MORE = Text("wants not to be written to: “{words}”")
PROPOSES = Text("proposes something: “{words}”")
SHOWS_SOMETHING = Text("shows a picture or a link, and hardly says a word")
READS_AS_WANTING = Text("reads as if it wants an answer: {words}")
READS_AS_WANTING_SO = Text("reads as if it wants an answer")
READS_AS_IDLE = Text("reads as if it wants none: {words}")
READS_AS_IDLE_SO = Text("reads as if it wants none")
CANNOT_WAIT = Text("says that it cannot wait: “{words}”")
OWN_MATTER = Text("needs their own account looked up: “{words}”")
HELD_FOR_PEOPLE = Text("held for people to decide")
POINTS_AT_PRIVATE = Text("points at private messages: “{words}”")
NOT_TAKEN_IN = Text("could not be taken in ({kind})")
HOLDS_PRIVATE: Final[Mapping[str, Text]] = {
    "a card number": Text("holds what looks like a card number: keep it out of the answer"),
    "an order or account number": Text("holds what looks like an order or account number: keep it out of the answer"),
    "an e-mail address": Text("holds what looks like an e-mail address: keep it out of the answer"),
    "a phone number": Text("holds what looks like a phone number: keep it out of the answer"),
}
EDITED_BEFORE_IT_WENT_OUT = Text("The customer edited their post before it went out. Read that, and confirm once more.")
EDITED_FOR_PEOPLE = Text("The customer edited their post, and it is for people now: {why}")
WROTE_BEFORE_IT_WENT_OUT = Text("The customer wrote before it went out. Read that, and confirm once more.")
PAUSED_BY = Text("paused by {who}: {why}")
SAME_MATTER = Text("the same matter as another question ({score}: {why}); it is answered with that one")
HAS_THE_ANSWER = Text("its customer has the answer already, to another post about the same")
NOT_TO_BE_WRITTEN_TO = Text("its customer asked not to be written to")
TAKEN_BACK_WITH_ALL = Text("The answer was taken back from everybody who got it.")
OTHERS_GO_ON = Text("it is about something else by its newer words; the others who had joined it go on without it")
MANY_AT_ONCE = Text("{count} within ten minutes; {normal} are usual")
LEADS_NOW = Text("the question it had joined ended without an answer for others")

PRIVATE_ALARM = Text("They wrote it privately; the card of the private message has the words")
STOPPED_PRIVATELY = Text("(asked privately not to be written to)")
WROTE_BEFORE_IT_WAS_SENT = Text("They wrote again before it was sent. The text is kept: read theirs first.")
REPLIED_BY_HAND = Text("A colleague replied by hand before it was sent. The text is kept.")
SENT_BACK_PRIVATELY = Text("{who} took this reply back. The text is kept.")
PRIVATE_UNCLEAR = Text("Nobody can tell whether it was sent: look at the conversation by hand ({why})")
