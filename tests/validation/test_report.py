"""What a report says: names, advice, order, and what stands against publishing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict
from json import dumps

from cladist.model.errors import CladistError
from cladist.validation import Enforcement, Named, Policy, Result, Setting, Severity, validate
from tests.conftest import ROOT
from tests.validation.contents import TAXONOMY, content

PETS = """
:animal a skos:Concept ; skos:inScheme <> ; clad:code 1 ; skos:prefLabel "animal"@en, "Tier"@de ;
    skos:definition "Alive."@en .
:dog a skos:Concept ; skos:inScheme <> ; clad:code 2 ; skos:prefLabel "Hund"@de, "dog"@en ;
    skos:broader :animal .
:cat a skos:Concept ; skos:inScheme <> ; clad:code 3 ; skos:prefLabel "cat"@en ;
    skos:definition "Feline."@en ; skos:broader :animal .
:kinds a clad:ExclusiveGroup ; skos:inScheme <> ; skos:prefLabel "kinds"@en ;
    skos:member :dog, :cat .
"""
DOGCAT = """
:dogcat a skos:Concept ; skos:inScheme <> ; clad:code 4 ; skos:prefLabel "dogcat"@en ;
    skos:definition "Both."@en ; skos:broader :cat, :dog .
"""


def only(turtle: str, rule: str, *, header: str = "clad:labelStructure clad:multiLabel") -> Result:
    """The one result of a rule."""
    results = validate(content(turtle, header=header)).results
    [result] = [each for each in results if each.rule == rule]
    return result


def test_a_message_names_classes_by_label_and_path() -> None:
    result = only(PETS + DOGCAT, "clad-excl-under-two")
    assert result.message == (
        "“dogcat” (animal › cat › dogcat) is under “cat” (animal › cat), “dog” (animal › dog), "
        "which exclude each other in the group “kinds”."
    )
    assert [each.label for each in result.classes] == ["dogcat", "cat", "dog"]
    assert result.subject == f"{TAXONOMY}/dogcat"
    assert result.classes[2] == Named(f"{TAXONOMY}/dog", "dog", ("animal", "dog"))


def test_a_result_says_what_to_do() -> None:
    result = only(PETS, "clad-clar-no-definition")
    assert result.message == "“dog” (animal › dog) has no definition."
    assert result.advice == "Add a definition in one or two sentences."
    assert (result.severity, result.enforcement) == (Severity.WARNING, Enforcement.REPORT)


def test_a_literal_at_fault_is_shown() -> None:
    result = only(PETS + ':cat clad:colour "red" .', "clad-clar-colour")
    assert result.value == "red"
    assert result.message == "“cat” (animal › cat) has a malformed colour, or several (“red”)."


def test_a_literal_parent_is_named_by_its_child() -> None:
    result = only(PETS + ':cat skos:broader "beast" .', "clad-hier-literal-parent")
    assert result.classes == (Named(f"{TAXONOMY}/cat", "cat", ("animal", "cat")),)


def test_an_unknown_id_stays_an_id() -> None:
    result = only(PETS + ":cat skos:broader :nowhere .", "clad-hier-dangling-parent")
    assert f"has the parent <{TAXONOMY}/nowhere>" in result.message


def test_a_group_or_a_taxonomy_is_a_subject_but_no_class() -> None:
    group = only(PETS + ":kinds clad:exhaustive true .", "clad-excl-exhaustive-under")
    assert (group.subject, group.classes) == (f"{TAXONOMY}/kinds", ())
    assert group.message.startswith("“kinds” is an exhaustive group")
    header = 'clad:labelStructure clad:sequence ; dcterms:title "Pets"@en'
    taxonomy = only(PETS, "clad-struct-tagging-scheme", header=header)
    assert taxonomy.subject == TAXONOMY
    assert taxonomy.message.startswith("“Pets” is a sequence taxonomy")


def test_a_cycle_is_one_result_that_names_its_classes() -> None:
    result = only(PETS + DOGCAT + ":animal skos:broader :dogcat .", "clad-hier-cycle")
    assert result.classes[0].label == "animal"
    assert {each.label for each in result.classes[1:]} == {"cat", "dog", "dogcat"}
    assert result.message.startswith("“animal”")
    assert len(result.classes[0].path) <= 7


def test_a_long_list_is_cut_in_the_message_alone() -> None:
    classes = "".join(
        f":c{n:02} a skos:Concept ; skos:inScheme <> ; clad:code 7 ;"
        f' skos:prefLabel "c{n:02}"@en ; skos:definition "A number."@en .\n'
        for n in range(20)
    )
    result = only(classes, "clad-clar-code-clash")
    assert result.message.endswith("“c07”, “c08”, and 11 more too.")
    assert len(result.classes) == 20


def test_texts_of_the_data_cannot_disturb_a_message() -> None:
    odd = r"""
:cat skos:altLabel "\\1 {?value} <https://example.org/pets/dog>"@en ;
    skos:hiddenLabel "\\1 {?value} <https://example.org/pets/dog>"@en .
"""
    result = only(PETS + odd, "clad-skos-s13-hidden")
    assert result.value == r"\1 {?value} <https://example.org/pets/dog>"
    assert [each.label for each in result.classes] == ["cat"]


def test_enforced_results_stand_against_publishing() -> None:
    report = validate(content(PETS + DOGCAT))
    assert not report.conforms
    assert [each.rule for each in report.violations] == ["clad-excl-under-two"]
    assert report.summary.startswith("“dogcat” (animal › cat › dogcat) is under")
    assert validate(content(PETS)).conforms
    assert validate(content(PETS)).summary == "Nothing stands against publishing (3 remarks)."


def test_a_policy_decides() -> None:
    lines = content(PETS + DOGCAT)
    policy = Policy(
        (
            Setting("clad-excl-under-two", Enforcement.IGNORE, "dogcats exist"),
            Setting("clad-clar-no-definition", Enforcement.ENFORCE),
        )
    )
    report = validate(lines, policy=policy)
    assert [each.rule for each in report.violations] == ["clad-clar-no-definition"]
    assert "clad-excl-under-two" not in report.rules_run
    assert set(validate(lines).rules_run) - set(report.rules_run) == {"clad-excl-under-two"}


def test_a_policy_about_an_unknown_rule_is_refused() -> None:
    try:
        validate([], policy=Policy((Setting("clad-no-such-rule", Enforcement.ENFORCE),)))
    except CladistError as refusal:
        assert str(refusal) == "policy: there is no rule clad-no-such-rule."
    else:
        raise AssertionError("not refused")


def test_mappings_in_their_own_graph_are_seen() -> None:
    mappings = f"""
GRAPH <{TAXONOMY}/mappings> {{
    :dog skos:exactMatch <https://example.org/other/dog> ;
        skos:broadMatch <https://example.org/other/dog> . }}
"""
    assert "clad-skos-s46" in {each.rule for each in validate(content(PETS + mappings)).results}


def test_a_report_is_the_same_in_every_process() -> None:
    script = """
import sys, json, dataclasses
from cladist.validation import validate
report = validate(sys.stdin.buffer.read().splitlines(keepends=True))
print(json.dumps(dataclasses.asdict(report)))
"""
    lines = content(PETS + DOGCAT + ":animal skos:broader :dogcat . :dog clad:code 3 .")
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=b"".join(lines),
            env={"PYTHONPATH": str(ROOT / "service"), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {dumps(asdict(validate(lines))).encode() + b"\n"}
