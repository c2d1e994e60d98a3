"""The verb that follows classes: what became of them from one version to another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from cladist.cli.comparing import SOURCE, TO, newest, suffixed
from cladist.cli.desk import Desk
from cladist.cli.files import OUTPUT, delivered
from cladist.cli.options import SLUG, verb
from cladist.cli.printing import Answer, Block, Table, working
from cladist.model.correspondence.components import Kind

if TYPE_CHECKING:
    from cladist.catalog.correspondence_forms import Followed
    from cladist.model.correspondence.account import Account, Side
    from cladist.model.correspondence.components import Component, Loss

MIGRATION = "migration"
FORMATS = (
    *("json", "csv", "sssom", "xkos", "xkos-trig", "xkos-n-quads", "xkos-json-ld"),
    "replacements",
    MIGRATION,
)
"""The names of the forms; finding them where they are made would load too much for a help text."""

_MATCHES = {
    "exactMatch": "same as",
    "broadMatch": "part of",
    "narrowMatch": "has part",
    "relatedMatch": "overlaps",
    "closeMatch": "like",
}
"""What the predicates mean, from source to target."""


class ShareType(click.FloatRange):
    """A part of a whole, from 0 to 1."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, which must be one."""
        found = float(super().convert(value, param, ctx))
        if math.isnan(found):
            self.fail(f"{value} is no number from 0 to 1.", param, ctx)
        return found


class Following(TypedDict):
    """The options that say what is followed, and how far it may go astray."""

    other: str
    unchanged: bool
    limit: float | None


@verb
@SLUG
@SOURCE
@TO
@click.option(
    "--with", "other", metavar="SLUG", default="", help="TO is of this taxonomy; see “relate”."
)
@click.option("--all", "unchanged", is_flag=True, help="Classes to which nothing happened too.")
@click.option(
    "--limit",
    metavar="SHARE",
    type=ShareType(),
    help="Refuse, with status 5, when a larger share of the classes in use than this (0 to 1) has "
    "no target or needs a decision.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="A document in place of tables.")
@OUTPUT
def correspondence(
    desk: Desk,
    *,
    slug: str,
    source: str,
    target: str,
    form: str | None,
    output: Path | None,
    **how: Unpack[Following],
) -> Answer:
    """Show what became of the classes.

    FROM and TO are versions such as 2, 2.1.0 or latest, or draft; either may be the older one.
    Without TO it is the latest version, or the draft where there is none. A class with “decide”
    beside it has no single certain target: data that carry it need a rule or a person. “sssom” is
    SSSOM TSV, “xkos” Turtle, “replacements” the annotations of retired classes for OWL and OBO,
    “migration” all that “cladist migrate --correspondence” needs.
    With --with it is what classes are in another taxonomy.
    """
    from cladist.catalog.correspondence_forms import FORMS, plain
    from cladist.catalog.following import followed

    if form == MIGRATION:
        return _plan(desk, slug, source, target, output)
    chosen = form or suffixed(FORMS, output)
    with desk.catalog() as catalog, working(f"Following the classes of {slug}"):
        end = target or newest(catalog, how["other"] or slug)
        told = followed(catalog, slug, source, end, **how)
    if chosen is None:
        return Answer(lambda: plain(told), lambda: _text(told))
    account = told.account
    data = FORMS.named(chosen).write(told)
    ends = (account.source.version, account.target.version)
    about = {"slug": slug, "from": ends[0], "to": ends[1], "format": chosen}
    if account.target.slug == slug:
        return delivered(desk, data, output, f"{slug} {ends[0]} to {ends[1]}", about)
    name = f"{_named(account.source)} to {_named(account.target)}"
    return delivered(desk, data, output, name, {**about, "with": account.target.slug})


def _plan(desk: Desk, slug: str, source: str, target: str, output: Path | None) -> Answer:
    """What migrating data needs, where no store is at hand."""
    from cladist.datasets.plan import encoded

    with desk.catalog() as catalog, working(f"Following the classes of {slug}"):
        plan = catalog.migrations.plan(slug, source, target or newest(catalog, slug))
    ends = (plan.source.version, plan.target.version)
    about = {"slug": slug, "from": ends[0], "to": ends[1], "format": MIGRATION}
    return delivered(desk, encoded(plan), output, f"{slug} {ends[0]} to {ends[1]}", about)


def _text(told: Followed) -> Iterator[Block]:
    account = told.account
    yield f"{_named(account.source)} → {_named(account.target)}"
    counts = told.counts()
    yield ", ".join(f"{kind.value} {count}" for kind, count in counts.items()) or "Nothing changed."
    yield _loss(told.loss)
    if account.components:
        ordered = sorted(account.components, key=lambda each: _place(account, each))
        rows = [row for each in ordered for row in _rows(account, each)]
        yield ""
        yield Table(("what", "from", "", "to", ""), rows)


def _named(side: Side) -> str:
    return f"{side.slug} {side.version}"


def _loss(loss: Loss) -> str:
    if not loss.share:
        return f"Each of the {loss.classes} classes in use has one certain target."
    return (
        f"Classes in use: {loss.classes}; without a target: {loss.without_target}; "
        f"needing a decision: {loss.needing_decision} ({float(loss.share):.1%} in all)."
    )


def _place(account: Account, component: Component) -> tuple[int, list[str]]:
    """Where a component stands in the table: by kind, then by label."""
    labels = [account.source.label(each) for each in component.sources]
    labels += [account.target.label(each) for each in component.targets]
    return list(Kind).index(component.kind), sorted(labels)


def _rows(account: Account, component: Component) -> Iterator[tuple[str, ...]]:
    """A row for each pair, or for a class without a counterpart; the first says what happened."""
    what = f"{component.kind.value} {component.cardinality}"
    if not component.pairs:
        for each in component.sources:
            yield what, _class(account.source, each), "", "", ""
        for each in component.targets:
            yield what, "", "", _class(account.target, each), ""
    pairs = (
        (
            _class(account.source, pair.source),
            _MATCHES[pair.predicate],
            _class(account.target, pair.target),
            "decide" if pair.needs_decision else "",
        )
        for pair in component.pairs
    )
    for cells in sorted(pairs):
        yield what, *cells
        what = ""


def _class(side: Side, class_id: str) -> str:
    name = side.names.get(class_id)
    code = "" if name is None or name.code is None else f" #{name.code}"
    return f"{side.label(class_id)}{code}"
