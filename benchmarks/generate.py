"""Made-up taxonomies of any size: two languages, definitions, a few classes with two parents."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from cladist.model.taxonomy import Class, Header, LabelStructure, Structure, Taxonomy, Text

SLUG = "made-up"
IRI = f"https://w3id.org/cladist/id/{SLUG}"
BRANCHING = 8
SECOND_PARENTS = 0.05

_ONSETS = ("b", "br", "d", "f", "fl", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v")
_VOWELS = ("ai", "a", "e", "i", "o", "u", "ou")
_CODAS = ("", "l", "n", "r", "s", "th")
_KINDS = (
    ("vehicle", "Fahrzeug"),
    ("animal", "Tier"),
    ("plant", "Pflanze"),
    ("tool", "Werkzeug"),
    ("building", "Gebäude"),
    ("garment", "Kleidungsstück"),
    ("fruit", "Früchte"),
    ("sign", "Zeichen"),
)


def taxonomy(size: int, seed: int = 1) -> Taxonomy:
    """A taxonomy of so many classes, the same for the same seed; codes count from 1."""
    dice = random.Random(seed)
    made: list[Class] = []
    for number in range(size):
        name, kind = _name(number), dice.choice(_KINDS)
        made.append(
            Class(
                id=f"{IRI}/c{number:06}",
                code=number + 1,
                preferred=(
                    Text(f"{name}{kind[1].lower()}", "de"),
                    Text(f"{name} {kind[0]}", "en"),
                ),
                alternative=(Text(f"{_word(dice)} {kind[0]}", "en"),) if number % 4 == 0 else (),
                definitions=_definitions(dice, name, kind),
                parents=_parents(dice, number),
            )
        )
    header = Header(
        iri=IRI,
        slug=SLUG,
        titles=(Text(f"Made-up taxonomy of {size} classes", "en"),),
        structure=LabelStructure(kind=Structure.MULTI_LABEL),
    )
    return Taxonomy(header, {each.id: each for each in made})


def _name(number: int) -> str:
    """A name that no other number has, and that does not sort as the numbers do."""
    scattered = number * 48_271 % 2**24  # odd, so that no two numbers meet
    syllables = (
        _ONSETS[scattered >> shift & 15] + _VOWELS[(scattered >> shift & 3) + 1]
        for shift in range(0, 24, 4)
    )
    return "".join(syllables)


def _word(dice: random.Random) -> str:
    syllables = (
        dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS)
        for _ in range(dice.choice((2, 3)))
    )
    return "".join(syllables)


def _definitions(dice: random.Random, name: str, kind: tuple[str, str]) -> tuple[Text, ...]:
    return (
        Text(f"A {kind[0]} of the {name} sort that is {_word(dice)}.", "en"),
        Text(f"{kind[1]} der Sorte {name}, die man {_word(dice)} nennt.", "de"),
    )


def _parents(dice: random.Random, number: int) -> tuple[str, ...]:
    """Parents come before their children, so that no cycle arises."""
    if number < BRANCHING:
        return ()
    first = number // BRANCHING - 1
    chosen = {first}
    if first > 0 and dice.random() < SECOND_PARENTS:
        chosen.add(dice.randrange(first))
    return tuple(sorted(f"{IRI}/c{each:06}" for each in chosen))


def write(made: Taxonomy, path: Path) -> None:
    """Write a taxonomy as canonical N-Triples (``.nt``) or as Turtle (any other ending)."""
    from pyoxigraph import RdfFormat, parse, serialize

    from cladist.rdf.namespaces import CLAD, DCAT, DCTERMS, SKOS
    from cladist.rdf.writing import content

    text = b"".join(content(made))
    if path.suffix == ".nt":
        path.write_bytes(text)
        return
    prefixes = {"clad": CLAD, "dcat": DCAT, "dcterms": DCTERMS, "skos": SKOS}
    triples = parse(text, RdfFormat.N_TRIPLES)
    with path.open("wb") as file:
        serialize((each.triple for each in triples), file, RdfFormat.TURTLE, prefixes=prefixes)


def main() -> None:
    """Write one file: ``python -m benchmarks.generate 10000 made-up.ttl``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("size", type=int, help="number of classes")
    parser.add_argument("file", type=Path, help="where to write: .nt or .ttl")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(taxonomy(given.size, given.seed), given.file)


if __name__ == "__main__":
    main()
