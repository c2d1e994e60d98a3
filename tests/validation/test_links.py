"""Links asked of real servers: what answers, what does not, and which classes others link to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pyoxigraph as ox
import pytest

from cladist.model.errors import InvalidValue
from cladist.validation import link_rules
from cladist.validation.links import broken, linked, links
from tests.cli.program import Cli

STATUSES = {"/there": 200, "/gone": 410, "/missing": 404, "/secret": 403, "/ill": 500, "/busy": 429}


class _Web(BaseHTTPRequestHandler):
    """Answers by the table; /post only knows GET, /loop leads to itself."""

    store: ClassVar[ox.Store] = ox.Store()

    def do_HEAD(self) -> None:
        if self.path == "/post":
            self._say(405)
        elif self.path == "/loop":
            self._say(302, Location="/loop")
        elif self.path == "/moved":
            self._say(301, Location="/there")
        elif self.path == "/no-head":
            self._say(404)
        else:
            self._say(STATUSES.get(self.path, 404))

    def do_GET(self) -> None:
        self.do_HEAD() if self.path not in ("/no-head", "/post") else self._say(200)

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        self._say(200, body or b"", **{"Content-Type": "application/sparql-results+json"})

    def _say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests say what happened."""


@contextmanager
def _web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _nothing(done: int, of: int) -> None:
    """No sign of life."""


def test_what_leads_nowhere_is_found_and_nothing_else() -> None:
    ticks = []
    with _web() as web:
        paths = [*STATUSES, "/post", "/moved", "/no-head", "/loop"]
        found = broken([web + each for each in paths], lambda *seen: ticks.append(seen))
    assert {each.removeprefix(web): said for each, said in found.items()} == {
        "/gone": "answers 410",
        "/missing": "answers 404",
        "/ill": "answers 500",
        "/loop": "redirects without end",
    }
    assert ticks[-1] == (10, 10)
    closed = broken([f"{web}/there"], _nothing)
    assert list(closed.values()) == ["does not answer (ConnectError)"]


def test_which_addresses_are_links() -> None:
    skos = "http://www.w3.org/2004/02/skos/core#"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    lines = [
        f"<urn:a> <{kind}> <{skos}Concept> .\n",
        "<urn:a> <urn:p> <https://example.org/x> .\n",
        "<urn:b> <urn:p> <https://example.org/x> .\n",
        "<urn:b> <urn:p> <urn:a> .\n",
        '<urn:b> <urn:p> "https://example.org/y" .\n',
        f"<urn:b> <{skos}broader> <https://example.org/z> .\n",
        f"<https://example.org/z> <{kind}> <{skos}Concept> .\n",
    ]
    found = links(each.encode() for each in lines)
    assert found == {"https://example.org/x": ["urn:a", "urn:b"]}


def test_classes_to_which_an_endpoint_leads() -> None:
    classes = [f"https://example.org/c{at}" for at in range(250)]
    _Web.store.extend(
        ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode(each))
        for each in classes[::2]
    )
    with _web() as web:
        assert linked(web, classes, _nothing) == set(classes[::2])
    with pytest.raises(InvalidValue, match="does not answer as a SPARQL endpoint"):
        linked(web, classes, _nothing)


_FILE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/s> a skos:ConceptScheme .
<https://example.org/linked> a skos:Concept ; skos:inScheme <https://example.org/s> ;
    skos:prefLabel "linked"@en ; skos:exactMatch <{web}/there> .
<https://example.org/alone> a skos:Concept ; skos:inScheme <https://example.org/s> ;
    skos:prefLabel "alone"@en ; skos:exactMatch <{web}/gone> .
"""


def test_the_command_asks_when_it_is_told_to(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    _Web.store.add(
        ox.Quad(
            ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("https://example.org/linked")
        )
    )
    with _web() as web:
        file = cli.write("links.ttl", _FILE.format(web=web))
        quiet = cli.json("check", file)
        (checked,) = cli.json("check", file, "--links", "--in-links", web)["files"]
        text = cli.text("check", file, "--links")
    ours = {rule.id for rule in link_rules()}
    assert not ours & {*quiet["files"][0]["counts"], *quiet["files"][0]["rules_run"]}
    found = {each["rule"]: each["message"] for each in checked["results"] if each["rule"] in ours}
    assert found == {
        "clad-link-broken": f"“alone” leads to {web}/gone, which answers 410.",
        "clad-link-in": f"No statement of {web} leads to “alone”.",
    }
    assert "Links lead somewhere (1)" in text
