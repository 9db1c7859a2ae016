"""The table of stages: its ends, its ways, and the picture of it in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.flow import lifecycle
from twelp.flow.lifecycle import BY_MODERATORS, FINAL, TRANSITIONS, UNCLAIMED, UNDER_WAY, Step, after
from twelp.model import Stage

REOPENED = (Stage.PUBLISHED, Stage.BY_HAND, Stage.SETTLED, Stage.RETRACTED, Stage.REFUSED)
"""The customer may come back after these."""

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "lifecycle.md"


def diagram() -> str:
    """The table as a Mermaid state diagram, one line a pair of stages, in the table's order."""
    steps: dict[tuple[Stage, Stage], list[str]] = {}
    for (stage, step), to in TRANSITIONS.items():
        steps.setdefault((stage, to), []).append(step.value)
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.OPEN.value}"]
    lines += [f"    {stage.value} --> {to.value}: {', '.join(names)}" for (stage, to), names in steps.items()]
    lines += [f"    {stage.value} --> [*]" for stage in Stage if stage in FINAL]
    return "\n".join(lines)


def test_every_stage_can_be_reached_from_open() -> None:
    reached = {Stage.OPEN}
    while more := {to for (stage, _), to in TRANSITIONS.items() if stage in reached} - reached:
        reached |= more
    assert reached == set(Stage)


@pytest.mark.parametrize("stage", sorted(FINAL))
@pytest.mark.parametrize("step", Step)
def test_nothing_leads_out_of_an_end_but_taking_something_back_or_the_customers_next_words(
    stage: Stage, step: Step
) -> None:
    """A published answer, a question set aside, one that needs no answer any more, and the customer who comes back."""
    back = {(Stage.PUBLISHED, Step.RETRACT): Stage.RETRACTED, (Stage.DISMISSED, Step.RESTORE): Stage.ASKED}
    back |= {(Stage.PUBLISHED, Step.CORRECT): Stage.CLAIMED, (Stage.RETRACTED, Step.REFUSE): Stage.RETRACTED}
    back |= {(Stage.PUBLISHED, Step.FOLLOW): Stage.CORRECTING}  # it is another's answer, which was corrected
    back |= {(stage, Step.REOPEN): Stage.ASKED for stage in REOPENED} | {(Stage.SETTLED, Step.CLAIM): Stage.CLAIMED}
    back |= {(stage, Step.EDIT): stage for stage in FINAL - {Stage.WITHDRAWN}}  # other words, and the same end
    back |= {(stage, Step.BY_HAND): Stage.BY_HAND for stage in (Stage.SETTLED, Stage.REFUSED, Stage.RETRACTED)}
    back |= {(stage, Step.VANISH): Stage.RETRACTED for stage in (Stage.PUBLISHED, Stage.BY_HAND)}
    back |= {(stage, Step.ALARM): Stage.CRISIS for stage in FINAL - {Stage.WITHDRAWN}}  # the moderators', again
    back |= {(Stage.DISMISSED, Step.SAMPLE): Stage.DISMISSED}  # shown to a moderator once more
    unmoved = (*REOPENED, Stage.WITHDRAWN)
    back |= {
        (stage, step): stage for stage in unmoved for step in (Step.CARE, Step.HANDLE) if stage is not Stage.SETTLED
    }
    assert after(stage, step) is back.get((stage, step))


def test_only_the_ends_have_no_way_out() -> None:
    no_way_out = {stage for stage in Stage if {after(stage, step) for step in Step} <= {None, stage}}
    assert no_way_out == {Stage.WITHDRAWN}


def test_the_module_tells_of_each_stage_and_which_are_ends() -> None:
    """UNANSWERED is told among the ends, as the one that an expert may still come back to."""
    way, _, ends = (lifecycle.__doc__ or "").partition("one of the ends")
    told = [{Stage[name] for name in re.findall(r"^    ([A-Z_]+) {2,}", part, re.MULTILINE)} for part in (way, ends)]
    assert told == [UNDER_WAY, FINAL | {Stage.UNANSWERED}]
    leading_on = {step for step in Step if after(Stage.UNANSWERED, step) not in (None, Stage.UNANSWERED)}
    assert leading_on == {Step.CLAIM, Step.WITHDRAW, Step.SETTLE, Step.BY_HAND, Step.LEAVE, Step.ALARM}


def test_passing_repairing_renewing_and_adding_change_no_stage() -> None:
    """One person's "not me" is a step of the question (its row is compared and set), but leads nowhere."""
    still = (Step.PASS, Step.REPAIR, Step.RENEW, Step.ADD)
    assert all(to is stage for (stage, step), to in TRANSITIONS.items() if step in still)


def test_every_step_is_open_somewhere() -> None:
    assert {step for _, step in TRANSITIONS} == set(Step)


def test_a_question_that_nobody_holds_can_be_asked_and_claimed() -> None:
    assert {stage for stage in Stage if after(stage, Step.ASK)} == UNCLAIMED
    assert all(after(stage, Step.CLAIM) is Stage.CLAIMED for stage in UNCLAIMED)


def test_only_a_reply_in_the_outbox_can_be_published() -> None:
    assert {stage for stage in Stage if after(stage, Step.PUBLISH)} == {
        *(Stage.PUBLISHING, Stage.PAUSED, Stage.CORRECTING),
        *BY_MODERATORS,
    }
    into_outbox = {(stage, step) for (stage, step), to in TRANSITIONS.items() if to is Stage.PUBLISHING is not stage}
    assert into_outbox == {
        (Stage.HELD, Step.SEND),
        (Stage.REVIEW, Step.APPROVE),
        (Stage.PAUSED, Step.RESUME),
        (Stage.CORRECTING, Step.POST_ANEW),
        (Stage.JOINED, Step.SHARE),
    }


def test_an_answer_that_needs_a_second_pair_of_eyes_goes_out_by_approval_only() -> None:
    leading_on = {step: to for (stage, step), to in TRANSITIONS.items() if stage is Stage.REVIEW}
    assert {step for step, to in leading_on.items() if to is Stage.PUBLISHING} == {Step.APPROVE}
    assert Step.SEND not in leading_on


def test_whatever_is_under_way_can_end() -> None:
    """From each stage under way a way leads to the public answer and one to an end without it."""
    for stage in UNDER_WAY:
        reached = {stage}
        while more := {to for (at, _), to in TRANSITIONS.items() if at in reached} - reached:
            reached |= more
        assert reached >= {Stage.PUBLISHED, Stage.UNANSWERED, Stage.WITHDRAWN}, stage


def test_every_step_is_taken_by_a_part_of_the_desk() -> None:
    desk = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "twelp" / "desk").glob("*.py")))
    assert [step.name for step in Step if not re.search(rf"\bStep\.{step.name}\b", desk)] == []


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TRANSITIONS[Stage.PUBLISHED, Step.CLAIM] = Stage.CLAIMED  # type: ignore[index]


@given(st.lists(st.sampled_from(Step), max_size=40))
def test_no_sequence_of_steps_leaves_an_end_or_has_two_answers_to_one_turn_stand(steps: list[Step]) -> None:
    stage, standing = Stage.OPEN, 0
    for step in steps:
        to = after(stage, step)
        if stage in FINAL:
            back = (Stage.DISMISSED, Stage.ASKED), (Stage.PUBLISHED, Stage.CLAIMED)
            taken = (Step.REOPEN, Step.CLAIM, Step.EDIT, Step.BY_HAND, Step.ALARM, Step.CARE, Step.HANDLE)
            taken = (*taken, Step.FOLLOW, Step.SAMPLE)
            assert to in (None, Stage.RETRACTED) or (stage, to) in back or step in taken
        standing += (to is Stage.PUBLISHED) - (stage is Stage.PUBLISHED and to is not None)
        stage = to or stage
        assert standing == (stage is Stage.PUBLISHED)


def test_the_page_shows_the_table_as_it_is() -> None:
    """When the table changes, put this text between the fences of docs/lifecycle.md."""
    shown = re.search(r"```mermaid\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert shown[1] == diagram()


def test_the_page_names_every_stage_and_every_step() -> None:
    words = PAGE.read_text(encoding="utf-8").split("```")[-1]
    assert [stage.value for stage in Stage if f"| {stage.value} |" not in words] == []
    assert [step.value for step in Step if f"| {step.value} |" not in words] == []
