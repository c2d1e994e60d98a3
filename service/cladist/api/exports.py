"""Class lists for labeling tools and training code, each under a URL of its own."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from cladist.api import documented
from cladist.api.answers import Reading, Shape, answer, model_answer, offer
from cladist.api.classes import State
from cladist.api.context import Language, known_query
from cladist.api.documented import answers, refusals
from cladist.api.schemas.exports import ExportList, about, form_of
from cladist.catalog.class_forms import Exported, Wanted, exported, level
from cladist.exports.classes.projection import Letters, NameForm, Projection, Which
from cladist.exports.classes.tool import Choices, Tool
from cladist.exports.classes.tools import BY_FILE, TOOLS
from cladist.model.errors import NotFound

router = APIRouter(
    prefix="/taxonomies/{slug}/versions/{selector}/exports",
    tags=["exports"],
    dependencies=[Depends(known_query)],
)

_TREE = BY_FILE["label-studio-taxonomy.json"]

File = Annotated[
    str,
    Path(
        max_length=64,
        description="The file's name, which says the form.",
        examples=["yolo.yaml"],
        json_schema_extra={"enum": list(BY_FILE)},
    ),
]


def _projection(
    *,
    which: Annotated[Which, Query(description="Which classes to take.")] = Which.SELECTABLE,
    depth: Annotated[
        int | None,
        Query(ge=1, le=64, description="How many levels: with 1 the top classes alone."),
    ] = None,
    name: Annotated[NameForm, Query(description="What to call a class.")] = NameForm.LABEL,
    language: Language = None,
    longest: Annotated[
        int | None, Query(ge=8, le=1000, description="The most characters of a name.")
    ] = None,
    letters: Annotated[
        Letters, Query(description="Which characters a name may hold.")
    ] = Letters.ANY,
) -> Projection:
    return Projection(
        which=which, depth=depth, name=name, language=language, longest=longest, letters=letters
    )


def _choices(
    control: Annotated[
        str,
        Query(
            max_length=32,
            description="Of Label Studio: the kind of labeling, such as `rectangle` or `choices`.",
            examples=["rectangle"],
        ),
    ] = "",
    data: Annotated[
        str,
        Query(
            pattern=r"^[A-Za-z0-9_.-]{0,64}$",
            description="Of Label Studio and Argilla: the field of a task that holds the data.",
            examples=["image"],
        ),
    ] = "",
    scheme: Annotated[
        str,
        Query(max_length=8, description="Of tags: the tagging scheme.", examples=["BIOES"]),
    ] = "",
) -> Choices:
    return Choices(control=control, data=data, scheme=scheme)


def _wanted(
    projection: Annotated[Any, Depends(_projection)],
    choices: Annotated[Any, Depends(_choices)],
    under: Annotated[
        list[str] | None,
        Query(
            max_length=100,
            description="Only this class and those below it: an id, a code such as `#17` (`%2317`)"
            " or a label; may be repeated.",
            examples=[["animal"]],
        ),
    ] = None,
    separator: Annotated[
        str,
        Query(min_length=1, max_length=8, description="What stands in a path between labels."),
    ] = "/",
) -> Wanted:
    from dataclasses import replace

    return Wanted(replace(projection, separator=separator), choices, tuple(under or ()))


Asked = Annotated[Any, Depends(_wanted)]

_REFUSED = (*documented.READING, "unknown-class", "ambiguous-reference", "invalid-value")
_EXAMPLES = {
    "application/xml": '<View><Choices name="label" toName="data">…</Choices></View>',
    "application/json": {"names": ["cat", "dog"], "_type": "ClassLabel"},
    "application/yaml": "names:\n  0: cat\n  1: dog\n",
    "application/x-ndjson": '{"label": "cat", "pattern": "cat", "id": "https://…"}\n',
    "text/plain": "cat\ndog\n",
}


@router.get("", summary="List exports", responses=answers("ExportList", *documented.READING))
def list_exports(request: Request, reading: State) -> Response:
    """All forms in which the classes can be had, with the path of each."""
    offer(request)
    forms = [form_of(each, f"{reading.path}/exports/{each.file}") for each in TOOLS]
    return model_answer(ExportList(taxonomy=reading.slug, version=reading.version, exports=forms))


@router.get(
    "/{file}",
    summary="Fetch classes for a tool",
    response_class=Response,
    responses={
        200: {"content": {name: {"example": each} for name, each in _EXAMPLES.items()}},
        **refusals(*_REFUSED, "too-large"),
    },
)
def show_export(
    request: Request,
    reading: State,
    *,
    file: File,
    wanted: Asked,
    lazy: Annotated[
        bool, Query(description="Of Label Studio's tree: level by level, not all at once.")
    ] = False,
    path: Annotated[
        list[str] | None,
        Query(
            max_length=256,
            description="Of Label Studio's tree: the classes from a top one downwards whose"
            " children are asked for, each by id or name; may be repeated.",
            examples=[["animal", "dog"]],
        ),
    ] = None,
    bracketed: Annotated[
        list[str] | None,
        Query(alias="path[]", max_length=256, description="The same, as some releases write it."),
    ] = None,
) -> Response:
    """The classes as a tool reads them. A `Link` leads to what the file cannot say."""
    tool = _tool(file)
    steps = tuple(path or bracketed or ())
    if tool is _TREE and (lazy or steps):
        return _level(request, reading, wanted, steps)
    query = _query(wanted)
    shape = Shape(
        f"/exports/{tool.file}",
        query,
        tool.media_type,
        sniffed=False,
        kept=_plain(query),
        describedby="/about",
    )
    return answer(request, reading, shape, lambda: _exported(reading, tool, wanted).data)


@router.get(
    "/{file}/about",
    summary="Describe an export",
    responses=answers("ExportAbout", *_REFUSED, "too-large"),
)
def describe_export(request: Request, reading: State, file: File, wanted: Asked) -> Response:
    """Which classes an export holds under which names, and what it cannot say."""
    tool = _tool(file)
    shape = Shape(f"/exports/{tool.file}/about", _query(wanted), kept=False)

    def make() -> Any:
        return about(_exported(reading, tool, wanted)).model_dump()

    return answer(request, reading, shape, make)


def _tool(file: str) -> Tool:
    tool = BY_FILE.get(file)
    if tool is None:
        raise NotFound(f"There is no export “{file}”; the list of exports names them all.")
    return tool


def _exported(reading: Reading, tool: Tool, wanted: Wanted) -> Exported:
    return exported(reading.state, reading.slug, reading.version, tool, wanted)


def _level(request: Request, reading: Reading, wanted: Wanted, steps: tuple[str, ...]) -> Response:
    """One level of Label Studio's tree; the answer of each path is one of its own."""
    query = {**_query(wanted), "lazy": True, "path": steps}
    shape = Shape(f"/exports/{_TREE.file}", query, sniffed=False, kept=False)
    return answer(
        request,
        reading,
        shape,
        lambda: level(reading.state, reading.slug, reading.version, wanted, steps),
    )


_DEFAULT = Projection()


def _query(wanted: Wanted) -> dict[str, Any]:
    """The parameters that are not as they are by themselves."""
    projection, choices = wanted.projection, wanted.choices
    given: dict[str, Any] = {
        name: getattr(projection, name)
        for name in ("which", "depth", "name", "language", "separator", "longest", "letters")
        if getattr(projection, name) != getattr(_DEFAULT, name)
    }
    named = {"control": choices.control, "data": choices.data, "scheme": choices.scheme}
    given |= {name: value for name, value in named.items() if value}
    return {**given, "under": tuple(wanted.under)} if wanted.under else given


def _plain(query: dict[str, Any]) -> bool:
    """Whether an answer is one of few, to be kept ready."""
    return not query.keys() - {"which", "name", "control", "scheme"}
