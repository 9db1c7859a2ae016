"""Tables that hold only what was used."""

from __future__ import annotations

import numpy as np

from twelp.flow.match.features import bag
from twelp.flow.match.linear import Linear, Row
from twelp.flow.match.slots import Slots, grown


def test_a_place_never_used_reads_slot_zero_and_a_used_one_keeps_its_own() -> None:
    slots = Slots(100)
    first = slots.take(np.array([7, 3]))
    assert sorted(first) == [1, 2]
    assert list(slots.take(np.array([3, 50]))) == [first[1], 3]
    assert list(slots.find(np.array([7, 99]))) == [first[0], 0]
    assert slots.used == 4


def test_a_table_grows_with_zeros_and_keeps_what_it_held() -> None:
    table = np.ones((4, 2), np.float32)
    longer = grown(table, 5)
    assert longer.shape == (6, 2)
    assert longer[:4].sum() == 8
    assert not longer[4:].any()
    assert grown(longer, 3) is longer


def test_a_feature_no_text_has_weighs_nothing_for_any_topic() -> None:
    linear = Linear(3)
    read = bag(["router", "drops"])
    row = Row.of("router drops", 1, 3, read.places, read.counts)
    linear.add(row)
    linear.settle(5, lambda places: np.ones(len(places), np.float32))
    assert linear.weights(read.places).any()
    assert not linear.weights(bag(["refund"]).places).any()


def test_texts_improved_together_reach_the_optimum_of_texts_improved_alone() -> None:
    """Enough texts that they are improved in groups; the weights must not depend on the grouping."""
    alone, together = Linear(4), Linear(4)
    texts = [f"word{i % 29} own{i % 4} word{i % 13}" for i in range(400)]
    for linear in (alone, together):
        for i, text in enumerate(texts):
            read = bag(text.split())
            linear.add(Row.of(text, i % 4, 4, read.places, read.counts))
    ones = lambda places: np.ones(len(places), np.float32)  # noqa: E731
    together.settle(30, ones)
    for _ in range(12):  # it stands still
        for row in alone.rows:
            alone.step([row], ones)
    asked = bag(["own2", "word5", "word7"])
    scores = [asked.counts @ linear.weights(asked.places) for linear in (alone, together)]
    assert np.abs(scores[0] - scores[1]).max() < 0.1 * np.ptp(scores[0])
    assert scores[0].argmax() == scores[1].argmax() == 2


def test_what_a_text_pulls_sums_to_nothing_however_coarsely_it_is_kept() -> None:
    """Rounding must not lift or sink all topics together: the distance to every topic is read off these scores."""
    read = bag(["router"])
    row = Row.of("router", 1, 4, read.places, read.counts)
    row.chance = np.array([0.3333, 0.3334, 0.1111, 0.2221], np.float16)
    assert abs(float(row.pull().sum())) < 1e-5
