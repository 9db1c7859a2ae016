"""Messages that come without a card: to the moderators, to an author, to oneself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from twelp.texts.phrase import Text

ALARM = Text("A post that needs people, not a bot ({why}): {url}")
FOR_US = Text(
    "Is this for us? {who}: “{words}” ({why}) {url} Nobody was asked. If it is, press “Undo” on your Home tab, under "
    "“Set aside or taken back lately”."
)
SAMPLE = Text(
    "{count} posts that nobody was asked about: are they for us?",
    one="A post that nobody was asked about: is it for us?",
)
IS_FOR_US = Text("For us")
NOT_FOR_US = Text("Not for us")
MORE_FOR_US = Text(
    "{count} more posts that may be for us, on your Home tab under “Set aside or taken back lately”: {urls}"
)
ALARMS: Final[Mapping[str, Text]] = {
    "crisis": Text("{count} more like it within ten minutes (crisis): {urls}"),
    "private": Text("{count} more like it within ten minutes (private): {urls}"),
    "unreadable": Text("{count} more like it within ten minutes (unreadable): {urls}"),
}
CRISIS_WAITS = Text(
    "Nobody has taken this for {count} min ({kind}): {url} Your card of it has the buttons.",
    one="Nobody has taken this for {count} min ({kind}): {url} Your card of it has the buttons.",
)
CASE_IS_YOURS = Text(
    "{who}, you have had this case for {count} min. Is it handled, or should somebody else have it? {url}"
)
CASE_IS_SILENT = Text("{who} has had this case for {count} min and nobody said how it stands: {url}")
WAITS_FOR_EYES = Text(
    "Your answer has been waiting {count} min for a second person. Whoever is on call was asked, too: {url}"
)
CRISIS_WROTE = Text("{who} wrote since: “{words}” {url} The case that you were told of shows it.")
CRISIS_EDITED = Text("{who} has edited the post of a case. It reads now: “{words}” {url}")
CRISIS_GONE = Text(
    "The customer has deleted the post of a case, or hidden it: {url} The case stays open until somebody handles it."
)
FOR_MODERATORS = Text(
    "The moderators handle this question now, as it needs people for such cases. Your text is kept, and nothing goes "
    "out: {url}"
)
AND_MORE = Text("{urls} …")
SURGE = Text("{count} questions wait for somebody to take them: more people are asked at once, and sooner.")
A_CUSTOMER = Text("a customer")
"""Whoever's handle the network did not tell, within a sentence."""
A_CUSTOMER_FIRST = Text("A customer")
WROTE_SINCE = Text("{who} wrote since: “{words}” {url} The question you have shows it.")
POST_IS_GONE = Text(
    "The customer has deleted the post you have in hand, or hidden it. There is nothing left to answer: {url}"
)
WORDS_GONE = Text("The customer has deleted the post that this message quoted, so its words are gone here, too.")
WORD_REFUSED = Text("The network did not take the sentence for a customer who waits ({why}): {url}")
POSTED_ANEW = Text(
    "{who} has deleted the post you have in hand and posted it anew. It reads now: “{words}” {url} You still have it, "
    "with your text."
)
ASKED_AGAIN = Text("{who} asks the same once more: “{words}” {url} Your answer stands, and nobody is asked.")
EDITED_SINCE = Text("{who} has edited the post you have in hand. It reads now: “{words}” {url}")
EDITED_AFTER = Text(
    "{who} has edited their post after your answer. It reads now: “{words}” {url} Nobody is asked; please look whether "
    "your answer is still right."
)
CAME_BACK = Text("{who} came back after your answer: “{words}” {url} Your card of it has the buttons again.")
TO_CORRECT = Text(
    "{who} wants your answer corrected: {url} It stands until your new one goes out. Your card of it has the text."
)
CORRECTED = Text("{who} has corrected your answer, and the new one stands: {url} What changed: {changes}.")
SENT_BACK = Text("{why} {url} Your card of it has the text.")
IN_LANE = Text(
    "The network takes your answer from no program ({why}). A moderator posts it by hand, and you hear when it stands: "
    "{url}"
)
POSTED_BY_HAND = Text("A moderator has posted your answer by hand: {url}")
NOT_SEEN = Text("{why} {url} Your card has the buttons again.")
NOT_POSTED = Text("Your answer does not go out. {why}. {url} The text is kept on your card.")
BY_HAND = Text("A colleague answered by hand: “{words}” {url} Nothing further goes out; your text is kept on the card.")
BY_HAND_IN_PART = Text(
    "A colleague answered a part of it by hand: “{words}” {url} You have the rest, and your text is kept on the card."
)
REST_OPEN = Text("{who} answered a part of this. Still open: {words} {url} Your card of it has the buttons.")
BY_HAND_TOO = Text("A colleague answered by hand as well: “{words}” {url} Please look whether both should stand.")
LEFT_ALONE = Text("{who} asked not to be written to: “{words}” {url} Your answer does not go out.")
THANKED = Text("{who} thanks you: “{words}” {url}")
LIKED = Text("Your answer to {who} has {count} likes: {url}", one="Your answer to {who} has {count} like: {url}")
OURS_GONE = Text(
    "An answer of ours is gone from {network}, and it was not twelp that deleted it: “{words}” {url} Nothing is posted "
    "again by itself. A moderator may open the question again on the Home tab."
)
OURS_GONE_IN_PART = Text(
    "A post of an answer of ours is gone from {network}, and it was not twelp that deleted it: “{words}” {url} The "
    "rest stands: please look whether it should."
)
CHANGED = Text("{who} approved your answer with changes ({changes}): “{words}” {url}")
HELD_AGAIN = Text("An answer by {who} is waiting for you again: {url}")
REMINDER = Text("An answer by {who} has been waiting {count} min for you: {url}")
CUT_SHORT = Text(
    "An answer was cut short and is being taken down. Please look whether anything of it stays: {url} {why}"
)
STILL_STANDS = Text(
    "An answer that was taken back still stands, please delete it by hand ({why}): {url} (our posts: {posts})"
)
STILL_WRONG = Text(
    "An answer that is to be corrected could not be deleted, please delete it by hand ({why}), and then press "
    "“Correct it…” once more: {url} (our posts: {posts})"
)
UNCLEAR = Text("{why} {url}")
ANOTHER_LEADS = Text(
    "The customer whose post you had in hand needs no answer any more; {count} others ask the same. You have it for "
    "them now, with your text. The first of them is {who}: “{words}” {url}",
    one="The customer whose post you had in hand needs no answer any more; somebody else asks the same. You have it "
    "for them now, with your text. It is {who}: “{words}” {url}",
)
CORRECT_THESE_TOO = Text(
    "An answer was corrected for everybody who got it, but for {count} who wrote on after it. Please look at theirs: "
    "{urls}",
    one="An answer was corrected for everybody who got it, but for one who wrote on after it. Please look at theirs: "
    "{urls}",
)
STORM_OVER = Text(
    "The rush is over: {count} people asked the same within {minutes} min. Of them, {waiting} still wait for the "
    "answer: {url}"
)
HALTED = Text(
    "{who} has paused {what}: {why} Nothing of it goes out and nobody is asked until a moderator writes /twelp resume."
)
RESUME_WANTED = Text("{who} wants to resume what is paused. A second person must agree: write /twelp resume.")
RESUMED = Text("What was paused is resumed. What waited goes out now, the oldest question first.")
RULES_CHANGED = Text(
    "The rules for answering have changed. You are asked again once you have accepted them: write /twelp join."
)
WEEK = Text(
    "Your week: asks {asked}, answered {answered}, published {published}, "
    "thanks from customers {thanked}. Only you see this; /twelp digest off ends it."
)
NOTHING_PRIVATE = Text(
    "{who} has not written to us privately so far, as far as {network} shows. What is written in its encrypted chat "
    "cannot be read here. If they say that they wrote, tell them the other ways: {ways}. {url}"
)
