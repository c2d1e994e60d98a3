"""A small classification in two editions, and the table between them in every form."""

from __future__ import annotations

from tests.imports.workbooks import sheet, workbook

FIRST = """Code,Description
A,Farming
01,Crops and animals
011,Crops
0111,Cereals
0112,Vegetables
0113,Fruit and nuts
012,Animals
0121,Cattle
0122,Other animals
"""

SECOND = """Code,Description
A,Farming and hunting
01,Crops and animals
011,Crops
0111,Cereals except rice
0112,Rice
0113,Plants that are eaten
012,Animals
0121,Cattle
0122,Hunting
0128,Mixed farming
0129,Animals n.e.c.
"""
"""Cereals are split, 0112 and 0122 mean something else, vegetables and fruit are one."""

_ROWS = (
    ("Table of the first and the second edition", "", "", ""),
    ("Old", "Part of old", "New", "Part of new"),
    ("0111", "1", "0111", "0"),
    ("0111", "1", "0112", "0"),
    ("0112", "0", "0113", "1"),
    ("0113", "0", "0113", "1"),
    ("0121", "1", "0121", "0"),
    ("0121", "1", "0129", "1"),
    ("0122", "1", "0129", "1"),
    ("0122", "1", "0128", "0"),
    ("n/a", "", "0122", ""),
)
COUNTS = {"added": 1, "merged": 1, "regrouped": 1, "renamed": 1, "same": 3, "split": 1}
"""What the table and the labels of the other levels say."""

COLUMNS = {
    "source": "Old",
    "target": "New",
    "source_part": "Part of old",
    "target_part": "Part of new",
}
FORMS = ("csv", "tsv", "xlsx")


def table(form: str, *more: tuple[str, str, str, str]) -> bytes:
    """The table in one form, with more rows below it."""
    rows = (*_ROWS, *more)
    if form == "xlsx":
        return workbook(sheet(rows))
    mark = {"csv": ",", "tsv": "\t"}[form]
    return "".join(f"{mark.join(row)}\n" for row in rows).encode()


SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix z: <{namespace}> .
z:zoo a skos:ConceptScheme .
z:animal a skos:Concept ; skos:inScheme z:zoo ; skos:prefLabel "animal"@en .
z:cat a skos:Concept ; skos:inScheme z:zoo ; skos:prefLabel "cat"@en ; skos:broader z:animal .
z:dog a skos:Concept ; skos:inScheme z:zoo ; skos:prefLabel "dog"@en ; skos:broader z:animal .
z:bat a skos:Concept ; skos:inScheme z:zoo ; skos:prefLabel "bat"@en ; skos:broader z:animal .
"""


def skos(namespace: str, more: str = "") -> str:
    """A vocabulary in this namespace, as Turtle, with further statements."""
    return SKOS.replace("{namespace}", namespace) + more


BATS = """
z:club a skos:Concept ; skos:inScheme z:zoo ; skos:prefLabel "bat"@en ; skos:broader z:animal .
"""
"""A second bat, so that nobody can tell which of the two an older one became."""
