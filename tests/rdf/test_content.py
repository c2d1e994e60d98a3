"""Laws of canonical content: what difference, patch, inverse, compose and block promise."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.model.errors import InvalidChange, InvalidValue
from cladist.rdf.content import (
    Delta,
    block,
    compose,
    difference,
    digest,
    join,
    patch,
    split,
)

SUBJECTS = ("urn:a", "urn:ab", "urn:a!", "urn:b")
LINES = st.builds(
    lambda subject, text: f'<{subject}> <urn:p> "{text}" .\n'.encode(),
    st.sampled_from(SUBJECTS),
    st.text(st.characters(exclude_characters='\n\r"\\', codec="utf-8"), max_size=4),
)
CONTENTS = st.frozensets(LINES, max_size=60).map(lambda lines: tuple(sorted(lines)))


@st.composite
def related(draw: st.DrawFn) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """A large content and another that differs from it in few lines."""
    size = draw(st.integers(200, 500))
    lines = {f'<urn:{number:04}> <urn:p> "x" .\n'.encode() for number in range(size)}
    leaving = draw(st.sets(st.sampled_from(sorted(lines)), max_size=8))
    coming = draw(st.frozensets(LINES, max_size=8))
    return tuple(sorted(lines)), tuple(sorted(lines - leaving | coming))


PAIRS = st.tuples(CONTENTS, CONTENTS) | related()


@given(PAIRS)
def test_patching_with_the_difference_gives_the_other_content(
    pair: tuple[tuple[bytes, ...], tuple[bytes, ...]],
) -> None:
    old, new = pair
    delta = difference(old, new)
    assert tuple(patch(old, delta)) == new
    assert tuple(patch(new, delta.inverse)) == old


@given(PAIRS)
def test_the_difference_is_that_of_the_sets_and_sorted(
    pair: tuple[tuple[bytes, ...], tuple[bytes, ...]],
) -> None:
    old, new = pair
    delta = difference(old, new)
    assert delta == Delta(tuple(sorted(set(old) - set(new))), tuple(sorted(set(new) - set(old))))
    assert delta.inverse == difference(new, old)
    assert bool(delta) == (old != new)


@given(st.lists(CONTENTS, min_size=1, max_size=6))
def test_composed_steps_are_the_difference_of_the_ends(contents: list[tuple[bytes, ...]]) -> None:
    steps = [difference(old, new) for old, new in pairwise(contents)]
    assert compose(steps) == difference(contents[0], contents[-1])


@given(PAIRS)
def test_a_delta_and_its_inverse_compose_to_nothing(
    pair: tuple[tuple[bytes, ...], tuple[bytes, ...]],
) -> None:
    delta = difference(*pair)
    assert not compose([delta, delta.inverse])


@given(PAIRS)
def test_a_delta_fits_its_own_content_alone(
    pair: tuple[tuple[bytes, ...], tuple[bytes, ...]],
) -> None:
    old, new = pair
    delta = difference(old, new)
    if delta:
        with pytest.raises(InvalidChange):
            patch(new, delta)


@pytest.mark.parametrize("size", [1, 1000], ids=["filtered", "cut"])
def test_a_misfit_names_the_statement(size: int) -> None:
    lines = [f"<urn:{number:04}> <urn:p> <urn:o> .\n".encode() for number in range(size)]
    with pytest.raises(InvalidChange, match="removes a statement that is not there: <urn:z>"):
        patch(lines, Delta(removed=(b"<urn:z> <urn:p> <urn:o> .\n",)))
    with pytest.raises(InvalidChange, match="adds a statement that is there already: <urn:0000>"):
        patch(lines, Delta(added=(lines[0],)))


@given(CONTENTS)
def test_splitting_the_joined_lines_gives_them_back(lines: tuple[bytes, ...]) -> None:
    assert tuple(split(join(lines))) == lines


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\x0b", b"\x1c", b"\xc2\x85"])))
def test_only_a_newline_ends_a_line(parts: list[bytes]) -> None:
    text = b"".join(parts)
    lines = split(text)
    assert b"".join(lines) == text
    assert all(line.count(b"\n") == 1 and line.endswith(b"\n") for line in lines[:-1])
    assert not lines or b"\n" not in lines[-1][:-1]


@given(CONTENTS)
def test_the_digest_is_that_of_the_text(lines: tuple[bytes, ...]) -> None:
    assert digest(lines) == hashlib.sha256(b"".join(lines)).hexdigest()


def test_the_digest_does_not_depend_on_how_many_lines_are_hashed_at_a_time() -> None:
    lines = [f"{number:08}\n".encode() for number in range(20_000)]
    assert digest(lines) == hashlib.sha256(b"".join(lines)).hexdigest()


@given(CONTENTS, st.sampled_from(SUBJECTS))
def test_a_block_is_every_line_of_its_subject(lines: tuple[bytes, ...], subject: str) -> None:
    start = f"<{subject}> ".encode()
    assert list(block(lines, subject)) == [line for line in lines if line.startswith(start)]


@pytest.mark.parametrize(
    "lines",
    [[b"b\n", b"a\n"], [b"a\n", b"a\n"], [b"a\nb\n", b"c"], [b"a"], [b"a\nb\n"], [b""]],
    ids=["unsorted", "twice", "shifted break", "no break", "two breaks", "empty"],
)
def test_what_is_no_content_is_not_joined(lines: list[bytes]) -> None:
    with pytest.raises(InvalidValue, match="not sorted, unique and newline-terminated"):
        join(lines)
