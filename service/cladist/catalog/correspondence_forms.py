"""A correspondence told in full, written in the forms that other tools read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cladist.catalog.forms import Form, Forms
from cladist.model.correspondence.account import Account
from cladist.model.correspondence.components import Kind, Loss
from cladist.model.errors import Refused
from cladist.rdf.formats import RdfFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What became of the classes of one state in another, and how many of them need care.

    ``backward`` says that the other state is the older one.
    """

    account: Account
    loss: Loss
    backward: bool

    def counts(self) -> Mapping[Kind, int]:
        """How many components of each kind there are, those that there are none of left out."""
        found = Counter(each.kind for each in self.account.components)
        return {kind: found[kind] for kind in Kind if found[kind]}


def plain(told: Followed, offset: int = 0, count: int | None = None) -> dict[str, Any]:
    """All of it as plain values, the summary first; of the components a page, if one is asked."""
    from cladist.exports.correspondence import json

    end = None if count is None else offset + count
    every = told.account.components
    page = Account(
        source=told.account.source, target=told.account.target, components=every[offset:end]
    )
    whole = json.plain(page)
    components = whole.pop("components")
    return {
        **whole,
        "counts": {kind.value: number for kind, number in told.counts().items()},
        "loss": plain_loss(told.loss),
        "total": len(every),
        "offset": offset,
        "components": components,
    }


def plain_loss(loss: Loss) -> dict[str, Any]:
    """How many classes need care, as plain values."""
    return {
        "classes": loss.classes,
        "without_target": loss.without_target,
        "needing_decision": loss.needing_decision,
        "share": float(loss.share),
    }


def _json(told: Followed) -> bytes:
    import orjson

    return orjson.dumps(plain(told))


def _csv(told: Followed) -> bytes:
    from cladist.exports.correspondence import csv

    return csv.write(told.account).encode()


def _sssom(told: Followed) -> bytes:
    from cladist.rdf import sssom

    return sssom.write(told.account).encode()


def _xkos(form: RdfFormat) -> Callable[[Followed], bytes]:
    """XKOS has a graph of its own, named as the correspondence is, where the format has graphs."""

    def write(told: Followed) -> bytes:
        from cladist.rdf import xkos
        from cladist.rdf.serialize import serialize

        graph = xkos.correspondence_iri(told.account) if form.graphs else ""
        return serialize(xkos.write(told.account, graph), form, xkos.PREFIXES)

    return write


def _replacements(told: Followed) -> bytes:
    from cladist.rdf import replacement
    from cladist.rdf.serialize import serialize

    if told.backward:
        raise Refused("Replacements lead from an older version to a newer one: swap the two.")
    lines = replacement.replacements(told.account)
    return serialize(lines, RdfFormat.TURTLE, replacement.PREFIXES)


def _rdf(name: str, form: RdfFormat) -> Form[Followed]:
    return Form(name, form.media_type, form.suffix, _xkos(form))


FORMS: Forms[Followed] = Forms(
    (
        Form("json", "application/json", ".json", _json),
        Form("csv", "text/csv", ".csv", _csv),
        Form("sssom", "text/tab-separated-values", ".tsv", _sssom),
        _rdf("xkos", RdfFormat.TURTLE),
        _rdf("xkos-trig", RdfFormat.TRIG),
        _rdf("xkos-n-quads", RdfFormat.N_QUADS),
        _rdf("xkos-json-ld", RdfFormat.JSON_LD),
        Form("replacements", RdfFormat.TURTLE.media_type, RdfFormat.TURTLE.suffix, _replacements),
    )
)
"""JSON, CSV, SSSOM TSV, XKOS in four RDF formats, and OWL and OBO annotations in Turtle."""
