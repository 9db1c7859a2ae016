"""The verb `twelp report`; its heavy parts are loaded when it is used."""

from __future__ import annotations

from typing import Annotated

import typer

_FLAG = ""
"""What stands for the value of an option that takes none: nothing."""


def add_report(app: typer.Typer) -> None:
    """Adds `twelp report`."""

    @app.command(epilog="Example: [b]twelp report --since 4w --by topic[/b]")
    def report(
        since: Annotated[
            str, typer.Option("--since", help="7d, 4w, or a day (2026-11-02); until today.", metavar="SINCE")
        ] = "7d",
        by: Annotated[str | None, typer.Option("--by", help="topic, hour, language or week.", metavar="WHAT")] = None,
        as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for spreadsheets.", metavar=_FLAG)] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.", metavar=_FLAG)] = False,
    ) -> None:
        """What came of the last days, each figure beside the days before: answered, how soon, by how many asks."""
        from twelp.cli.report import report as go

        go(since, by, as_csv=as_csv, as_json=as_json)
