"""The two clients: the same operations, sent by one that waits and one that does not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, Unpack

from cladist.client import drafting, operations, using
from cladist.client.cache import Cache, user_folder
from cladist.client.exchange import Request, Service, Told, Unreachable, exchange
from cladist.client.migrating import MigrationOptions, migrate
from cladist.client.operation import Operation, Reply

if TYPE_CHECKING:
    import httpx

    from cladist.datasets.plan import Plan
    from cladist.datasets.report import Report

P = ParamSpec("P")
T = TypeVar("T")

_CONNECTING = 5.0
"""Seconds in which a connection must stand."""


def _asked(
    make: Callable[P, Operation[T]],
) -> Callable[Concatenate[Client, P], T]:
    """The method that carries an operation out and waits for it."""

    @wraps(make)
    def ask(self: Client, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.run(make(*args, **kwargs))

    return ask


def _awaited(
    make: Callable[P, Operation[T]],
) -> Callable[Concatenate[AsyncClient, P], Coroutine[Any, Any, T]]:
    """The method that carries an operation out while others run."""

    @wraps(make)
    async def ask(self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.run(make(*args, **kwargs))

    return ask


class Client:
    """A service under a URL, such as ``https://labels.example.org``.

    ``author`` is who makes the changes. ``cache`` is the folder of kept answers: the user's own if
    nothing is said, none at all for ``None``. A request may take ``timeout`` seconds and is tried
    ``attempts`` times while nobody answers. Raises InvalidValue for another kind of URL.
    """

    def __init__(
        self,
        url: str,
        *,
        author: str = "",
        cache: str | Path | None = "",
        timeout: float = 60.0,
        attempts: int = 4,
    ) -> None:
        import httpx

        self._service = _service(url, author, cache, attempts)
        self._http = httpx.Client(timeout=_patience(timeout))

    taxonomies = _asked(operations.taxonomies)
    versions = _asked(operations.versions)
    version = _asked(operations.version)
    classes = _asked(operations.classes)
    class_index = _asked(operations.class_index)
    permutation = _asked(operations.permutation)
    training = _asked(operations.training)
    training_arrays = _asked(operations.training_arrays)
    resolve = _asked(operations.resolve)
    account = _asked(operations.account)
    correspondence = _asked(operations.correspondence)
    plan = _asked(operations.plan)
    exports = _asked(operations.exports)
    export = _asked(operations.export)
    export_about = _asked(operations.export_about)
    validate = _asked(drafting.validate)
    draft = _asked(drafting.draft)
    edit = _asked(drafting.edit)
    publish = _asked(drafting.publish)
    check = _asked(using.check)
    events = _asked(using.events)
    use = _asked(using.use)
    usages = _asked(using.usages)
    impact = _asked(using.impact)

    def migrate(
        self,
        dataset: str | Path,
        output: str | Path | None,
        slug: str = "",
        source: str = "",
        target: str = "latest",
        **options: Unpack[MigrationOptions],
    ) -> Report:
        """Migrate a dataset on this machine by the service's plan; without an output, survey it.

        Taxonomy and version are what its lock file says unless they are given. Raises what
        ``cladist migrate`` refuses with.
        """
        from cladist.datasets.binding import Wanted

        wanted = Wanted(slug, source, target)
        return migrate(self, Path(dataset), _path(output), wanted, **options)

    def run(self, operation: Operation[T]) -> T:
        """Carry an operation out; raises the errors of ``cladist.model.errors`` alone."""
        talk = exchange(operation, self._service)
        try:
            request = next(talk)
            while True:
                request = talk.send(self._send(request))
        except StopIteration as end:
            found: T = end.value
            return found

    def _send(self, request: Request) -> Told:
        time.sleep(request.delay)
        try:
            return _reply(self._http.request(*_line(request), **_rest(request)))
        except _failures() as error:
            return _unreachable(error)

    def close(self) -> None:
        """Close the connections; ``with`` does so as well."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient:
    """The same as ``Client`` for programs that await; arguments and errors are the same."""

    def __init__(
        self,
        url: str,
        *,
        author: str = "",
        cache: str | Path | None = "",
        timeout: float = 60.0,
        attempts: int = 4,
    ) -> None:
        import httpx

        self._service = _service(url, author, cache, attempts)
        self._http = httpx.AsyncClient(timeout=_patience(timeout))

    taxonomies = _awaited(operations.taxonomies)
    versions = _awaited(operations.versions)
    version = _awaited(operations.version)
    classes = _awaited(operations.classes)
    class_index = _awaited(operations.class_index)
    permutation = _awaited(operations.permutation)
    training = _awaited(operations.training)
    training_arrays = _awaited(operations.training_arrays)
    resolve = _awaited(operations.resolve)
    account = _awaited(operations.account)
    correspondence = _awaited(operations.correspondence)
    plan = _awaited(operations.plan)
    exports = _awaited(operations.exports)
    export = _awaited(operations.export)
    export_about = _awaited(operations.export_about)
    validate = _awaited(drafting.validate)
    draft = _awaited(drafting.draft)
    edit = _awaited(drafting.edit)
    publish = _awaited(drafting.publish)
    check = _awaited(using.check)
    events = _awaited(using.events)
    use = _awaited(using.use)
    usages = _awaited(using.usages)
    impact = _awaited(using.impact)

    async def migrate(
        self,
        dataset: str | Path,
        output: str | Path | None,
        slug: str = "",
        source: str = "",
        target: str = "latest",
        **options: Unpack[MigrationOptions],
    ) -> Report:
        """Migrate a dataset on this machine, in a thread of its own, by the service's plan."""
        from cladist.datasets.binding import Wanted

        planner = _FromThread(self, asyncio.get_running_loop())
        wanted, place = Wanted(slug, source, target), _path(output)
        return await asyncio.to_thread(migrate, planner, Path(dataset), place, wanted, **options)

    async def run(self, operation: Operation[T]) -> T:
        """Carry an operation out; raises the errors of ``cladist.model.errors`` alone."""
        talk = exchange(operation, self._service)
        try:
            request = next(talk)
            while True:
                request = talk.send(await self._send(request))
        except StopIteration as end:
            found: T = end.value
            return found

    async def _send(self, request: Request) -> Told:
        await asyncio.sleep(request.delay)
        try:
            return _reply(await self._http.request(*_line(request), **_rest(request)))
        except _failures() as error:
            return _unreachable(error)

    async def aclose(self) -> None:
        """Close the connections; ``async with`` does so as well."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _FromThread:
    """The planner for a thread beside the loop in which an asynchronous client lives."""

    def __init__(self, client: AsyncClient, loop: asyncio.AbstractEventLoop) -> None:
        self._client, self._loop = client, loop

    def plan(self, slug: str, source: str, target: str, origins: Iterable[str]) -> Plan:
        """What data follow."""
        asked = self._client.run(operations.plan(slug, source, target, origins))
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()


def _service(url: str, author: str, cache: str | Path | None, attempts: int) -> Service:
    folder = user_folder() if cache == "" else _path(cache)
    kept = None if folder is None else Cache(folder)
    return Service(url=url, author=author, cache=kept, attempts=attempts)


def _path(given: str | Path | None) -> Path | None:
    return None if given is None else Path(given)


def _patience(timeout: float) -> httpx.Timeout:
    import httpx

    return httpx.Timeout(timeout, connect=min(timeout, _CONNECTING))


def _line(request: Request) -> tuple[str, str]:
    return request.method, request.url


def _rest(request: Request) -> dict[str, Any]:
    return {"headers": dict(request.headers), "content": request.body}


def _reply(answer: httpx.Response) -> Reply:
    headers = {name.lower(): text for name, text in answer.headers.items()}
    return Reply(answer.status_code, headers, answer.content)


def _failures() -> tuple[type[Exception], ...]:
    """What a request in vain raises; names of hosts that nobody can have are UnicodeErrors."""
    import httpx

    return (httpx.HTTPError, httpx.InvalidURL, UnicodeError)


def _unreachable(error: Exception) -> Unreachable:
    import httpx

    patient = isinstance(error, httpx.TimeoutException | httpx.InvalidURL | UnicodeError)
    return Unreachable(str(error) or type(error).__name__, patient)
