"""Where a Neo4j server is, and how to log in: the address without, the credentials never in a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..._errors import InputError

if TYPE_CHECKING:
    from neo4j import Auth

__all__ = ["BEARER", "DATABASE", "PASSWORD", "SCHEMES", "USER", "Address", "find_auth", "parse_address"]

USER = "KIZUNA_NEO4J_USER"
PASSWORD = "KIZUNA_NEO4J_PASSWORD"  # noqa: S105  the name of a variable
BEARER = "KIZUNA_NEO4J_BEARER"
DATABASE = "KIZUNA_NEO4J_DATABASE"

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
"""+s: encrypted, the certificate is checked; +ssc: encrypted, a self-signed one will do."""

_PORT = 7687
_HOST = re.compile(r"[\w.:%-]+\Z")


@dataclass(frozen=True, slots=True)
class Address:
    """Address of a server, safe to be shown."""

    scheme: str
    host: str
    port: int

    @property
    def encrypted(self) -> bool:
        """Whether the client insists on TLS."""
        return "+" in self.scheme

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def parse_address(uri: str) -> Address:
    """Return the address that a URI names.

    Raises
    ------
    InputError
        Another scheme, no host, or anything beyond scheme, host and port. The message never repeats the
        URI: there may be a password in it.

    Examples
    --------
    >>> str(parse_address("neo4j+s://graph.example.org"))
    'neo4j+s://graph.example.org:7687'
    """
    if "@" in uri or "%40" in uri:
        raise InputError(
            "`uri` must not hold a user or a password, which end up in logs and histories; set "
            f"{USER} and {PASSWORD} in the environment, and write scheme://host:port here"
        )
    scheme, separator, _ = uri.partition("://")
    if not separator or scheme.lower() not in SCHEMES:
        found = (
            f"{scheme}://"
            if separator and re.fullmatch(r"[a-z][a-z0-9+.-]{0,15}", scheme)
            else "none of them"
        )
        raise InputError(
            f"`uri` must begin with one of {', '.join(f'{name}://' for name in SCHEMES)}; found {found}"
        )
    try:
        parts = urlsplit(uri)
        port = _PORT if parts.port is None else parts.port
    except ValueError:
        raise InputError(
            "`uri` must end in a port from 1 to 65535, or in the host: bolt://localhost:7687"
        ) from None
    if not parts.hostname or not _HOST.match(parts.hostname) or not 0 < port < 65536:
        raise InputError("`uri` must name a host and may name a port: bolt://localhost:7687")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise InputError(
            "`uri` must end after the host or the port; the name of the database goes into `database` or "
            f"{DATABASE}"
        )
    return Address(scheme.lower(), parts.hostname, port)


def find_auth(
    user: str | None, password: str | None, bearer: str | None, *, environ: Mapping[str, str]
) -> Auth | None:
    """Return what to log in with, as the driver takes it; None where nothing was given.

    What is given here goes before what is in the environment.

    Raises
    ------
    InputError
        Two ways to log in, or half of one.
    """
    from neo4j import basic_auth, bearer_auth

    if not (user or password or bearer):
        user, password, bearer = (environ.get(name) or None for name in (USER, PASSWORD, BEARER))
    elif not bearer:
        user, password = user or environ.get(USER), password or environ.get(PASSWORD)
    if bearer and password:
        raise InputError(f"log in by bearer token ({BEARER}) or by password ({PASSWORD}), not by both")
    if bearer:
        return bearer_auth(bearer)
    if password:
        return basic_auth(user or "neo4j", password)
    if user:
        raise InputError(f"there is a user and no password; set {PASSWORD} in the environment")
    return None
