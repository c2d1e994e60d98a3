"""XKOS: what is written is read again in every RDF format, in our vocabulary's words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from cladist.model.correspondence.account import Account
from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.rdf.formats import RdfFormat
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import CLAD
from cladist.rdf.parse import parse
from cladist.rdf.serialize import serialize
from cladist.rdf.sssom import ROW_SLOTS, SET_SLOTS
from cladist.rdf.xkos import PREFIXES, correspondence_iri, read, write
from tests.ontologies.terms import VOCABULARY, rows
from tests.rdf.accounts import accounts, every_kind


@given(accounts())
def test_what_is_written_is_read_again(account: Account) -> None:
    lines = write(account, "https://example.org/graph")
    assert lines == sorted(set(lines))
    assert all(line.endswith(b" <https://example.org/graph> .\n") for line in lines)
    assert read(lines) == account


@pytest.mark.parametrize("format", RdfFormat)
def test_every_format_is_read_again(format: RdfFormat) -> None:
    account = every_kind()
    text = serialize(write(account), format, PREFIXES)
    parsed = parse(text, format, limits=Limits(), skolem_base="https://example.org/skolem/")
    assert read(parsed.lines) == account


def test_the_graph_is_named_like_the_correspondence() -> None:
    [graph] = {line.rsplit(b" ", 2)[1] for line in write(every_kind())}
    assert graph == b"<https://example.org/t/insects/correspondences/1.0.0/2.0.0>"


def test_a_correspondence_of_two_taxonomies_names_both() -> None:
    account = every_kind()
    target = replace(account.target, taxonomy="https://example.org/other", slug="bugs")
    found = correspondence_iri(replace(account, target=target))
    assert found == "https://example.org/t/insects/correspondences/1.0.0/bugs/2.0.0"
    assert read(write(replace(account, target=target))).target == target


def test_the_order_does_not_change_what_a_component_is_called() -> None:
    account = every_kind()
    turned = replace(account, components=account.components[::-1])
    same = [
        {line for line in write(each) if b"#position>" not in line} for each in (account, turned)
    ]
    assert same[0] == same[1]


def test_a_side_without_a_taxonomy_cannot_be_written() -> None:
    account = every_kind()
    with pytest.raises(InvalidValue):
        write(replace(account, source=replace(account.source, taxonomy="")))


def test_all_terms_of_ours_are_in_the_vocabulary() -> None:
    defined = {subject for subject, _, _ in rows(VOCABULARY)}
    written = set(re.findall(rf"<({CLAD}[a-z]\w*)>", b"".join(write(every_kind())).decode()))
    extensions = {*SET_SLOTS.values(), *ROW_SLOTS.values()}
    used = {*written, CLAD + "ClassPair", *(each for each in extensions if each.startswith(CLAD))}
    assert CLAD + "pair" in used
    assert used <= defined


def without(account: Account, sign: bytes) -> list[bytes]:
    """The account's lines but those that hold a text."""
    return [line for line in write(account) if sign not in line]


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        (b"#Correspondence>", "no correspondences"),
        (b"#predicate>", "no values of <https://w3id.org/cladist/ns#predicate>"),
        (b"#sourceVersion>", "no values"),
        (b"#position>", "no values"),
        (b"#pair>", "not those of its classes"),
        (b"#kind>", "no values"),
    ],
)
def test_what_is_not_said_is_missed(sign: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read(without(every_kind(), sign))


def test_a_position_is_a_number() -> None:
    lines = [line.replace(b'position> "1"', b'position> "one"') for line in write(every_kind())]
    with pytest.raises(UnreadableInput, match="which is no number"):
        read(lines)


def test_two_correspondences_are_not_mixed_up() -> None:
    account = every_kind()
    other = replace(account, target=replace(account.target, version="3.0.0"))
    with pytest.raises(UnreadableInput, match="2 correspondences"):
        read(sorted({*write(account), *write(other)}))
