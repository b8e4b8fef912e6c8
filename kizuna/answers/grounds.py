"""The statements that a finding rests on, as programs have them: control edges, lists of vendors, all sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kizuna.answers.names import Names, record_source
from kizuna.queries.grounds import Ground

__all__ = ["record_grounds"]

_CONTROL = ("share", "control", "since", "until")


def record_grounds(grounds: Sequence[Ground], names: Names) -> dict[str, Any]:
    """Return the control edges and lists of vendors used, and every source, each once.

    Offers and requirements stand with the offers and witnesses of the finding already; their sources are here
    too.
    """
    sources: list[dict[str, str | None]] = []
    found: dict[str, list[dict[str, Any]]] = {"control": [], "list": []}
    for ground in grounds:
        row = ground.row
        evidence = record_source(pd.Series(dict(row)))
        if evidence not in sources:
            sources.append(evidence)
        if ground.role == "control":
            ends = {
                "owner": names.record("Vendor", row["from_vendor"]),
                "owned": names.record("Vendor", row["to_vendor"]),
            }
            found["control"].append({**ends, **{key: row[key] for key in _CONTROL}, "evidence": evidence})
        elif ground.role == "list":
            of = {"component": names.record("Component", row["component"]), "country": row["country"]}
            found["list"].append({**of, "level": row["level"], "evidence": evidence})
    return {"control": found["control"], "lists": found["list"], "sources": sources}
