"""The verb that writes files: a version or the draft as RDF, as a table, as JSON."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cladist.cli.desk import Desk, Reading, Target, read
from cladist.cli.options import TARGET, verb
from cladist.cli.printing import NOTHING, Answer, note
from cladist.cli.shapes import class_json, plain

if TYPE_CHECKING:
    pass

CSV, JSON = "csv", "json"
FORMATS = ("turtle", "trig", "n-triples", "n-quads", "rdf-xml", "json-ld", CSV, JSON)


@verb
@TARGET
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else the suffix says it.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout."
)
@click.option("--stored", is_flag=True, help="RDF as it is stored, without what follows from it.")
def export(
    desk: Desk, *, target: Target, form: str | None, output: Path | None, stored: bool
) -> Answer:
    """Write a version as RDF, CSV or JSON.

    Without a version the latest one is written, and the draft where there is none. RDF comes with
    what follows from it, such as skos:narrower. A table has the columns that
    “cladist import” reads.
    """
    chosen = form or (_by_suffix(output.name) if output else None)
    if chosen is None:
        raise click.UsageError(f"Say --format {'|'.join(FORMATS)}.")
    with desk.catalog() as catalog:
        found = read(catalog, target)
    data = _written(found, chosen, not stored)
    if output is not None:
        _replace(output, data)
    elif not desk.as_json:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        note(f"This is {found.name}.")
        return NOTHING
    about = {"slug": found.slug, "version": found.version, "sha256": found.state.sha}
    about |= {
        "format": chosen,
        **({"output": str(output)} if output else {"content": data.decode()}),
    }
    return Answer(
        lambda: about,
        lambda: [f"{found.name} is written to {output}."],
    )


def _by_suffix(name: str) -> str | None:
    from cladist.rdf.formats import RdfFormat

    rdf = RdfFormat.from_suffix(name)
    suffix = name.rpartition(".")[2].lower()
    return rdf.label if rdf is not None else suffix if suffix in (CSV, JSON) else None


def _written(found: Reading, chosen: str, with_derived: bool) -> bytes:
    from cladist.rdf.formats import RdfFormat

    if chosen == JSON:
        return _json(found)
    if chosen == CSV:
        from cladist.cli.table import table_of

        return table_of(found.state.taxonomy).encode()
    from cladist.catalog.documents import document

    form = RdfFormat.from_name(chosen)
    assert form is not None  # the choice allows no other
    return document(found.state, form, with_derived=with_derived)


def _json(found: Reading) -> bytes:
    taxonomy, index = found.state.taxonomy, found.state.index
    data = {
        "slug": found.slug,
        "version": found.version,
        "sha256": found.state.sha,
        "taxonomy": plain(taxonomy.header),
        "classes": [
            class_json(taxonomy, taxonomy.classes[each], index.position(each))
            for each in index.order
        ],
        "groups": [plain(each) for _, each in sorted(taxonomy.groups.items())],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


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
