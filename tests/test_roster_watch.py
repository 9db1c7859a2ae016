"""The roster's file while the bot runs: what is taken up, what is refused, and when."""

from __future__ import annotations

import logging
import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.stories.town import ROSTER, read_roster
from twelp.model import Roster, RosterFile
from twelp.roster.changes import compare
from twelp.wiring import roster_watch
from twelp.wiring.roster_watch import RosterWatch

NOW = datetime(2026, 11, 30, tzinfo=UTC)
BROKEN = ROSTER.replace("topics: [audio]", "topics: [adio]")
WITHOUT_ED = "\n".join(line for line in ROSTER.splitlines() if "ed@" not in line)


class Takes:
    """Remembers what it was given."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.taken: list[tuple[str, str]] = []
        self.refused: list[str] = []
        self.elsewhere: str | None = None

    def take_up(self, roster: Roster, digest: str, who: str, text: str) -> RosterFile:
        self.taken.append((compare(self.roster, roster).told(), who))
        self.roster = roster
        return RosterFile(len(self.taken), digest, NOW, who)

    def refuse_roster(self, digest: str, why: str) -> None:
        self.refused.append(why)

    def roster_file(self) -> RosterFile | None:
        return None if self.elsewhere is None else RosterFile(9, self.elsewhere, NOW)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "experts.yaml"
    path.write_text(ROSTER)
    return path


@pytest.fixture
def bot() -> Takes:
    return Takes(read_roster(ROSTER))


@pytest.fixture
def watch(file: Path, bot: Takes) -> RosterWatch:
    made = RosterWatch(file, bot)
    assert made.look(), "the version that it starts with is told"
    return made


def write(path: Path, text: str) -> None:
    """As editors do: a new file in the place of the old one."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)


def test_what_did_not_change_is_not_taken_up_again(watch: RosterWatch, bot: Takes, file: Path):
    os.utime(file, (1, 1))
    assert not watch.look()
    assert bot.taken == [("nothing differs", "")]


def test_a_change_that_checks_is_taken_up_at_the_next_look(watch: RosterWatch, bot: Takes, file: Path):
    write(file, WITHOUT_ED)
    assert watch.look()
    assert bot.taken[-1] == ("1 person removed (Ed Poe)", "")
    write(file, ROSTER)
    assert watch.look()
    assert bot.taken[-1] == ("1 person added (Ed Poe)", "")


def test_what_does_not_check_is_refused_once_it_rests(
    watch: RosterWatch, bot: Takes, file: Path, caplog: pytest.LogCaptureFixture
):
    write(file, ROSTER[:200])
    assert not watch.look(), "perhaps it is being written"
    write(file, BROKEN)
    assert not watch.look()
    assert watch.look()
    assert not watch.look(), "once is enough"
    assert len(bot.refused) == 1
    assert "adio" in bot.refused[0]
    assert "stays as it was" in caplog.text
    write(file, ROSTER)
    assert watch.look(), "it is told that it is mended"


def test_a_file_that_is_gone_and_comes_back_changes_nothing(watch: RosterWatch, bot: Takes, file: Path):
    file.unlink()
    assert not watch.look()
    assert watch.look()
    assert "no such file" in bot.refused[0]
    write(file, ROSTER)
    assert watch.look()
    assert bot.taken[-1] == ("nothing differs", "")


def test_another_handle_needs_a_start(watch: RosterWatch, bot: Takes, file: Path):
    write(file, ROSTER.replace("x: VoltHelp", "x: VoltCares"))
    assert not watch.look()
    assert watch.look()
    assert "start twelp anew" in bot.refused[0]
    assert bot.roster.brand.handles == {"x": "VoltHelp"}


def test_what_this_bot_can_play_is_what_is_compared(file: Path, bot: Takes):
    renamed = {"x": "VoltHelp"}
    watch = RosterWatch(file, bot, lambda found: replace(found, brand=replace(found.brand, handles=renamed)))
    watch.look()
    write(file, WITHOUT_ED.replace("x: VoltHelp", "x: VoltCares"))
    assert watch.look()
    assert bot.refused == []


def test_git_tells_who_wrote_it(file: Path, bot: Takes):
    def git(*words: str) -> None:
        told = ("-c", "user.name=Rosa Admin", "-c", "user.email=rosa@volt.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(file.parent), *told, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", "experts.yaml")
    git("commit", "-q", "-m", "roster: Begin.")
    watch = RosterWatch(file, bot)
    watch.look()
    assert bot.taken[-1][1] == "Rosa Admin"
    write(file, WITHOUT_ED)
    watch.look()
    assert bot.taken[-1][1] == "", "it was changed since"


def test_processes_with_different_files_are_told_of_after_a_minute(
    watch: RosterWatch, bot: Takes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    clock = [roster_watch.time.monotonic()]
    monkeypatch.setattr(roster_watch.time, "monotonic", lambda: clock[0])
    bot.elsewhere = watch.in_use
    watch.compare()
    bot.elsewhere = "0123456789ab"
    for _ in range(5):
        clock[0] += 10
        watch.compare()
        assert watch.apart == ""
    clock[0] += 10
    watch.compare()
    assert "0123456789ab" in watch.apart
    assert [r.levelno for r in caplog.records if "another process" in r.getMessage()] == [logging.WARNING]
    bot.elsewhere = watch.in_use
    watch.compare()
    assert watch.apart == ""
