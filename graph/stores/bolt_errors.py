"""What the driver and the server complain of, as errors that a person can act on."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

from neo4j.exceptions import (
    AuthError,
    BrokenRecordError,
    CertificateConfigurationError,
    Neo4jError,
    UnsupportedServerProduct,
)

from ..._errors import (
    InputError,
    KizunaError,
    QueryError,
    QueryTimeoutError,
    ReadOnlyError,
    UnavailableError,
)
from .bolt_address import BEARER, DATABASE, PASSWORD, USER, Address
from .text import describe_place

__all__ = ["describe_timeout", "point_at", "translate_error"]

_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_ASKING = ("Statement", "Procedure", "Schema", "Request", "Fabric")
# Longer ones list all that could stand there, forty keywords and more.
_LONGEST = 200


def translate_error(
    error: Exception,
    *,
    address: Address,
    database: str | None,
    cypher: str = "",
    timeout: float | None = None,
) -> KizunaError:
    """Return the error to be raised in the place of the driver's.

    Parameters
    ----------
    error
        An error of the driver, or of the network.
    address, database
        Where the query was sent; the database is None if the user's own one was meant.
    cypher
        The statement, to show the place in it.
    timeout
        Seconds that the query was given.
    """
    if isinstance(error, Neo4jError):
        return _translate_answer(error, address, database, cypher, timeout)
    if isinstance(error, BrokenRecordError):
        return QueryError(
            "the answer holds a value that Python cannot, such as a year beyond 9999; return toString() of it"
        )
    if isinstance(error, UnsupportedServerProduct):
        return UnavailableError(f"{address} is no Neo4j server that this driver can speak to ({error})")
    if isinstance(error, CertificateConfigurationError):
        return UnavailableError(f"{address}: the certificates cannot be used ({error})")
    return _translate_connection(error, address)


def _translate_answer(
    error: Neo4jError, address: Address, database: str | None, cypher: str, timeout: float | None
) -> KizunaError:
    """Translate what the server itself said."""
    code, message = error.code or "", (error.message or "").strip()
    _, _, category, title = (code.split(".") + [""] * 4)[:4]
    if title == "AccessMode":
        return ReadOnlyError("the statement writes, and only reading is allowed here; the server refused it")
    if title in ("DatabaseNotFound", "InvalidDatabase", "IllegalDatabaseName"):
        return InputError(
            f"{address} has no database {database!r}; correct the name in `database` or {DATABASE}, or leave it "
            "out to get the user's home database"
            if database is not None
            else f"{address}: {_first_line(message)}"
        )
    if title == "AuthenticationRateLimit":
        return UnavailableError(
            f"{address} refuses to log anybody in after too many wrong passwords; wait a little"
        )
    if isinstance(error, AuthError) or title in ("Unauthorized", "CredentialsExpired", "TokenExpired"):
        return InputError(
            f"{address} does not accept the user, the password or the token; correct {USER} and {PASSWORD}, "
            f"or {BEARER}, in the environment"
        )
    if title.startswith("TransactionTimedOut"):
        return describe_timeout(timeout)
    if category in _ASKING:
        return QueryError(_describe_query_error(cypher, message))
    if category == "Security":
        return InputError(f"{address}: the user may not do that: {_first_line(message)}")
    if "implicit transaction" in message:
        return QueryError(_first_line(message))
    return UnavailableError(f"{address} could not run the query: {_first_line(message)} [{code}]")


def describe_timeout(timeout: float | None) -> QueryTimeoutError:
    """Return the error of a query that was ended; without `timeout`, by the server's own limit."""
    if timeout is None:
        return QueryTimeoutError(
            "the server ended the query: it took longer than db.transaction.timeout allows"
        )
    return QueryTimeoutError(f"the query was ended: it took longer than {timeout:g} s")


def _describe_query_error(cypher: str, message: str) -> str:
    first = _first_line(message)
    place = _PLACE.search(message)
    if place is None:
        return first
    first = _PLACE.sub("", first)
    # Line 0 is the server's word for a statement with nothing in it.
    return point_at(cypher, first, max(int(place[1]), 1), max(int(place[2]), 1))


def point_at(cypher: str, message: str, line: int, column: int) -> str:
    """Return a message with the place it is about."""
    return f"{message} (line {line}, column {column})\n{describe_place(cypher, line, column)}"


def _first_line(message: str) -> str:
    first = message.split("\n", 1)[0].strip() or "no reason given"
    if len(first) <= _LONGEST:
        return first
    place = _PLACE.search(first)
    return first[:_LONGEST].rsplit(",", 1)[0] + " …" + (place[0] if place else "")


def _translate_connection(error: Exception, address: Address) -> UnavailableError:
    """Translate what went wrong before or between the server's answers."""
    chain = list(_list_causes(error))
    text = " ".join(str(link) for link in chain).lower()
    if any(isinstance(link, ssl.SSLCertVerificationError) for link in chain):
        plain = address.scheme.split("+")[0]
        return UnavailableError(
            f"{address}: the server's certificate cannot be verified; if it is self-signed and you trust it, "
            f"write {plain}+ssc://"
        )
    if any(isinstance(link, ssl.SSLError) for link in chain) or "ssl" in text or "tls" in text:
        return UnavailableError(f"{address} does not speak TLS; {_other_scheme(address)}")
    if "handshake" in text or "looks like http" in text:
        return UnavailableError(
            f"{address} does not answer as a Neo4j does; is {address.port} the port for Bolt (7687, not 7474), and "
            f"does the server want TLS? {_other_scheme(address).capitalize()}"
        )
    reason = next((str(link) for link in reversed(chain) if isinstance(link, OSError)), "")
    return UnavailableError(
        f"cannot reach Neo4j at {address.host}, port {address.port}{f' ({reason})' if reason else ''}; check that "
        "the server runs, that host and port are right, and that no firewall is between"
    )


def _other_scheme(address: Address) -> str:
    plain = address.scheme.split("+")[0]
    return (
        f"without encryption write {plain}://" if address.encrypted else f"with encryption write {plain}+s://"
    )


def _list_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
