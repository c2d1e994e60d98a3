"""The verb that checks taxonomies in files, with no store and no service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from cladist.cli.answers import report_text
from cladist.cli.desk import Desk
from cladist.cli.failing import REFUSED
from cladist.cli.files import OUTPUT, delivered
from cladist.cli.importing import FORMATS, format_of
from cladist.cli.options import verb
from cladist.cli.printing import Answer, cell, working
from cladist.cli.shapes import plain, report_json
from cladist.model.identifiers import as_slug

if TYPE_CHECKING:
    from cladist.catalog.checking import CheckedFile
    from cladist.settings import Settings
    from cladist.validation import Policy

FORMS = ("text", "json", "sarif", "shacl", "dqv", "html")
_SEVERITIES = ("violation", "warning", "info")
_ENFORCEMENTS = ("enforce", "report", "ignore")


class Options(TypedDict):
    """How files are read and told of."""

    form: str | None
    scheme: str
    language: str
    told: str
    settings: Sequence[str]
    links: bool
    in_links: str


@verb
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else the suffix says it.")
@click.option("--scheme", metavar="IRI", default="", help="Which of several schemes in a file.")
@click.option(
    "--language", metavar="TAG", default="en", show_default=True, help="Where a file names none."
)
@click.option(
    "--report", "told", type=click.Choice(FORMS), default="text", help="How to write the report."
)
@OUTPUT
@click.option(
    "--rule",
    "settings",
    metavar="ID=HOW",
    multiple=True,
    help="Take a rule otherwise: enforce, report or ignore. May be given several times.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    help="From which severity on the status is 5; else where publishing would be refused.",
)
@click.option("--links", is_flag=True, help="Ask the web whether each link leads somewhere.")
@click.option(
    "--in-links",
    metavar="ENDPOINT",
    default="",
    help="Ask a SPARQL endpoint which classes others link to.",
)
@click.option(
    "--limit",
    type=click.IntRange(0, 1_000_000),
    default=5,
    show_default=True,
    help="How many findings of a rule to show as text; all are counted.",
)
def check(
    desk: Desk,
    *,
    files: Sequence[Path],
    output: Path | None,
    fail_on: str | None,
    limit: int,
    **given: Unpack[Options],
) -> Answer:
    """Check files, without a store.

    Each FILE is read as “cladist import” would read it, and nothing is stored. The status is 0
    where nothing stands against publishing, else 5. SARIF is what code hosts and editors read to
    point at the lines of a file; SHACL and DQV are graphs in Turtle, HTML is a page.
    """
    policy, told = _policy(given["settings"]), given["told"]
    checked = []
    for file in files:
        with working(f"Checking {file.name}") as say:
            checked.append(_checked(file, given, policy, desk.settings, say))
    status = REFUSED if any(_fails(each, fail_on) for each in checked) else 0
    if (told == "text" and output is None) or desk.as_json:
        lines = (line for each in checked for line in _told(each, limit))
        return Answer(lambda: {"files": [_json(each) for each in checked]}, lambda: lines, status)
    name = f"the report on {', '.join(each.name for each in checked)}"
    answer = delivered(desk, _written(checked, told, limit), output, name, {"report": told})
    return Answer(answer.data, answer.text, status)


def _policy(settings: Sequence[str]) -> Policy:
    from cladist.validation import Enforcement, Policy, Setting

    made = []
    for each in settings:
        rule, _, how = each.partition("=")
        if how not in _ENFORCEMENTS:
            raise click.UsageError(f"“{each}”: say --rule ID={'|'.join(_ENFORCEMENTS)}.")
        made.append(Setting(rule, Enforcement(how), "Said on the command line."))
    return Policy(tuple(made))


def _checked(
    file: Path, given: Options, policy: Policy, settings: Settings, say: Callable[[str], None]
) -> CheckedFile:
    from cladist.catalog.checking import Asking, check_file
    from cladist.catalog.importing import Intake
    from cladist.catalog.values import Document, NewTaxonomy
    from cladist.wiring import mint

    chosen = given["form"] or format_of(file.name)
    if chosen is None:
        raise click.UsageError(f"What is {file.name}? Say --format {'|'.join(FORMATS)}.")
    new = NewTaxonomy(slug=as_slug(file.stem, "file"), default_language=given["language"].lower())
    document = Document(file.read_bytes(), chosen, given["scheme"])
    intake = Intake(settings.limits, settings.base_iri, mint)

    def tick(done: int, of: int) -> None:
        say(f"Asking about links of {file.name}: {done:,} of {of:,}")

    asking = Asking(given["links"], given["in_links"], tick)
    return check_file(
        file.as_posix(),
        document,
        new,
        intake,
        policy,
        trusted=settings.trusted_shapes,
        asking=asking if asking.links or asking.endpoint else None,
    )


def _fails(checked: CheckedFile, fail_on: str | None) -> bool:
    if checked.refused:
        return True
    if fail_on is None:
        return not checked.report.conforms
    graver = _SEVERITIES[: _SEVERITIES.index(fail_on) + 1]
    return any(each.severity.value in graver for each in checked.report.results)


def _written(checked: Sequence[CheckedFile], told: str, limit: int) -> bytes:
    from cladist.validation import file_rules as rules
    from cladist.validation.forms import graphs
    from cladist.validation.forms.artifact import Artifact
    from cladist.validation.forms.html import html
    from cladist.validation.forms.sarif import sarif

    if told == "text":
        return "".join(f"{line}\n" for each in checked for line in _told(each, limit)).encode()
    if told == "json":
        files = {"files": [_json(each) for each in checked]}
        return json.dumps(files, ensure_ascii=False, indent=2).encode() + b"\n"
    artifacts = [
        Artifact(each.name, each.taxonomy, each.report, each.statistics, each.lines)
        for each in checked
    ]
    if told == "sarif":
        text = json.dumps(sarif(artifacts, rules()), ensure_ascii=False, indent=1)
        return text.encode() + b"\n"
    if told == "shacl":
        return graphs.shacl(artifacts)
    return graphs.dqv(artifacts, rules()) if told == "dqv" else html(artifacts, rules())


def _json(checked: CheckedFile) -> dict[str, Any]:
    report, counted = report_json(checked.report), checked.statistics
    for each in report["results"]:
        each["line"] = checked.lines.get(each["subject"])
    return {
        "file": checked.name,
        "taxonomy": checked.taxonomy,
        "reading": [plain(each) for each in checked.findings],
        "refused": [plain(each) for each in checked.refused],
        **report,
        "statistics": {**plain(counted), "languages": dict(counted.languages)},
    }


def _told(checked: CheckedFile, limit: int) -> Iterator[str]:
    counted = f"{checked.statistics.active:,} classes in use"
    for refused in checked.refused:
        yield f"{checked.name}: not read: {cell(str(refused))}"
    for found in checked.findings:
        yield f"{checked.name}: while reading: {cell(found.message)}"
    yield from report_text(f"{checked.name} ({counted})", checked.report, limit, checked.lines)
