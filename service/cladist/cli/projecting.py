"""The options of class lists for tools: which classes, what they are called, how a tool is set."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cladist.catalog.class_forms import Wanted

_OPTIONS = (
    click.option(
        "--which",
        type=click.Choice(("selectable", "leaves", "active")),
        default="selectable",
        help="Which classes a tool gets.",
    ),
    click.option("--under", multiple=True, metavar="CLASS", help="Only these and those below."),
    click.option("--depth", type=click.IntRange(1, 64), help="How many levels; 1 is the top."),
    click.option(
        "--name",
        type=click.Choice(("label", "path", "code", "notation", "id")),
        default="label",
        help="What a tool calls a class.",
    ),
    click.option("--language", help="The language of names; else the taxonomy's."),
    click.option("--separator", default="/", help="What stands between the labels of a path."),
    click.option("--longest", type=click.IntRange(8, 1000), help="The most characters of a name."),
    click.option(
        "--letters",
        type=click.Choice(("any", "ascii", "word")),
        default="any",
        help="The characters that names may hold.",
    ),
    click.option("--control", default="", help="Of Label Studio: rectangle, choices, text …"),
    click.option("--data", default="", help="Of Label Studio and Argilla: the field of a task."),
    click.option("--scheme", default="", help="Of tags: IO, IOB1, BIO, BIOES or BILOU."),
)
_NAMES = (
    *("which", "under", "depth", "name", "language", "separator", "longest", "letters"),
    *("control", "data", "scheme"),
)


def projected(verb: Callable[..., Any]) -> Callable[..., Any]:
    """A verb with these options, which it gets as one value ``wanted``."""

    @wraps(verb)
    def with_wanted(*args: Any, **given: Any) -> Any:
        told = {name: given.pop(name) for name in _NAMES}
        return verb(*args, wanted=_wanted(told), **given)

    for option in reversed(_OPTIONS):
        with_wanted = option(with_wanted)
    return with_wanted


def _wanted(told: dict[str, Any]) -> Wanted:
    from cladist.catalog.class_forms import Wanted
    from cladist.exports.classes.projection import Letters, NameForm, Projection, Which
    from cladist.exports.classes.tool import Choices

    projection = Projection(
        which=Which(told["which"]),
        depth=told["depth"],
        name=NameForm(told["name"]),
        language=told["language"],
        separator=told["separator"],
        longest=told["longest"],
        letters=Letters(told["letters"]),
    )
    choices = Choices(control=told["control"], data=told["data"], scheme=told["scheme"])
    return Wanted(projection, choices, told["under"])
