"""The page of validation rules, from the shape files that ship."""

from __future__ import annotations

from itertools import groupby

from cladist.validation import file_rules, link_rules
from docs_pages.markdown import code, page

_HEAD = """# Validation rules

Each rule is a shape in SHACL, but for those about likeness; the files stand in `shapes/`. The
service runs the same rules natively, and tests hold its findings against those of pySHACL.
`cladist rules` lists them; `cladist validate`, `cladist check` and
`GET /api/v1/taxonomies/{slug}/validation` run them.

A *violation* stops publishing; a *warning* or an *info* is reported. A taxonomy may
[take a rule otherwise](../how-to/take-a-rule-otherwise.md), with a reason.
"""

_TITLES = {
    "clarity.ttl": "Clarity",
    "documentation.ttl": "Documentation",
    "exclusivity.ttl": "Mutual exclusion",
    "hierarchy.ttl": "Hierarchy",
    "labels.ttl": "Labels",
    "likeness.ttl": "Likeness",
    "relations.ttl": "Relations and mappings",
    "retirement.ttl": "Retirement",
    "skos.ttl": "SKOS integrity",
    "source.ttl": "Files",
    "structures.ttl": "Label structures",
}


def written() -> str:
    """The page in Markdown."""
    found = sorted((*file_rules(), *link_rules()), key=lambda rule: (rule.file, rule.id))
    parts = []
    for file, group in groupby(found, key=lambda rule: rule.file):
        parts.append(f"## {_TITLES.get(file, file)}\n\n{code(f'shapes/{file}')}")
        for rule in group:
            known = f"\n\nKnown elsewhere as: {rule.published}." if rule.published else ""
            parts.append(
                f"### {rule.id}\n\n**{rule.title}** ({rule.severity})\n\n{rule.description}\n\n"
                f"*What to do:* {rule.advice}{known}"
            )
    return page(_HEAD, *parts)
