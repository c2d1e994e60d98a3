"""Links, asked of the web: do they lead somewhere, and do others link here?

Nothing of this runs unless somebody asks for it: it takes long, and tells others what is looked at.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cladist import __version__
from cladist.model.errors import InvalidValue
from cladist.rdf.namespaces import CLAD
from cladist.rdf.terms import is_iri, is_web_iri, split
from cladist.rdf.words import TYPE
from cladist.validation.naming import Names
from cladist.validation.policy import Policy
from cladist.validation.report import Report, Result, Rule, ordered

if TYPE_CHECKING:
    import httpx

BROKEN, IN = "clad-link-broken", "clad-link-in"

_AT_ONCE, _A_HOST = 16, 2
_SECONDS = 15.0
_ASKED = 100  # classes in one query
_AGENT = f"Cladist/{__version__} (+https://w3id.org/cladist)"
_THERE = (401, 403, 405, 429)
"""Statuses of what is there and not for everybody, or not now."""

Tick = Callable[[int, int], None]
"""Told how many of how many are done."""


def links(lines: Iterable[bytes]) -> dict[str, list[str]]:
    """The web addresses that a content names and does not describe, each with who names it."""
    described: set[str] = set()
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        subject, predicate, token, _ = split(line.decode().rstrip("\n"))
        described.add(subject[1:-1])
        if predicate != TYPE and is_iri(token) and is_web_iri(token[1:-1]):
            found[token[1:-1]].append(subject[1:-1])
    return {
        address: sorted(set(subjects))
        for address, subjects in sorted(found.items())
        if address not in described and not address.startswith(CLAD)
    }


def broken(addresses: Collection[str], tick: Tick) -> dict[str, str]:
    """Those addresses that lead nowhere, with what the web says of each. Fetches no contents."""
    return asyncio.run(_ask_all(sorted(addresses), tick))


async def _ask_all(addresses: Sequence[str], tick: Tick) -> dict[str, str]:
    import httpx

    found: dict[str, str] = {}
    all_of_us = asyncio.Semaphore(_AT_ONCE)
    hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_A_HOST))
    done = 0

    async def ask(client: httpx.AsyncClient, address: str) -> None:
        nonlocal done
        async with hosts[urlsplit(address).netloc], all_of_us:
            said = await _answer(client, address)
        if said:
            found[address] = said
        done += 1
        tick(done, len(addresses))

    headers = {"User-Agent": _AGENT}
    async with httpx.AsyncClient(
        follow_redirects=True, max_redirects=5, timeout=_SECONDS, headers=headers
    ) as client:
        await asyncio.gather(*(ask(client, each) for each in addresses))
    return dict(sorted(found.items()))


async def _answer(client: httpx.AsyncClient, address: str) -> str:
    """What is wrong with an address; nothing if it answers. Who refuses HEAD is asked by GET."""
    import httpx

    status = 0
    for method in ("HEAD", "GET"):
        try:
            async with client.stream(method, address.partition("#")[0]) as answer:
                status = answer.status_code
        except httpx.TooManyRedirects:
            return "redirects without end"
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
            return f"does not answer ({type(error).__name__})"
        if status < 400 or status in _THERE:
            return ""
    return f"answers {status}"


def linked(endpoint: str, classes: Collection[str], tick: Tick) -> set[str]:
    """The classes to which statements of a SPARQL 1.1 endpoint lead.

    Raises InvalidValue when it does not answer as endpoints do.
    """
    import httpx

    found: set[str] = set()
    items = sorted(each for each in classes if is_web_iri(each))
    headers = {
        "User-Agent": _AGENT,
        "Accept": "application/sparql-results+json",
        "Content-Type": "application/sparql-query",
    }
    with httpx.Client(timeout=4 * _SECONDS, headers=headers, follow_redirects=True) as client:
        for start in range(0, len(items), _ASKED):
            asked = " ".join(f"<{each}>" for each in items[start : start + _ASKED])
            query = f"SELECT DISTINCT ?class WHERE {{ VALUES ?class {{ {asked} }} ?s ?p ?class }}"
            try:
                answer = client.post(endpoint, content=query)
                answer.raise_for_status()
                rows = answer.json()["results"]["bindings"]
                found.update(row["class"]["value"] for row in rows)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
                reason = f"{endpoint} does not answer as a SPARQL endpoint does ({error})."
                raise InvalidValue("in-links", reason) from None
            tick(min(start + _ASKED, len(items)), len(items))
    return found


def with_broken(
    report: Report,
    rule: Rule,
    found: dict[str, str],
    named: dict[str, list[str]],
    *,
    names: Names,
    policy: Policy,
) -> Report:
    """The report with a result for each link that leads nowhere and who names it."""
    said = (
        (subject, f"{names.text(subject)} leads to {address}, which {why}.", address)
        for address, why in found.items()
        for subject in named[address]
    )
    return _with(report, rule, said, names, policy)


def with_unlinked(
    report: Report,
    rule: Rule,
    classes: Iterable[str],
    endpoint: str,
    *,
    names: Names,
    policy: Policy,
) -> Report:
    """The report with a result for each class to which nothing leads."""
    said = (
        (each, f"No statement of {endpoint} leads to {names.text(each)}.", None)
        for each in sorted(classes)
    )
    return _with(report, rule, said, names, policy)


def _with(
    report: Report,
    rule: Rule,
    said: Iterable[tuple[str, str, str | None]],
    names: Names,
    policy: Policy,
) -> Report:
    results = tuple(_results(rule, said, names, policy))
    counts = Counter(each.rule for each in results)
    return replace(
        report,
        results=ordered((*report.results, *results)),
        rules_run=(*report.rules_run, rule.id),
        counts=(*report.counts, *counts.items()),
        own=(*report.own, rule),
    )


def _results(
    rule: Rule, said: Iterable[tuple[str, str, str | None]], names: Names, policy: Policy
) -> Iterator[Result]:
    for subject, message, value in said:
        yield Result(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            enforcement=policy.of(rule.id, rule.severity),
            subject=subject,
            classes=(names.of(subject),) if names.is_class(subject) else (),
            value=value,
            message=message,
            advice=rule.advice,
        )
