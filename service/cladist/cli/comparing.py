"""The verb that compares: what differs between two versions, or a version and the draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from cladist.cli.desk import DRAFT, LATEST, Desk
from cladist.cli.files import OUTPUT, delivered
from cladist.cli.importing import format_of
from cladist.cli.options import SLUG, verb
from cladist.cli.printing import Answer, Block, Marked, Table, note, working
from cladist.cli.shapes import TITLES
from cladist.model.diff.values import Card, FieldChange, Mark, OperationKind

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.diff_forms import Compared, Wanted
    from cladist.catalog.forms import Forms
    from cladist.catalog.values import Document
    from cladist.model.diff.values import Diff

SOURCE = click.argument("source", metavar="FROM")
"""The state to come from."""
TO = click.argument("target", metavar="[TO]", required=False, default="")
"""The state to go to."""

FORMATS = ("json", "markdown", "html", "csv", "csv-cards", "rdf-patch", "kgcl", "kgcl-json")
"""The names of the forms; finding them where they are made would load too much for a help text."""
LEVELS = ("operations", "cards", "statements")
_SIGNS = {Mark.SAME: "", Mark.REMOVED: "-", Mark.ADDED: "+"}


class Narrowing(TypedDict):
    """The options that say what of the difference is wanted."""

    kinds: tuple[str, ...]
    under: str
    language: str | None
    level: str


@verb
@SLUG
@SOURCE
@TO
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([each.value for each in OperationKind]),
    help="Only operations of this kind, and what they touch; may be repeated.",
)
@click.option("--under", metavar="CLASS", default="", help="Only this class and those below it.")
@click.option("--language", metavar="TAG", help="Only texts in this language.")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="cards",
    help="How far to go: operations, field by field (cards, the default), RDF statements.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="A document in place of tables.")
@OUTPUT
def diff(
    desk: Desk,
    *,
    slug: str,
    source: str,
    target: str,
    form: str | None,
    output: Path | None,
    **narrowing: Unpack[Narrowing],
) -> Answer:
    """Compare two versions, a version and the draft, or two files.

    FROM and TO are versions such as 2, 2.1.0 or latest, or draft; either may be the older one.
    Without TO it is the latest version, or the draft where there is none. First come the counts,
    then the operations, then what changed field by field: [-words that went-], {+words that came+}.
    What no operation explains is always told. Two files, old.ttl new.ttl say, stand in place of
    SLUG and FROM: their classes are compared by id, and nothing is stored.
    """
    from cladist.catalog.diff_forms import FORMS, compared, compared_files, plain

    chosen, wanted = form or suffixed(FORMS, output), _wanted(narrowing)
    with desk.catalog() as catalog, working(f"Comparing {slug}"):
        if not target and (files := _files(slug, source)):
            told = compared_files(catalog, *files, wanted, chosen)
        else:
            end = target or newest(catalog, slug)
            told = compared(catalog, slug, source, end, wanted)
    if chosen is None:
        return Answer(lambda: plain(told), lambda: _text(told))
    data = FORMS.named(chosen).write(told)
    ends = (told.diff.source.version, told.diff.target.version)
    about = {"slug": slug, "from": ends[0], "to": ends[1], "format": chosen}
    return delivered(desk, data, output, f"{slug} {ends[0]} to {ends[1]}", about)


def _files(old: str, new: str) -> tuple[Document, Document] | None:
    """Two files, if these are their names and not those of a taxonomy and a version."""
    from cladist.catalog.values import Document

    formats = [format_of(each) for each in (old, new) if Path(each).suffix]
    if len(formats) < 2 or not Path(old).is_file():
        return None
    if None in formats or not Path(new).is_file():
        raise click.UsageError(f"{new} is no file that can be compared with {old}.")
    first, second = (
        Document(Path(name).read_bytes(), str(form))
        for name, form in zip((old, new), formats, strict=True)
    )
    return first, second


def suffixed(forms: Forms[Any], output: Path | None) -> str | None:
    """The name of the form that a file's suffix stands for; JSON is what tables stand for else."""
    if output is None:
        return None
    found = forms.suffixed(output.name)
    if found is None:
        raise click.UsageError(f"Say --format {'|'.join(forms.names)}.")
    return found.name


def newest(catalog: Catalog, slug: str) -> str:
    """The selector of the latest version, or of the draft where there is none, which is said."""
    if catalog.versions(slug):
        return LATEST
    catalog.draft(slug)
    note(f"{slug} has no version yet: this is the draft.")
    return DRAFT


def _wanted(narrowing: Narrowing) -> Wanted:
    from cladist.catalog.diff_forms import Wanted
    from cladist.exports.diff.telling import Level
    from cladist.model.diff.filtering import Scope
    from cladist.model.identifiers import check_language

    kinds, language = narrowing["kinds"], narrowing["language"]
    scope = Scope(
        kinds=frozenset(map(OperationKind, kinds)) if kinds else None,
        language=check_language(language) if language else None,
    )
    return Wanted(scope=scope, under=narrowing["under"], level=Level(narrowing["level"]))


def _text(told: Compared) -> Iterator[Block]:
    from cladist.exports.diff import telling
    from cladist.exports.diff.telling import Level

    diff = told.diff
    yield f"{telling.named(diff.source)} → {telling.named(diff.target)}"
    yield telling.summary(diff)
    if diff.operations:
        yield telling.meaning(diff)
        yield ", ".join(f"{kind.value} {count}" for kind, count in diff.counts().items())
        yield ""
        yield _operations(diff)
    if diff.cards and told.level.shows(Level.CARDS):
        yield ""
        yield Table(
            ("changed", "field", ""), [row for card in diff.cards for row in _rows(diff, card)]
        )
    if len(diff.statements) and told.level.shows(Level.STATEMENTS):
        yield ""
        yield from (f"{sign} {line}" for sign, line in telling.lines(diff.statements))
    yield ""
    yield telling.unexplained(diff.residual)
    yield from (f"{sign} {line}" for sign, line in telling.lines(diff.residual))


def _operations(diff: Diff) -> Table:
    from cladist.exports.diff import telling

    rows = [
        (kind.value, telling.weight(each), each.version, telling.said(each), each.who, each.why)
        for kind, found in telling.groups(diff)
        for each in found
    ]
    return Table(("operation", "weight", "in", "what", "who", "why"), rows)


def _rows(diff: Diff, card: Card) -> Iterator[tuple[str, str, Marked]]:
    """A row for each field of a card; the first one names its subject."""
    from cladist.exports.diff import telling

    subject = f"{' → '.join(telling.title(card))} ({telling.state(card)})"
    for change in card.fields:
        language = f" ({change.language})" if change.language else ""
        yield subject, f"{TITLES.get(change.field, change.field)}{language}", _marked(diff, change)
        subject = ""
    if subject:
        yield subject, "", Marked(())


def _marked(diff: Diff, change: FieldChange) -> Marked:
    from cladist.exports.diff import telling

    if change.words:
        return Marked([(_SIGNS[each.mark], each.text) for each in change.words])
    gone = [("-", each) for each in telling.values(diff, change, removed=True)]
    come = [("+", each) for each in telling.values(diff, change, removed=False)]
    parts = [part for each in (*gone, *come) for part in (each, ("", " "))]
    return Marked(parts[:-1])
