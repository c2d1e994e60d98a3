"""The engine that is Polars: one machine, file by file, streaming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cladist.datasets.engines.expressions import NUMBER, Compiler, Kind, columns_of
from cladist.datasets.engines.lake import FATE, VIA, WAS, Lake
from cladist.datasets.engines.mapping import BETWEEN, EMPTY, NULL, OR, Value, Ways
from cladist.datasets.engines.rows import Result

if TYPE_CHECKING:
    from polars import Expr, LazyFrame

_ROW, _VALUE, _KEY = "cladist row", "cladist value", "cladist key"
_DECIDED, _TOKEN, _NEW = "cladist decided", "cladist token", "cladist new"


class Words:
    """What Polars calls things."""

    def column(self, name: str) -> Any:
        """The values of a column."""
        import polars

        return polars.col(name)

    def truth(self, value: bool) -> Any:
        """The same for every row."""
        import polars

        return polars.lit(value)

    def given(self, values: Any) -> Any:
        """Whether there is a value."""
        return values.is_not_null()

    def certain(self, test: Any) -> Any:
        """A test that fails where it has no answer."""
        return test.fill_null(False)

    def number(self, values: Any, kind: Kind) -> Any:
        """Values as numbers; null where they write none."""
        import polars

        if kind is Kind.TEXT:
            plain = values.cast(polars.String).str.strip_chars()
            written = polars.when(plain.str.contains(NUMBER)).then(plain.str.replace_all("_", ""))
            return written.cast(polars.Float64, strict=False)
        found = values.cast(polars.Float64)
        return polars.when(found.is_not_nan()).then(found) if kind is Kind.NUMBER else found

    def text(self, values: Any) -> Any:
        """Values as texts."""
        import polars

        return values.cast(polars.String)

    def lower(self, texts: Any) -> Any:
        """Texts in small letters."""
        return self.text(texts).str.to_lowercase()

    def length(self, texts: Any) -> Any:
        """How many characters texts have."""
        return texts.str.len_chars()

    def matches(self, texts: Any, operator: str, wanted: str) -> Any:
        """Whether texts contain, start with or end with another one."""
        if operator == "contains":
            return texts.str.contains(wanted, literal=True)
        return (
            texts.str.starts_with(wanted)
            if operator == "starts-with"
            else texts.str.ends_with(wanted)
        )

    def any_of(self, lists: Any, test: Callable[[Any], Any]) -> Any:
        """Whether an element of each list passes a test."""
        import polars

        return lists.list.eval(test(polars.element()).fill_null(False)).list.any()


class Engine:
    """A lake read by Polars. Rows with lists of labels are held in memory, a file at a time."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._compiler = Compiler(lake.fields, Words())

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What Polars raises."""
        from polars.exceptions import PolarsError

        return (PolarsError,)

    def values(self) -> Mapping[Value, int]:
        """How often every value stands in the column of labels."""
        found: Counter[Value] = Counter()
        for path in self._lake.paths:
            values = self._single(self._scan(path), ()).select(_VALUE).drop_nulls()
            found.update(_counted(values, _VALUE))
        return found

    def tokens(self, ways: Ways) -> Mapping[str | None, int]:
        """How many rows take which ways."""
        found: Counter[str | None] = Counter()
        for path in self._lake.paths:
            found.update(_counted(self._tokened(self._scan(path), ways), _TOKEN))
        return found

    def met(self, ways: Ways) -> set[tuple[str, Value]]:
        """The keys and values of decisions that stand in rows."""
        found: set[tuple[str, Value]] = set()
        for path in self._lake.paths:
            rows = self._single(self._scan(path), ()).select(_KEY, _VALUE)
            asked = rows.join(self._decisions(ways), on=[_KEY, _VALUE], how="semi").unique()
            found.update(asked.collect(engine="streaming").iter_rows())
        return found

    def write(self, ways: Ways, results: Mapping[str, Result], to: Path) -> int:
        """Write every file under its own path; gives the number of rows."""
        import polars
        from pyarrow.parquet import read_metadata

        rows = 0
        for path in self._lake.paths:
            scanned = self._scan(path)
            schema = scanned.collect_schema()
            known = self._results(results, schema[self._lake.label])
            told = self._tokened(scanned, ways).join(
                known, on=_TOKEN, how="left", maintain_order="left"
            )
            new = polars.col(_NEW).alias(self._lake.label)
            columns = [new if each == self._lake.label else polars.col(each) for each in schema]
            target = to / path
            target.parent.mkdir(parents=True, exist_ok=True)
            told.select(*columns, FATE, WAS, VIA).sink_parquet(target, compression_level=1)
            rows += read_metadata(target).num_rows
        return rows

    def _scan(self, path: str) -> LazyFrame:
        import polars

        found = polars.scan_parquet(self._lake.root / path, hive_partitioning=False, glob=False)
        return found.drop(FATE, WAS, VIA, strict=False)

    def _single(self, rows: LazyFrame, columns: Iterable[str]) -> LazyFrame:
        """Every value of the labels on its own, with the place of its row and the key of that."""
        import polars

        lake = self._lake
        kind: Any = polars.Int64 if lake.leaf.numbers else polars.String
        found = rows.with_row_index(_ROW).select(
            _ROW,
            (polars.col(lake.key).cast(polars.String) if lake.key else polars.lit("")).alias(_KEY),
            polars.col(lake.label).alias(_VALUE),
            *columns,
        )
        if lake.leaf.listed:
            found = found.filter(polars.col(_VALUE).list.len() > 0).explode(_VALUE)
        return found.with_columns(polars.col(_VALUE).cast(kind))

    def _tokened(self, rows: LazyFrame, ways: Ways) -> LazyFrame:
        """The rows with their tokens."""
        import polars

        if not self._lake.leaf.listed and not ways.decisions:
            value = polars.col(self._lake.label)
            kind: Any = polars.Int64 if self._lake.leaf.numbers else polars.String
            return rows.with_columns(self._token(value.cast(kind), ways).alias(_TOKEN))
        columns = {name for rule in ways.rules for name in columns_of(rule.when)}
        single = self._single(rows, sorted(columns & set(self._lake.fields)))
        if ways.decisions:
            single = single.join(
                self._decisions(ways), on=[_KEY, _VALUE], how="left", maintain_order="left"
            )
        decided = polars.col(_DECIDED) if ways.decisions else None
        tokens = single.select(_ROW, self._token(polars.col(_VALUE), ways, decided).alias(_TOKEN))
        indexed = rows.with_row_index(_ROW)
        if not self._lake.leaf.listed:
            return indexed.join(tokens, on=_ROW, how="left", maintain_order="left")
        joined = tokens.group_by(_ROW, maintain_order=True).agg(polars.col(_TOKEN))
        found = indexed.join(
            joined.with_columns(polars.col(_TOKEN).list.join(BETWEEN)),
            on=_ROW,
            how="left",
            maintain_order="left",
        )
        empty = polars.col(self._lake.label).list.len() == 0
        return found.with_columns(
            polars.when(empty).then(polars.lit("")).otherwise(polars.col(_TOKEN)).alias(_TOKEN)
        )

    def _token(self, value: Expr, ways: Ways, decided: Expr | None = None) -> Expr:
        """The token of one label."""
        import polars

        numbers = polars.Int64
        way = value.replace_strict(
            list(ways.fallback), list(ways.fallback.values()), default=None, return_dtype=numbers
        )
        for rule in reversed(ways.rules):
            test = (value == rule.value) & self._compiler.compiled(rule.when)
            way = polars.when(test).then(polars.lit(rule.way, numbers)).otherwise(way)
        token = way.cast(polars.String)
        if decided is not None:
            chosen = decided.cast(polars.String)
            taken = polars.when(value.is_in(list(ways.open))).then(chosen).otherwise(token)
            token = polars.coalesce(polars.concat_str(taken, polars.lit(OR), chosen), token)
        said = polars.when(value.is_null()).then(polars.lit(NULL))
        return said.otherwise(token.fill_null(polars.lit(EMPTY)))

    def _decisions(self, ways: Ways) -> LazyFrame:
        """Keys, values and ways."""
        import polars

        kind: Any = polars.Int64 if self._lake.leaf.numbers else polars.String
        schema = {_KEY: polars.String, _VALUE: kind, _DECIDED: polars.Int64}
        return polars.LazyFrame(ways.decisions, schema=schema, orient="row")

    def _results(self, results: Mapping[str, Result], kind: Any) -> LazyFrame:
        """What rows with each token become."""
        import polars

        lake, text = self._lake, polars.String
        rows = [
            (token, [lake.value(ref) for ref in each.new], *map(list, each[1:]))
            for token, each in results.items()
        ]
        lists: dict[str, Any] = dict.fromkeys((FATE, WAS, VIA), polars.List(text))
        plain: Any = polars.Int64 if lake.leaf.numbers else text
        schema = {_TOKEN: text, _NEW: polars.List(plain), **lists}
        table = polars.DataFrame(rows, schema=schema, orient="row")
        if not lake.leaf.listed:
            table = table.with_columns(polars.exclude(_TOKEN).list.first())
        return table.with_columns(polars.col(_NEW).cast(kind)).lazy()


def _counted(rows: LazyFrame, column: str) -> dict[Any, int]:
    """How often every value stands in a column."""
    import polars

    found = rows.group_by(column).agg(polars.len()).collect(engine="streaming")
    return dict(found.iter_rows())
