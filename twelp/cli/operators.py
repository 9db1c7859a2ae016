"""The verbs for whoever runs it: `twelp jobs` and `twelp db`; what they do is in `jobs.py` and `db.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twelp.cli.options import FLAG, Json

db_app = typer.Typer(
    help="The database: check, upgrade, back up, restore.",
    epilog="Example: [b]twelp db check[/b]",
    no_args_is_help=True,
)
jobs_app = typer.Typer(
    help="What the queue has to do and what fails in it; let a job run again, or discard it.",
    epilog="Example: [b]twelp jobs --failed[/b]",
)

JobIds = Annotated[list[int], typer.Argument(help="As `twelp jobs` lists them.", metavar="ID")]


@jobs_app.callback(invoke_without_command=True)
def jobs(
    context: typer.Context,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only jobs of which a try has failed.", metavar=FLAG)
    ] = False,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1, metavar="N")] = 100,
    as_json: Json = False,
) -> None:
    """What the queue has to do and what fails in it; let a job run again, or discard it."""
    if context.invoked_subcommand is None:
        from twelp.cli.jobs import show

        show(failed=failed, limit=limit, as_json=as_json)


@jobs_app.command("retry", epilog="Example: [b]twelp jobs retry 4711[/b]")
def jobs_retry(ids: JobIds) -> None:
    """Let jobs that failed run at once, as if they never had. Beside a running twelp, too."""
    from twelp.cli.jobs import retry

    retry(ids)


@jobs_app.command("discard", epilog="Example: [b]twelp jobs discard 4711[/b]")
def jobs_discard(ids: JobIds) -> None:
    """Forget parked jobs: what they were to do is not done."""
    from twelp.cli.jobs import discard

    discard(ids)


@db_app.command("check", epilog="Example: [b]twelp db check[/b]")
def db_check(as_json: Json = False) -> None:
    """Whether the database is whole and of this twelp's version, and how large it is; beside a running bot, too."""
    from twelp.cli.db import check

    raise typer.Exit(check(as_json=as_json))


@db_app.command("upgrade", epilog="Example: [b]twelp db upgrade[/b]")
def db_upgrade(as_json: Json = False) -> None:
    """Bring the tables up to this twelp's version, all or nothing. A start does the same."""
    from twelp.cli.db import upgrade

    upgrade(as_json=as_json)


@db_app.command("backup", epilog="Example: [b]twelp db backup twelp-monday.db[/b]")
def db_backup(file: Annotated[Path, typer.Argument(help="A new file.", metavar="FILE")]) -> None:
    """Copy a SQLite database, beside a running bot, and check the copy."""
    from twelp.cli.db import backup

    backup(file)


@db_app.command("restore", epilog="Example: [b]twelp db restore twelp-monday.db[/b]")
def db_restore(file: Annotated[Path, typer.Argument(help="A backup.", metavar="FILE")]) -> None:
    """Put a backup in the place of a SQLite database; what was there is kept under another name."""
    from twelp.cli.db import restore

    restore(file)


@db_app.command("restored", epilog="Example: [b]twelp db restored[/b]")
def db_restored() -> None:
    """Say that the database was put back by other means: pg_restore, a snapshot. What is unsent is looked for first."""
    from twelp.cli.db import restored

    restored()
