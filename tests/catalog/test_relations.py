"""Relating two taxonomies by a table, and following classes from any state of one to the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.catalog.catalog import Catalog
from cladist.catalog.related_pairs import pairs_of_table, read, written
from cladist.catalog.relations import Place, Provenance, Related
from cladist.catalog.tables import TableFile
from cladist.catalog.values import Author, Document, NewTaxonomy
from cladist.imports.correspondence.table import TableColumns
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.parts import Part
from cladist.model.correspondence.account import Account, related
from cladist.model.correspondence.components import components, loss, outcome
from cladist.model.correspondence.relation import Extent
from cladist.model.errors import (
    AmbiguousReference,
    InvalidValue,
    NoCommonHistory,
    UnknownCodes,
    UnknownTaxonomy,
    UnknownVersion,
)
from cladist.model.matching.proposals import TablePair
from cladist.model.taxonomy import Class, LabelStructure, Structure, Text
from tests.catalog.test_story import ADA

ACTIVITIES = "label,notation,parent\nfarming,A,\nwheat,011,farming\nmaize,012,farming\nfish,03,\n"
PRODUCTS = "label,notation\nwheat grain,111\nstraw,112\nmaize grain,113\nsoftware,999\n"
TABLE = "activity,product,part\n011,111,1\n011,112,1\n012,112,1\n012,113,1\n03,,\n"
COLUMNS = TableColumns(source="activity", target="product", source_part="part")
HERE, THERE = Place("activities", "latest"), Place("products", "latest")


@pytest.fixture
def economy(catalog: Catalog) -> Catalog:
    """A catalog with a version of activities and one of products."""
    for slug, table in (("activities", ACTIVITIES), ("products", PRODUCTS)):
        new = NewTaxonomy(slug=slug, structure=LabelStructure(kind=Structure.MULTI_LABEL))
        catalog.import_new(new, Document(table.encode(), "csv"), ADA)
        catalog.publish(slug, 0, ADA)
    return catalog


def relate(
    catalog: Catalog,
    table: str = TABLE,
    *,
    source: Place = HERE,
    target: Place = THERE,
    unknown_limit: float = 0.0,
    about: Provenance | None = None,
    dry_run: bool = False,
) -> Related:
    """Relate activities to products by a table."""
    file = TableFile(table.encode(), "csv", COLUMNS, unknown_limit)
    return catalog.relations.relate(source, target, file, ADA, about=about, dry_run=dry_run)


def publish(catalog: Catalog, slug: str, *changes: Change) -> str:
    catalog.edit(slug, changes, catalog.draft(slug).revision, ADA)
    return catalog.publish(slug, catalog.draft(slug).revision, ADA).number


def named(label: str) -> Class:
    return Class(preferred=(Text(label, "en"),), definitions=(Text(f"A {label}.", "en"),))


def told(account: Account) -> set[tuple[str, str, frozenset[str], frozenset[str]]]:
    """Every component by cardinality, kind and labels."""
    return {
        (
            each.cardinality,
            each.kind.value,
            frozenset(map(account.source.label, each.sources)),
            frozenset(map(account.target.label, each.targets)),
        )
        for each in account.components
    }


GRAIN = (
    "n:m",
    "regrouped",
    frozenset({"wheat", "maize"}),
    frozenset({"wheat grain", "straw", "maize grain"}),
)


def test_a_table_relates_two_taxonomies(economy: Catalog) -> None:
    done = relate(economy)
    assert (done.source, done.target) == (Place("activities", "1.0.0"), Place("products", "1.0.0"))
    assert (done.revision, done.pairs, done.sources, done.targets) == (1, 4, 2, 3)
    assert (done.sources_left, done.targets_left) == (2, 1)
    assert done.components == {"n:m": 1}
    account = economy.relations.account(HERE, THERE)
    assert (account.source.slug, account.target.slug) == ("activities", "products")
    assert told(account) == {
        GRAIN,
        ("1:0", "retired", frozenset({"farming"}), frozenset()),
        ("1:0", "retired", frozenset({"fish"}), frozenset()),
        ("0:1", "added", frozenset(), frozenset({"software"})),
    }
    parts = {
        (account.source.label(pair.source), account.target.label(pair.target)): (
            pair.source_part,
            pair.target_part,
            pair.needs_decision,
        )
        for _, pair in account.pairs()
    }
    assert parts["wheat", "wheat grain"] == (Part.PART, Part.WHOLE, True)
    assert parts["wheat", "straw"] == (Part.PART, Part.PART, True)


def test_a_dry_run_counts_and_stores_nothing(economy: Catalog) -> None:
    before = economy.events()
    tried = relate(economy, dry_run=True)
    assert (tried.dry_run, tried.revision, tried.pairs) == (True, None, 4)
    assert economy.events() == before
    with pytest.raises(NoCommonHistory, match=r"activities 1\.0\.0 and products 1\.0\.0"):
        economy.relations.account(HERE, THERE)


def test_the_relation_stored_last_counts_and_the_others_are_kept(economy: Catalog) -> None:
    about = Provenance(title="Activities to products", license="CC0", origin="the office")
    relate(economy)
    assert relate(economy, "activity,product,part\n03,999,\n", about=about).revision == 2
    account = economy.relations.account(HERE, THERE)
    assert ("1:1", "renamed", frozenset({"fish"}), frozenset({"software"})) in told(account)
    first, second = economy.relations.every()
    assert (first.title, second.title, second.origin) == ("", about.title, "the office")
    assert economy.relations.counting(HERE, THERE) == second


def test_other_versions_and_drafts_are_reached_through_the_related_ones(economy: Catalog) -> None:
    relate(economy)
    crop = kinds.MergeClasses(sources=("wheat", "maize"), new=named("crop"))
    assert publish(economy, "activities", crop) == "2.0.0"
    assert publish(economy, "products", kinds.RetireClass(id="straw", reason="gone")) == "2.0.0"
    economy.edit(
        "products",
        [kinds.RenameClass(id="software", label=Text("programs", "en"))],
        economy.draft("products").revision,
        ADA,
    )
    later = economy.relations.account(Place("activities", "2"), Place("products", "draft"))
    assert (later.source.version, later.target.version) == ("2.0.0", "draft")
    assert told(later) == {
        ("1:n", "split", frozenset({"crop"}), frozenset({"wheat grain", "maize grain"})),
        ("1:0", "retired", frozenset({"farming"}), frozenset()),
        ("1:0", "retired", frozenset({"fish"}), frozenset()),
        ("0:1", "added", frozenset(), frozenset({"programs"})),
    }
    assert all(pair.needs_decision for _, pair in later.pairs())
    old = economy.relations.account(Place("activities", "1"), Place("products", "1"))
    assert GRAIN in told(old)


def test_the_relation_of_the_nearest_versions_counts(economy: Catalog) -> None:
    relate(economy)
    publish(economy, "activities", kinds.RetireClass(id="fish", reason="gone"))
    relate(economy, "activity,product,part\n011,111,\n")
    by = economy.relations.counting
    assert by(Place("activities", "1"), THERE).source_number == "1.0.0"
    assert by(Place("activities", "draft"), THERE).source_number == "2.0.0"


def test_a_relation_is_followed_backward_but_never_pretended_an_inverse(economy: Catalog) -> None:
    relate(economy, "activity,product,part\n011,111,1\n")
    back = economy.relations.correspondence(THERE, HERE)
    account = economy.relations.account(THERE, HERE)
    ((_, pair),) = account.pairs()
    assert (pair.source_part, pair.target_part) == (Part.WHOLE, Part.PART)
    assert outcome(back, pair.source).automatic
    forward = economy.relations.correspondence(HERE, THERE)
    found = outcome(forward, pair.target)
    assert (found.targets, found.automatic) == ((pair.source,), False)  # a part went nowhere


def test_a_table_of_this_direction_goes_before_one_of_the_other(economy: Catalog) -> None:
    relate(economy)
    one = TableFile(b"source,target\n999,03\n", "csv")
    economy.relations.relate(THERE, HERE, one, ADA)
    assert economy.relations.counting(THERE, HERE).source_slug == "products"
    assert economy.relations.counting(HERE, THERE).source_slug == "activities"


def test_processes_on_one_store_see_what_another_related(
    economy: Catalog, open_catalog: Callable[[], Catalog]
) -> None:
    relate(economy)
    other = open_catalog()
    assert GRAIN in told(other.relations.account(HERE, THERE))
    relate(economy, "activity,product,part\n03,999,\n")
    assert GRAIN not in told(other.relations.account(HERE, THERE))


REFUSED: dict[str, tuple[str, dict[str, Any], type[Exception], str]] = {
    "one taxonomy": (TABLE, {"target": Place("activities", "1")}, InvalidValue, "its changes"),
    "a draft": (TABLE, {"source": Place("activities", "draft")}, InvalidValue, "publish the draft"),
    "no such version": (TABLE, {"target": Place("products", "9")}, UnknownVersion, "9"),
    "no such taxonomy": (TABLE, {"target": Place("goods", "1")}, UnknownTaxonomy, "goods"),
    "unknown codes": ("activity,product,part\n011,5,\n", {}, UnknownCodes, "5"),
    "no pair": ("activity,product,part\n011,n/a,\n", {}, InvalidValue, "no row"),
    "no pair left": (
        "activity,product,part\n011,5,\n",
        {"unknown_limit": 1.0},
        InvalidValue,
        "no row",
    ),
    "two names, two sayings": (
        "activity,product,part\n011,111,1\nwheat,111,0\n",
        {},
        InvalidValue,
        "two things",
    ),
    "a long title": (TABLE, {"about": Provenance(title="t" * 1_001)}, InvalidValue, "title"),
}


@pytest.mark.parametrize(("table", "how", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_related_is_told(
    economy: Catalog, table: str, how: dict[str, Any], error: type[Exception], said: str
) -> None:
    before = economy.events()
    with pytest.raises(error, match=said):
        relate(economy, table, **how)
    assert economy.events() == before


def test_a_code_that_several_classes_bear_is_refused(economy: Catalog) -> None:
    double = Document(b"label,notation\na,1\nb,1\n", "csv")
    economy.import_new(NewTaxonomy(slug="doubles"), double, Author("ada"))
    economy.publish("doubles", 0, ADA)
    with pytest.raises(AmbiguousReference):
        relate(economy, "activity,product,part\n011,1,\n", target=Place("doubles", "1"))


def test_rows_left_out_are_told(economy: Catalog) -> None:
    done = relate(economy, "activity,product,part\n011,111,\n011,5,\n", unknown_limit=0.5)
    assert any("5 (line 3)" in each for each in done.findings)


PARTS = st.sampled_from([None, Part.WHOLE, Part.PART])
ROWS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("cdef")), st.tuples(PARTS, PARTS)
)


@given(ROWS)
def test_pairs_come_back_as_they_were_stored_and_nothing_is_lost(
    rows: dict[tuple[str, str], tuple[Part | None, Part | None]],
) -> None:
    pairs = pairs_of_table(
        TablePair(source=source, target=target, source_part=parts[0], target_part=parts[1])
        for (source, target), parts in rows.items()
    )
    text = written(pairs)
    assert tuple(read(text, turned=False)) == pairs
    again = [(each.target, each.source) for each in read(text, turned=True)]
    assert sorted(again) == sorted(rows)
    before, after = Extent(frozenset("abcd")), Extent(frozenset("cdef"), frozenset("f"))
    found = related(before, after, pairs)
    parts = list(components(found))
    assert sorted(each for part in parts for each in part.sources) == sorted("abcd")
    assert sorted(each for part in parts for each in part.targets) == sorted("cde")
    assert {(pair.source, pair.target) for part in parts for pair in part.pairs} == {
        ends for ends in rows if ends[1] != "f"
    }
    for each in "abcd":
        whole = [parts for (source, _), parts in rows.items() if source == each]
        single = len(whole) == 1 and whole[0][0] is not Part.PART
        assert outcome(found, each).automatic <= single
    assert loss(found).classes == 4
