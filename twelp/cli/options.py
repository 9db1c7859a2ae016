"""Options that several verbs have."""

from __future__ import annotations

from typing import Annotated

import typer

FLAG = ""
"""What stands for the value of an option that takes none: nothing."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.", metavar=FLAG)]
