"""Releases of an ontology made elsewhere come in as one taxonomy, each onto the last."""

from __future__ import annotations

import pytest

from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, Document, ImportOptions, NewTaxonomy
from cladist.cli.importing import FORMATS, format_of
from cladist.model.taxonomy import Retirement

ADA = Author("ada")
OBO = "http://purl.obolibrary.org/obo/"
FIRST = """\
ontology: pets

[Term]
id: PET:1
name: animal

[Term]
id: PET:2
name: dog
is_a: PET:1

[Term]
id: PET:3
name: hound
is_a: PET:1
"""
SECOND = FIRST.partition("\n[Term]\nid: PET:3")[0].replace("name: dog", "name: dog\nalt_id: PET:3")
OWL = f"""
<{OBO}pets.owl> a <http://www.w3.org/2002/07/owl#Ontology> .
<{OBO}PET_1> a <http://www.w3.org/2002/07/owl#Class> ;
    <http://www.w3.org/2000/01/rdf-schema#label> "animal" .
"""


@pytest.mark.parametrize("form", ["obo", "text/obo", "pets.obo", "OBO"])
def test_an_id_that_was_taken_over_retires_its_class(catalog: Catalog, form: str) -> None:
    new = NewTaxonomy(slug="pets")
    assert catalog.import_new(new, Document(FIRST.encode(), form), ADA).new == 3
    catalog.publish("pets", 0, ADA)
    revision = catalog.draft("pets").revision
    second = Document(SECOND.encode(), form)
    done = catalog.import_onto("pets", second, revision, ADA, ImportOptions())
    assert done.retired == 1
    classes = catalog.open("pets", "draft").taxonomy.classes
    assert classes[f"{OBO}PET_3"].retirement == Retirement("terms merged", (f"{OBO}PET_2",))


def test_owl_in_an_rdf_format(catalog: Catalog) -> None:
    done = catalog.import_new(NewTaxonomy(slug="pets"), Document(OWL.encode(), "turtle"), ADA)
    assert (done.new, done.findings) == (1, ())
    assert catalog.open("pets", "draft").taxonomy.header.iri == f"{OBO}pets.owl"


def test_the_command_line_knows_obo() -> None:
    assert format_of("Pets.OBO") == "obo"
    assert "obo" in FORMATS
