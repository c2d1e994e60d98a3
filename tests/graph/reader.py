"""A process that opens contents of a ledger and says what it finds: it may be killed any time.

``python reader.py URL SHA...`` writes one JSON line for each content, over and over; with
``--once`` before the URL it stops after the first round.
"""

from __future__ import annotations

import json
import sys

from cladist.graph import Projection
from cladist.ledger import open_ledger

ALL = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"


def answer(projection: Projection, sha: str) -> str:
    """All statements of a content with their graphs, in order, as a JSON text."""
    rows = projection.select(sha, ALL).rows
    return json.dumps([sha, sorted([str(term) for term in row] for row in rows)])


def main(arguments: list[str]) -> None:
    """Open the ledger and answer."""
    once = arguments[0] == "--once"
    url, *shas = arguments[1:] if once else arguments
    with open_ledger(url) as ledger:
        projection = Projection(ledger.content, capacity=1)
        while True:
            for sha in shas:
                print(answer(projection, sha), flush=True)
            if once:
                return


if __name__ == "__main__":
    main(sys.argv[1:])
