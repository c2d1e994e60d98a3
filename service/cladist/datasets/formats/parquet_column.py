"""One column of a Parquet file: where it stands in the schema, read and written as one chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cladist.datasets.formats.parquet_footer import Manner, Written, written
from cladist.datasets.records import Ref
from cladist.model.errors import InvalidValue, UnreadableInput

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetFile


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column of values: ``name`` is its path without list levels, ``path`` that of the file.

    ``top`` is the column of the table in which it stands. ``levels`` are ``[]`` for every list
    around a value, and ``{}`` for structures whose members belong to one thing of several in a row.
    ``kind`` is how the file stores values, and how deep.
    """

    place: int
    path: str
    name: str
    top: str
    levels: tuple[str, ...]
    type: Any
    nullable: bool
    kind: tuple[str, int, int]

    @property
    def listed(self) -> bool:
        """Whether a row has a list of labels that belong together."""
        return self.levels == ("[]",)

    @property
    def single(self) -> bool:
        """Whether a row has one label."""
        return "[]" not in self.levels

    @property
    def numbers(self) -> bool:
        """Whether its values are whole numbers; else texts."""
        import pyarrow

        return bool(pyarrow.types.is_integer(self.type))

    @property
    def readable(self) -> bool:
        """Whether values like these can be labels."""
        return "?" not in self.levels and (self.numbers or is_text(self.type))


@dataclass(frozen=True, slots=True)
class Column:
    """Where the labels are, and what numbers in it mean; ``own`` says that the file tells."""

    leaf: Leaf
    legend: Mapping[Ref, str]
    own: bool


def is_text(kind: Any) -> bool:
    """Whether a type of Arrow is text, plain or as a dictionary."""
    import pyarrow

    value = kind.value_type if pyarrow.types.is_dictionary(kind) else kind
    return bool(
        pyarrow.types.is_string(value)
        or pyarrow.types.is_large_string(value)
        or pyarrow.types.is_string_view(value)
    )


def is_binary(kind: Any) -> bool:
    """Whether a type of Arrow is bytes, as pictures are."""
    import pyarrow.types as types

    return bool(types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind))


def leaves(file: ParquetFile) -> list[Leaf]:
    """The columns of values of a file, in its order."""
    schema = file.schema
    found = [each for field in file.schema_arrow for each in _leaves(field, (), (field.name,))]
    if len(found) != len(schema):
        return []
    return [
        Leaf(
            place=place,
            path=schema.column(place).path,
            name=".".join(names),
            top=names[0],
            levels=levels,
            type=field.type,
            nullable=field.nullable,
            kind=_kind(schema.column(place)),
        )
        for place, (field, levels, names) in enumerate(found)
    ]


def _kind(column: Any) -> tuple[str, int, int]:
    return column.physical_type, column.max_definition_level, column.max_repetition_level


_Found = tuple[Any, tuple[str, ...], tuple[str, ...]]


def _leaves(
    field: pyarrow.Field[Any], levels: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[_Found]:
    import pyarrow.types as types

    kind: Any = field.type
    if types.is_struct(kind):
        things = "[]" in levels or sum(is_list(each.type) for each in kind) > 1
        for each in kind:
            yield from _leaves(each, (*levels, "{}") if things else levels, (*names, each.name))
    elif is_list(kind):
        yield from _leaves(kind.value_field, (*levels, "[]"), names)
    elif types.is_map(kind):
        yield from _leaves(kind.key_field, ("?",), (*names, "key"))
        yield from _leaves(kind.item_field, ("?",), (*names, "value"))
    else:
        yield field, levels, names


def has_fixed_size(kind: Any) -> bool:
    """Whether lists of a type cannot get shorter; a label that goes leaves an empty place there."""
    import pyarrow.types as types

    return bool(types.is_fixed_size_list(kind))


def is_list(kind: Any) -> bool:
    """Whether a type of Arrow is a list."""
    import pyarrow.types as types

    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def values_of(array: Any) -> Any:
    """The values at the bottom of lists and structures, one after another."""
    inner = _inside(array)
    return array if inner is None else values_of(inner)


def _inside(array: Any) -> Any:
    """What a list or a structure holds; none of values."""
    import pyarrow.compute as compute
    import pyarrow.types as types

    if types.is_struct(array.type):
        return compute.struct_field(array, [0])
    if types.is_fixed_size_list(array.type):
        size = array.type.list_size
        return array.values.slice(array.offset * size, len(array) * size)
    return array.flatten() if is_list(array.type) else None


def with_values(array: Any, values: Any) -> Any:
    """The same lists and structures around other values."""
    import pyarrow

    held = _inside(array)
    if held is None:
        return values
    kind = array.type
    inner = with_values(held, values)
    mask = array.is_null()
    if pyarrow.types.is_struct(kind):
        field = kind.field(0).with_type(inner.type)
        return pyarrow.StructArray.from_arrays([inner], fields=[field], mask=mask)
    if pyarrow.types.is_fixed_size_list(kind):
        return pyarrow.FixedSizeListArray.from_arrays(inner, kind.list_size, mask=mask)
    return relisted(array, array.value_lengths(), inner)


def relisted(array: Any, lengths: Any, values: Any) -> Any:
    """Lists like others, null where those are, with other lengths and values."""
    import numpy
    import pyarrow

    ends = numpy.cumsum(lengths.fill_null(0).to_numpy(), dtype="i8")
    large = pyarrow.types.is_large_list(array.type)
    width = pyarrow.int64() if large else pyarrow.int32()
    offsets = pyarrow.array(numpy.concatenate(([0], ends)), width)
    field = array.type.value_field.with_type(values.type)
    kind = pyarrow.large_list(field) if large else pyarrow.list_(field)
    maker: Any = pyarrow.LargeListArray if large else pyarrow.ListArray
    return maker.from_arrays(offsets, values, type=kind, mask=array.is_null())


def read(file: ParquetFile, group: int, leaf: Leaf) -> tuple[Any, Any]:
    """The column in a row group, with the lists and structures around it, and its field."""
    import pyarrow

    table = file.read_row_group(group, columns=[leaf.path], use_threads=False)
    column, field = table.column(0), table.schema.field(0)
    if not column.num_chunks:
        return pyarrow.array([], column.type), field
    found: Any = column.unify_dictionaries().combine_chunks()
    return found.chunk(0) if isinstance(found, pyarrow.ChunkedArray) else found, field


def chunk(array: Any, field: Any, manner: Manner, leaf: Leaf) -> Written:
    """The column as the chunk of a file; raises UnreadableInput where it cannot be one."""
    import pyarrow
    from pyarrow.parquet import ParquetFile, write_table

    schema = pyarrow.schema([field.with_type(array.type)])
    sink = BytesIO()
    write_table(
        pyarrow.Table.from_arrays([array], schema=schema),
        sink,
        row_group_size=max(len(array), 1),
        compression=manner.codec,
        use_dictionary=manner.dictionary,
        write_statistics=manner.statistics,
        data_page_version=manner.pages,
        write_page_index=manner.indexed,
        store_schema=False,
    )
    made = ParquetFile(sink)
    if made.num_row_groups != 1 or _kind(made.schema.column(0)) != leaf.kind:
        raise UnreadableInput(f"The column {leaf.name} is stored in a way that cannot be kept.")
    return written(sink.getvalue())


def chosen(found: Sequence[Leaf], wanted: str, classes: Sequence[str]) -> Leaf:
    """The column that has the label: the one named, else the only one with classes.

    Raises InvalidValue, with all that could be meant.
    """
    readable = [each for each in found if each.readable]
    if wanted:
        for same in (str, str.casefold):
            named = [each for each in readable if same(wanted) in (same(each.name), each.path)]
            if len(named) == 1:
                return named[0]
    else:
        named = [each for each in readable if each.name in classes and each.numbers]
        if len(named) == 1:
            return named[0]
    known = ", ".join(classes if len(classes) > 1 else (each.name for each in readable))
    told = f"no column “{wanted}” has labels" if wanted else "it is not clear where the labels are"
    raise InvalidValue("label", f"{told}: name one of {known or 'none'}.")
