"""Where messages may be sent: public addresses, and those that an installation allows.

A name is looked up, every address of it is checked, and the message goes to one that was checked:
a name that means another address a moment later leads nowhere (OWASP, server side request forgery).
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import urlsplit

from cladist.model.errors import InvalidValue

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_UNICAST = ip_network("2000::/3")
"""What is given out of IPv6 (IANA, IPv6 global unicast address assignments)."""

_EMBEDDING = (ip_network("2002::/16"), ip_network("2001::/32"))
"""What of it leads to IPv4 addresses that nobody checked: 6to4 and Teredo."""

_LONGEST = 2_000


class Place(NamedTuple):
    """A checked URL: its host as it is named, the address to connect to, and the port."""

    url: str
    host: str
    address: Address
    port: int
    secure: bool


def checked(url: str, allowed: Sequence[Network]) -> Place:
    """Where a URL leads; raises InvalidValue where messages may not be sent there.

    Without encryption only to addresses in the ``allowed`` networks.
    """
    host, port, secure = _parts(url)
    addresses = _looked_up(host, port)
    for each in addresses:
        inside = _inside(each, allowed)
        if not inside and not _public(each):
            raise InvalidValue(
                "url",
                f"{host} is {each}, which is no public address; an operator may allow it by"
                " CLADIST_WEBHOOK_NETWORKS.",
            )
        if not inside and not secure:
            raise InvalidValue("url", "it must begin with https://.")
    return Place(url, host, addresses[0], port, secure)


def _parts(url: str) -> tuple[str, int, bool]:
    if len(url) > _LONGEST or not url.isascii() or any(each <= " " for each in url):
        raise InvalidValue("url", f"it is in ASCII, without blanks, up to {_LONGEST} characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidValue("url", f"it cannot be read: {error}.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidValue("url", "it must begin with https:// and name a host.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise InvalidValue("url", "it may hold no user, password or fragment.")
    secure = parts.scheme == "https"
    return parts.hostname, port or (443 if secure else 80), secure


def _looked_up(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InvalidValue("url", f"nobody knows where {host} is.") from None
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def _inside(address: Address, networks: Iterable[Network]) -> bool:
    plain = _plain(address)
    return any(plain.version == each.version and plain in each for each in networks)


def _public(address: Address) -> bool:
    plain = _plain(address)
    if plain.version == 6 and (plain not in _UNICAST or _inside(plain, _EMBEDDING)):
        return False
    return plain.is_global and not plain.is_multicast


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
