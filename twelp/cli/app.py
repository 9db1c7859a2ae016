"""The command line: verbs, each a few lines; what they do lives in the modules beside this one.

Exit status: 0 good, 1 the work failed, 2 bad usage or configuration. Heavy parts are imported inside the verbs, so that
`--help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from twelp import __version__
from twelp.cli.looks import add_coverage, add_doctor, add_plan
from twelp.cli.operators import db_app, jobs_app
from twelp.cli.options import FLAG, Json
from twelp.cli.reports import add_report
from twelp.cli.status import status_of
from twelp.cli.voice import add_gate, voice_app

app = typer.Typer(
    name="twelp",
    help="Answers a company's public questions with the words of its own people: X to Slack and back, once.",
    no_args_is_help=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
roster_app = typer.Typer(
    help="Check experts.yaml, or see what experience would change in it.",
    epilog="Example: [b]twelp roster check experts.yaml[/b]",
    no_args_is_help=True,
)
sandbox_app = typer.Typer(
    help="The local X and Slack: serve them, post to them, look at them.",
    epilog='Example: [b]twelp sandbox post "@VoltHelp no sound on my tv?" --as mia[/b]',
    no_args_is_help=True,
)
app.add_typer(jobs_app, name="jobs")
app.add_typer(voice_app, name="voice")
app.add_typer(roster_app, name="roster")
app.add_typer(db_app, name="db")
app.add_typer(sandbox_app, name="sandbox")
add_gate(app)
add_report(app)
add_plan(app)
add_coverage(roster_app)
add_doctor(app)

At = Annotated[
    str | None,
    typer.Option("--at", help="The sandbox's address; by default the one that runs in this folder.", metavar="URL"),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"twelp {__version__}")
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog="Example: [b]twelp[/b] — starts the bot; without credentials, on a local X and Slack.",
)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.", metavar=FLAG)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        run()


@app.command(epilog="Example: [b]twelp run[/b]")
def run() -> None:
    """Run the whole bot (the same as `twelp` alone).

    Without credentials it brings its own X and Slack, with a little town of customers and experts. With credentials in
    `.env` it works on the real networks. Ctrl-C stops it cleanly.
    """
    print(
        f"twelp {__version__} is starting. All hours are UTC. Ctrl-C stops it.", flush=True
    )  # at once, before it loads
    from twelp.cli.run import run as go

    go()


@app.command(epilog="Example: [b]twelp listen[/b]")
def listen() -> None:
    """One part, on Postgres: read the networks. Start several: one reads, the others stand by."""
    from twelp.cli.run import run as go

    go("listen")


@app.command(epilog="Example: [b]twelp work[/b]")
def work() -> None:
    """One part, on Postgres: timers, decisions, and what is sent to X and Slack. Start as many as you like."""
    from twelp.cli.run import run as go

    go("work")


@app.command(epilog="Example: [b]twelp slack[/b]")
def slack() -> None:
    """One part, on Postgres: hear what people do in Slack, by Socket Mode or signed requests."""
    from twelp.cli.run import run as go

    go("slack")


@app.command(epilog="Example: [b]twelp web[/b]")
def web() -> None:
    """One part, on Postgres: health and numbers of all processes together; in HTTP mode, Slack's requests, too."""
    from twelp.cli.run import run as go

    go("web")


@app.command(epilog="Example: [b]twelp status[/b]")
def status(as_json: Json = False) -> None:
    """How a running twelp is: ready or why not, questions under way, jobs that are due. Live in a terminal."""
    from twelp.cli.watch import status as go

    raise typer.Exit(go(as_json=as_json))


@app.command(epilog="Example: [b]twelp replay posts.jsonl --limit 500[/b]")
def replay(
    file: Annotated[Path, typer.Argument(help="JSON lines with `text`, or CSV with a `text` column.", metavar="FILE")],
    limit: Annotated[
        int | None, typer.Option(help="At most so many of the customers' posts.", min=1, metavar="N")
    ] = None,
    real_limits: Annotated[
        bool,
        typer.Option("--real-limits", help="Keep X's and Slack's rate limits, budgets and quiet hours.", metavar=FLAG),
    ] = False,
    beside_words: Annotated[
        bool,
        typer.Option("--beside-words", help="Replay once more by words alone, and show both.", metavar=FLAG),
    ] = False,
    as_json: Json = False,
) -> None:
    """Feed recorded posts through a private sandbox, over the real wire, and report what became of each."""
    from twelp.cli.replay import replay as go

    raise typer.Exit(go(file, limit=limit, real_limits=real_limits, as_json=as_json, beside_words=beside_words))


@app.command(epilog='Example: [b]twelp explain "my tv shows no picture since the update"[/b]')
def explain(
    text: Annotated[str | None, typer.Argument(help="What a customer might post.", metavar="TEXT")] = None,
    as_json: Json = False,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="JSON lines with `text`: prints one JSON line each, in order.", metavar="FILE"),
    ] = None,
) -> None:
    """What would happen to this post, and why: triage, topics and experts, each with reasons."""
    from twelp.cli.explain import explain as go
    from twelp.cli.explain import explain_each

    if (text is None) is (file is None):
        raise typer.BadParameter("give a TEXT, or --file with many of them")
    if file is not None:
        explain_each(file)
    elif text is not None:
        go(text, as_json=as_json)


@app.command(epilog="Example: [b]twelp trail 1934567890123456789[/b]")
def trail(
    post_id: Annotated[str, typer.Argument(help="A post's id on X, or its key (x:…).", metavar="POST_ID")] = "",
    pauses: Annotated[bool, typer.Option("--pauses", help="The trail of what was paused and resumed.")] = False,
    as_json: Json = False,
) -> None:
    """Everything that was decided and done about one post, or with --pauses about pauses: when, by whom, and why."""
    from twelp.cli.trail import show as go

    go(post_id, pauses, as_json=as_json)


Said = Annotated[
    list[str] | None,
    typer.Argument(help="everything, or topic and its id; when pausing, then: because and why.", metavar="WHAT"),
]


@app.command(epilog="Example: [b]twelp pause everything because our last answer is wrong[/b]")
def pause(words: Said = None) -> None:
    """Stop everything, or all about a topic, from going out, at once, in all processes. Alone: what is paused."""
    from twelp.cli.halt import pause as go

    go(words or [])


@app.command(epilog="Example: [b]twelp resume everything[/b]")
def resume(words: Said = None) -> None:
    """Let what was paused go out again, the oldest question first, where it still stands."""
    from twelp.cli.halt import resume as go

    go(words or [])


@roster_app.command("check", epilog="Example: [b]twelp roster check experts.yaml[/b]")
def roster_check(
    file: Annotated[Path | None, typer.Argument(help="The roster; TWELP_EXPERTS by default.", metavar="FILE")] = None,
    as_json: Json = False,
) -> None:
    """Every mistake in the roster in one run: file, line, field, what was expected, and the likely fix."""
    from twelp.cli.roster import check

    raise typer.Exit(check(file, as_json=as_json))


@roster_app.command("show", epilog="Example: [b]twelp roster show[/b]")
def roster_show(
    file: Annotated[Path | None, typer.Argument(help="The roster; TWELP_EXPERTS by default.", metavar="FILE")] = None,
    as_json: Json = False,
) -> None:
    """Who takes part, on which terms: the roster, with what people set for themselves in Slack laid over it."""
    from twelp.cli.show import show

    show(file, as_json=as_json)


@roster_app.command("schema", epilog="Example: [b]twelp roster schema > experts.schema.json[/b]")
def roster_schema() -> None:
    """The roster's JSON Schema: editors complete and check experts.yaml with it."""
    from twelp.cli.roster import schema

    schema()


@roster_app.command("suggest", epilog="Example: [b]twelp roster suggest --write[/b]")
def roster_suggest(
    file: Annotated[Path | None, typer.Argument(help="The roster; TWELP_EXPERTS by default.", metavar="FILE")] = None,
    write: Annotated[bool, typer.Option("--write", help="Make the change.", metavar=FLAG)] = False,
    as_json: Json = False,
) -> None:
    """What people repaired and answered, as a change of the roster: evidence and a diff to read."""
    from twelp.cli.suggest import suggest

    raise typer.Exit(suggest(file, as_json=as_json, write=write))


@sandbox_app.command("serve", epilog="Example: [b]twelp sandbox serve --port 8790 --town[/b]")
def sandbox_serve(
    host: Annotated[str, typer.Option(help="The address to bind to.", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 picks a free one.", min=0, max=65535, metavar="PORT")] = 8790,
    town: Annotated[
        bool, typer.Option("--town", help="With customers and experts who act by themselves.", metavar=FLAG)
    ] = False,
    events: Annotated[
        str | None,
        typer.Option("--events", help="Slack sends signed requests there (HTTP mode): …/slack/events.", metavar="URL"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Serve the local X and Slack alone, and print the `.env` lines that point a bot at them."""
    from twelp.cli.sandbox import serve

    serve(host=host, port=port, town=town, events=events, as_json=as_json)


@sandbox_app.command("post", epilog='Example: [b]twelp sandbox post "@VoltHelp no sound on my tv?" --as mia[/b]')
def sandbox_post(
    text: Annotated[str, typer.Argument(help="What the customer writes.", metavar="TEXT")],
    author: Annotated[str, typer.Option("--as", help="The customer's handle.", metavar="NAME")] = "customer",
    reply_to: Annotated[str | None, typer.Option(help="The post it answers.", metavar="POST_ID")] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Post on the local X as a customer."""
    from twelp.cli.sandbox import post

    post(text, author=author, reply_to=reply_to, at=at, as_json=as_json)


@sandbox_app.command(
    "as",
    epilog="Example: [b]twelp sandbox as jonas[/b] · [b]twelp sandbox as amara@volt.example[/b] · "
    "[b]twelp sandbox as[/b] (says who there is)",
)
def sandbox_as(
    name: Annotated[str, typer.Argument(help="A first name, handle, mail or member id.", metavar="NAME")] = "",
    at: At = None,
) -> None:
    """Be an expert: somebody's cards, windows and Home tab as text with numbered buttons, live.

    While you play them, the town's puppet for them stands still, and the others leave you three minutes for a question.
    A number presses that button; `home`, `say …`, `/twelp …` and `help` do the rest. Ctrl-C leaves.
    """
    from twelp.cli.sandbox import play_as

    play_as(name, at=at)


@sandbox_app.command("show", epilog="Example: [b]twelp sandbox show[/b]")
def sandbox_show(at: At = None, as_json: Json = False) -> None:
    """Show what stands on the local X and what each expert sees in the local Slack."""
    from twelp.cli.sandbox import show

    show(at=at, as_json=as_json)


def main() -> None:
    """Runs a verb and ends with its status."""
    sys.exit(status_of(app))
