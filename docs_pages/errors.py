"""The page of errors: the tree of refusals, and the problems and statuses that they become."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from cladist.api.kind import Kind
from cladist.api.kinds import KINDS, example
from cladist.api.problems import MEDIA_TYPE, kind_of
from cladist.cli.failing import status_of
from cladist.model.change import effect
from cladist.model.errors import CladistError
from docs_pages.markdown import code, codes, page, prose, table
from docs_pages.markdown import example as shown

_HEAD = f"""# Errors

What Cladist refuses is one tree of errors, each with its own data. Over HTTP they are problems
(RFC 9457) of media type `{MEDIA_TYPE}`; at the command line they are a message and an exit status.
Nothing is half stored when one is met.

## Problems

`type` is a path on the service, which leads to a page about that kind of problem. Programs decide
by `type` and `status`; `title` and `detail` are for people. Further members depend on the type.
"""

_TREE = """## The tree of errors

What code that uses Cladist from Python meets, the problem that it becomes, and the
[exit status](cli.md#statuses).
"""


def tree(root: type[CladistError] = CladistError) -> Iterator[type[CladistError]]:
    """The error and all below it, parents first."""
    yield root
    for each in root.__subclasses__():
        if each.__module__.startswith(("cladist.model.errors", effect.__name__)):
            yield from tree(each)


def written() -> str:
    """The page in Markdown."""
    kinds = sorted(KINDS.values(), key=lambda each: (each.status, each.name))
    listed = table(
        ("status", "type", "title"),
        [(str(each.status), f"[`{each.name}`](#{each.name})", each.title) for each in kinds],
    )
    rows = [_row(each) for each in tree()]
    heads = ("error", "kind of", "meaning", "data", "problem", "exit")
    return page(_HEAD, listed, *map(_problem, kinds), _TREE, table(heads, rows))


def _problem(kind: Kind) -> str:
    own = f"Members of its own: {codes(kind.members)}." if kind.members else ""
    title = f"### {kind.name}\n\n**{kind.status} {kind.title}**"
    return page(title, kind.description, own, shown(example(kind))).rstrip()


def _row(error: type[CladistError]) -> tuple[str, ...]:
    met = error.__new__(error)
    kind = kind_of(met).name
    names = code(error.__name__), code(error.__base__.__name__ if error.__base__ else "")
    return *names, prose(error), codes(_data(error)), f"[`{kind}`](#{kind})", str(status_of(met))


def _data(error: type[CladistError]) -> list[str]:
    if error.__init__ is Exception.__init__:
        return []
    return [name for name in inspect.signature(error).parameters if name not in ("args", "kwargs")]
