"""A Label Studio server: its projects, and what people and models have labeled there.

Spoken to over its HTTP API, whose paths and fields are those of release 1.23.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from cladist.model.errors import InvalidValue, NotFound, Refused, StoreUnavailable

KINDS = ("annotations", "predictions", "drafts")
"""What a task holds results in, as the members and the paths are called."""

_PAGE = 100
_SECONDS = 120.0


class Project(msgspec.Struct, frozen=True):
    """A project: its number, title, labeling configuration, and the labels it knows to be used."""

    id: int
    title: str
    config: str
    counted: Mapping[str, int]
    """How often each label is used by the project's own summary, which misses some."""


class Studio:
    """A server under a URL, such as ``https://studio.example.org``.

    ``token`` is an access token of a user: a personal one, which is exchanged for a short one, or
    a legacy one. Raises NotFound, Refused and StoreUnavailable.
    """

    def __init__(self, url: str, token: str) -> None:
        if httpx.URL(url).scheme not in ("http", "https"):
            raise InvalidValue("URL", "begins with https:// or http://.")
        if not token:
            raise InvalidValue("token", "set LABEL_STUDIO_API_KEY to an access token.")
        transport = httpx.HTTPTransport(retries=2)
        self._client = httpx.Client(base_url=url, timeout=_SECONDS, transport=transport)
        self._token, self._personal = token, token.count(".") == 2
        if not self._personal:
            self._client.headers["Authorization"] = f"Token {token}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, it: BaseException | None, at: TracebackType | None
    ) -> None:
        self._client.close()

    def project(self, number: int) -> Project:
        """A project."""
        found = self._asked("GET", f"/api/projects/{number}/")
        summary = self._asked("GET", f"/api/projects/{number}/summary/")
        counted: dict[str, int] = {}
        for member in ("created_labels", "created_labels_drafts"):
            for labels in (summary.get(member) or {}).values():
                for label, count in labels.items():
                    counted[label] = counted.get(label, 0) + count
        return Project(number, found["title"], found["label_config"] or "", counted)

    def configure(self, number: int, config: str) -> None:
        """Give a project another labeling configuration."""
        self._asked("PATCH", f"/api/projects/{number}/", {"label_config": config})

    def tasks(self, number: int) -> Iterator[tuple[dict[str, Any], int]]:
        """Every task of a project with all results, and how many tasks there are."""
        page, seen = 1, 0
        while True:
            query = {"project": number, "fields": "all", "page": page, "page_size": _PAGE}
            found = self._asked("GET", "/api/tasks/", query=query)
            total = int(found["total"])
            for task in found["tasks"]:
                yield task, total
            seen += len(found["tasks"])
            if seen >= total or not found["tasks"]:
                return
            page += 1

    def result(self, kind: str, number: int) -> list[dict[str, Any]]:
        """The results of an annotation, a prediction or a draft."""
        found: list[dict[str, Any]] = self._asked("GET", f"/api/{kind}/{number}/")["result"]
        return found

    def replace(self, kind: str, number: int, result: list[dict[str, Any]]) -> None:
        """Give an annotation, a prediction or a draft other results."""
        self._asked("PATCH", f"/api/{kind}/{number}/", {"result": result})

    def _asked(
        self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None
    ) -> Any:
        if self._personal and "Authorization" not in self._client.headers:
            self._refresh()
        answer = self._sent(method, path, body, query)
        if answer.status_code == 401 and self._personal:  # the short token ended
            self._refresh()
            answer = self._sent(method, path, body, query)
        if answer.is_success:
            return answer.json()
        told = _told(answer)
        if answer.status_code == 404:
            raise NotFound(f"Label Studio has nothing at {path}: {told}")
        if answer.status_code >= 500:
            raise StoreUnavailable(f"Label Studio answered {answer.status_code}: {told}")
        raise Refused(f"Label Studio refused {method} {path} ({answer.status_code}): {told}")

    def _refresh(self) -> None:
        self._client.headers.pop("Authorization", None)
        answer = self._sent("POST", "/api/token/refresh/", {"refresh": self._token}, None)
        if not answer.is_success:
            raise Refused(f"Label Studio does not take the token: {_told(answer)}")
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access']}"

    def _sent(
        self, method: str, path: str, body: Any, query: Mapping[str, Any] | None
    ) -> httpx.Response:
        try:
            return self._client.request(method, path, json=body, params=query)
        except httpx.HTTPError as error:
            where = self._client.base_url
            raise StoreUnavailable(f"Label Studio at {where} does not answer: {error}") from None


def _told(answer: httpx.Response) -> str:
    """What an error says, shortened."""
    try:
        body = answer.json()
    except ValueError:
        return answer.reason_phrase
    told = body.get("validation_errors") or body.get("detail") if isinstance(body, dict) else body
    return str(told)[:500]
