"""`twelp run`: the whole bot, on the real networks or on a local X and Slack with a little town; or one part of it."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Collection
from pathlib import Path

from twelp.cli import logs, run_file
from twelp.cli.account import Account
from twelp.cli.pauses import Pauses
from twelp.cli.run_file import ADDRESS_NOTE
from twelp.cli.status import status_of
from twelp.cli.stopping import Stopping
from twelp.cli.summary import summary
from twelp.config import Settings
from twelp.errors import ConfigError, TwelpError
from twelp.roster import load
from twelp.wiring import (
    ALL,
    LOCAL,
    SANDBOX_DATABASE,
    TOWN,
    Bot,
    Role,
    SandboxProcess,
    build,
    forget,
    on_local_network,
    rules,
    sandboxed,
    seed,
    tracing,
)

SANDBOX_NOTE = Path(".twelp/sandbox.json")
"""Where a running sandbox in this folder says its address, for `twelp sandbox post` and `show`."""

_GO_LIVE = "To go live, copy .env.example to .env and fill in the credentials of X and Slack (README, “Going live”)."


def main(verb: str = "run") -> None:
    """The bot as a program: errors made on purpose become one clear message and an exit status."""
    sys.exit(status_of(lambda: run(verb)))


def run(verb: str = "run") -> None:
    """Runs until Ctrl-C or SIGTERM: everything, or the part of that name.

    Raises:
        TwelpError: it cannot start.
    """
    stopping = Stopping(forget_sandbox)
    settings = Settings.read()
    whole = verb == "run"
    tracing.read(Path(".env"))
    logs.begin(settings, told=whole and settings.log == "text", watched=whole and watched())
    log = logging.getLogger("twelp")
    for note in settings.notes:
        log.warning(note)
    roster = load(settings.experts, networks=rules().values())
    if not whole:
        _can_be_split(settings, verb)
        _work(build(settings, roster), stopping, [f"Part of twelp: {verb}."], {Role(verb)})
        return
    if settings.live:
        bot = build(settings, roster)
        watched_at = [f"@{roster.brand.handles[name]} on {one.display_name}" for name, one in bot.networks.items()]
        _work(bot, stopping, [f"Watching {' and '.join(watched_at)}."])
        return
    roster = on_local_network(roster)
    sandbox = SandboxProcess(seed(roster, town=TOWN))
    try:
        if settings.database_url is None:
            forget(SANDBOX_DATABASE)
        bot = build(sandboxed(settings, sandbox.url), roster)
        bot.local = True
        note_sandbox(sandbox.url)
        _work(
            bot,
            stopping,
            [
                f"No credentials: a local X and Slack with a little town. See and play it: {sandbox.town}",
                'From another terminal: twelp sandbox post "@… your question" --as you; twelp sandbox show',
                "All people in it are puppets, customers and experts alike: what they know is a short list.",
                "Be an expert yourself, from another terminal: twelp sandbox as NAME (without NAME: who there is)",
                _GO_LIVE,
            ],
            sandbox=sandbox,
        )
    finally:
        sandbox.stop()
        forget_sandbox()


def watched() -> bool:
    """Whether account and log both appear on somebody's terminal."""
    return sys.stdout.isatty() and sys.stderr.isatty()


def _can_be_split(settings: Settings, verb: str) -> None:
    if not settings.live:
        raise ConfigError(
            f"`twelp {verb}` is one part of twelp and needs credentials in .env, real or a sandbox's "
            "(`twelp sandbox serve` prints them); `twelp` alone runs everything."
        )
    if settings.database_url is None or settings.database_url.get_secret_value().startswith("sqlite"):
        raise ConfigError(
            f"`twelp {verb}` is one part of twelp and shares a database with the others, which SQLite does not: "
            "set DATABASE_URL to Postgres, or use `twelp run`, which does everything in one process."
        )


def note_sandbox(url: str) -> None:
    """Leaves the sandbox's address where the other verbs look for it."""
    run_file.write(SANDBOX_NOTE, url)


def forget_sandbox() -> None:
    """Takes our note away; another process's stays."""
    run_file.remove(SANDBOX_NOTE)


def _work(
    bot: Bot,
    stopping: Stopping,
    greeting: list[str],
    roles: Collection[Role] = ALL,
    sandbox: SandboxProcess | None = None,
) -> None:
    account, pauses = Account(bot.store, lambda: bot.roster), Pauses(bot)
    for one in bot.networks.values():
        one.listener.catchup.say = account.say
    try:
        bot.start(roles)
        bot.follow(bot.settings.experts, on_local_network if sandbox is not None else lambda roster: roster)
        for line in greeting:
            account.say(line, "bold")
        if bot.slack_address:
            account.say(f"Slack's requests are taken at {bot.slack_address}.", "bold")
        account.say(f"Ready: {len(bot.roster.experts)} experts, {len(bot.roster.topics)} topics.")
        if bot.address and Role.WEB in bot.roles:
            run_file.write(ADDRESS_NOTE, bot.address)
            if sandbox is not None:
                account.say(f"What waits, who may be asked, and figures, in a browser: {bot.address}/")
                sandbox.told_at(bot.address.replace("://0.0.0.0:", "://127.0.0.1:").replace("://[::]:", "://[::1]:"))
        _settle()
        stopping.started()
        if roles is not ALL:
            while not stopping.wait(1):
                for line in pauses.news():
                    account.say(line)
        while not stopping.wait(0.25):
            for line in pauses.news():
                account.say(line)
            try:
                account.tell()
            except Exception as error:  # the database is away: the bot waits for it, and so do we
                ours = None if isinstance(error, TwelpError) else error  # nobody expected it: with where it came from
                logging.getLogger("twelp").warning(
                    "the journal cannot be read (%s)", type(error).__name__, exc_info=ours
                )
                stopping.wait(5)
            if (
                sandbox is not None and not sandbox.alive and not stopping.wait(1)
            ):  # whoever ends both ends us in a moment
                sandbox.be_alive()
        account.say("Stopping…")
        brand = bot.roster.brand.handles.get(LOCAL, "")
        for line in summary(account.sum, bot.store, brand, sandbox.url if sandbox else None):
            account.say(line)
    finally:
        stopping.patience()
        bot.stop()
        run_file.remove(ADDRESS_NOTE)


def _settle() -> None:
    """What the start built stays as long as the process: no look for garbage goes through it again.

    Looks are rarer from here on, too: hardly anything of ours refers to itself. Both together take 3 % off a question.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
