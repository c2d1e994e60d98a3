"""The site is whole: every page is in the navigation, and lists name all that there is."""

from __future__ import annotations

from cladist.ledger.tables import metadata
from docs_pages import WRITERS
from tests.docs.pages import DOCS, ROOT, navigation


def test_every_page_is_in_the_navigation() -> None:
    in_files = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert navigation() == in_files | set(WRITERS)


def test_no_written_page_lies_among_the_files() -> None:
    assert [place for place in WRITERS if (DOCS / place).exists()] == []


def test_decisions_are_numbered_and_listed() -> None:
    names = sorted(path.name for path in (DOCS / "decisions").glob("0*.md"))
    listed = (DOCS / "decisions" / "index.md").read_text("utf-8")
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for name in names:
        heading = (DOCS / "decisions" / name).read_text("utf-8").partition("\n")[0]
        number, _, title = heading.removeprefix("# ").partition(". ")
        assert f"| [{number}]({name}) | {title} |" in listed


def test_every_table_of_the_ledger_is_explained() -> None:
    page = (DOCS / "explanation" / "storage.md").read_text("utf-8")
    assert [name for name in metadata.tables if f"`{name}`" not in page] == []


def test_every_room_is_explained() -> None:
    page = (DOCS / "explanation" / "architecture.md").read_text("utf-8")
    package = ROOT / "service" / "cladist"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    assert [room for room in sorted(rooms) if f"`{room}/`" not in page] == []
