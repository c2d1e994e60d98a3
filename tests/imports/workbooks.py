"""Workbooks made at test time: one sheet of cells, or any parts at all."""

from __future__ import annotations

import io
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HIDDEN = ' state="hidden"'

Cell = str | int | float | bool


def relations(*targets: tuple[str, str]) -> str:
    """References to parts: the last word of the type and the name, numbered ``r1``, ``r2``, …"""
    found = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(found)}</Relationships>'


def sheet(rows: Sequence[Sequence[Cell]]) -> str:
    """The XML of a sheet with these rows; empty texts are cells that are not there."""
    lines = (
        f'<row r="{line}">{"".join(_cell(each) for each in row)}</row>'
        for line, row in enumerate(rows, 1)
    )
    return raw_sheet("".join(lines))


def raw_sheet(rows: str) -> str:
    """The XML of a sheet around the XML of its rows."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(value: Cell) -> str:
    if value == "":
        return "<c/>"
    match value:
        case bool():
            return f'<c t="b"><v>{value:d}</v></c>'
        case str():
            return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        case _:
            return f"<c><v>{value}</v></c>"


def workbook(
    *sheets: str,
    names: Sequence[str] = ("One", "Two", "Three"),
    hidden: Container[str] = (),
    settings: str = "",
    parts: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A workbook of sheets; ``parts`` are others that it refers to, by the type of reference."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"'
        f"{_HIDDEN if name in hidden else ''}/>"
        for number, name in enumerate(names[: len(sheets)], 1)
    )
    files = {f"worksheets/sheet{number}.xml": each for number, each in enumerate(sheets, 1)}
    targets = [*(("worksheet", name) for name in files), *((kind, f"{kind}.xml") for kind in parts)]
    files |= {f"{kind}.xml": text for kind, text in parts.items()}
    return archive(
        {
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            f"{settings}<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(*targets),
            **{f"xl/{name}": text for name, text in files.items()},
        }
    )


def archive(parts: Mapping[str, str]) -> bytes:
    """A zip archive of these parts."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return buffer.getvalue()
