"""Sources that may not enter a data set under an open licence.

A row may say the same with another source, or stand as uncited.
"""

from __future__ import annotations

__all__ = ["CLOSED_HOSTS", "find_closed_host"]

_ETO = "CSET and its Emerging Technology Observatory allow non-commercial use only (CC BY-NC)"
_TECHINSIGHTS = "TechInsights sells its findings under its own terms, which allow no passing on"

#: Host (with everything below it) and why nothing may be taken from there.
CLOSED_HOSTS = {
    "eto.tech": _ETO,
    "cset.georgetown.edu": _ETO,
    "techinsights.com": _TECHINSIGHTS,
}


def find_closed_host(host: str) -> str | None:
    """Return the entry of `CLOSED_HOSTS` that a host falls under, if any.

    Examples
    --------
    >>> find_closed_host("chipexplorer.ETO.tech."), find_closed_host("neto.tech")
    ('eto.tech', None)
    """
    host = host.lower().rstrip(".")
    for closed in CLOSED_HOSTS:
        if host == closed or host.endswith(f".{closed}"):
            return closed
    return None
