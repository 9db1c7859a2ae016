"""The question's way, in pure decisions: no I/O, no clock, no dice; the hour and the policy are arguments.

    listen     Is this post ours to look at, and for the first time?                     listen.concerns
    triage     Is it a question that wants an answer? Why?                               triage.judge
    conversation  Whose turn is it: a new question, more about one, a reply to us?       conversation.place
    match      Which topics is it about, or is it nobody's?                              match.Matcher.rank
    dispatch   Whom do we ask now, why them, and when do we look again?                  dispatch.plan
    answer     What did the expert type, made safe?                                      answer.clean
    gate       May this text go out: fits, nothing private, no promise, no insult, …?        gate.check
    publish    The exact public text, signed; the room left; or as a thread of posts.    publish.compose, left, split

`lifecycle` is the table of all stages and steps; `subject` gives the words that a post is about: its own, those of what
it answers or quotes, of links and pictures; `seen` says what a press must have seen; `card` is what each person's copy
says at any moment. The steps do not call one another: the desk (`twelp/desk/`) joins them, each in one database
transaction with the jobs it needs, and delivery (`twelp/delivery/`) sends each post once, with a ledger row before the
call and a look before any second try.

A post's way through the code: `listener` → `desk/intake.hear` → `listen`, `triage`, `conversation`,
`match` → `desk/dispatcher.dispatch` → `dispatch` → `desk/asks.put_before` → `delivery/messages.card` → an expert clicks
(`adapters/slack/listeners`). The answer's way back: `desk/drafts.begin_answer` → `desk/previews.preview` →
`desk/answers.confirm` → `gate` → the hold → `desk/answers.publish` → `delivery/posts.post` →
`desk/outcomes.replied`, which also teaches the matcher. The customer's next post: `desk/intake` → `conversation` →
`desk/conversations.hear`.
"""
