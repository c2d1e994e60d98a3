"""What verbs say: of drafts and their changes, of versions, of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cladist.cli.failing import REFUSED
from cladist.cli.printing import Answer, Block, Table, cell
from cladist.cli.shapes import TITLES, change_json, differences, draft_json, plain, report_json
from cladist.model.taxonomy import Class, Group, Retirement, Taxonomy, Text

if TYPE_CHECKING:
    from cladist.catalog.values import Draft, Edited, Recorded
    from cladist.model.change.effect import Effect, Swap
    from cladist.validation.report import Report

SHOWN = 20
FOUND = 5
"""Findings of one rule that are shown as text."""
"""Lines of an effect that are shown; JSON has them all."""


def edited(done: Edited, before: Taxonomy) -> Answer:
    """The outcome of an edit: each change with its effect, and where the draft stands."""
    return Answer(
        lambda: {
            "dry_run": done.dry_run,
            "draft": draft_json(done.draft),
            "changes": [change_json(each) for each in done.changes],
        },
        lambda: _edited_text(done, before),
    )


def _edited_text(done: Edited, before: Taxonomy) -> Iterator[Block]:
    names = Names(before, done.changes)
    for each in done.changes:
        yield f"{each.reason.bump.name.lower()}: {cell(each.reason.text)}"
        yield from _at_most(list(effect_lines(each.effect, names)))
    if done.dry_run:
        yield "Nothing was stored (--dry-run)."
    else:
        yield standing(done.draft)


def _at_most(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"  … and {len(lines) - SHOWN} more (--json has all)"


def standing(draft: Draft) -> str:
    """Where a draft stands, in one line."""
    count = len(draft.changes)
    if not count and draft.base_version is not None:
        return f"{draft.slug}: the draft equals version {draft.base_version}."
    if not count:
        return f"{draft.slug}: not published yet; the first version is {draft.proposed}."
    changes = "1 change" if count == 1 else f"{count} changes"
    since = f" since {draft.base_version}" if draft.base_version else ""
    return f"{draft.slug}: {changes}{since}; the next version is {draft.proposed}."


class Names:
    """What people call classes, those that come with a list of changes too."""

    def __init__(self, taxonomy: Taxonomy, changes: Iterable[Recorded] = ()) -> None:
        self._language = taxonomy.header.default_language
        self._classes = taxonomy.classes
        self._touched: dict[str, Class] = {
            swap.key: swap.after
            for change in changes
            for swap in change.effect.classes
            if swap.after is not None
        }

    def __call__(self, class_id: str) -> str:
        """The class's label, else its id."""
        item = self._touched.get(class_id) or self._classes.get(class_id)
        return class_id if item is None else item.label(self._language)

    def value(self, value: Any) -> str:
        """A field's value in one line, classes by their labels."""
        if isinstance(value, Text):
            tag = "" if value.language in ("", self._language) else f"@{value.language}"
            return f"“{cell(value.value)}”{tag}"
        if isinstance(value, Retirement):
            to = f", replaced by {self.value(value.successors)}" if value.successors else ""
            return (f"yes ({cell(value.reason)})" if value.reason else "yes") + to
        if isinstance(value, tuple):
            return ", ".join(map(self.value, value)) or "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, str):
            return cell(self(value)) or "none"
        if value is None:
            return "none"
        return str(value) if isinstance(value, int) else _pairs(plain(value))


def _pairs(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return " ".join(f"{name} {cell(str(each))}" for name, each in value.items() if each)


def effect_lines(effect: Effect, names: Names) -> Iterator[str]:
    """An effect in lines: what is new, what is gone, and fields from before to after."""
    for swap in sorted(effect.classes, key=_code):
        yield from _class_lines(swap, names)
    for group in effect.groups:
        yield from _group_lines(group, names)
    if effect.header is not None:
        yield from _field_lines(effect.header, names, "  taxonomy")
    for other in effect.others:
        yield f"  other statements about {other.key}"


def _code(swap: Swap[Class]) -> int:
    item = swap.after or swap.before
    return 0 if item is None else item.code


def _class_lines(swap: Swap[Class], names: Names) -> Iterator[str]:
    item = swap.after or swap.before
    assert item is not None
    name = f"  “{cell(names(swap.key))}” #{item.code}"
    if swap.before is None:
        under = f" under {names.value(item.parents)}" if item.parents else ""
        yield f"{name}: new{under}"
    elif swap.after is None:
        yield f"{name}: gone"
    else:
        yield from _field_lines(swap, names, name)


def _group_lines(swap: Swap[Group], names: Names) -> Iterator[str]:
    group = swap.after or swap.before
    assert group is not None
    name = f"  exclusive group {names.value(group.labels) if group.labels else group.id}"
    if swap.before is None:
        yield f"{name}: new, of {names.value(group.members)}"
    elif swap.after is None:
        yield f"{name}: gone"
    else:
        yield from _field_lines(swap, names, name)


def _field_lines(swap: Swap[Any], names: Names, name: str) -> Iterator[str]:
    for field, before, after in differences(swap):
        title = TITLES.get(field, field.replace("_", " "))
        if field in ("extra", "matches"):
            yield f"{name}: {title} changed"
        elif field == "retirement":
            yield f"{name}: retired {names.value(after)}" if after else f"{name}: restored"
        else:
            yield f"{name}: {title} {names.value(before)} → {names.value(after)}"


def change_table(changes: Sequence[Recorded]) -> Table:
    """The changes of a draft, a row each."""
    return Table(
        ("change", "weight", "what", "who", "why"),
        [
            (
                each.record.id,
                each.reason.bump.name.lower(),
                each.reason.text,
                each.record.who,
                each.record.why or "",
            )
            for each in changes
        ],
    )


def reported(name: str, report: Report, limit: int = FOUND) -> Answer:
    """What a validation found; the status says whether publishing would be refused."""
    return Answer(
        lambda: {"of": name, **report_json(report)},
        lambda: report_text(name, report, limit),
        0 if report.conforms else REFUSED,
    )


def report_text(
    name: str, report: Report, limit: int = FOUND, lines: Mapping[str, int] | None = None
) -> Iterator[str]:
    """A report rule by rule, the weightiest first: why it is asked, what to do, and the first
    findings, with the line that each is on where ``lines`` knows it."""
    from cladist.validation import file_rules
    from cladist.validation.forms.telling import HEADS, chapters, headline

    known = file_rules()
    yield f"{name}: {headline(report, known)}"
    for each in chapters(report, known):
        yield ""
        mark = ", stands against publishing" if each.enforced else ""
        yield f"{HEADS[each.rule.severity]}{mark}: {each.rule.title} ({each.count:,})"
        yield f"  Why: {each.rule.description}"
        yield f"  What to do: {each.rule.advice}  [{each.rule.id}]"
        for result in each.results[:limit]:
            line = (lines or {}).get(result.subject)
            yield f"  - {f'line {line}: ' if line else ''}{cell(result.message)}"
        if each.count > limit:
            yield f"  … and {each.count - limit:,} more."
    if report.total:
        yield ""
    yield report.summary
