"""What the town's experts know, in English: topics, the words that name each, and a tip for each trouble they know.

A tip is given only where its own words are in the question; where a topic is named and no tip fits, people ask back.
Rules: nothing here asks for anything private, names a price or a rival, or holds a link, a number of more than three
digits or an address; each sentence fits a public reply together with a greeting and a closing line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from twelp.sandbox.town.dice import words


@dataclass(frozen=True, slots=True)
class Tip:
    """One thing people know: `when` finds the trouble in a question in lower case, `say` are sentences on it."""

    when: re.Pattern[str]
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people ask about: the pattern of its words, what is known, and what is asked back otherwise."""

    name: str
    words: re.Pattern[str]
    tips: tuple[Tip, ...]
    ask_back: tuple[str, ...]


def tip(when: str, *say: str) -> Tip:
    """A tip whose trouble is found by the pattern `when`, from the beginning of a word on."""
    return Tip(re.compile(rf"(?:\b|^)(?:{when})"), say)


def topic(name: str, known_by: str, tips: tuple[Tip, ...], *ask_back: str) -> Topic:
    """A topic named by any of the words in the pattern `known_by`."""
    return Topic(name, re.compile(rf"\b(?:{known_by})\b"), tips, ask_back)


NO_START: Final = (
    r"(?:won'?t|doesn'?t|does not|will not|not|can'?t) (?:turn(?:ing)?|switch(?:ing)?|power(?:ing)?|start)"
)

DANGER: Final = (
    tip(
        r"smell\w* (?:of )?gas|gas (?:leak|smell)",
        "Please close the valve, open the windows, leave the house and call the gas emergency line. Then tell us.",
    ),
    tip(
        r"\b(?:smok(?:e|es|ing)|on fire|caught fire|burning|burnt|burned|sparks?|sparking|electric shock|"
        r"shocked me|swollen|bulging|explo\w+)\b|"
        r"(?:plug|cable|charger|socket|battery|plastic|case|adapter)\b.*\bmelt|melt\w*\b.*\b(?:plug|cable|"
        r"charger|socket)",
        "Please unplug it, keep away from it and don't use or charge it again; any store takes it in at once.",
        "Safety first: pull the plug if you can reach it safely, don't switch it on again, and let a store look at it.",
    ),
)
"""Whatever it is about: these come before everything else."""

NOT_FOR_US: Final = re.compile(
    r"\b(?:lawyers?|attorney|solicitor|sue|suing|sued|lawsuit|court|police|trading standards|ombudsman|journalist|"
    r"reporter|hacked|breach|leaked|gdpr|my data|fraud\w*|scam\w*|stolen|racis\w*|sexis\w*|discriminat\w*|harass\w*|"
    r"injur\w*|hospital|suicid\w*|kill|ceo|shareholders?|strike|protest|boycott|hiring|vacanc\w+|apply for a job|"
    r"insurance claim|invest\w*|delete my account|unsubscribe|emails|manager|human|my ears?|ran over|run over|"
    r"accident|my cat|my dog)\b"
)
"""What nobody on the shop floor answers: they say so, and leave it to those who may."""

STILL_STUCK: Final = re.compile(
    r"(?:tried|did|done) (?:that|this|it all|everything|all of)|still the same|same (?:problem|issue)|"
    r"(?:didn'?t|did not|doesn'?t|does not|hasn'?t) (?:help|change|fix)|did(?:n'?t| not) work|no luck|no difference|"
    r"already (?:tried|reset|restarted|unplugged|rebooted|cleaned|did)|"
    r"(?:reset|restarted|unplugged|rebooted|cleaned)\b.{0,20}\b(?:already|twice|several|many|times)"
)
"""Somebody tells what they tried: no tip from a list helps any more."""

STILL_STUCK_ASKS: Final = (
    "Thanks for trying. What do you see now, step by step, and which model is it?",
    "Then it is something else. Which model is it, and what have you tried so far?",
    "Too bad. Does it happen every time, and what does the display say?",
)
COMPLAINT: Final = re.compile(
    r"\b(?:worst|terrible|awful|useless|rubbish|ridiculous|disgrace\w*|unacceptable|joke|disappoint\w*|rude|ignored?|"
    r"nobody (?:answers|cares|helps)|never again|angry|furious|fed up|appalling|shame|pathetic|complain\w*|on hold)\b"
)
COMPLAINT_ASKS: Final = (
    "What happened, and with what? Nothing private here, please.",
    "What went wrong, and in which store or on which page?",
    "Tell us what it is about, in a sentence or two, and we find who can help.",
)
ASKS: Final = (
    "Happy to help: which product is it about, and what happens when you try?",
    "Could you tell a bit more? Which model, and what would you like it to do?",
    "What is it about, exactly? A word on the product and what you see would help.",
)
"""Asked back where nothing of the town's topics is named."""

MODEL_ASKS: Final = (
    "Which model is it, exactly? With its name we can look it up.",
    "What is it called, exactly? The name on the box or the label is enough to look it up.",
)
"""Asked back where somebody wants to know something about a device."""

CHOOSING: Final = re.compile(
    r"difference between|better|versus|\bvs\b|worth|should i (?:buy|get|take)|recommend|which .*(?:buy|"
    r"get|take)|\bbest\b|"
    r"for (?:a|an|my) .*(?:year|years|kid|kids|son|daughter|mum|mom|dad|school)\b"
)
CHOOSING_ASKS: Final = (
    "What will it be used for, and what matters most to you? Then we can say what fits.",
    "Who is it for, and where will it be used? That tells us most.",
)
WONDERING: Final = re.compile(
    r"\b(?:how (?:do|can|to|does)|where (?:do|can|is)|what'?s? (?:is|does|are)|can (?:i|it|you)|could i|"
    r"does (?:it|this|the)|"
    r"do (?:i|you)|is (?:it|there|this)|which)\b"
)
SHOP_ASKS: Final = (
    "Is that about a store or the website, and about which product? Then we can look it up.",
    "Which product is it about, and would it be online or in a store? We look it up then.",
)
"""Asked back where somebody wants to know something about buying."""

NEEDS: Final = re.compile(
    r"\b(?:help|broken|broke|problem|issue|error|stuck|stopped|(?:not|n't|nt) work(?:ing|s)?|wrong|"
    r"trouble|faulty|fails?|failed|"
    r"fix|setup|set up|install|bought|purchased?|product|device|item|customer service)\b"
)
"""Somebody needs something, whatever it is."""

OPENERS: Final = (
    "Hi!",
    "Hi there.",
    "Hello!",
    "Happy to help.",
    "Good question.",
    "Thanks for asking.",
    "Thanks for writing.",
    "Glad you asked.",
    "About “{word}”:",
    "On “{word}”:",
    "Hi! About “{word}”:",
    "Happy to help with “{word}”.",
    "Thanks for asking about “{word}”.",
    "A word on “{word}”:",
)
TROUBLE_OPENERS: Final = (
    "Sorry about that!",
    "Sorry for the trouble.",
    "That is annoying, sorry.",
    "Sorry to hear it.",
    "Let's get this sorted.",
    "We can help with that.",
    "Oh no. Let's see.",
    "Sorry about “{word}”.",
    "Sorry for the trouble with “{word}”.",
    "Let's sort out “{word}”.",
    "Hi! For “{word}”:",
    "With “{word}”:",
)
CLOSERS: Final = (
    "",
    "Hope that helps!",
    "Write back if you get stuck.",
    "Just reply here if anything is unclear.",
    "Happy to help further.",
    "Tell us how it goes.",
    "We are around if you need more.",
    "Ask away if there is more.",
    "A reply here reaches us.",
    "Hope that sorts it out.",
    "Good luck!",
    "Let us know either way.",
    "More questions? Just reply.",
)
TROUBLE_WORDS: Final = words(
    "not won't wont doesn't doesnt isn't isnt can't cant cannot broken dead still slow issue issues problem problems "
    "stopped stuck fail fails failed wrong error worst terrible annoying hate ugh again crash freeze lost missing "
    "never sucks useless help nothing keeps"
)
PRAISE: Final = re.compile(r"\b(?:shout-?out|kudos|thank you|thanks|good service|great service|well done)\b")
PRAISE_SAYS: Final = ("Thank you, we pass that on to the team!", "That makes our day. We pass it on to the team.")
SORRY: Final = ("Sorry about that!", "Sorry to hear it.", "Sorry for the trouble.", "That should not be so, sorry.")
SHORT: Final = ("", "Hi!", "Hello!")
AFTER_ASKING: Final = (
    "",
    "Then we can help.",
    "Just reply here.",
    "A reply here reaches us.",
    "Nothing personal here, please.",
)
