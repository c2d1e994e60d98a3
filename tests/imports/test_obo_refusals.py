"""Broken and hostile OBO documents: refused with the place, or taken as they are."""

from __future__ import annotations

import pytest

from cladist.imports.skos import give_codes
from cladist.model import hierarchy
from cladist.model.errors import BodyTooLarge, CladistError, InvalidValue, UnreadableInput
from cladist.rdf.formats import FlatFormat
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import OBO
from cladist.rdf.parse import parse
from tests.imports.ontologies import obo, pet, term


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (term("id: PET:1", 'def: "A dog. []'), 5, "quotation marks"),
        (term("id: PET:1", "colour: red"), 5, "no tag or stanza"),
        (term("name: dog"), 4, "begins with the id"),
        (term("id: PET:1", 'def: "A dog."'), 5, "in brackets"),
        (term("id: PET 1"), 4, "backslash before a space"),
        (term("id: PET:1", "is_obsolete: perhaps"), 5, "true or false"),
        ("ontology: pets\n\n[Word]\nid: PET:1\n", 3, "no tag or stanza"),
        ("what is this", 1, "no tag or stanza"),
    ],
)
def test_a_broken_line_is_named(text: str, line: int, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said) as caught:
        obo(text)
    assert caught.value.line == line


def test_other_encodings_are_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="UTF-8") as caught:
        obo(b"ontology: pets\nremark: caf\xe9\n")
    assert (caught.value.line, caught.value.column) == (2, 12)


@pytest.mark.parametrize("text", ["", "ontology: pets\n", "[Typedef]\nid: part_of\n"])
def test_a_document_without_a_term(text: str) -> None:
    with pytest.raises(UnreadableInput, match="no class"):
        obo(text)


def test_marks_and_line_ends_of_other_systems() -> None:
    text = b"\xef\xbb\xbf" + term("id: PET:1", "name: dog").replace("\n", "\r\n").encode()
    assert pet(obo(text.rstrip())[0], "1").label() == "dog"


def test_control_characters_are_refused() -> None:
    with pytest.raises(InvalidValue, match=r"U\+0007"):
        obo(term("id: PET:1", "name: d\aog"))


def test_a_huge_line_is_refused() -> None:
    with pytest.raises(InvalidValue, match="literal of 5000000 bytes"):
        obo(term("id: PET:1", "name: " + "x" * 5_000_000))


def test_a_document_over_the_limit_of_statements() -> None:
    data = term("id: PET:1", *(f"is_a: PET:{each}" for each in range(100))).encode()
    with pytest.raises(BodyTooLarge):
        parse(
            data,
            FlatFormat.OBO,
            base=None,
            limits=Limits(statements=99),
            skolem_base="https://example.org/",
        )


def test_a_circle_is_taken_as_it_is() -> None:
    taxonomy, _ = obo(term("id: PET:1", "is_a: PET:2", "", "[Term]", "id: PET:2", "is_a: PET:1"))
    assert pet(taxonomy, "1").parents == (f"{OBO}PET_2",)
    assert pet(taxonomy, "2").parents == (f"{OBO}PET_1",)


def test_a_very_long_chain() -> None:
    stanzas = (f"[Term]\nid: PET:{each}\nis_a: PET:{each + 1}\n" for each in range(10_000))
    taxonomy, _ = obo("\n".join(("ontology: pets\n", *stanzas, "[Term]\nid: PET:10000\n")))
    parents = {each: item.parents for each, item in taxonomy.classes.items()}
    assert hierarchy.depth(parents) == 10_001
    assert {each.code for each in give_codes(taxonomy).classes.values()} == set(range(1, 10_002))


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"[Term]\nid: :\n",
        b"[Term]\nid: a\\\n",
        b"idspace: a javascript:x\n\n[Term]\nid: a:b\n",
        b'[Term]\nid: x\nproperty_value: a:b "c" d:e\n',
        b"[Term]\nid: x\nis_a: " + b"{" * 10_000,
        b'[Term]\nid: x\ndef: "' + b"\\" * 9_999,
        b"[Term]\nid: x\nxref: " + b"[" * 10_000 + b"\n",
    ],
)
def test_whatever_comes_in_no_other_failure_comes_out(data: bytes) -> None:
    try:
        obo(data)
    except CladistError as error:
        assert str(error)
