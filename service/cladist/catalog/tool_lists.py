"""Class lists that come back from a tool: which classes they list, and what was changed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from cladist.catalog.class_forms import fitted
from cladist.exports.classes.choosing import State, class_list
from cladist.exports.classes.colours import colour_of
from cladist.exports.classes.projection import WHOLE
from cladist.exports.classes.tools import BY_NAME
from cladist.imports.sketch import Ref, Sketch, SketchClass
from cladist.imports.tools import Listed, read
from cladist.index import build
from cladist.model.errors import InvalidValue
from cladist.model.identifiers import check_iri
from cladist.model.taxonomy import UNGIVEN, Class, Structure, Taxonomy, Text


def sketched(form: str, data: bytes, taxonomy: Taxonomy) -> Sketch:
    """What a class list says of a taxonomy: entries that are its classes, and new ones.

    Entries are known by class id, then by the name under which we export the class to the tool,
    then by a label that one class alone has, then by code. Of a class that is known, a name,
    colour or hotkey is taken only if it is neither the class's own nor what an export makes of it.
    """
    entries = read(form, data)
    known = _Known(taxonomy, form)
    matched = [known.find(each) for each in entries]
    rows: dict[str, SketchClass] = {}
    keys: list[str] = []
    for place, (entry, class_id) in enumerate(zip(entries, matched, strict=True)):
        key = class_id or f"name {entry.id or entry.name}"
        keys.append(key)
        if key not in rows:
            above = None if entry.above is None else (keys[entry.above], matched[entry.above])
            rows[key] = known.row(key, place + 1, entry, class_id, above)
    return Sketch(rows=tuple(rows.values()), language=known.language)


@dataclass(frozen=True)
class _Known:
    """A taxonomy as its exports to a tool show it."""

    taxonomy: Taxonomy
    form: str

    @property
    def language(self) -> str:
        """The language of names."""
        return self.taxonomy.header.default_language

    @cached_property
    def exported(self) -> Mapping[str, str]:
        """The name of each class that is exported, by id."""
        header = self.taxonomy.header
        if not self.taxonomy.classes or header.structure.kind is Structure.REGRESSION:
            return {}
        state = State(header.slug, "draft", "", self.taxonomy, build(self.taxonomy))
        items = class_list(state, fitted(BY_NAME[self.form], WHOLE)).items
        return {each.id: each.name for each in items}

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The class of each exported name."""
        return {name: class_id for class_id, name in self.exported.items()}

    @cached_property
    def by_label(self) -> Mapping[str, str]:
        """The class of each label that one class alone has; those in use go first."""
        found: dict[str, set[str]] = {}
        for used in (True, False):
            new: dict[str, set[str]] = {}
            for each in self.taxonomy.classes.values():
                if each.active is used:
                    for label in each.preferred:
                        new.setdefault(label.value, set()).add(each.id)
            found = {**new, **found}
        return {label: min(ids) for label, ids in found.items() if len(ids) == 1}

    def find(self, entry: Listed) -> str:
        """The class that an entry is; empty where it is none."""
        if entry.id in self.taxonomy.classes:
            return entry.id
        named = self.by_name.get(entry.name) or self.by_label.get(entry.name)
        if named is None and entry.code is not None and not entry.id:
            named = self.taxonomy.holder(entry.code)
        return named or ""

    def row(
        self,
        key: str,
        line: int,
        entry: Listed,
        class_id: str,
        above: tuple[str, str] | None,
    ) -> SketchClass:
        """What an entry says of its class, or of a new one."""
        if class_id:
            return self._changed(key, line, entry, self.taxonomy.classes[class_id])
        name = f"preferred@{self.language}"
        given = {name, "colour", "hotkey"} | ({"parents"} if above else set())
        row_key, parent = above or ("", "")
        ref = Ref(text=parent) if parent else Ref(row=row_key)
        item = Class(
            id=check_iri(entry.id) if ":" in entry.id else "",
            code=_code(entry),
            preferred=(Text(entry.name, self.language),),
            colour=entry.colour.upper(),
            hotkey=entry.hotkey,
        )
        parents = (ref,) if above else ()
        return SketchClass(key=key, line=line, item=item, parents=parents, given=frozenset(given))

    def _changed(self, key: str, line: int, entry: Listed, old: Class) -> SketchClass:
        item, given = Class(id=old.id), set()
        if entry.name not in self._names(old):
            item = replace(item, preferred=(Text(entry.name, self.language),))
            given.add(f"preferred@{self.language}")
        colour = entry.colour.upper()
        if colour and colour not in (old.colour.upper(), colour_of(old.code)):
            item = replace(item, colour=colour)
            given.add("colour")
        if entry.hotkey and entry.hotkey != old.hotkey:
            item = replace(item, hotkey=entry.hotkey)
            given.add("hotkey")
        return SketchClass(key=key, line=line, item=item, given=frozenset(given))

    def _names(self, old: Class) -> set[str]:
        """All that a class may be called by an export."""
        labels = {each.value for each in (*old.preferred, *old.alternative)}
        notations = {each.value for each in old.notations}
        return {*labels, *notations, str(old.code), old.id, self.exported.get(old.id, "")}


def _code(entry: Listed) -> int:
    if entry.code is None:
        return UNGIVEN
    if type(entry.code) is not int:
        raise InvalidValue("code", f"that of “{entry.name}” is no whole number.")
    return entry.code
