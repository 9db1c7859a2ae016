"""Only the newest preview of a window is worked on."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from twelp.adapters.slack.debounce import LatestOnly


def test_what_was_typed_meanwhile_is_shown_once_and_last() -> None:
    newest, done, busy, go_on = LatestOnly(), [], Event(), Event()

    def first() -> None:
        busy.set()
        assert go_on.wait(5)
        done.append(1)

    thread = Thread(target=newest.run, args=("V1", 1.0, first))
    thread.start()
    assert busy.wait(5)
    newest.run("V1", 2.0, lambda: done.append(2))
    newest.run("V1", 4.0, lambda: done.append(4))
    newest.run("V1", 3.0, lambda: done.append(3))
    newest.run("V2", 1.0, lambda: done.append(9))
    go_on.set()
    thread.join(5)
    assert done == [9, 1, 4]


def test_one_that_went_wrong_does_not_stop_the_next() -> None:
    newest, done = LatestOnly(), []
    with pytest.raises(ZeroDivisionError):
        newest.run("V1", 1.0, lambda: done.append(1 // 0))
    newest.run("V1", 2.0, lambda: done.append(2))
    assert done == [2]


def test_it_does_not_remember_every_window_for_ever() -> None:
    newest = LatestOnly()
    for number in range(1_500):
        newest.run(f"V{number}", 1.0, lambda: None)
    assert len(newest._orders) == 1_000
