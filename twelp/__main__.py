"""`python -m twelp` and the `twelp` command."""

from __future__ import annotations


def main() -> None:
    """Runs the command line."""
    from twelp.cli import main as run

    run()


if __name__ == "__main__":
    main()
