"""The question's way, in pure decisions: no I/O, no clock, no dice; the hour and the policy are arguments.

    listen     Is this post ours to look at, and for the first time?                     listen.concerns
    triage     Is it a question that wants an answer? Why?                               triage.judge
    conversation  Whose turn is it: a new question, more about one, a reply to us?       conversation.place
    match      Which topics is it about, or is it nobody's?                              match.Matcher.rank
    points     Does it ask several things, and which of them does an answer cover?       points.find, covered
    dispatch   Whom do we ask now, why them, and when do we look again?                  dispatch.plan
    answer     What did the expert type, made safe?                                      answer.plain
    gate       May this text go out: fits, nothing private, no promise, no insult, …?        gate.check
    publish    The exact public text, signed; the room left; or as a thread of posts.    publish.compose, left, split

`lifecycle` is the table of all stages and steps; `subject` gives the words that a post is about: its own, those of what
it answers or quotes, of links and pictures; `seen` says what a press must have seen; `card` is what each person's copy
says at any moment. The steps do not call one another: the desk (`twelp/desk/`) joins them, each in one database
transaction with the jobs it needs, and delivery (`twelp/delivery/`) sends each post once, with a ledger row before the
call and a look before any second try.

All paths are under `twelp/`. A post's way: `adapters/x/network.mentions` (any network: `ports/network.py`) →
`listener/__init__.look` → `listener/catchup.take` → `desk/intake.hear` → `listen`, `triage`, `conversation`; for a new
question `desk/matching.find` → `match`, `desk/dispatcher.dispatch` → `dispatch` → `desk/asks.put_before` →
`desk/context.send` (a row of the outbox, and its job, which `engine/running` runs) → `delivery/courier` →
`delivery/messages.card` → `adapters/slack/workspace.post_card`. What the card says comes from `desk/cards.card`; how it
looks, from `adapters/slack/cards` and `buttons`.

An answer's way: an expert clicks (`adapters/slack/listeners` → `writing.answer`, `.form_submitted`, `.confirmed`) →
`desk/drafts.begin_answer` → `desk/previews.preview` → `desk/answers.confirm` → `gate` → the hold (`answers._hold`, job
`publish`) → `desk/answers.publish` → `answers.send_out` → `delivery/courier` → `delivery/posts.post` →
`desk/outcomes.replied` → `desk/publications.stands`, which writes the lesson down; `desk/lessons.catch_up` teaches it
to the matcher. Where the gate wants a second pair of eyes: `desk/reviews.review` asks the moderators, and
`desk/approvals.approve` leads to `send_out`.

The customer's next post: `desk/intake` → `listen`, `triage`, `conversation` → `desk/conversations.hear`, which adds it
to the question or opens that again: for its author first, else through `desk/dispatcher`.
"""
