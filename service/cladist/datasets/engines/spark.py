"""The engine that is Spark: one machine or many, the mapping as tables that every worker gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cladist.datasets.engines.expressions import NUMBER, Compiler, Kind
from cladist.datasets.engines.lake import FATE, VIA, WAS, Lake
from cladist.datasets.engines.mapping import BETWEEN, EMPTY, NULL, OR, Value, Ways
from cladist.datasets.engines.rows import Result
from cladist.model.errors import InvalidValue

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_KEY, _DECIDED, _VALUE, _WAY = "cladist_key", "cladist_decided", "cladist_value", "cladist_way"
_TOKEN, _NEW = "cladist_token", "cladist_new"

_LOCAL: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}
"""Where Spark runs in this process, and nobody has said otherwise: unseen by others."""


class Words:
    """What Spark calls things."""

    def column(self, name: str) -> Any:
        """The values of a column."""
        from pyspark.sql import functions

        return functions.col(_quoted(name))

    def truth(self, value: bool) -> Any:
        """The same for every row."""
        from pyspark.sql import functions

        return functions.lit(value)

    def given(self, values: Any) -> Any:
        """Whether there is a value."""
        return values.isNotNull()

    def certain(self, test: Any) -> Any:
        """A test that fails where it has no answer."""
        from pyspark.sql import functions

        return functions.coalesce(test, functions.lit(False))

    def number(self, values: Any, kind: Kind) -> Any:
        """Values as numbers; null where they write none."""
        from pyspark.sql import functions

        if kind is Kind.TEXT:
            plain = functions.trim(values)
            written = functions.when(
                plain.rlike(NUMBER), functions.replace(plain, functions.lit("_"), functions.lit(""))
            )
            return written.try_cast("double")
        found = values.cast("double")
        return functions.when(~functions.isnan(found), found) if kind is Kind.NUMBER else found

    def text(self, values: Any) -> Any:
        """Values as texts."""
        return values.cast("string")

    def lower(self, texts: Any) -> Any:
        """Texts in small letters."""
        from pyspark.sql import functions

        return functions.lower(texts)

    def length(self, texts: Any) -> Any:
        """How many characters texts have."""
        from pyspark.sql import functions

        return functions.char_length(texts)

    def matches(self, texts: Any, operator: str, wanted: str) -> Any:
        """Whether texts contain, start with or end with another one."""
        if operator == "contains":
            return texts.contains(wanted)
        return texts.startswith(wanted) if operator == "starts-with" else texts.endswith(wanted)

    def any_of(self, lists: Any, test: Callable[[Any], Any]) -> Any:
        """Whether an element of each list passes a test."""
        from pyspark.sql import functions

        return functions.exists(lists, lambda one: self.certain(test(one)))


class Engine:
    """A lake read by Spark: by the session that is open, else by one as Spark is configured."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._compiler = Compiler(lake.fields, Words())
        self._spark = _session().newSession()
        self._spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What Spark raises."""
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]
        from pyspark.errors import PySparkException

        return (PySparkException, Py4JError)

    def values(self) -> Mapping[Value, int]:
        """How often every value stands in the column of labels."""
        from pyspark.sql import functions

        label: Any = functions.col(_quoted(self._lake.label))
        value = functions.explode(label) if self._lake.leaf.listed else label
        rows = self._rows().select(value.alias("value")).where("value is not null")
        return {row[0]: row[1] for row in rows.groupBy("value").count().collect()}

    def tokens(self, ways: Ways) -> Mapping[str | None, int]:
        """How many rows take which ways."""
        counted = self._tokened(ways).groupBy(_TOKEN).count()
        return {row[0]: row[1] for row in counted.collect()}

    def met(self, ways: Ways) -> set[tuple[str, Value]]:
        """The keys and values of decisions that stand in rows."""
        from pyspark.sql import functions

        label: Any = functions.col(_quoted(self._lake.label))
        value = functions.explode(label) if self._lake.leaf.listed else label
        rows = self._rows().select(self._key().alias("key"), value.alias("value"))
        decided = [(each.key, each.value) for each in ways.decisions]
        asked = functions.broadcast(self._spark.createDataFrame(decided, ["key", "value"]))
        found = rows.join(asked, ["key", "value"], "left_semi").distinct().collect()
        return {(row[0], row[1]) for row in found}

    def write(self, ways: Ways, results: Mapping[str, Result], to: Path) -> int:
        """Write all rows; gives how many there are then."""
        from pyspark.sql import functions

        rows = self._rows()
        known = functions.broadcast(self._results(results, rows.schema[self._lake.label].dataType))
        told = self._tokened(ways).join(known, _TOKEN, "left")
        label = self._lake.label
        columns = [
            functions.col(_NEW).alias(label) if each == label else functions.col(_quoted(each))
            for each in rows.columns
        ]
        writer = told.select(*columns, FATE, WAS, VIA).write.option("compression", "zstd")
        parts = self._partitions()
        (writer.partitionBy(*parts) if parts else writer).parquet(str(to))
        return self._read(str(to)).count()

    def _read(self, *paths: str) -> DataFrame:
        reader = self._spark.read.option("mergeSchema", "false")
        return reader.parquet(*paths)

    def _rows(self) -> DataFrame:
        root = self._lake.root
        reader = self._spark.read.option("basePath", str(root.resolve()))
        found = reader.parquet(*(str((root / path).resolve()) for path in self._lake.paths))
        return found.drop(FATE, WAS, VIA)

    def _partitions(self) -> list[str]:
        """Columns that are folders: ``day=1``."""
        folders = self._lake.paths[0].split("/")[:-1]
        return [each.partition("=")[0] for each in folders if "=" in each]

    def _key(self) -> Column:
        from pyspark.sql import functions

        if not self._lake.key:
            return functions.lit("")
        return functions.col(_quoted(self._lake.key)).cast("string")

    def _tokened(self, ways: Ways) -> DataFrame:
        """The rows with their tokens."""
        from pyspark.sql import functions

        label: Any = functions.col(_quoted(self._lake.label))
        rows = self._rows()
        if ways.decisions:
            rows = rows.withColumn(_KEY, self._key())
            rows = rows.join(functions.broadcast(self._decisions(ways)), _KEY, "left")
        known = [(value, str(way)) for value, way in ways.fallback.items()]
        if not self._lake.leaf.listed:
            schema = f"{_VALUE} {self._kind()}, {_WAY} string"
            table = functions.broadcast(self._spark.createDataFrame(known, schema))
            rows = rows.join(table, label == table[_VALUE], "left")
            return rows.withColumn(_TOKEN, self._token(label, functions.col(_WAY), ways))
        pairs = [functions.lit(each) for pair in known for each in pair]
        way = functions.create_map(*pairs) if pairs else functions.lit(None)
        tokens = functions.transform(
            label, lambda one: self._token(one, functions.try_element_at(way, one), ways)
        )
        return rows.withColumn(
            _TOKEN, functions.when(label.isNotNull(), functions.array_join(tokens, BETWEEN))
        )

    def _token(self, value: Column, way: Column, ways: Ways) -> Column:
        """The token of one label, from the way that it takes where nothing of the row decides."""
        from pyspark.sql import functions

        for rule in reversed(ways.rules):
            test = (value == functions.lit(rule.value)) & self._compiler.compiled(rule.when)
            way = functions.when(test, functions.lit(str(rule.way))).otherwise(way)
        if ways.decisions:
            chosen = functions.try_element_at(functions.col(_DECIDED), value).cast("string")
            taken = functions.when(value.isin(list(ways.open)), chosen).otherwise(way)
            way = functions.coalesce(functions.concat(taken, functions.lit(OR), chosen), way)
        told = functions.coalesce(way, functions.lit(EMPTY))
        return functions.when(value.isNull(), functions.lit(NULL)).otherwise(told)

    def _decisions(self, ways: Ways) -> DataFrame:
        """Keys, and for each the ways by value."""
        found: dict[str, dict[Value, int]] = {}
        for each in ways.decisions:
            found.setdefault(each.key, {})[each.value] = each.way
        kind = self._kind()
        schema = f"{_KEY} string, {_DECIDED} map<{kind}, bigint>"
        return self._spark.createDataFrame(list(found.items()), schema)

    def _kind(self) -> str:
        return "bigint" if self._lake.leaf.numbers else "string"

    def _results(self, results: Mapping[str, Result], kind: Any) -> DataFrame:
        """What rows with each token become."""
        from pyspark.sql import functions

        lake = self._lake
        rows = [
            (token, [lake.value(ref) for ref in each.new], *map(list, each[1:]))
            for token, each in results.items()
        ]
        about = ", ".join(f"{name} array<string>" for name in (FATE, WAS, VIA))
        schema = f"{_TOKEN} string, {_NEW} array<{self._kind()}>, {about}"
        table = self._spark.createDataFrame(rows, schema)
        if not lake.leaf.listed:
            for name in (_NEW, FATE, WAS, VIA):
                table = table.withColumn(name, functions.get(functions.col(name), functions.lit(0)))
        return table.withColumn(_NEW, functions.col(_NEW).cast(kind))


def _quoted(name: str) -> str:
    """The name of a column, whatever characters it has."""
    return "`" + name.replace("`", "``") + "`"


def _session() -> SparkSession:
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession
    except ImportError:
        raise InvalidValue(
            "engine", "Spark is not installed: pip install cladist[spark]."
        ) from None
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    SparkContext._ensure_initialized()
    given = SparkConf()
    builder: Any = SparkSession.builder.appName("cladist")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if given.get("spark.master", "local").startswith("local"):
        for name in _LOCAL:
            builder = builder.config(name, given.get(name, _LOCAL[name]))
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # what fails is told by us, once
    return session
