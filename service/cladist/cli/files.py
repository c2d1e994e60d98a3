"""Documents that verbs write: to a file, whole or not at all, or to standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cladist.cli.desk import Desk
from cladist.cli.printing import NOTHING, Answer, note

OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout."
)
"""Where a document goes."""


def delivered(
    desk: Desk, data: bytes, output: Path | None, name: str, about: Mapping[str, Any]
) -> Answer:
    """The document, written to the file that was named, else to stdout or into the JSON answer.

    ``name`` is what people call what it tells of, ``about`` what the JSON answer says of it.
    """
    if output is not None:
        _replace(output, data)
    elif not desk.as_json:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        note(f"This is {name}.")
        return NOTHING
    place = {"output": str(output)} if output else {"content": data.decode()}
    return Answer(lambda: {**about, **place}, lambda: [f"{name} is written to {output}."])


def _replace(output: Path, data: bytes) -> None:
    """Write the file whole or leave the old one as it was."""
    if output.exists() and not output.is_file():
        output.write_bytes(data)  # a device or a pipe cannot be replaced
        return
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, output)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
