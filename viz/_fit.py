"""What a page leaves out so that it keeps to a size: notes first, then sources from the least needed one on.

Names, ids, edges, states and verdicts always travel. The sources of requirements and of what the findings rest on
are kept longest, then those of the other offers, of ties and of vendors. What was left out is written into
``meta.left_out``, and the page says it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ._columns import Packer
from ._escape import pack_bytes, pack_json

__all__ = ["pack_payload"]

Rows = list[dict[str, Any]]

_STATEMENTS = ("requires", "solutions", "offers", "relations", "vendors", "listed")
_NOTES = ("note", "printed")
_TEXTS = ("product", "detail", "why", "former", "description")
_GROWTH = 1.25  # of compressed bytes when they are written as text
_PROBE = 6  # level of compression at which sizes are estimated
_MARGIN = 0.98  # of the room that an estimate may fill
_TRIES = 5


def pack_payload(
    payload: Mapping[str, Any], room: int, beside: Mapping[str, Any] = MappingProxyType({})
) -> tuple[dict[str, Any], str]:
    """Return `payload` with its tables as columns, and the columns as text, in at most `room` bytes together.

    What travels `beside` the payload in the same text counts too. Where even names, edges and verdicts need more, all that may be left out is.
    """
    packed, columns, size = _pack(payload, beside)
    if size <= room:
        return packed, columns
    lean = {**payload, **_drop(payload, _NOTES)}
    left_out = ["notes"]
    spare = room * _MARGIN - size + _GROWTH * (_weigh(payload) - _weigh(lean))
    share = 1 + spare / (_GROWTH * _weigh_sources(payload))
    if share < 0:
        poor = {**lean, **_drop(lean, _TEXTS)}
        share += (_weigh(lean) - _weigh(poor)) / _weigh_sources(payload)
        lean, left_out = poor, [*left_out, "texts"]
    for _ in range(_TRIES):
        share = min(1.0, max(0.0, share))
        packed, columns, size = _pack(_keep_sources(lean, share, left_out), beside)
        if size <= room or not share:
            break
        share -= 1.05 * (size - room) / (_GROWTH * _weigh_sources(payload))
    return packed, columns


def _pack(payload: Mapping[str, Any], beside: Mapping[str, Any]) -> tuple[dict[str, Any], str, int]:
    packer = Packer()
    packed = packer.pack_tables(payload)
    columns = pack_bytes(packer.data) if packer.data else ""
    return packed, columns, len(columns) + len(pack_json({"payload": packed, **beside}))


def _drop(payload: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Rows]:
    """Return the tables of statements without some of their texts."""
    gone = set(keys)

    def strip(row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: strip(value) if isinstance(value, dict) else value
            for key, value in row.items()
            if key not in gone
        }

    return {table: [strip(row) for row in payload[table]] for table in (*_STATEMENTS, "components")}


def _weigh(payload: Mapping[str, Any]) -> int:
    """Return about how many compressed bytes the texts take that may be left out."""
    keys = {*_NOTES, *_TEXTS}
    packer = Packer()
    for table in (*_STATEMENTS, "components"):
        for part in (payload[table], [row.get("ev", {}) for row in payload[table]]):
            packer.pack_rows([{key: row[key] for key in sorted(keys & row.keys())} for row in part])
    return len(zlib.compress(packer.data, _PROBE))


def _weigh_sources(payload: Mapping[str, Any]) -> int:
    """Return about how many compressed bytes the sources take, and the numbers that point at them."""
    packer = Packer()
    packer.pack_rows(payload["sources"])
    for table in _STATEMENTS:
        packer.pack_rows(
            [{key: row["ev"][key] for key in row["ev"].keys() & {"s"}} for row in payload[table]]
        )
    return max(1, len(zlib.compress(packer.data, _PROBE)))


def _keep_sources(payload: Mapping[str, Any], share: float, left_out: list[str]) -> dict[str, Any]:
    """Return `payload` with a share of its sources, those that are needed most."""
    order = dict.fromkeys(_rank_sources(payload))
    kept = list(order)[: int(share * len(order))]
    place = {source: number for number, source in enumerate(kept)}
    tables: dict[str, Rows] = {}
    cited = found = 0
    for table in _STATEMENTS:
        rows = tables[table] = []
        for row in payload[table]:
            source = row["ev"].get("s")
            cited += source is not None
            found += source in place
            evidence = {key: value for key, value in row["ev"].items() if key != "s"}
            if source in place:
                evidence["s"] = place[source]
            rows.append({**row, "ev": evidence})
    said = {"kept": found, "of": cited, "what": [*left_out, *(["sources"] if found < cited else [])]}
    return {
        **payload,
        **tables,
        "sources": [payload["sources"][source] for source in kept],
        "meta": {**payload["meta"], "left_out": said},
    }


def _rank_sources(payload: Mapping[str, Any]) -> Iterator[int]:
    """Yield the numbers of the sources, the most needed ones first; some more than once."""
    roots: dict[int, set[int]] = {}
    for finding in payload["findings"]:
        if finding["unit"] in ("vendor", "group"):
            for root in finding["roots"]:
                roots.setdefault(root, set()).update(finding["vendors"])
    grave = [offer for offer in payload["offers"] if offer["v"] in roots.get(offer["c"], ())]
    for rows in (payload["requires"], payload["solutions"], grave, *(payload[t] for t in _STATEMENTS[2:])):
        for row in rows:
            if "s" in row["ev"]:
                yield row["ev"]["s"]
