"""Verbs on taxonomies as a whole: making, listing, describing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from cladist.cli.answers import edited, standing
from cladist.cli.desk import DRAFT, Desk
from cladist.cli.options import AUTHOR, DRY_RUN, SLUG, verb
from cladist.cli.printing import Answer, Block, Table
from cladist.cli.shapes import draft_json, plain, title_of
from cladist.model.change.kinds import EditTaxonomy
from cladist.model.taxonomy import (
    Header,
    LabelStructure,
    SelectableRule,
    Structure,
    Text,
    Texts,
)

if TYPE_CHECKING:
    from cladist.catalog.values import NewTaxonomy

KINDS = click.Choice([each.value for each in Structure])
RULES = click.Choice([each.value for each in SelectableRule])


class Beginning(TypedDict):
    """The options that say what a new taxonomy starts with."""

    title: str
    description: str
    structure: str
    language: str
    selectable_rule: str
    license: str
    source: str
    iri: str
    namespace: str


def beginning(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of verbs that make a taxonomy."""
    decorators = [
        click.option("--title", metavar="TEXT", default="", help="What it is called."),
        click.option("--description", metavar="TEXT", default="", help="What it is for."),
        click.option("--structure", type=KINDS, default="single-label", help="Label structure."),
        click.option(
            "--language",
            metavar="TAG",
            default="en",
            help="The language names are shown in; else en.",
        ),
        click.option(
            "--selectable-rule",
            type=RULES,
            default="leaves",
            help="Which classes annotators may pick.",
        ),
        click.option("--license", metavar="IRI", default="", help="Its licence."),
        click.option("--source", metavar="IRI", default="", help="Where it comes from."),
        click.option("--iri", metavar="IRI", default="", help="Its IRI; else one is made."),
        click.option(
            "--namespace", metavar="IRI", default="", help="What ids of classes start with."
        ),
    ]
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def new_taxonomy(slug: str, given: Beginning) -> NewTaxonomy:
    """What a new taxonomy starts with, from the options."""
    from cladist.catalog.values import NewTaxonomy

    language = given["language"].lower()
    return NewTaxonomy(
        slug=slug,
        iri=given["iri"],
        titles=_text(given["title"], language),
        descriptions=_text(given["description"], language),
        license=given["license"],
        source=given["source"],
        namespace=given["namespace"],
        default_language=language,
        structure=LabelStructure(kind=Structure(given["structure"])),
        selectable_rule=SelectableRule(given["selectable_rule"]),
    )


@verb
@SLUG
@beginning
@AUTHOR
def new(desk: Desk, *, slug: str, author: str | None, **given: Unpack[Beginning]) -> Answer:
    """Make a taxonomy without classes.

    SLUG is its short name, of lower-case letters, digits and hyphens.
    """
    with desk.catalog() as catalog:
        draft = catalog.create(new_taxonomy(slug, given), desk.author(author))
    return Answer(lambda: draft_json(draft), lambda: [f"{slug} is there: {draft.iri}"])


@verb
def taxonomies(desk: Desk) -> Answer:
    """List the taxonomies."""
    with desk.catalog() as catalog:
        found = catalog.taxonomies()
    rows = [(each.slug, each.latest or "draft only", each.iri) for each in found]
    return Answer(
        lambda: {"taxonomies": [plain(each) for each in found]},
        lambda: [Table(("slug", "latest", "IRI"), rows)] if rows else ["No taxonomies yet."],
    )


class Edition(TypedDict):
    """The options of ``taxonomy`` that edit."""

    title: str | None
    description: str | None
    license: str | None
    source: str | None
    namespace: str | None
    default_language: str | None
    selectable_rule: str | None
    polyhierarchy: bool | None


@verb
@SLUG
@click.option("--title", metavar="TEXT", help="What it is called.")
@click.option("--description", metavar="TEXT", help="What it is for.")
@click.option("--license", metavar="IRI", help="Its licence.")
@click.option("--source", metavar="IRI", help="Where it comes from.")
@click.option("--namespace", metavar="IRI", help="What ids of new classes start with.")
@click.option("--default-language", metavar="TAG", help="The language names are shown in.")
@click.option("--selectable-rule", type=RULES, help="Which classes annotators may pick.")
@click.option("--polyhierarchy/--no-polyhierarchy", default=None, help="Several parents or one.")
@click.option("--why", metavar="TEXT", default="", help="Why; kept with the change.")
@AUTHOR
@DRY_RUN
def taxonomy(
    desk: Desk,
    *,
    slug: str,
    why: str,
    author: str | None,
    dry_run: bool,
    **given: Unpack[Edition],
) -> Answer:
    """Show or edit what is said of the taxonomy.

    Without an option the draft's header is shown.
    """
    with desk.catalog() as catalog:
        draft: Any = catalog.open(slug, DRAFT)
        before = draft.taxonomy
        if all(each is None for each in given.values()):
            return _shown(before.header, standing(catalog.draft(slug)))
        change = _edition(before.header, given)
        by = desk.author(author, why)
        return edited(catalog.edit(slug, [change], draft.revision, by, dry_run=dry_run), before)


def _edition(header: Header, given: Edition) -> EditTaxonomy:
    language = header.default_language
    rule = given["selectable_rule"]
    return EditTaxonomy(
        titles=_replaced(header.titles, given["title"], language),
        descriptions=_replaced(header.descriptions, given["description"], language),
        license=given["license"],
        source=given["source"],
        namespace=given["namespace"],
        default_language=given["default_language"],
        selectable_rule=None if rule is None else SelectableRule(rule),
        polyhierarchy=given["polyhierarchy"],
    )


def _replaced(old: Texts, new: str | None, language: str) -> Texts | None:
    if new is None:
        return None
    return (*(each for each in old if each.language != language), *_text(new, language))


def _shown(header: Header, state: str) -> Answer:
    def text() -> Iterator[Block]:
        rows = [
            ("slug", header.slug),
            ("IRI", header.iri),
            ("title", title_of(header)),
            ("description", " / ".join(each.value for each in header.descriptions)),
            ("label structure", header.structure.kind.value),
            ("default language", header.default_language),
            ("annotators may pick", header.selectable_rule.value),
            ("several parents", "yes" if header.polyhierarchy else "no"),
            ("licence", header.license),
            ("source", header.source),
        ]
        yield Table(("", ""), [row for row in rows if row[1]])
        yield state

    return Answer(lambda: plain(header), text)


def _text(value: str, language: str) -> Texts:
    return (Text(value, language),) if value else ()
