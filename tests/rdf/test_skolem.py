"""Blank nodes get IRIs that depend on what they say and on who refers to them, and on no more."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.model.errors import ParserLimit
from cladist.rdf.limits import Limits
from cladist.rdf.skolem import skolemise

BASE = "https://example.org/id/"
GENID = re.compile(rb"<https://example.org/id/\.well-known/genid/[0-9a-f]{32}>")
NOTES = """
<x:cat> <x:note> _:1 .
_:1 <x:by> <x:ann> .
_:1 <x:text> "first" .
<x:cat> <x:note> _:2 .
_:2 <x:by> <x:ann> .
_:2 <x:text> "second" .
<x:dog> <x:note> _:3 .
_:3 <x:by> <x:ann> .
_:3 <x:text> "first" .
_:4 <x:text> "of nobody" .
"""


def skolemised(text: str, limits: Limits | None = None) -> list[bytes]:
    """The lines of a text after the change, in their old order."""
    lines = [line.encode() + b"\n" for line in text.strip().splitlines()]
    skolemise(lines, BASE, limits or Limits())
    return lines


def iris(lines: list[bytes]) -> set[bytes]:
    return {iri for line in lines for iri in GENID.findall(line)}


def shuffled(text: str, seed: int) -> str:
    """The same statements in another order, with other labels."""
    source = random.Random(seed)
    labels = list(dict.fromkeys(re.findall(r"_:\w+", text)))
    new = dict(zip(labels, source.sample(range(10_000), len(labels)), strict=True))
    lines = re.sub(r"_:\w+", lambda found: f"_:x{new[found[0]]}", text).strip().splitlines()
    source.shuffle(lines)
    return "\n".join(lines)


def test_nodes_become_iris_and_statements_stay() -> None:
    lines = skolemised(NOTES)
    assert len(set(lines)) == 10
    assert len(iris(lines)) == 4
    assert not any(b"_:" in line for line in lines)
    assert lines[0].replace(next(iter(GENID.findall(lines[0]))), b"?") == b"<x:cat> <x:note> ? .\n"


@pytest.mark.parametrize("seed", range(5))
def test_labels_and_order_do_not_count(seed: int) -> None:
    assert sorted(skolemised(shuffled(NOTES, seed))) == sorted(skolemised(NOTES))


def test_a_changed_note_changes_its_own_iri_alone() -> None:
    changed = skolemised(NOTES.replace('"second"', '"corrected"'))
    assert len(iris(changed) & iris(skolemised(NOTES))) == 3


def test_new_statements_elsewhere_change_no_iri() -> None:
    more = '<x:cat> <x:note> _:9 .\n_:9 <x:text> "third" .\n<x:cat> <x:label> "cat" .\n'
    assert iris(skolemised(NOTES)) < iris(skolemised(more + NOTES.strip()))


def test_repeated_statements_do_not_count() -> None:
    repeated = NOTES + NOTES.strip()
    assert set(skolemised(repeated)) == set(skolemised(NOTES))


def test_equal_notes_on_one_class_stay_two_and_a_third_leaves_them() -> None:
    def notes(count: int) -> list[bytes]:
        return skolemised(
            "".join(f'<x:a> <x:note> _:n{n} .\n_:n{n} <x:text> "same" .\n' for n in range(count))
        )

    assert len(set(notes(2))) == 4
    assert set(notes(1)) < set(notes(2)) < set(notes(3))


def test_text_that_looks_like_a_blank_node_is_left_alone() -> None:
    text = '<x:a> <x:p> "see _:1 <x:b> _:2 .\\n" .\n_:1 <x:p> "_:1 \\" _:1"@en .'
    first, second = skolemised(text)
    assert first == b'<x:a> <x:p> "see _:1 <x:b> _:2 .\\n" .\n'
    assert second.endswith(b' <x:p> "_:1 \\" _:1"@en .\n')


def test_graphs_are_kept_unless_they_are_blank() -> None:
    named, blank, other = skolemised(
        "_:1 <x:p> <x:a> <x:g> .\n<x:b> <x:p> <x:a> _:g .\n_:1 <x:p> _:2 <x:g> ."
    )
    assert named.endswith(b" <x:p> <x:a> <x:g> .\n")
    assert blank == b"<x:b> <x:p> <x:a> .\n"
    assert other.endswith(b" <x:g> .\n")


def list_of(length: int, start: int = 0) -> str:
    cells = range(start, start + length)
    lines = [f"<x:axiom{start}> <x:members> _:c{start} ."]
    for cell in cells:
        rest = f"_:c{cell + 1}" if cell + 1 < start + length else "<x:nil>"
        lines.append(f"_:c{cell} <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <x:m{cell}> .")
        lines.append(f"_:c{cell} <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> {rest} .")
    return "\n".join(lines)


def test_long_lists_are_no_depth() -> None:
    lines = skolemised(list_of(5_000))
    assert len(iris(lines)) == 5_000
    assert sorted(skolemised(shuffled(list_of(5_000), 1))) == sorted(lines)


def test_nesting_and_number_are_bounded() -> None:
    chain = "\n".join(f"_:n{n} <x:p> _:n{n + 1} ." for n in range(100))
    with pytest.raises(ParserLimit, match="inside one another"):
        skolemised(chain)
    assert len(iris(skolemised(chain, Limits(nesting=101)))) == 101
    with pytest.raises(ParserLimit, match="blank nodes"):
        skolemised(chain, Limits(nesting=101, blank_nodes=100))


def arcs(pairs: list[tuple[int, int]], prefix: str = "n") -> str:
    return "\n".join(f"_:{prefix}{a} <x:p> _:{prefix}{b} ." for a, b in pairs)


def clique(size: int) -> list[tuple[int, int]]:
    return [(a, b) for a in range(size) for b in range(size) if a != b]


def ring(size: int, start: int = 0) -> list[tuple[int, int]]:
    return [(start + n, start + (n + 1) % size) for n in range(size)]


# A pair, a node that refers to itself, a triangle, and circles with a way in and a way out.
CIRCLES = [
    "_:1 <x:p> _:2 .\n_:2 <x:q> _:1 .",
    "_:1 <x:p> _:1 .",
    arcs(ring(3)),
    arcs(clique(9)),
    arcs(ring(30)),
    arcs(ring(200)),
    arcs(ring(4) + ring(4, 10) + ring(5, 20)),
    arcs([*ring(3), (2, 10), *ring(3, 10), (11, 20)]) + '\n_:n20 <x:text> "end" .',
    arcs([(30, 0), (31, 30), *ring(6)]) + "\n<x:a> <x:note> _:n31 .\n<x:b> <x:note> _:n3 .",
    arcs([(child, parent) for child, parent in ((n, (n - 1) // 2) for n in range(1, 31))])
    + "\n"
    + arcs([((n - 1) // 2, n) for n in range(1, 31)]).replace("<x:p>", "<x:q>"),
]


@pytest.mark.parametrize("text", CIRCLES)
def test_nodes_in_circles_are_told_apart(text: str) -> None:
    lines = skolemised(text)
    assert len(set(lines)) == len(text.splitlines())
    assert len(iris(lines)) == len(set(re.findall(r"_:\w+", text)))
    for seed in range(3):
        assert sorted(skolemised(shuffled(text, seed))) == sorted(lines)


def test_circles_of_named_concepts_do_not_feel_each_other() -> None:
    def family(size: int, label: str) -> str:
        labels = "".join(f'\n_:n{n} <x:label> "{label if n == 9 else n}" .' for n in range(size))
        return arcs(clique(size)) + labels

    before, after = iris(skolemised(family(10, "old"))), iris(skolemised(family(10, "new")))
    assert len(before & after) == 9


def test_circles_made_to_cost_much_are_refused() -> None:
    with pytest.raises(ParserLimit, match="circular"):
        skolemised(arcs(clique(150)))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["<x:a>", "<x:b>", *(f"_:n{n}" for n in range(6))]),
            st.sampled_from(["<x:p>", "<x:q>"]),
            st.sampled_from(["<x:a>", '"v"', *(f"_:n{n}" for n in range(6))]),
        ),
        min_size=1,
        max_size=20,
        unique=True,
    ),
    st.randoms(use_true_random=False),
)
def test_no_statement_is_lost_and_the_graph_keeps_its_form(
    triples: list[tuple[str, str, str]], source: random.Random
) -> None:
    text = "\n".join(" ".join(triple) + " ." for triple in triples)
    lines = skolemised(text)
    assert len(set(lines)) == len(triples)
    labels = set(re.findall(r"_:\w+", text))
    names = {label: set[bytes]() for label in labels}
    for triple, line in zip(triples, lines, strict=True):
        for old, new in zip(triple, line.split(b" "), strict=False):
            if old in names:
                names[old].add(new)
    assert all(len(found) == 1 for found in names.values())
    assert len(set().union(*names.values())) == len(labels)
    assert skolemised(text) == lines
