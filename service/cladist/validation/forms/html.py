"""A report as one page of HTML that needs nothing else and runs nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape

from cladist.validation.forms.artifact import Artifact
from cladist.validation.forms.telling import HEADS, Chapter, bars, chapters, headline
from cladist.validation.report import Result, Rule

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --line: #8c959f;
  --soft: #f3f5f7; --bar: #0550ae; --wrong: #82071e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117;
  --line: #6e7681; --soft: #161b22; --bar: #79c0ff; --wrong: #ffb3ad; } }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.15rem 0.5rem; text-align: start; vertical-align: middle; }
td.count { text-align: end; font-variant-numeric: tabular-nums; }
meter { width: 12rem; max-width: 30vw; }
details { border: 1px solid var(--line); margin: 0.5rem 0; padding: 0.5rem 0.75rem; }
summary { font-weight: 600; }
.enforced summary { color: var(--wrong); }
.id { font-family: ui-monospace, monospace; font-size: 0.875rem; }
@media print { details { break-inside: avoid; } }
"""
_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    f"{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; base-uri 'none'; form-action 'none'"
)
_SHOWN = 200
"""Results of one rule on a page."""


def html(artifacts: Sequence[Artifact], rules: Sequence[Rule]) -> bytes:
    """The page, UTF-8. All that the taxonomy says is escaped, and no script is allowed."""
    return ("\n".join(_page(artifacts, rules)) + "\n").encode()


def _page(artifacts: Sequence[Artifact], rules: Sequence[Rule]) -> Iterator[str]:
    title = ", ".join(each.name for each in artifacts)
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Checked: {escape(title)}</title><style>{_STYLE}</style></head><body><main>"
    for artifact in artifacts:
        yield from _artifact(artifact, rules)
    yield "</main></body></html>"


def _artifact(artifact: Artifact, rules: Sequence[Rule]) -> Iterator[str]:
    found = chapters(artifact.report, rules)
    yield f"<h1><bdi>{escape(artifact.name)}</bdi></h1>"
    yield f"<p>{escape(headline(artifact.report, rules))} {escape(artifact.report.summary)}</p>"
    if found:
        yield "<table><thead><tr><th>Rule</th><th>Found</th><th></th></tr></thead><tbody>"
        for title, count, share in bars(found):
            meter = f'<meter value="{share:.4f}" aria-hidden="true"></meter>'
            cells = f'<td>{escape(title)}</td><td class="count">{count:,}</td><td>{meter}</td>'
            yield f"<tr>{cells}</tr>"
        yield "</tbody></table>"
    for each in found:
        yield from _chapter(each, artifact)


def _chapter(chapter: Chapter, artifact: Artifact) -> Iterator[str]:
    rule = chapter.rule
    kind = " open" if chapter.enforced else ""
    look = ' class="enforced"' if chapter.enforced else ""
    yield f"<details{look}{kind}><summary>{HEADS[rule.severity]}: {escape(rule.title)}"
    yield f"({chapter.count:,})</summary>"
    yield f"<p>{escape(rule.description)} <strong>{escape(rule.advice)}</strong></p>"
    published = f" · {escape(rule.published)}" if rule.published else ""
    yield f'<p class="id">{escape(rule.id)}{published}</p><ul>'
    for each in chapter.results[:_SHOWN]:
        yield f"<li>{_place(each, artifact)}{escape(each.message)}</li>"
    yield "</ul>"
    more = chapter.count - min(len(chapter.results), _SHOWN)
    if more:
        yield f"<p>… and {more:,} more.</p>"
    yield "</details>"


def _place(result: Result, artifact: Artifact) -> str:
    line = artifact.lines.get(result.subject)
    return f"Line {line}: " if line else ""
