"""The desk: what happens when. Each act is one thing the business can do, in one transaction.

    a post        intake (posts come in), conversations (the customer's next post), edits (their newer words),
                  withdrawals (a post is gone), repeats (the same asked again elsewhere), by_hand (a colleague answered
                  in the app), vanished (or deleted there)
    who is asked  dispatcher (wider and wider), asks (one person or channel at a time), last_look (may it reach this
                  person now), claims (one holder at a time), declines (not me, not a question)
    an answer     drafts (written), previews (as it would go out; the gate), answers (confirmed, held, undone, sent),
                  reviews (a moderator is asked to look), approvals (and decides), lane (posted by hand), publications
                  (it stands), privately (a private matter in public)
    put right     repairs (wrong topic, wrong person), corrections (a wrong public answer)
    the same      matters (one question leads, others join it), parting (who does not belong
                  to it), sharing (they get its answer, and its correction), storms
                  (many of them at once)
    several       points (a post asks several things: what is left of it once a part is answered)
    paused        halts (a moderator stops everything, or a topic, and resumes it)
    a crisis      crises (a post is for people only), cases (who has it), ringing (who is told next), crisis_acts
                  (taken, handled, none after all, the alarm is raised)
    privately     private_invitations (asked in public to write), private_hearing (they write), private_cases (who reads
                  it, who is told), private_replies (written, held, sent), private_acts (given, settled), private_cards
                  (what a card says), private_keeping (when words are removed)
    waits         waiting (a sentence for who waits for long), waiting_line (its words, its timer)
    told          cards (what a card says), alarms (notes to moderators, thanks), outcomes (what delivery reports back),
                  counts (what of the journal is counted)
    people        members, invitations, terms (who takes part, and how), home, commands (their tab, and `/twelp`)
    taught        lessons (what the matcher was taught), sampling (what was dropped is shown, and what people say of it)
    all share     context (with the few steps that every act makes), rows, roll (who takes part now), seeing (is a press
                  about what is true now), telling (a line for one person), matching, records, peace, standing

A module of the same name in the singular under `flow/` holds the decision.

Each holds the one `Context` and the parts it needs; none inherits from another. `Context[ClaimsRows]` says which rows
it touches (`rows` has those that several parts share). It loads rows, asks `flow/` what to do, and writes rows, jobs
and journal together. A step that the lifecycle does not know is answered in words for the person; one that
another worker made first is decided anew (`retry_on_conflict`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from twelp.desk.alarms import Alarms
from twelp.desk.answers import Answers
from twelp.desk.approvals import Approvals
from twelp.desk.asks import Asks
from twelp.desk.by_hand import ByHand
from twelp.desk.cards import Cards
from twelp.desk.cases import Cases
from twelp.desk.claims import Claims
from twelp.desk.commands import Commands
from twelp.desk.context import Context, Topics
from twelp.desk.conversations import Conversations
from twelp.desk.corrections import Corrections
from twelp.desk.crises import Crises
from twelp.desk.crisis_acts import CrisisActs
from twelp.desk.declines import Declines
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.drafts import Drafts
from twelp.desk.edits import Edits
from twelp.desk.halts import Halts
from twelp.desk.home import HomeTab
from twelp.desk.intake import Intake
from twelp.desk.invitations import Invitations
from twelp.desk.lane import Lane
from twelp.desk.last_look import LastLook
from twelp.desk.lessons import Lessons
from twelp.desk.matching import Subject, find
from twelp.desk.matters import Matters
from twelp.desk.members import Members
from twelp.desk.outcomes import Outcomes
from twelp.desk.parting import Parting
from twelp.desk.points import Points
from twelp.desk.previews import Previews
from twelp.desk.private_acts import PrivateActs
from twelp.desk.private_cards import PrivateCards
from twelp.desk.private_cases import PrivateCases
from twelp.desk.private_hearing import PrivateHearing
from twelp.desk.private_invitations import PrivateInvitations
from twelp.desk.private_keeping import PrivateKeeping
from twelp.desk.private_replies import PrivateReplies
from twelp.desk.publications import Publications
from twelp.desk.records import Habits, Records, Rhythms
from twelp.desk.repairs import Repairs
from twelp.desk.repeats import Repeats
from twelp.desk.reviews import Reviews, with_words
from twelp.desk.ringing import Ringing
from twelp.desk.roll import Roll
from twelp.desk.roster_file import RosterFiles
from twelp.desk.sampling import Sampling
from twelp.desk.sharing import Sharing
from twelp.desk.storms import Storms
from twelp.desk.terms import Terms
from twelp.desk.vanished import Vanished
from twelp.desk.waiting import Waiting
from twelp.desk.withdrawals import Withdrawals
from twelp.model import Account, Policy, Roster
from twelp.networks import NetworkRules
from twelp.ports import Clock, Jobs, Store, Tx


class Desk:
    """All that can happen, by name; it decides nothing itself.

    Args:
        store: where rows live.
        jobs: the durable queue.
        clock: the hour.
        roster: topics and experts.
        matcher: ranks topics, learns.
        policy: sizes and pauses.
        us: our account on each network, by the network's name.
        networks: the rules of each network that is connected, by its name.

    Attributes:
        context: what all parts share.
    """

    def __init__(
        self,
        store: Store[Tx],
        jobs: Jobs,
        clock: Clock,
        roster: Roster,
        matcher: Topics,
        policy: Policy,
        us: Mapping[str, Account],
        networks: Mapping[str, NetworkRules],
    ) -> None:
        ctx = self.context = Context(store, jobs, clock, roster, matcher, policy, us, networks)
        roll, lessons = Roll(ctx), Lessons(ctx)
        alarms = Alarms(ctx, roll=roll)
        halts = Halts(ctx, roll=roll, alarms=alarms)
        cards = Cards(ctx, roll=roll, halts=halts)
        asks, cases = Asks(ctx, roll=roll, cards=cards), Cases(ctx, roll=roll)
        ringing = Ringing(ctx, roll=roll, cases=cases)
        crises = Crises(ctx, cases=cases, ringing=ringing)
        privates = PrivateCases(ctx, roll=roll, cases=cases)
        private_keeping = PrivateKeeping(ctx, privates=privates)
        dispatcher = Dispatcher(ctx, alarms=alarms, asks=asks, roll=roll, halts=halts)
        storms = Storms(ctx, roll=roll, alarms=alarms, halts=halts)
        matters = Matters(ctx, roll=roll, dispatcher=dispatcher, storms=storms)
        parting = Parting(ctx, roll=roll, matters=matters)
        sharing = Sharing(ctx, matters=matters, parting=parting, halts=halts, alarms=alarms)
        ctx.ended = matters.ended
        claims = Claims(ctx, asks=asks, dispatcher=dispatcher, roll=roll, cases=cases)
        declines = Declines(ctx, claims=claims, dispatcher=dispatcher, asks=asks, lessons=lessons, roll=roll)
        reviews = Reviews(ctx, roll=roll)
        previews = Previews(ctx)
        drafts = Drafts(ctx, claims=claims, previews=previews, roll=roll)
        answers = Answers(
            ctx,
            claims=claims,
            previews=previews,
            drafts=drafts,
            roll=roll,
            reviews=reviews,
            asks=asks,
            dispatcher=dispatcher,
            halts=halts,
        )
        approvals = Approvals(ctx, answers=answers, claims=claims, previews=previews, reviews=reviews, halts=halts)
        conversations = Conversations(
            ctx, answers=answers, reviews=reviews, roll=roll, dispatcher=dispatcher, crises=crises, parting=parting
        )
        edits = Edits(
            ctx,
            answers=answers,
            reviews=reviews,
            dispatcher=dispatcher,
            alarms=alarms,
            crises=crises,
            lessons=lessons,
            parting=parting,
        )
        repeats = Repeats(ctx, claims=claims, dispatcher=dispatcher)
        withdrawals = Withdrawals(ctx, reviews=reviews, repeats=repeats, crises=crises, keeping=private_keeping)
        crisis_acts = CrisisActs(
            ctx, crises=crises, cases=cases, ringing=ringing, claims=claims, dispatcher=dispatcher, lessons=lessons
        )
        intake = Intake(
            ctx,
            lessons=lessons,
            dispatcher=dispatcher,
            alarms=alarms,
            crises=crises,
            conversations=conversations,
            edits=edits,
            repeats=repeats,
            matters=matters,
        )
        sampling = Sampling(ctx, roll=roll, claims=claims, declines=declines, lessons=lessons)
        repairs = Repairs(
            ctx,
            claims=claims,
            reviews=reviews,
            roll=roll,
            lessons=lessons,
            asks=asks,
            dispatcher=dispatcher,
            declines=declines,
        )
        corrections = Corrections(
            ctx,
            claims=claims,
            reviews=reviews,
            roll=roll,
            lessons=lessons,
            answers=answers,
            sharing=sharing,
            approvals=approvals,
        )
        waiting = Waiting(ctx, claims=claims, previews=previews, roll=roll)
        points = Points(ctx, roll=roll, asks=asks, dispatcher=dispatcher)
        invited = PrivateInvitations(ctx, privates=privates)
        publications = Publications(
            ctx, alarms=alarms, asks=asks, previews=previews, points=points, invitations=invited
        )
        private_cards = PrivateCards(ctx, privates=privates, roll=roll)
        private_replies = PrivateReplies(
            ctx, privates=privates, keeping=private_keeping, cards=private_cards, roll=roll
        )
        private_acts = PrivateActs(ctx, privates=privates, cards=private_cards, roll=roll)
        private_hearing = PrivateHearing(
            ctx, privates=privates, keeping=private_keeping, conversations=conversations, crises=crises
        )
        lane = Lane(
            ctx,
            approvals=approvals,
            claims=claims,
            reviews=reviews,
            roll=roll,
            publications=publications,
            conversations=conversations,
        )
        outcomes = Outcomes(
            ctx,
            alarms=alarms,
            answers=answers,
            roll=roll,
            dispatcher=dispatcher,
            publications=publications,
            lane=lane,
            repeats=repeats,
            sharing=sharing,
        )
        vanished = Vanished(ctx, alarms=alarms, lessons=lessons)
        by_hand = ByHand(ctx, reviews=reviews, lessons=lessons, lane=lane, points=points)
        last_look = LastLook(ctx, roll=roll, asks=asks, dispatcher=dispatcher)
        invitations, terms = Invitations(ctx, roll=roll), Terms(ctx, roll=roll)
        members = Members(
            ctx,
            reviews=reviews,
            roll=roll,
            dispatcher=dispatcher,
            asks=asks,
            claims=claims,
            invitations=invitations,
            ringing=ringing,
        )
        roster_files = RosterFiles(ctx, roll=roll, members=members)
        home_tab = HomeTab(ctx, roll=roll, terms=terms, halts=halts, lane=lane)
        commands = Commands(ctx, members=members, terms=terms, home_tab=home_tab, halts=halts)

        anew = repeats.follow  # an old window or button reaches the question that took the place of its own

        # a post comes in, and people are asked
        self.hear = intake.hear
        self.see_own_posts, self.answer_by_hand = by_hand.see_own_posts, by_hand.answer_among
        self.close_by_hand, self.ours_gone = by_hand.close, vanished.ours_gone
        self.post_gone, self.points_at_nothing = withdrawals.gone, withdrawals.points_at_nothing
        self.widen, self.give_up = dispatcher.widen, dispatcher.give_up
        self.asks = asks.asks
        # somebody takes it, or does not
        self.claim, self.release, self.lapse = anew(claims.claim), anew(claims.release), claims.lapse
        self.pass_on, self.dismiss = anew(declines.pass_on), anew(declines.dismiss)
        self.not_ours, self.restore = anew(declines.not_ours), declines.restore
        # what was dropped is shown to a moderator, who says what it is
        self.sample, self.for_us, self.not_for_us = sampling.sample, sampling.for_us, sampling.not_for_us
        # an answer is written, seen, confirmed, and goes out
        self.begin_answer, self.start_from = drafts.begin_answer, anew(drafts.start_from)
        self.suggest, self.answerable, self.shorten = anew(drafts.suggest), drafts.answerable, anew(drafts.shorten)
        self.preview, self.save_draft = anew(previews.preview), anew(drafts.save_draft)
        self.part_words, self.ask_privately = anew(drafts.part_words), anew(drafts.ask_privately)
        self.confirm, self.undo, self.publish = anew(answers.confirm), anew(answers.undo), answers.publish
        self.approve, self.send_back, self.preview_changed = approvals.approve, approvals.send_back, previews.changed
        self.approve_changed = with_words(approvals.approve)
        self.held_answer = approvals.held_answer
        self.remind, self.review_waiting = reviews.remind, reviews.review_waiting
        # what the network takes from no program is posted by hand
        self.say_posted, self.lane_answer, self.drop_posting = lane.say_posted, lane.lane_answer, lane.drop
        self.posting_missed = lane.missed
        # who waits for long is told
        self.tell, self.untell = anew(waiting.tell), anew(waiting.untell)
        self.word_stands, self.word_refused = waiting.stands, waiting.refused
        self.offer_word = waiting.offer
        # something is put right
        self.retopic, self.pass_to = anew(repairs.retopic), anew(repairs.pass_to)
        self.retract, self.correct = corrections.retract, corrections.correct
        self.standing_answer, self.correct_myself = corrections.standing_answer, corrections.correct_myself
        # only people may handle it: a case is taken and handled
        self.take, self.give_back, self.handle = crisis_acts.take, crisis_acts.give_back, crisis_acts.handle
        self.not_a_crisis, self.raise_alarm = crisis_acts.not_a_crisis, crisis_acts.raise_alarm
        self.crisis_card, self.ring = crisis_acts.crisis_card, ringing.ring
        self.remind_holder = ringing.remind_holder
        # customers write privately, and are replied to there
        self.hear_privately, self.begin_private = private_hearing.hear, private_replies.begin
        self.preview_private, self.confirm_private = private_replies.preview, private_replies.confirm
        self.undo_private, self.approve_private = private_replies.undo, private_replies.approve
        self.private_shown, self.give_private = private_acts.shown, private_acts.give
        self.settle_private, self.private_release = private_acts.settle, private_replies.release
        self.private_silent, self.private_expire = privates.silent, private_keeping.expire
        self.private_nothing = invited.nothing_came
        self.private_sent, self.private_refused = private_replies.sent, private_replies.refused
        self.private_card, self.private_card_sent = private_cards.card, private_cards.card_sent
        self.private_card_shown, self.private_wanted = private_cards.card_shown, private_cards.wanted
        self.private_waits_until = private_cards.waits_until
        # people take part, and set their terms
        self.begin, self.rules_for, self.join = members.begin, members.rules_for, members.join
        self.welcome, self.leave, self.gone = members.welcome, members.leave, members.gone
        self.pause, self.set_hours, self.set_digest = terms.pause, terms.set_hours, terms.set_digest
        self.weekly = terms.weekly
        self.invite = invitations.invite
        self.open_home, self.home, self.command = home_tab.open_home, home_tab.home, commands.command
        self.first_time = intake.first_time
        # another version of experts.yaml stands there
        self.take_up_roster, self.refuse_roster = roster_files.take_up, roster_files.refuse
        # a moderator pauses everything, or a topic
        self.paused, self.waits_to_resume, self.all_waits_to_resume = halts.paused, halts.waits, halts.all_waits
        self.resume_shown, self.tell_of_pauses = halts.resume_shown, halts.catch_up
        # several ask the same
        self.look_at_matter, self.split, self.ask_first = sharing.look, parting.split, parting.ask_first
        self.take_some_back = sharing.take_some_back
        self.look_at_storm, self.hold_storm, self.no_storm = storms.look, storms.hold, storms.is_none
        # delivery reports back, and asks what to show
        self.replied, self.partly, self.refused = outcomes.replied, outcomes.partly, outcomes.refused
        self.waits, self.goes_out_later = outcomes.waits, outcomes.goes_out_later
        self.edited, self.not_edited = outcomes.edited, outcomes.not_edited
        self.deleted, self.not_deleted = outcomes.deleted, outcomes.not_deleted
        self.unreachable = outcomes.unreachable
        self.forbidden, self.not_sent, self.sift_digest = last_look.forbidden, last_look.not_sent, last_look.sift_digest
        self.may_be_asked = last_look.may_be_asked
        self.resting, self.disturbed = last_look.resting, last_look.disturbed
        self.waits_until, self.comes_too_late = last_look.waits_until, last_look.comes_too_late
        self.card, self.card_sent = cards.card, cards.card_sent
        self.card_shown, self.card_unwanted = cards.card_shown, cards.card_unwanted
        self.digest, self.digest_sent = asks.digest, asks.digest_sent
        self.invitation, self.invitation_sent = invitations.invitation, invitations.invitation_sent
        self.invitation_failed = invitations.invitation_failed
        self.alarms, self.more_for_us, self.liked = alarms.alarms, alarms.more_for_us, alarms.liked
        # what was taught reaches the matcher
        self.lessons, self.catch_up = lessons, lessons.catch_up

    @property
    def roster(self) -> Roster:
        """Topics and experts."""
        return self.context.roster

    @property
    def matcher(self) -> Topics:
        """Ranks topics, learns."""
        return self.context.matcher

    @property
    def policy(self) -> Policy:
        """Sizes and pauses."""
        return self.context.policy

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name."""
        return {
            "widen": self.widen,
            "give_up": self.give_up,
            "offer_word": self.offer_word,
            "lapse": self.lapse,
            "publish": self.publish,
            "remind": self.remind,
            "invite": self.invite,
            "welcome": self.welcome,
            "weekly": self.weekly,
            "alarms": self.alarms,
            "more_for_us": self.more_for_us,
            "halts": self.tell_of_pauses,
            "ring": self.ring,
            "remind_holder": self.remind_holder,
            "sample": self.sample,
            "matter": self.look_at_matter,
            "take_back": self.take_some_back,
            "storm": self.look_at_storm,
            "private_silent": self.private_silent,
            "private_nothing": self.private_nothing,
            "private_release": self.private_release,
            "private_expire": self.private_expire,
        }


__all__ = ["Desk", "Habits", "Records", "Rhythms", "Subject", "find"]
