"""Reads SSSOM files as sssom-py does, validates them, and prints what they hold as JSON.

It runs in the environment of ``requirements/interop/validators.txt``, which Cladist is no part of.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def held(path: str) -> dict[str, Any]:
    """The rows of a valid file, IRIs written out, with the cardinality that sssom-py computes."""
    from sssom.parsers import parse_sssom_table  # type: ignore[import-not-found, unused-ignore]
    from sssom.validators import validate  # type: ignore[import-not-found, unused-ignore]

    found = parse_sssom_table(path)
    validate(found)
    told = found.df.to_dict("records")
    found.infer_cardinality()
    counted = found.df["mapping_cardinality"]
    return {
        "source": found.converter.expand(told[0]["subject_source"], strict=True),
        "rows": [
            [
                found.converter.expand(row["subject_id"], strict=True),
                row["predicate_id"],
                found.converter.expand(row["object_id"], strict=True),
                row["mapping_cardinality"],
                cardinality,
            ]
            for row, cardinality in zip(told, counted, strict=True)
        ],
    }


if __name__ == "__main__":
    print(json.dumps([held(path) for path in sys.argv[1:]]))
