"""What the tests of the readers share: a small taxonomy, ids in order, sketches drawn at random."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from hypothesis import strategies as st

from cladist.imports.building import new_taxonomy
from cladist.imports.reading import ImportFormat, read
from cladist.imports.sketch import Sketch
from cladist.model.taxonomy import Class, Header, Taxonomy

BASE = "https://example.org/animals"
HEADER = Header(iri=BASE, slug="animals")

words = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" |>\\-#*'=+@\",\t"),
    min_size=1,
    max_size=12,
).map(lambda text: " ".join(text.split()))
labels = words.filter(bool)


def minting(prefix: str = "n") -> Callable[[], str]:
    """Ids in order, for a source of random ones."""
    count = itertools.count(1)
    return lambda: f"{BASE}/{prefix}{next(count)}"


def csv(*lines: str) -> Sketch:
    """The sketch of a CSV file of these lines."""
    return read("\n".join(lines).encode(), ImportFormat.CSV)


def animals() -> Taxonomy:
    """Animals, some under mammals, one of them retired."""
    sketch = csv(
        "code,label,parent,label@de,colour,retired,definition,notation",
        "1,animal,,Tier,,,,",
        "2,mammal,animal,Säugetier,,,,",
        "3,dog,mammal,Hund,#AA0000,,a domesticated canid,D1",
        "4,cat,mammal,Katze,,,,",
        "5,unicorn,mammal,,,yes,,",
    )
    return new_taxonomy(sketch, HEADER, minting("c"))


def named(taxonomy: Taxonomy, label: str) -> Class:
    """The only class of this label."""
    (found,) = (each for each in taxonomy.classes.values() if each.label() == label)
    return found
