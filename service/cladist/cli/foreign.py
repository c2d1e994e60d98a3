"""Versions made elsewhere: the options that match them, and what is said of the proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from cladist.cli.correspondence_tables import Tabular, refuse_idle, table_file, tabular
from cladist.cli.imported import as_json, noticed, status, text
from cladist.cli.printing import Answer, Block, Table, cell
from cladist.model.change.kinds import Shift
from cladist.model.identifiers import check_iri
from cladist.model.matching.proposals import Evidence, Proposal, ProposedKind

if TYPE_CHECKING:
    from cladist.catalog.accepting import Acceptance
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.foreign import Adopted, ForeignOptions, Proposed
    from cladist.catalog.values import Author, Document
    from cladist.model.correspondence.account import Name, Side

SHOWN = 100
"""Proposals that are shown; JSON has them all."""

_NAMED = 5
_REASONS = 3


class Words(click.ParamType[frozenset[str]]):
    """Some words of a list, with commas between them, or ``all``."""

    name = "words"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[str]:
        """The words that are meant."""
        if isinstance(value, frozenset):
            return value
        found = {each.strip() for each in value.split(",")} - {""}
        if found == {"all"}:
            return frozenset(self.words)
        unknown = sorted(found - {*self.words})
        if unknown or not found:
            self.fail(f"“{', '.join(unknown)}” is none of all, {', '.join(self.words)}.", param)
        return frozenset(found)


BY = tuple(each.value for each in Evidence if each is not Evidence.TABLE)
KINDS = tuple(each.value for each in ProposedKind)


class Foreign(Tabular):
    """The options that match a version made elsewhere."""

    by: frozenset[str] | None
    successor_predicate: tuple[str, ...]
    accept: frozenset[str] | None
    at_least: float | None
    accept_id: tuple[str, ...]
    reject_id: tuple[str, ...]


def foreign(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a version made elsewhere, its correspondence table among them."""
    decorators: list[Callable[[Any], Any]] = [
        click.option(
            "--by",
            type=Words(BY),
            metavar="EVIDENCE,…",
            help=f"With --onto: match classes by all, or by some of {', '.join(BY)}.",
        ),
        tabular,
        click.option(
            "--successor-predicate",
            multiple=True,
            metavar="IRI",
            help="What leads from a class to its successor; may be repeated.",
        ),
        click.option(
            "--accept",
            type=Words(KINDS),
            metavar="KIND,…",
            help=f"Take what is not ambiguous: all, or some of {', '.join(KINDS)}.",
        ),
        click.option(
            "--at-least",
            type=click.FloatRange(0, 1),
            help="With --accept: of this confidence or more; else 0.8.",
        ),
        _ids("--accept-id", "Take this proposal; may be repeated."),
        _ids("--reject-id", "Take its classes for different ones; may be repeated."),
    ]
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def _ids(name: str, told: str) -> Callable[[Any], Any]:
    return click.option(name, multiple=True, metavar="ID", help=told)


def is_matched(given: Foreign, *, onto: bool, retire_absent: bool) -> bool:
    """Whether a file is to be matched by more than ids; options without a use are refused."""
    matched = given["by"] is not None or given["table"] is not None
    said = {
        "--accept": given["accept"] is not None,
        "--accept-id": bool(given["accept_id"]),
        "--reject-id": bool(given["reject_id"]),
        "--successor-predicate": bool(given["successor_predicate"]),
    }
    idle = next((name for name, is_said in said.items() if is_said), "")
    if idle and not matched:
        raise click.UsageError(f"{idle} is about proposals: say --by EVIDENCE or --table TABLE.")
    if given["at_least"] is not None and given["accept"] is None:
        raise click.UsageError("--at-least goes with --accept KIND.")
    if matched and not onto:
        raise click.UsageError("--by and --table match a file with a taxonomy: say --onto SLUG.")
    if matched and retire_absent:
        raise click.UsageError("--accept retired says what --retire-absent does without matching.")
    if given["table"] is None:
        refuse_idle(given)
    return matched


def matched(
    catalog: Catalog,
    slug: str,
    document: Document,
    given: Foreign,
    author: Author,
    *,
    shift: Shift,
    dry_run: bool,
) -> Answer:
    """Take what is accepted; if nothing is, show the proposals alone."""
    options = _options(given, shift)
    wanted = _wanted(given)
    if wanted is None:
        return _proposed(catalog.foreign.propose(slug, document, options))
    revision = catalog.draft(slug).revision
    done = catalog.foreign.adopt(
        slug, document, revision, author, options=options, wanted=wanted, dry_run=dry_run
    )
    return _adopted(done)


def _options(given: Foreign, shift: Shift) -> ForeignOptions:
    from cladist.catalog.foreign import ForeignOptions

    by = BY if given["by"] is None else given["by"]
    return ForeignOptions(
        evidence=frozenset({*map(Evidence, by), Evidence.TABLE}),
        table=table_file(given),
        predicates=tuple(check_iri(each, "predicate") for each in given["successor_predicate"]),
        shift=shift,
    )


def _wanted(given: Foreign) -> Acceptance | None:
    from cladist.catalog.accepting import SURE, Acceptance

    if given["accept"] is None and not (given["accept_id"] or given["reject_id"]):
        return None
    return Acceptance(
        kinds=frozenset(map(ProposedKind, given["accept"] or ())),
        at_least=SURE if given["at_least"] is None else given["at_least"],
        ids=frozenset(given["accept_id"]),
        rejected=frozenset(given["reject_id"]),
    )


def _proposed(told: Proposed) -> Answer:
    from cladist.catalog.proposal_forms import plain

    return Answer(lambda: plain(told), lambda: _proposals(told))


def _adopted(done: Adopted) -> Answer:
    from cladist.catalog.proposal_forms import plain_outcome

    return Answer(
        lambda: {**as_json(done.imported), **plain_outcome(done)},
        lambda: _outcome(done),
        status(done.imported),
    )


def _proposals(told: Proposed) -> Iterator[Block]:
    yield f"{told.slug} draft and the file: {_summary(told.proposals)}"
    yield from noticed(told.findings)
    for row in told.refused:
        yield f"refused: line {row.line}, “{cell(row.label)}”: {cell(row.reason)}"
    here, there = _Names(told.source), _Names(told.target)
    ordered = sorted(told.proposals, key=lambda each: _urgency(each, here, there))
    if ordered:
        yield ""
        yield Table(
            ("id", "kind", "here", "in the file", "confidence", "why"),
            [_row(each, here, there) for each in ordered[:SHOWN]],
        )
    if len(ordered) > SHOWN:
        yield f"… and {len(ordered) - SHOWN} more (--json has all)"
    yield ""
    yield (
        "Nothing was stored. The same command with --accept all takes all that is not ambiguous"
        " and sure enough (see --at-least), with --accept same,renamed some kinds, with"
        " --accept-id ID a single one."
    )


class _Names:
    """What the classes of one side are called: so that no two of them are called the same."""

    def __init__(self, side: Side) -> None:
        said = {key: self._said(name) for key, name in side.names.items()}
        count = Counter(said.values())
        self._names = {
            key: name if count[name] == 1 else f"{name} <{key}>" for key, name in said.items()
        }

    def _said(self, name: Name) -> str:
        """The label, after the notation of a class that has just one."""
        return f"{name.notations[0].value} {name.label}" if len(name.notations) == 1 else name.label

    def one(self, class_id: str) -> str:
        return self._names.get(class_id, class_id)

    def all(self, ids: Iterable[str]) -> str:
        names = sorted(map(self.one, ids))
        more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
        return "; ".join([*names[:_NAMED], *more])


def _urgency(proposal: Proposal, here: _Names, there: _Names) -> tuple[bool, bool, int, str, str]:
    """The ambiguous first, last those to which nothing happened."""
    same = proposal.kind is ProposedKind.SAME
    names = here.all(proposal.sources), there.all(proposal.targets)
    return not proposal.ambiguous, same, KINDS.index(proposal.kind.value), *names


def _row(proposal: Proposal, here: _Names, there: _Names) -> tuple[str, ...]:
    said = dict.fromkeys(clue.detail for pair in proposal.pairs for clue in pair.clues)
    other = [
        f"Or {here.one(each.source)} → {there.one(each.target)}." for each in proposal.alternatives
    ]
    return (
        proposal.id,
        proposal.kind.value + (" (ambiguous)" if proposal.ambiguous else ""),
        here.all(proposal.sources),
        there.all(proposal.targets),
        f"{proposal.confidence:.2f}",
        " ".join([*list(said)[:_REASONS], proposal.note, *other[:_REASONS]]),
    )


def _summary(proposals: Iterable[Proposal]) -> str:
    from cladist.catalog.proposal_forms import counts

    every = tuple(proposals)
    sure, unsure = (_listed(counts(every, ambiguous=each)) for each in (False, True))
    return (sure or "nothing sure") + (f"; ambiguous: {unsure}" if unsure else "")


def _listed(found: Mapping[ProposedKind, int]) -> str:
    return ", ".join(f"{kind.value} {count}" for kind, count in found.items())


def _outcome(done: Adopted) -> Iterator[Block]:
    yield from text(done.imported)
    if done.taken:
        yield f"Taken: {_summary(done.taken)}."
    if done.open:
        yield f"Left open: {_summary(done.open)}. Nothing became of these."
