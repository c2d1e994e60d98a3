"""The options of a migration, and the order that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import click

from cladist.cli.desk import Desk

if TYPE_CHECKING:
    from cladist.datasets.binding import Planner
    from cladist.datasets.decisions import Decisions
    from cladist.datasets.plan import Plan
    from cladist.datasets.policy import Policy
    from cladist.datasets.records import Reading, Ref
    from cladist.datasets.transfer import Order

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Finding(TypedDict):
    """Which versions, and who knows them."""

    taxonomy: str
    start: str
    target: str
    plan: Path | None
    server: str | None


class Deciding(TypedDict):
    """What decides where the correspondence does not."""

    decisions: tuple[Path, ...]
    rules: Path | None
    policy: str | None
    retired: str | None
    unknown: str | None


class ReadingOptions(TypedDict):
    """How the dataset is read."""

    form: str
    label: str
    key: str
    separator: str
    scheme: str | None
    encoding: str
    by: str | None
    legend: Path | None
    ignore: tuple[int, ...]
    instances: int
    level: int


class Told(Finding, Deciding, ReadingOptions):
    """All options of the verb."""

    output: Path | None
    dry_run: bool
    undo: bool
    engine: str


FINDING = (
    click.option("--taxonomy", metavar="SLUG", default="", help="Else what the lock file says."),
    click.option(
        "--from", "start", metavar="VERSION", default="", help="Else what the lock file says."
    ),
    click.option(
        "--to", "target", metavar="VERSION", default="latest", show_default=True, help="Where to."
    ),
    click.option(
        "--correspondence",
        "plan",
        type=_FILE,
        help="Written by “cladist correspondence SLUG FROM TO --format migration”; no store is "
        "needed then.",
    ),
    click.option("--server", metavar="URL", help="Ask this service in place of the store."),
)

DECIDING = (
    click.option(
        "--decisions",
        type=_FILE,
        multiple=True,
        help="Records and what they are: TSV, CSV, JSON Lines, or lists (.txt); may be repeated.",
    ),
    click.option("--rules", type=_FILE, help="Rules, defaults and residues, in YAML or JSON."),
    click.option(
        "--policy",
        type=click.Choice(("review", "generalise")),
        help="What becomes of labels that nothing decides: they wait for a person, or become the "
        "nearest selectable class above.",
    ),
    click.option(
        "--retired",
        metavar="review|remove|RESIDUE",
        help="What becomes of labels of classes that nothing took the place of.",
    ),
    click.option(
        "--unknown",
        type=click.Choice(("refuse", "keep")),
        help="What becomes of a dataset with labels that the version does not know.",
    ),
)

READING = (
    click.option("--format", "form", metavar="NAME", default="", help="Where it is not found out."),
    click.option(
        "--label", metavar="COLUMN|PATH", default="", help="Where in a row or record the label is."
    ),
    click.option("--key", metavar="COLUMN|PATH", default="", help="What names a row or record."),
    click.option("--separator", metavar="TEXT", default="", help="Between labels in one cell."),
    click.option(
        "--scheme",
        type=click.Choice(("IO", "IOB1", "BIO", "BIOES", "BILOU")),
        help="The tagging scheme of CoNLL.",
    ),
    click.option("--encoding", metavar="NAME", default="", help="Of text files; UTF-8 without it."),
    click.option(
        "--by",
        type=click.Choice(("id", "code", "notation", "label")),
        help="By what the dataset names classes, where that is not clear.",
    ),
    click.option(
        "--legend",
        type=_FILE,
        help="What the dataset writes and the class it means: JSON, CSV, TSV, or a name a line.",
    ),
    click.option(
        "--ignore", type=int, multiple=True, metavar="VALUE", help="A pixel value that is no class."
    ),
    click.option(
        "--instances", type=int, default=0, help="Pixels are class times this plus instance."
    ),
    click.option(
        "--deflate",
        "level",
        type=click.IntRange(0, 9),
        default=1,
        show_default=True,
        help="How hard images are compressed.",
    ),
)


def order_of(desk: Desk, source: Path, told: Told) -> Order:
    """All that a migration needs."""
    from cladist.datasets.binding import Wanted, bind
    from cladist.datasets.transfer import Order
    from cladist.index.naming import By

    wanted = Wanted(told["taxonomy"], told["start"], told["target"])
    bound = bind(source, wanted, planner(desk, told["plan"], told["server"]))
    policy = policy_of(bound.plan, told)
    return Order(
        source=source,
        plan=bound.plan,
        policy=policy,
        decisions=decisions_of(bound.plan, policy, told),
        reading=_reading(told, bound.legend),
        by=By(told["by"]) if told["by"] else None,
        origins=bound.origins,
    )


def planner(desk: Desk, plan: Path | None, server: str | None) -> Planner:
    """Who knows the versions: an exported plan, a service, else the store."""
    from cladist.datasets.binding import Exported
    from cladist.datasets.plan import decoded

    if plan is not None and server:
        raise click.UsageError("Name a server or an exported correspondence, not both.")
    if plan is not None:
        return Exported(decoded(plan.read_bytes()))
    if server:
        return _Server(server)
    return _Store(desk)


class _Server:
    """The planner that is a service elsewhere; what it says now, nothing that was kept."""

    def __init__(self, url: str) -> None:
        self._url = url

    def plan(self, slug: str, source: str, target: str, origins: Iterable[str]) -> Plan:
        """What data follow."""
        from cladist.client import Client

        with Client(self._url, cache=None) as client:
            return client.plan(slug, source, target, origins)


class _Store:
    """The planner that is the embedded store, or the database that settings name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(self, slug: str, source: str, target: str, origins: Iterable[str]) -> Plan:
        """What data follow."""
        with self._desk.catalog() as catalog:
            return catalog.migrations.plan(slug, source, target, origins)


def policy_of(plan: Plan, told: Deciding) -> Policy:
    """What decides where the correspondence does not."""
    from cladist.datasets import policy_document
    from cladist.datasets.policy import Policy

    rules = told["rules"]
    policy = Policy() if rules is None else policy_document.read(text_of(rules), plan)
    said = {
        "otherwise": told["policy"],
        "retired": told["retired"],
        "unknown": told["unknown"],
    }
    words = {name: word for name, word in said.items() if word is not None}
    return policy_document.with_words(policy, plan, words)


def decisions_of(plan: Plan, policy: Policy, told: Deciding) -> Decisions:
    """What people decided about single records."""
    from cladist.datasets import decisions
    from cladist.datasets.choosing import Choices

    choices = Choices(plan, policy.residues)
    read = [decisions.read(text_of(each), each.name, choices) for each in told["decisions"]]
    return decisions.together(read)


def _reading(told: Told, known: Mapping[Ref, str]) -> Reading:
    from cladist.datasets import legend_file
    from cladist.datasets.records import Reading

    legend = told["legend"]
    given: dict[str, Any] = {
        name: told[name]
        for name in ("label", "key", "separator", "encoding", "ignore", "instances", "level")
    }
    return Reading(
        format=told["form"],
        scheme=told["scheme"] or "",
        legend=known if legend is None else legend_file.read(text_of(legend), legend.name),
        **given,
    )


def text_of(path: Path) -> str:
    """The text of a file in UTF-8; raises UnreadableInput."""
    from cladist.model.errors import UnreadableInput

    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path.name} is not UTF-8 (byte {error.start}).") from None
