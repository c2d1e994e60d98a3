"""The list of labels in front of a CVAT document: entries follow, every other byte stays.

An entry keeps what it says of its label and changes the name, and the colour where the class is
another one. What several became has the attributes of all. The parts of skeletons are listed under
the name of the skeleton, which they follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cladist.datasets.formats import xmltext
from cladist.datasets.formats.xmltext import End, Start
from cladist.datasets.records import Edit, Row

_CHOSEN = ("select", "radio")
"""Attributes whose values are a choice; those of others are limits."""


@dataclass(slots=True)
class Spec:
    """A ``label`` or one of its ``attribute`` elements: where it lies, and its members.

    ``said`` has the text of each member and where it stands.
    """

    start: int
    end: int = 0
    said: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    attributes: dict[str, Spec] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What a member says; empty where it is missing."""
        return self.said.get(name, ("", 0, 0))[0].strip()

    @property
    def values(self) -> list[str]:
        """What may be chosen, of an attribute that is a choice."""
        chosen = self.text("input_type") in _CHOSEN
        return self.text("values").splitlines() if chosen else []


def specs(data: bytes, encoding: str) -> list[Spec]:
    """The entries of a list of labels, in their order."""
    return list(_specs(xmltext.events(data, "the list of labels", encoding)[0], data))


def _specs(events: Iterable[Start | End], data: bytes) -> Iterator[Spec]:
    starts: list[int] = []
    open_: list[Spec] = []
    for event in events:
        if isinstance(event, Start):
            starts.append(event.at)
            if len(starts) in (2, 4):
                open_.append(Spec(event.at))
            continue
        start = starts.pop()
        if len(starts) in (1, 3):
            spec = open_.pop()
            spec.end = xmltext.element_end(data, event)
            if open_:
                open_[-1].attributes[spec.text("name")] = spec
            else:
                yield spec
        elif open_ and len(starts) in (2, 4):
            begin = xmltext.tag_end(data, start)
            open_[-1].said[event.name] = (event.text, begin, max(begin, event.at))


def edits(data: bytes, encoding: str, rows: Sequence[Row]) -> list[Edit]:
    """The edit that makes a list of labels say what the rows say."""
    found = specs(data, encoding)
    own = {each.text("name"): each for each in found if not each.text("parent")}
    kept = [(row, [own[str(each.ref)] for each in row.origins if each.ref in own]) for row in rows]
    listed = [(row, origins) for row, origins in kept if origins]
    if [row.name for row, _ in listed] == list(own):
        return []
    parts: dict[str, list[Spec]] = {}
    for each in found:
        if each.text("parent"):
            parts.setdefault(each.text("parent"), []).append(each)
    starts = [xmltext.tag_end(data, 0), *(each.end for each in found)]
    before = {each.start: start for each, start in zip(found, starts, strict=False)}
    writer = _Writer(data, encoding, parts, before)
    new = [text for row, origins in listed for text in writer.entry(row, origins)]
    return [Edit(starts[0], starts[-1], b"".join(new))]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes entries out of the bytes of others.

    ``before`` has where that begins which stands before an entry, comments too; it is used once.
    """

    data: bytes
    encoding: str
    parts: Mapping[str, Sequence[Spec]]
    before: dict[int, int]

    def entry(self, row: Row, origins: Sequence[Spec]) -> Iterator[bytes]:
        """The entry of a row, then those of the parts of all that it was."""
        first = origins[0]
        changes = self._said(first, "name", row.name)
        if row.colour and not row.same:
            changes += self._said(first, "color", row.colour)
        yield self._changed(first, changes + self._attributes(first, origins[1:]))
        named: set[str] = set()
        for origin in origins:
            for part in self.parts.get(origin.text("name"), ()):
                if part.text("name") not in named:
                    yield self._changed(part, self._said(part, "parent", row.name))
                named.add(part.text("name"))

    def _said(self, spec: Spec, member: str, text: str) -> list[Edit]:
        """The edit of what a member says; none where it says that already, or is missing."""
        if spec.text(member) in ("", text):
            return []
        _, start, end = spec.said[member]
        return [Edit(start, end, xmltext.escaped(text, self.encoding))]

    def _changed(self, spec: Spec, changes: Sequence[Edit]) -> bytes:
        """The bytes of an entry with what stands before it, and changes in it."""
        space, _ = xmltext.with_space(self.data, spec.start, spec.end)
        at = self.before.pop(spec.start, space)
        new: list[bytes] = []
        for each in sorted(changes):
            new += self.data[at : each.start], each.new
            at = each.end
        return b"".join((*new, self.data[at : spec.end]))

    def _attributes(self, first: Spec, others: Sequence[Spec]) -> list[Edit]:
        """The edits that bring the attributes of other entries to the first one."""
        merged = dict(first.attributes)
        values = {name: list(each.values) for name, each in merged.items()}
        for other in others:
            for name, each in other.attributes.items():
                merged.setdefault(name, each)
                known = values.setdefault(name, [])
                known += [value for value in each.values if value not in known]
        changes = [
            change
            for name, each in first.attributes.items()
            for change in self._said(each, "values", "\n".join(values[name]))
            if each.values
        ]
        joined = [name for name in merged if name not in first.attributes]
        if joined:
            new = [self._joined(merged[name], values[name]) for name in joined]
            changes.append(self._inserted(first, b"".join(new)))
        return changes

    def _joined(self, attribute: Spec, values: Sequence[str]) -> bytes:
        text = "\n".join(values)
        return self._changed(attribute, self._said(attribute, "values", text) if values else ())

    def _inserted(self, spec: Spec, new: bytes) -> Edit:
        """New attributes after those that an entry has, or where they belong."""
        if spec.attributes:
            end = max(each.end for each in spec.attributes.values())
            return Edit(end, end, new)
        if "attributes" not in spec.said:
            end = self.data.rindex(b"<", spec.start, spec.end)
            return Edit(end, end, b"<attributes>" + new + b"</attributes>")
        _, start, _ = spec.said["attributes"]
        if self.data[start - 2 : start] != b"/>":
            return Edit(start, start, new)
        return Edit(start - 2, start, b">" + new + b"</attributes>")
