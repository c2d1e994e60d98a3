"""A format is what the media type or the suffix says."""

from __future__ import annotations

import pytest

from cladist.rdf.formats import RdfFormat


@pytest.mark.parametrize("known", RdfFormat)
def test_every_format_is_found_by_media_type_suffix_and_name(known: RdfFormat) -> None:
    assert RdfFormat.from_media_type(known.media_type.upper() + "; charset=UTF-8") is known
    assert RdfFormat.from_suffix("some.file" + known.suffix) is known
    assert RdfFormat.from_name(known.label.replace("-", " ").title()) is known
    assert known.pyoxigraph.supports_datasets == known.graphs


@pytest.mark.parametrize(
    "media_type",
    [
        "",
        "text/plain",
        "application/xml",
        "application/json",
        "text/n3",
        "text/turtle; charset=iso-8859-1",
    ],
)
def test_other_media_types_are_not_guessed(media_type: str) -> None:
    assert RdfFormat.from_media_type(media_type) is None


@pytest.mark.parametrize("name", ["", "ttl", "a.json", "a.xml", "a.n3", "a.html", "a.ttl.gz"])
def test_other_suffixes_are_not_guessed(name: str) -> None:
    assert RdfFormat.from_suffix(name) is None


def test_a_profile_does_not_hide_the_format() -> None:
    media_type = 'application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded"'
    assert RdfFormat.from_media_type(media_type) is RdfFormat.JSON_LD
