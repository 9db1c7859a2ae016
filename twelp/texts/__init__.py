"""Every text that people read in Slack, in one place, in English; other languages are one file each.

    phrase      what a text is, and how it is said
    slack       cards, windows, the Home tab
    private     cards and windows of private cases
    acts        what a person hears back: refusals, and what `/twelp` answers
    reasons     why somebody is asked, why an answer is held, how a question stands
    notes       messages that come without a card
    language    another language, read from a file
    catalogue   all of them by name; what was said, as rows hold it

Rules: plain sentences, one word a thing. Nothing here is markup: the layout escapes and places. A text's name is its
key in language files and in rows: who renames one breaks both, so a better wording keeps the name. Commands that people
type, the journal's steps and what operators read on a terminal stay English.
"""
