"""The options that verbs share, and the two ways to make a verb: one answers, one edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from cladist.cli.desk import DRAFT, Desk, Target
from cladist.cli.failing import Failure
from cladist.cli.printing import Answer, show
from cladist.model.errors import CladistError

if TYPE_CHECKING:
    from cladist.catalog.opened import OpenDraft
    from cladist.model.change.kinds import Change


class Verb(click.Command):
    """A verb; what it refuses ends the program with one message and a status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except (CladistError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise  # nobody reads on, which click takes quietly
            raise Failure(error, as_json=ctx.params.get("as_json", False)) from error


class TargetType(click.ParamType[Target]):
    """``SLUG`` or ``SLUG@VERSION``."""

    name = "slug[@version]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Target:
        """The taxonomy's slug and the selector, which may be empty."""
        if isinstance(value, Target):
            return value
        slug, at, selector = value.partition("@")
        if not slug or (at and not selector):
            self.fail(f"“{value}” is not like pets, pets@draft, pets@latest or pets@2.1.", param)
        return Target(slug, selector)


Decorator = Callable[[Any], Any]

SLUG = click.argument("slug", metavar="SLUG")
"""The taxonomy that is meant."""

TARGET = click.argument("target", metavar="SLUG[@VERSION]", type=TargetType())
"""The taxonomy and version that are meant."""

CLASS = click.argument("named", metavar="CLASS")
"""The class that is meant."""

AUTHOR = click.option("--author", metavar="NAME", help="Who does it; else CLADIST_AUTHOR.")
"""Who does it."""

DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would be done and store nothing.")
"""Whether to do it at all."""

LANGUAGE = click.option(
    "--language", metavar="TAG", help="Language of the texts; else the taxonomy's default."
)
"""The language of texts on the command line."""

CHILDREN = click.option(
    "--child",
    "placed",
    nargs=2,
    multiple=True,
    metavar="CHILD PARENT",
    help="Where a child goes; may be repeated.",
)
"""Where the children go of a class that goes."""


def _own(function: Callable[..., Any]) -> Sequence[click.Parameter]:
    """The parameters that decorators put on the function, in the order in which they stand."""
    found: list[click.Parameter] = getattr(function, "__click_params__", [])
    return found[::-1]


def _parameters(*decorators: Decorator) -> Sequence[click.Parameter]:
    def nothing() -> None: ...

    for decorate in reversed(decorators):
        decorate(nothing)
    return _own(nothing)


REASONS = _parameters(
    click.option("--why", metavar="TEXT", default="", help="Why; kept with the change."),
    click.option("--evidence", metavar="TEXT", default="", help="On what evidence, text or JSON."),
    AUTHOR,
    DRY_RUN,
)
"""What every verb takes that edits."""

COMMON = _parameters(
    click.option("--store", metavar="URL", help="The store; else CLADIST_STORE."),
    click.option("--json", "as_json", is_flag=True, help="Answer in JSON."),
)
"""What every verb takes."""


def verb(function: Callable[..., Answer]) -> Verb:
    """A verb whose function takes the desk and its options, and answers."""

    def run(store: str | None, as_json: bool, **options: Any) -> None:
        _answer(Desk(store, as_json), function, options)

    return _made(function, run, (*_own(function), *COMMON))


def editing(function: Callable[..., Sequence[Change]]) -> Verb:
    """A verb whose function makes changes of the draft as it stands and its options."""

    def edit(desk: Desk, **options: Any) -> Answer:
        from cladist.cli.answers import edited

        slug, dry_run = options.pop("slug"), options.pop("dry_run")
        author = desk.author(*(options.pop(each) for each in ("author", "why", "evidence")))
        with desk.catalog() as catalog:
            draft: Any = catalog.open(slug, DRAFT)
            changes = function(draft, **options)
            done = catalog.edit(slug, changes, draft.revision, author, dry_run=dry_run)
        return edited(done, draft.taxonomy)

    def run(store: str | None, as_json: bool, **options: Any) -> None:
        _answer(Desk(store, as_json), edit, options)

    return _made(function, run, (*_parameters(SLUG), *_own(function), *REASONS, *COMMON))


def language_of(draft: OpenDraft, language: str | None) -> str:
    """The language of texts: the one that was named, else the taxonomy's default."""
    from cladist.model.identifiers import check_language

    if language is None:
        return draft.taxonomy.header.default_language
    return check_language(language)


def _answer(desk: Desk, function: Callable[..., Answer], options: dict[str, Any]) -> None:
    answer = function(desk, **options)
    show(answer, as_json=desk.as_json)
    if answer.status:
        click.get_current_context().exit(answer.status)


def _made(
    function: Callable[..., Any], run: Callable[..., None], parameters: Sequence[click.Parameter]
) -> Verb:
    name = function.__name__.rstrip("_").replace("_", "-")
    return Verb(name, callback=run, params=list(parameters), help=function.__doc__)
