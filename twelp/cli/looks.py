"""The verbs on the command line that look before something is done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twelp.cli.options import FLAG


def add_coverage(roster_app: typer.Typer) -> None:
    """Adds `twelp roster coverage`."""

    @roster_app.command("coverage", epilog="Example: [b]twelp roster coverage --svg coverage.svg[/b]")
    def coverage(
        file: Annotated[
            Path | None, typer.Argument(help="The roster; TWELP_EXPERTS by default.", metavar="FILE")
        ] = None,
        svg: Annotated[Path | None, typer.Option("--svg", help="Also write it as a picture.", metavar="FILE")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.", metavar=FLAG)] = False,
    ) -> None:
        """How many people may be asked about each topic in each hour of the week, and where there is nobody."""
        from twelp.cli.coverage import coverage as go

        raise typer.Exit(go(file, svg, as_json=as_json))


def add_plan(app: typer.Typer) -> None:
    """Adds `twelp plan`."""

    @app.command(epilog="Example: [b]twelp plan experts-new.yaml --since 30d[/b]")
    def plan(
        file: Annotated[
            Path | None, typer.Argument(help="The changed file; by default the one that is set.", metavar="FILE")
        ] = None,
        since: Annotated[
            str,
            typer.Option("--since", help="30d, 8w, or a day (2026-11-02): questions from then on.", metavar="SINCE"),
        ] = "30d",
        posts: Annotated[
            Path | None,
            typer.Option(
                "--posts", help="Play this recording instead (JSON lines or CSV with `text`).", metavar="FILE"
            ),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.", metavar=FLAG)] = False,
    ) -> None:
        """What a changed experts.yaml would do: who would be asked, who would not, what nobody would get.

        The house's own questions are played through the version in force and through the file. Ends with 0 where
        nothing differs, 2 where something does, 1 where the work failed.
        """
        from twelp.cli.plan import plan as go

        raise typer.Exit(go(file, since, posts, as_json=as_json))


def add_doctor(app: typer.Typer) -> None:
    """Adds `twelp doctor`."""

    @app.command(epilog="Example: [b]twelp doctor --live[/b]")
    def doctor(
        live: Annotated[
            bool, typer.Option("--live", help="Also ask X and Slack. Posts nothing.", metavar=FLAG)
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.", metavar=FLAG)] = False,
    ) -> None:
        """Whether everything is there to go live: settings, roster, disk, database; with --live also X and Slack."""
        from twelp.cli.doctor import doctor as go

        raise typer.Exit(go(live=live, as_json=as_json))
