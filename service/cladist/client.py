"""What the command line asks of a service elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from cladist.datasets.plan import Plan, decoded
from cladist.model.errors import InvalidValue, NotFound, Refused, StoreUnavailable

_SECONDS = 60


class Client:
    """A service under a URL, such as ``https://labels.example.org``."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise InvalidValue("server", "give a URL that begins with https:// or http://.")
        self._url = url.rstrip("/")

    def plan(self, slug: str, source: str, target: str, origins: Iterable[str]) -> Plan:
        """What data follow from one version to another; raises NotFound, StoreUnavailable."""
        asked = [("from", source), ("to", target), *(("origin", each) for each in sorted(origins))]
        path = f"/api/v1/taxonomies/{quote(slug, safe='')}/migration?{urlencode(asked)}"
        return decoded(self._get(path))

    def _get(self, path: str) -> bytes:
        request = Request(self._url + path, headers={"Accept": "application/json"})
        try:
            with urlopen(request, timeout=_SECONDS) as answer:
                found: bytes = answer.read()
                return found
        except HTTPError as error:
            told = _detail(error)
            raise (NotFound if error.code == 404 else Refused)(told) from None
        except (URLError, TimeoutError) as error:
            raise StoreUnavailable(f"{self._url} does not answer: {error}") from None


def _detail(error: HTTPError) -> str:
    """What a problem (RFC 9457) says."""
    try:
        problem = json.loads(error.read())
        return str(problem.get("detail") or problem.get("title"))
    except (ValueError, AttributeError):
        return f"The service answered {error.code}."
