"""Verbs on what frames the classes: the label structure, and how rules are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from cladist.cli.options import editing
from cladist.cli.taxonomies import KINDS
from cladist.model.change.kinds import EditTaxonomy, SetLabelStructure
from cladist.model.taxonomy import Enforcement, LabelStructure, RuleSetting, Structure

if TYPE_CHECKING:
    from cladist.catalog.opened import OpenDraft
    from cladist.model.change.kinds import Change

USUAL = "usual"


class Frame(TypedDict):
    """The options of ``structure`` that belong to one kind."""

    tagging_scheme: str
    unit: str
    minimum: str
    maximum: str
    step: str


@editing
@click.argument("kind", metavar="KIND", type=KINDS)
@click.option("--tagging-scheme", metavar="NAME", default="", help="Of sequences: IO, BIO, ...")
@click.option("--unit", metavar="IRI", default="", help="Of regression: a QUDT unit.")
@click.option("--minimum", metavar="NUMBER", default="", help="Of regression: the least value.")
@click.option("--maximum", metavar="NUMBER", default="", help="Of regression: the greatest value.")
@click.option("--step", metavar="NUMBER", default="", help="Of regression: between two values.")
def structure(draft: OpenDraft, *, kind: str, **given: Unpack[Frame]) -> Sequence[Change]:
    """Set what one item may carry.

    KIND is single-label, multi-label, ordinal, sequence, structured or regression. Slots and
    relations of structured labels are kept, and set with “cladist apply”.
    """
    old = draft.taxonomy.header.structure
    new = LabelStructure(kind=Structure(kind), **given)
    if new.kind is Structure.STRUCTURED:
        new = replace(new, slots=old.slots, relations=old.relations)
    return [SetLabelStructure(structure=new)]


@editing
@click.argument("named", metavar="RULE")
@click.argument("how", type=click.Choice([*(each.value for each in Enforcement), USUAL]))
@click.option("--reason", metavar="TEXT", default="", help="Why; needed to ignore a rule.")
def rule(draft: OpenDraft, *, named: str, how: str, reason: str) -> Sequence[Change]:
    """Say how strictly a rule is taken.

    RULE is a name that “cladist rules” lists. Rules that are enforced stop publishing; “usual”
    takes the taxonomy's own word back.
    """
    kept = tuple(each for each in draft.taxonomy.header.rules if each.rule != named)
    own = () if how == USUAL else (_setting(named, how, reason),)
    return [EditTaxonomy(rules=(*kept, *own))]


def _setting(rule: str, how: str, reason: str) -> RuleSetting:
    return RuleSetting(rule=rule, enforcement=Enforcement(how), reason=reason)
