"""SSSOM: what is written is read again, files of others as far as pairs go, faults by line."""

from __future__ import annotations

import csv
from typing import NamedTuple

import pytest
from hypothesis import given

from cladist.model.correspondence.account import Account, Side
from cladist.model.correspondence.components import Kind
from cladist.model.errors import UnreadableInput
from cladist.rdf.curies import parted
from cladist.rdf.rows import UNSPECIFIED
from cladist.rdf.sssom import write
from cladist.rdf.sssom_reading import read
from tests.rdf.accounts import ODD_IDS, accounts, every_kind

HEADER = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
BLOCK = "#curie_map:\n#  a: https://example.org/a/\n"
ROW = "a:1\tskos:exactMatch\ta:2\tsemapv:LexicalMatching\n"


def labels(side: Side, ids: set[str]) -> dict[str, str]:
    """The labels of these classes."""
    return {each: side.names[each].label for each in ids if each in side.names}


def told(account: Account) -> tuple[set[str], set[str]]:
    """The classes of either side that the account tells of."""
    sources = {each for component in account.components for each in component.sources}
    targets = {each for component in account.components for each in component.targets}
    return sources, targets


def check(account: Account) -> None:
    """Reading what is written gives the same account, with the same labels."""
    found = read(write(account, "https://creativecommons.org/licenses/by/4.0/"))
    assert found.ignored == ("license",)
    assert found.account == account
    sources, targets = told(account)
    assert labels(found.account.source, sources) == labels(account.source, sources)
    assert labels(found.account.target, targets) == labels(account.target, targets)


@given(accounts())
def test_what_is_written_is_read_again(account: Account) -> None:
    check(account)


def test_every_kind_and_odd_names_are_read_again() -> None:
    check(every_kind())


def test_an_account_without_components_is_read_again() -> None:
    account = every_kind()
    check(Account(source=account.source, target=account.target, components=()))


class Degree(NamedTuple):
    """What a row says of the number of counterparts."""

    subject: str
    object: str
    cardinality: str


def degrees(text: str) -> list[Degree]:
    """The ids and the cardinality of each row."""
    table = text[text.index("\nsubject_id") + 1 :].splitlines(keepends=True)
    rows = csv.DictReader(table, delimiter="\t")
    return [Degree(r["subject_id"], r["object_id"], r["mapping_cardinality"]) for r in rows]


def test_cardinality_is_the_degree_of_the_row() -> None:
    account = every_kind()
    rest = Account(
        source=account.source, target=account.target, components=account.components[len(ODD_IDS) :]
    )
    assert degrees(write(rest)) == [
        ("ns2:a", "ns2:c", "n:1"),
        ("ns2:b", "ns2:c", "n:1"),
        ("ns2:d", "ns2:f", "1:n"),
        ("ns2:d", "ns2:e", "1:n"),
        ("ns2:g", "ns2:i", "n:n"),
        ("ns2:g", "ns2:j", "1:n"),
        ("ns2:h", "ns2:i", "n:1"),
        ("ns2:k", "sssom:NoTermFound", "1:0"),
        ("sssom:NoTermFound", "ns2:l", "0:1"),
        ("sssom:NoTermFound", "ns2:m", "0:1"),
    ]


def test_the_metadata_says_what_the_standard_asks_for() -> None:
    text = write(every_kind())
    for line in (
        '#mapping_set_id: "https://example.org/t/insects/correspondences/1.0.0/2.0.0"',
        '#license: "https://w3id.org/sssom/license/unspecified"',
        '#subject_source: "ns1:insects"',
        '#object_source_version: "2.0.0"',
        '#  clad: "https://w3id.org/cladist/ns#"',
        "#  property: clad:needsDecision",
    ):
        assert f"\n{line}\n" in text


@pytest.mark.parametrize("iri", ODD_IDS)
def test_a_curie_holds_nothing_odd(iri: str) -> None:
    namespace, local = parted(iri)
    assert namespace + local == iri
    assert local.isascii()
    assert not set(local) & set('#:[]|"<> ')


def test_a_file_of_others_is_read_as_far_as_its_pairs_go() -> None:
    found = read(
        "# # nobody wrote this\n"
        "# curie_map:\n"
        "#   a: https://example.org/a/\n"
        "# subject_source: a:left\n"
        "# subject_source_version: 1.0\n"
        "# creator_id: [me]\n"
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_source\tauthor_id\tcomment\n"
        "a:1\tone\tskos:broadMatch\ta:9\t\tme\t\n"
        "https://example.org/a/2\ttwo\thttp://www.w3.org/2004/02/skos/core#broadMatch\ta:9\t"
        "https://example.org/right\tme\t\n"
        "a:3\tthree\tskos:narrowMatch\ta:8\t\t\t\n"
        "a:4\tfour\tskos:exactMatch\tsssom:NoTermFound\t\t\t\n"
    )
    account = found.account
    assert found.ignored == ("creator_id", "author_id")
    assert account.source == Side(
        taxonomy="https://example.org/a/left", slug="", version="1.0", language=""
    )
    assert account.target.taxonomy == "https://example.org/right"
    assert [each.kind for each in account.components] == [Kind.MERGED, Kind.RENAMED, Kind.RETIRED]
    assert [pair.needs_decision for _, pair in account.pairs()] == [False, False, True]
    assert {pair.justification for _, pair in account.pairs()} == {UNSPECIFIED}
    assert account.source.label("https://example.org/a/3") == "three"


def test_a_source_that_is_no_iri_is_told_of() -> None:
    found = read(f"{BLOCK}#subject_source: somewhere\n{HEADER}{ROW}")
    assert found.ignored == ("subject_source",)
    assert not found.account.source.taxonomy


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a:1\towl:sameAs\ta:2\t\n", "owl:sameAs"),
        ("b:1\tskos:exactMatch\ta:2\t\n", "“b:1” has no prefix"),
        ("a:1\tskos:exactMatch\t\t\n", "one side only"),
        ("a:1\tskos:exactMatch\ta:2\n", "3 cells"),
        ('a:1\tskos:exactMatch\t"a:2\t\n', "broken"),
        ("a:1\tskos:exactMatch\ta:2\ta:3\n", "no justification of semapv"),
        (f"{ROW}{ROW}", "repeats line 4"),
        (f"{ROW}a:1\tskos:exactMatch\tsssom:NoTermFound\t\n", "line 4 names one"),
        ("sssom:NoTermFound\tskos:exactMatch\tsssom:NoTermFound\t\n", "names no class"),
        ("a: 1\tskos:exactMatch\ta:2\t\n", "is not an absolute"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(row: str, reason: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(BLOCK + HEADER + row)
    assert reason in str(caught.value)
    assert caught.value.line == 3 + len(row.splitlines())


def test_a_row_that_says_what_is_not_so_is_refused() -> None:
    header = HEADER.replace("\n", "\tpredicate_modifier\n")
    with pytest.raises(UnreadableInput, match="not so") as caught:
        read(BLOCK + header + ROW.replace("\n", "\tNot\n"))
    assert caught.value.line == 4


@pytest.mark.parametrize("confidence", ["1.5", "-1", "nan", "1_0", "much"])
def test_a_confidence_is_a_number_from_0_to_1(confidence: str) -> None:
    header = HEADER.replace("\n", "\tconfidence\n")
    with pytest.raises(UnreadableInput, match="from 0 to 1"):
        read(BLOCK + header + ROW.replace("\n", f"\t{confidence}\n"))


def test_a_line_break_in_a_cell_counts_as_a_line() -> None:
    header = HEADER.replace("\n", "\tcomment\n")
    with pytest.raises(UnreadableInput) as caught:
        read(BLOCK + header + ROW.replace("\n", '\t"two\nlines"\n') + "x\ty\tz\t\t\n")
    assert caught.value.line == 6


def test_a_kind_that_does_not_fit_its_classes_is_refused() -> None:
    text = write(every_kind()).replace("\tmerged\t", "\tsplit\t")
    with pytest.raises(UnreadableInput, match="“split”, but its classes make it “merged”"):
        read(text)


def test_parts_that_do_not_fit_the_predicate_are_refused() -> None:
    text = write(every_kind()).replace("\tfalse\twhole\tpart\t", "\tfalse\tpart\twhole\t")
    with pytest.raises(UnreadableInput, match="“broadMatch” means whole and part"):
        read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no column subject_id, predicate_id, object_id"),
        ("subject_id,predicate_id,object_id\n", "separated by tabs"),
        (BLOCK + HEADER.replace("\n", "\tsubject_id\n"), "twice"),
        ("#a: [\n" + HEADER, "cannot be read"),
        ("#" + "[" * 5000 + "\n" + HEADER, "nested too deeply"),
        ("#just a text\n" + HEADER, "names with values"),
        ("#curie_map: [a]\n" + HEADER, "an IRI for each prefix"),
    ],
)
def test_what_is_no_mapping_set_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read(text)


def test_rows_of_several_sources_are_refused() -> None:
    header = HEADER.replace("\n", "\tsubject_source\n")
    rows = ROW.replace("\n", "\ta:x\n") + ROW.replace("a:1", "a:3").replace("\n", "\ta:y\n")
    with pytest.raises(UnreadableInput, match="“a:x” above and “a:y” here") as caught:
        read(BLOCK + header + rows)
    assert caught.value.line == 5
