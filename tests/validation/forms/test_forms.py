"""Reports as SARIF, SHACL, DQV and HTML, held against their schemas and read back."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import jsonschema
import pyoxigraph as ox
import pytest

from cladist.rdf.namespaces import RULES, SH
from cladist.validation import report_of, rules
from cladist.validation.forms import graphs
from cladist.validation.forms.artifact import Artifact
from cladist.validation.forms.html import html
from cladist.validation.forms.sarif import sarif
from cladist.validation.forms.telling import chapters, headline
from cladist.validation.native import Checker
from cladist.validation.statistics import METRICS, statistics
from tests.conftest import ROOT
from tests.validation.contents import TAXONOMY, content
from tests.validation.dirt import dirty

SCHEMA = json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
DQV = "http://www.w3.org/ns/dqv#"


def artifact(lines: list[bytes], name: str = "pets & co.ttl") -> Artifact:
    checker = Checker(lines)
    places = {f"{TAXONOMY}/c0": 7}
    return Artifact(name, TAXONOMY, report_of(checker), statistics(checker.facts), places)


@pytest.mark.parametrize("seed", range(8))
def test_sarif_keeps_its_schema(seed: int) -> None:
    made = sarif([artifact(dirty(seed))], rules())
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(json.dumps(made)))
    results = made["runs"][0]["results"]
    assert len(results) == len(artifact(dirty(seed)).report.results)
    known = made["runs"][0]["tool"]["driver"]["rules"]
    assert all(known[each["ruleIndex"]]["id"] == each["ruleId"] for each in results)


def test_sarif_points_at_the_line_and_stands_for_publishing() -> None:
    lines = content(":c0 a skos:Concept ; skos:inScheme <> ; skos:broader :nobody .")
    [run] = sarif([artifact(lines)], rules())["runs"]
    [found] = [each for each in run["results"] if each["ruleId"] == "clad-hier-dangling-parent"]
    assert found["level"] == "error"
    place = found["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "pets%20%26%20co.ttl"},
        "region": {"startLine": 7},
    }


def test_fingerprints_are_those_of_the_finding_not_of_its_words() -> None:
    body = ":c0 a skos:Concept ; skos:inScheme <> ; skos:broader :nobody ; skos:prefLabel '%s'@en ."
    one, other = (
        {
            each["ruleId"]: each["partialFingerprints"]["finding/v1"]
            for each in sarif([artifact(content(body % label))], rules())["runs"][0]["results"]
        }
        for label in ("cat", "tomcat")
    )
    assert one == other


def test_the_shacl_report_says_each_result() -> None:
    given = artifact(dirty(3))
    triples = list(ox.parse(graphs.shacl([given]), format=ox.RdfFormat.TURTLE))
    shapes = [
        each.object.value.removeprefix(RULES)
        for each in triples
        if each.predicate.value == f"{SH}sourceShape" and isinstance(each.object, ox.NamedNode)
    ]
    assert sorted(shapes) == sorted(each.rule for each in given.report.results)
    [conforms] = [each.object for each in triples if each.predicate.value == f"{SH}conforms"]
    assert conforms == ox.Literal(False)


def test_measurements_count_every_rule_and_statistic() -> None:
    given = artifact(dirty(3))
    store = ox.Store()
    store.load(graphs.dqv([given], rules()), format=ox.RdfFormat.TURTLE)
    query = f"SELECT ?metric ?value {{ ?m <{DQV}isMeasurementOf> ?metric ; <{DQV}value> ?value }}"
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    measured = {row["metric"].value: int(row["value"].value) for row in rows}
    counts = dict(given.report.counts)
    assert {RULES + rule: counts.get(rule, 0) for rule in given.report.rules_run}.items() <= (
        measured.items()
    )
    assert given.statistics is not None
    assert measured[f"{METRICS}authoritative"] == given.statistics.authoritative


class Texts(HTMLParser):
    """All text of a page, and whether it has a script."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_escapes_what_labels_say() -> None:
    label = "<script>alert(1)</script>"
    lines = content(f':c0 a skos:Concept ; skos:inScheme <> ; skos:prefLabel "{label}"@en .')
    page = Texts()
    page.feed(html([artifact(lines)], rules()).decode())
    assert label in page.text
    assert "script" not in page.tags


def test_chapters_begin_with_what_stands_against_publishing() -> None:
    given = artifact(dirty(3)).report
    found = chapters(given, rules())
    assert [each.enforced for each in found] == sorted(
        (each.enforced for each in found), reverse=True
    )
    assert sum(each.count for each in found) == given.total
    assert headline(given, rules()).startswith(f"{given.total:,} found (wrong: ")


def test_statistics_count() -> None:
    body = """
:c0 a skos:Concept ; skos:inScheme <> ; skos:prefLabel "cat"@en, "Katze"@de .
:c1 a skos:Concept ; skos:inScheme <> ; skos:broader :c0 ; owl:deprecated true .
<urn:c2> a skos:Concept ; skos:prefLabel "x" .
:all a skos:Collection ; skos:member :c0, :c1 .
"""
    found = statistics(Checker(content(body)).facts)
    assert (found.concepts, found.authoritative, found.active) == (3, 2, 1)
    assert (found.labels, found.languages) == (3, (("", 1), ("de", 1), ("en", 1)))
    assert (found.schemes, found.collections, found.web_ids) == (1, 1, 2)
    assert (found.semantic_relations, found.aggregation_relations) == (1, 4)
