"""The reference of all verbs, written from the verbs: ``python -m cladist.cli.reference FILE``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cladist.cli import failing
from cladist.cli.options import COMMON
from cladist.cli.program import program
from cladist.cli.verbs import SECTIONS

_HEAD = """# Commands

`cladist` works directly on the store that `--store` or `CLADIST_STORE` names, by default
`sqlite:///data/cladist.sqlite`. A service on the same store sees what it does at once, and the
other way round.

This page is written from the program; `cladist VERB --help` says the same.

## What verbs share

- `SLUG` names a taxonomy. Where `SLUG[@VERSION]` stands, `pets@2` is the newest version 2.x.y,
  `pets@2.1.0` that one, `pets@latest` the newest of all, `pets@draft` the working state. Without
  `@` it is the latest version, or the draft where there is none, which is then said; `validate`
  takes the draft.
- `CLASS` is a class's id, its code such as `#17`, or the preferred label that it alone has. Retired
  classes answer to id and code.
- Texts are in the taxonomy's default language unless `--language` says otherwise.
- Verbs that edit put their change on the draft and show its effect; `--dry-run` shows it and stores
  nothing. They take the draft as it stands: if somebody else edits it in the same moment, one of
  the two is told so, and nothing of theirs is stored.
"""


def written() -> str:
    """The page in Markdown."""
    return "\n".join([_HEAD, *_shared(), *_verbs(), *_endings()]).rstrip() + "\n"


def _shared() -> Iterator[str]:
    yield "Every verb takes these options:\n"
    yield _rows([each for each in COMMON if isinstance(each, click.Option)])


def _verbs() -> Iterator[str]:
    context = click.Context(program, info_name="cladist")
    shared = {each.name for each in COMMON}
    for heading, verbs in SECTIONS.items():
        yield f"## {heading}\n"
        for name in verbs:
            command = program.get_command(context, name)
            assert command is not None  # the table names it
            inner = click.Context(command, info_name=name, parent=context)
            pieces = [each for each in command.collect_usage_pieces(inner) if each != "[OPTIONS]"]
            options = [
                each
                for each in command.params
                if isinstance(each, click.Option) and each.name not in shared
            ]
            yield f"### {name}\n"
            yield f"```text\n{' '.join(['cladist', name, *pieces])}\n```\n"
            yield inspect.cleandoc(command.help or "") + "\n"
            if options:
                yield _rows(options)


def _rows(options: list[click.Option]) -> str:
    lines = ["| option | meaning |", "| --- | --- |"]
    for option in options:
        names = ", ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
        lines.append(f"| {names}{_value(option)} | {_meaning(option)} |")
    return "\n".join(lines) + "\n"


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " " + " ".join(f"`{each}`" for each in option.type.choices)
    return f" `{option.metavar or option.type.name.upper()}`"


def _meaning(option: click.Option) -> str:
    return (option.help or "").replace("|", "\\|")


def _endings() -> Iterator[str]:
    yield "## Statuses\n"
    yield (
        "A verb that cannot do what was asked says why in one message on standard error, and what "
        "to do; with\n`--json` the message is one JSON object. The status tells programs which "
        "kind it was.\n"
    )
    table = inspect.cleandoc(failing.__doc__ or "").partition("\n\n")[2]
    yield table + "\n"


def main() -> None:
    """Write the page to the file that is named."""
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
