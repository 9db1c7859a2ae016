"""The verbs of the brand's voice: `twelp gate` and `twelp voice check`; what they do is in `gate.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twelp.cli.options import Json

voice_app = typer.Typer(
    help="The brand's voice: what answers may say, tried on a table of your own.",
    epilog="Example: [b]twelp voice check our_texts.jsonl[/b]",
    no_args_is_help=True,
)


def add_gate(app: typer.Typer) -> None:
    """Makes `twelp gate` one of the program's verbs."""
    app.command(epilog='Example: [b]twelp gate "We will refund you." --question "where is my refund?"[/b]')(gate)


def gate(
    text: Annotated[str | None, typer.Argument(help="What an expert might answer.", metavar="TEXT")] = None,
    question: Annotated[str | None, typer.Option(help="The customer's post.", metavar="TEXT")] = None,
    initials: Annotated[str, typer.Option("--as", help="Whose answer it is.", metavar="INITIALS")] = "",
    file: Annotated[
        Path | None,
        typer.Option("--file", help="JSON lines with `text`, `question`, `as`: one JSON line each.", metavar="FILE"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Whether this answer may go out: verdict, findings with their places, and what would go out."""
    from twelp.cli import gate as go

    if (text is None) is (file is None):
        raise typer.BadParameter("give a TEXT, or --file with many")
    if file is not None:
        go.many(file)
    else:
        go.one(text or "", question=question, initials=initials, as_json=as_json)


@voice_app.command("check", epilog="Example: [b]twelp voice check our_texts.jsonl[/b]")
def voice_check(
    file: Annotated[
        Path, typer.Argument(help="JSON lines or CSV with `text` and `want` (catch or pass).", metavar="FILE")
    ],
    as_json: Json = False,
) -> None:
    """Play your own table of texts through the gate: each that was not caught, or did not pass, as wanted."""
    from twelp.cli.gate import check_table

    raise typer.Exit(check_table(file, as_json=as_json))
