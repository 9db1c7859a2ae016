"""What cards, windows and notes of private cases say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from twelp.texts.phrase import Text

HEADLINES: Final[Mapping[str, Text]] = {
    "invited": Text("Asked to write privately"),
    "waiting": Text("Private message: please reply"),
    "replying": Text("Private message: a reply is on its way"),
    "answered": Text("Private message: replied"),
    "left": Text("Private message: they want no reply"),
}
ALARM = Text("Private message: needs a person now")
NEWER = Text("Private message: goes on in a newer card")
ONLY_THERE = Text("(Written privately: the words are on the card of the private message.)")
FROM = Text("{who} wrote to us privately on {network}. Only you and the moderators see this.")
FROM_ALARM = Text("{who} wrote to us privately on {network}. Only people who look after such cases see this.")
FIRST = Text("They wrote first; nobody asked them to.")
ABOUT = Text("It goes on from their public post.")
OWNER = Text("{who} replies to them.")
MINE = Text("You reply to them.")
NOBODYS = Text("Nobody has it yet: whoever replies first goes on with it.")
REMOVED = Text("The words were removed, as their time is over.")
PICTURES = Text(
    "With {count} pictures or films, which are not copied: open it on {network}.",
    one="With a picture or film, which is not copied: open it on {network}.",
)
EARLIER = Text("{count} earlier messages are not shown.", one="An earlier message is not shown.")
BY_HAND = Text("A colleague, by hand")
REPLY_STANDS: Final[Mapping[str, Text]] = {
    "review": Text("This reply by {who} waits for a moderator:"),
    "held": Text("This reply by {who} is sent soon:"),
    "sending": Text("This reply by {who} is being sent:"),
    "taken_back": Text("This reply by {who} was not sent:"),
    "refused": Text("{network} did not take this reply by {who}:"),
    "unclear": Text("Nobody can tell whether this reply by {who} was sent:"),
}
SENT_AT = Text("It is sent {moment}.")
OTHER_WAYS = Text("The other ways that you can name: {ways}.")
NOTIFICATION = Text("{headline}: {who}")
REPLY = Text("Reply privately")
APPROVE = Text("Approve and send")
GIVE_IT = Text("Give to a colleague…")
NO_REPLY_NEEDED = Text("No reply needed")
SEND = Text("Send privately")
TITLE = Text("Reply privately")
LABEL = Text("Your reply")
HINT = Text(
    "Only the customer reads it. Ask for what you need to help, but never for a password, a code or a whole card "
    "number. At most {limit} characters."
)
CONFIRM_TITLE = Text("Send this privately?")
CONFIRM_LEAD = Text("Exactly this is sent, and only to them:")
GIVE_TITLE = Text("Give it to a colleague")
GIVE_LABEL = Text("Who shall reply?")
GIVE_HINT = Text("They will see everything that this customer wrote privately.")
GIVE = Text("Give")
PUBLIC_CARD: Final[Mapping[str, Text]] = {
    "invited": Text(
        "They were asked to write privately. Nothing has come so far. What is written in {network}'s encrypted chat "
        "cannot be read here: if they say that they wrote, tell them the other ways: {ways}."
    ),
    "waiting": Text("They wrote privately. The card of the private message has it."),
    "replying": Text("They wrote privately, and a reply is on its way."),
    "answered": Text("They wrote privately, and were answered there."),
    "left": Text("They asked privately not to be written to."),
}
