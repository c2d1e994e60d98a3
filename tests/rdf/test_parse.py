"""What accepted documents become: sorted, unique, canonical statements."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cladist.model.errors import UnreadableInput
from cladist.rdf.parse import Notice, RdfFormat
from tests.rdf.reading import lines, read, xml

XSD = "http://www.w3.org/2001/XMLSchema#"
HELLO = '<http://e/a> <http://e/b> "c"'
SAME = {
    RdfFormat.TURTLE: '@prefix e: <http://e/> . e:a e:b "c" .',
    RdfFormat.TRIG: '@prefix e: <http://e/> . { e:a e:b "c" }',
    RdfFormat.N_TRIPLES: HELLO + " .",
    RdfFormat.N_QUADS: HELLO + " .",
    RdfFormat.RDF_XML: xml(
        '<rdf:Description rdf:about="http://e/a"><e:b>c</e:b></rdf:Description>'
    ),
    RdfFormat.JSON_LD: '{"@id": "http://e/a", "http://e/b": "c"}',
}


@pytest.mark.parametrize("format", RdfFormat)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_format_reads_the_same_with_and_without_a_byte_order_mark(
    format: RdfFormat, mark: bytes
) -> None:
    parsed = read(mark + SAME[format].encode(), format)
    assert parsed.lines == [HELLO.encode() + b" .\n"]
    assert parsed.warnings == ()


def test_lines_are_sorted_and_unique() -> None:
    assert lines("<x:b> <x:p> 2 , 1 . <x:a> <x:p> 1 , 1 . <x:b> <x:p> 1 .") == [
        f'<x:a> <x:p> "1"^^<{XSD}integer>',
        f'<x:b> <x:p> "1"^^<{XSD}integer>',
        f'<x:b> <x:p> "2"^^<{XSD}integer>',
    ]


def test_numbers_keep_their_spelling() -> None:
    spelled = [line.rpartition(" ")[2] for line in lines("<x:a> <x:p> 007, 1.50, +1e0, true .")]
    assert spelled == [
        f'"+1e0"^^<{XSD}double>',
        f'"007"^^<{XSD}integer>',
        f'"1.50"^^<{XSD}decimal>',
        f'"true"^^<{XSD}boolean>',
    ]


def test_plain_strings_lose_their_type_and_language_tags_their_capitals() -> None:
    assert lines(f'<x:a> <x:p> "a"^^<{XSD}string>, "b"@EN-gb .') == [
        '<x:a> <x:p> "a"',
        '<x:a> <x:p> "b"@en-gb',
    ]


def test_named_graphs_are_kept_and_blank_ones_join_the_default_graph() -> None:
    assert lines("<x:g> { <x:a> <x:p> <x:b> } _:g { <x:a> <x:p> <x:c> }", RdfFormat.TRIG) == [
        "<x:a> <x:p> <x:b> <x:g>",
        "<x:a> <x:p> <x:c>",
    ]


def test_terms_are_brought_to_nfc_and_equal_ones_become_one() -> None:
    parsed = read('<x:a> <x:p> "caf\u0065\u0301"@fr, "caf\u00e9"@fr ; <x:e\u0301> "\u00e9" .')
    assert [line.decode() for line in parsed.lines] == [
        '<x:a> <x:p> "caf\u00e9"@fr .\n',
        '<x:a> <x:\u00e9> "\u00e9" .\n',
    ]
    assert parsed.warnings == (Notice("normalized", "Statements were brought to Unicode NFC.", 2),)


def test_labels_of_blank_nodes_are_not_brought_to_nfc() -> None:
    assert len(lines("_:e\u0301 <x:p> 1 . _:\u00e9 <x:p> 1 .")) == 2


def test_an_escape_does_not_take_part_in_normalization() -> None:
    document = '<x:a> <x:p> "a\\n\u0303\\\\n\u0303" .'
    assert lines(document) == ['<x:a> <x:p> "a\\n\u0303\\\\\u00f1"']


def test_escapes_in_text_are_no_control_characters() -> None:
    assert lines(r'<x:a> <x:p> "\\beta \\u0001 \\\\f\t\r\n" .') == [
        r'<x:a> <x:p> "\\beta \\u0001 \\\\f\t\r\n"'
    ]


def test_direction_controls_and_imports_are_kept_and_noticed() -> None:
    parsed = read(
        '<x:a> <x:p> "\u202ea" ; <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/x> .'
    )
    assert len(parsed.lines) == 2
    assert [notice.kind for notice in parsed.warnings] == ["bidi", "imports"]


def test_a_document_without_statements_is_noticed() -> None:
    parsed = read("# nothing")
    assert parsed.lines == []
    assert [notice.kind for notice in parsed.warnings] == ["empty"]


def test_prefixes_are_those_of_the_document() -> None:
    assert read("@prefix e: <http://e/> . @prefix : <http://f/> .").prefixes == {
        "e": "http://e/",
        "": "http://f/",
    }
    assert read(xml(""), RdfFormat.RDF_XML).prefixes["e"] == "http://e/"
    context = '{"@context": {"e": "http://e/"}, "@id": "e:a", "e:b": 1}'
    assert read(context, RdfFormat.JSON_LD).prefixes == {"e": "http://e/"}


@pytest.mark.parametrize(
    ("format", "document"),
    [
        (RdfFormat.TURTLE, "<a> <b> <c> ."),
        (
            RdfFormat.RDF_XML,
            xml('<rdf:Description rdf:about="a"><b xmlns="http://e/x/" rdf:resource="c"/>').replace(
                "</rdf:RDF>", "</rdf:Description></rdf:RDF>"
            ),
        ),
        (RdfFormat.JSON_LD, '{"@id": "a", "http://e/x/b": {"@id": "c"}}'),
    ],
)
def test_a_base_resolves_relative_iris(format: RdfFormat, document: str) -> None:
    parsed = read(document, format, base="http://e/x/")
    assert parsed.lines == [b"<http://e/x/a> <http://e/x/b> <http://e/x/c> .\n"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a\r\nb\rc&#13;", "a\\nb\\nc\\r"),
        ("a &amp; <![CDATA[<b> & c]]> d", "a & <b> & c d"),
        ("a<!-- no > text --> b", "a b"),
        ("a <?php text ?>b", "a b"),
        ("  ", "  "),
    ],
)
def test_xml_text_is_read_as_xml_says(written: str, read_as: str) -> None:
    content = f'<rdf:Description rdf:about="http://e/a"><e:b>{written}</e:b></rdf:Description>'
    assert lines(xml(content), RdfFormat.RDF_XML) == [f'<http://e/a> <http://e/b> "{read_as}"']


def test_json_keys_without_a_meaning_are_noticed() -> None:
    document = '{"@id": "http://e/a", "http://e/b": 1, "remark": "x", "nota": ["y", "z"]}'
    parsed = read(document, RdfFormat.JSON_LD)
    assert len(parsed.lines) == 1
    (notice,) = parsed.warnings
    assert (notice.kind, notice.count) == ("ignored-keys", 3)
    assert "nota, remark" in notice.message


def test_nothing_is_fetched_or_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonld"
    secret.write_text('{"e": "http://e/"}')
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = f"http://127.0.0.1:{server.getsockname()[1]}/context"
        for place in (host, secret.as_uri()):
            document = f'{{"@context": "{place}", "@id": "http://e/a", "http://e/b": 1}}'
            with pytest.raises(UnreadableInput, match="remote @context"):
                read(document, RdfFormat.JSON_LD)
        read(f"<x:a> <http://www.w3.org/2002/07/owl#imports> <{host}> .")
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_readers_in_many_threads_do_not_meet() -> None:
    results: dict[int, list[bytes]] = {}
    threads = [
        threading.Thread(
            target=lambda number=number: results.update(
                {number: read(f"<x:a> <x:p> {number} .").lines}
            )
        )
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    integer = f"^^<{XSD}integer> .\n"
    assert results == {n: [f'<x:a> <x:p> "{n}"{integer}'.encode()] for n in range(4)}


def test_the_child_does_not_hear_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert read("<x:a> <x:p> 1 .").lines


def test_no_file_is_left_open() -> None:
    read("<x:a> <x:p> 1 .")
    before = os.listdir("/dev/fd")
    read("<x:a> <x:p> 1 .")
    assert len(os.listdir("/dev/fd")) == len(before)


@pytest.mark.parametrize("act", ["open('/dev/null')", "socket.socket()", "bytearray(1 << 29)"])
def test_the_child_opens_nothing_and_stays_small(act: str) -> None:
    code = f"import socket; from cladist.rdf.parse_child import confine; confine(1 << 28, 5); {act}"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1
    assert b"Too many open files" in ended.stderr or b"MemoryError" in ended.stderr
