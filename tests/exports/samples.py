"""Differences that every form of export must write: small, hostile, empty, unexplained."""

from __future__ import annotations

from dataclasses import replace

from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.diff.values import Diff, Statements
from cladist.model.taxonomy import Class, Header, LabelStructure, Structure, Taxonomy, Text
from tests.exports.diffs import between, diff_of

BASE = "https://example.org/t/zoo/"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<!-- </style><script>alert(1)</script>",
    "[link](javascript:alert(1)) ![i](https://evil.example/i.png)",
    "https://evil.example www.evil.example <https://evil.example>",
    "# heading\n\n- item\n```\ncode",
    "*a* _b_ `c` ~~d~~ | e | &lt; \\ $f$",
    "1. one",
    "+ plus",
    "    four spaces",
    '=HYPERLINK("https://evil.example")',
    "-1+1",
    "@SUM(A1)",
    'it\'s "quoted"',
    "שלום",
    "safe\u202egpj.exe",
)
"""Labels that want to be more than labels."""


def new(name: str, *labels: Text, **fields: tuple[str, ...]) -> Class:
    """A class with a label and a code of its own."""
    code = int.from_bytes(name.encode()) % 1_000_003
    preferred = labels or (Text(name, "en"),)
    return Class(id=BASE + name, code=code, preferred=preferred, parents=fields.get("parents", ()))


def zoo() -> Taxonomy:
    """Animal above cat and dog, and a car."""
    header = Header(iri=BASE[:-1], slug="zoo", structure=LabelStructure(kind=Structure.MULTI_LABEL))
    items = (
        new("animal"),
        new("cat", parents=(BASE + "animal",)),
        new("dog", parents=(BASE + "animal",)),
        new("car"),
    )
    changes = [kinds.AddClass(new=each) for each in items]
    defined = kinds.RedefineClass(
        id=BASE + "cat",
        definitions=(Text("A small animal that purrs.", "en"),),
        shift=kinds.Shift.CLARIFIED,
    )
    return replay(Taxonomy(header), (*changes, defined))[0]


CHANGES: tuple[Change, ...] = (
    kinds.RenameClass(id=BASE + "car", label=Text("passenger car", "en")),
    kinds.RedefineClass(
        id=BASE + "cat",
        definitions=(Text("A tiny animal that purrs.", "en"),),
        shift=kinds.Shift.NARROWED,
    ),
    kinds.AddClass(new=new("bird", parents=(BASE + "animal",))),
    kinds.MoveClass(id=BASE + "dog", parents=()),
    kinds.MergeClasses(sources=(BASE + "cat", BASE + "dog"), new=new("pet")),
)


def small(*, back: bool = False) -> Diff:
    """A rename, a new definition, a new class, a move and a merge."""
    return diff_of(zoo(), CHANGES, back=back)


def hostile() -> Diff:
    """Classes, notes and reasons with hostile texts; a class that loses its name to one."""
    added = [
        kinds.AddClass(new=new(f"h{place}", Text(label, "en")))
        for place, label in enumerate(HOSTILE)
    ]
    renamed = kinds.RenameClass(id=BASE + "car", label=Text(HOSTILE[0], "en"))
    defined = kinds.RedefineClass(
        id=BASE + "cat",
        definitions=(Text("A small <b>animal</b>\n# that purrs.", "en"),),
        shift=kinds.Shift.SHIFTED,
    )
    merged = kinds.MergeClasses(sources=tuple(each.new.id for each in added), into=BASE + "dog")
    return diff_of(zoo(), (*added, renamed, defined, merged))


def nothing() -> Diff:
    """Two states that do not differ."""
    return between(zoo(), zoo())


def unexplained() -> Diff:
    """A difference of which two statements have no explanation."""
    diff = small()
    left = Statements(diff.statements.removed[:1], diff.statements.added[:1])
    return replace(diff, residual=left)
