"""The program ``cladist``: an overview that loads nothing, and verbs found by their name."""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from cladist import __version__
from cladist.cli.verbs import SECTIONS, VERBS


class Program(click.Group):
    """A group whose verbs stand in a table; the module of a verb is imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of the overview."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb; none when there is no such."""
        entry = VERBS.get(cmd_name)
        if entry is None:
            return None
        command: Any = getattr(import_module(f"cladist.cli.{entry.module}"), entry.attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, from the table alone."""
        width = max(map(len, VERBS))
        for heading, verbs in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(name.ljust(width), entry.summary) for name, entry in verbs.items()]
                )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was typed; a near miss is named in the refusal."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from difflib import get_close_matches  # not needed by those who type well

            close = get_close_matches(args[0], VERBS, 1)
            hint = f" Did you mean “{close[0]}”?" if close else " “cladist --help” lists the verbs."
            raise click.UsageError(f"There is no verb “{args[0]}”.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="“cladist VERB --help” says more. The store is CLADIST_STORE or --store, by default"
    " sqlite:///data/cladist.sqlite.",
)
@click.version_option(__version__, prog_name="cladist", message="%(prog)s %(version)s")
def program() -> None:
    """Versioned label taxonomies for machine learning.

    SLUG names a taxonomy. Where SLUG[@VERSION] stands, “pets@2” is the newest version 2.x.y,
    “pets@latest” the newest of all and “pets@draft” the working state. CLASS is a class's id, its
    #code or its label.
    """


def main() -> None:
    """Run the program; the process ends with a status of the table in ``failing.py``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a character shows its code
            stream.reconfigure(errors="backslashreplace")
    program(prog_name="cladist")
