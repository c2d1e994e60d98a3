"""The verb that writes files: a version or the draft as RDF, as a table, for a labeling tool."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cladist.cli.desk import Desk, Reading, Target, read
from cladist.cli.files import OUTPUT, delivered
from cladist.cli.options import TARGET, verb
from cladist.cli.printing import Answer, note
from cladist.cli.projecting import projected
from cladist.cli.shapes import class_json, plain

if TYPE_CHECKING:
    from cladist.catalog.class_forms import Wanted

CSV, TSV, JSON = "csv", "tsv", "json"
FORMATS = ("turtle", "trig", "n-triples", "n-quads", "rdf-xml", "json-ld", CSV, TSV, JSON)
TOOLS = (
    *("label-studio", "label-studio-taxonomy", "cvat", "coco", "yolo", "datumaro", "hf-features"),
    *("hf-card", "hf-parquet", "hf-model", "fiftyone", "argilla", "spacy", "spacy-patterns"),
    *("prodigy", "labelbox", "encord", "supervisely", "tags", "palette"),
)
"""The forms of class lists for tools, by name."""


@verb
@TARGET
@click.option(
    "--format", "form", type=click.Choice((*FORMATS, *TOOLS)), help="Else the suffix says it."
)
@OUTPUT
@click.option("--stored", is_flag=True, help="RDF as it is stored, without what follows from it.")
@projected
def export(
    desk: Desk,
    *,
    target: Target,
    form: str | None,
    output: Path | None,
    stored: bool,
    wanted: Wanted,
) -> Answer:
    """Write a version as RDF, a table, or for a tool.

    Without a version the latest one is written, and the draft where there is none. RDF comes with
    what follows from it, such as skos:narrower. A table has the columns that
    “cladist import” reads. A labeling tool or training code gets the classes in its own
    format; which classes, their names and the rest below concern these alone, and what such a file
    cannot say is told.
    """
    chosen = form or (_by_suffix(output.name) if output else None)
    if chosen is None:
        raise click.UsageError(f"Say --format {'|'.join((*FORMATS, *TOOLS))}.")
    with desk.catalog() as catalog:
        found = read(catalog, target)
    about = {"slug": found.slug, "version": found.version, "sha256": found.state.sha}
    data = (
        _for_tool(found, chosen, wanted) if chosen in TOOLS else _written(found, chosen, not stored)
    )
    return delivered(desk, data, output, found.name, {**about, "format": chosen})


def _by_suffix(name: str) -> str | None:
    from cladist.rdf.formats import RdfFormat

    rdf = RdfFormat.from_suffix(name)
    suffix = name.rpartition(".")[2].lower()
    return rdf.label if rdf is not None else suffix if suffix in (CSV, TSV, JSON) else None


def _for_tool(found: Reading, chosen: str, wanted: Wanted) -> bytes:
    """The classes as a tool reads them; what the file cannot say goes to standard error."""
    from cladist.catalog.class_forms import exported
    from cladist.exports.classes.tools import BY_NAME

    made = exported(found.state, found.slug, found.version, BY_NAME[chosen], wanted)
    for each in made.warnings:
        note(f"Note: {each.text}")
    return made.data


def _written(found: Reading, chosen: str, with_derived: bool) -> bytes:
    from cladist.rdf.formats import RdfFormat

    if chosen == JSON:
        return _json(found)
    if chosen in (CSV, TSV):
        from cladist.catalog.class_table import table_of

        return table_of(found.state.taxonomy, "," if chosen == CSV else "\t").encode()
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
