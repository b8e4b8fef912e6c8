"""Pull a graph from a Neo4j server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..._errors import InputError, UnknownNameError
from ..model import MODEL
from ..schema import EdgeTable, Kind, NodeTable, Table
from .records import (
    GRAPH_LABEL,
    NOT_IN_FORCE,
    EdgeBatch,
    NodeBatch,
    build_graph,
    list_labels,
    list_types,
)

if TYPE_CHECKING:
    from ..supply import SupplyGraph
    from .bolt import Neo4jStore
    from .push import Progress

__all__ = ["list_graphs", "pull_graph"]

_REPAIR = "it was changed by hand: correct it there, or push the graph again"
# A column's edges say nothing that the column does not.
_COLUMNS = {edge.type for edge in MODEL.column_edges} - {table.type for table in MODEL.edges}
_KINDS: dict[Kind, tuple[type, ...]] = {
    Kind.BOOLEAN: (bool,),
    Kind.INTEGER: (int,),
    Kind.FRACTION: (float, int),
    Kind.NUMBER: (float, int),
    Kind.LIST: (list,),
}
_NAMES = {Kind.BOOLEAN: "true or false", Kind.INTEGER: "an integer", Kind.LIST: "a list of texts"}


def list_graphs(store: Neo4jStore) -> list[str]:
    """Return the names of the graphs that a server holds, unfinished ones too."""
    rows = store.query(f"MATCH (n:{GRAPH_LABEL}) RETURN DISTINCT n.id AS name ORDER BY name").rows
    return [row[0] for row in rows if isinstance(row[0], str)]


def pull_graph(
    store: Neo4jStore, name: str | None = None, *, progress: Progress | None = None
) -> SupplyGraph:
    """Return a graph that was pushed, equal to what was pushed, row for row.

    Parameters
    ----------
    store
        The server.
    name
        Name of the graph; may be left out if there is only one. A graph without a name is ``unnamed`` there.
    progress
        Is told after every label and every type.

    Raises
    ------
    UnknownNameError
        There is no such graph, or there are several and no name was given.
    InputError
        The last push of it was broken off, or somebody has changed an element so that it is no row of a
        table any more; the message names element and property.

    Notes
    -----
    What is no property of the model is left there. The columns that name a node (``vendors.country``) are
    taken from the node, not from the relationship (``BASED_IN``).
    """
    chosen = _choose(list_graphs(store), name)
    about = store.query(
        f"MATCH (n:{GRAPH_LABEL} {{graph: $graph, id: $graph}}) RETURN properties(n)", {"graph": chosen}
    ).rows
    if len(about) != 1:
        raise InputError(f"the node {GRAPH_LABEL} {chosen!r} was changed by hand; push the graph again")
    if about[0][0].get("loading"):
        raise InputError(
            f"the push of the graph {chosen!r} was broken off; push it again before it is pulled"
        )
    pull = _Pull(store, chosen, progress)
    nodes = [NodeBatch(GRAPH_LABEL, [about[0][0]]), *pull.read_nodes()]
    return build_graph(nodes, pull.read_edges())


def _choose(names: list[str], name: str | None) -> str:
    if not names:
        raise UnknownNameError("the database holds no graph of Kizuna; push one first")
    if name is None and len(names) > 1:
        raise UnknownNameError(f"the database holds several graphs: {', '.join(names)}; name one")
    if name is not None and name not in names:
        raise UnknownNameError(f"the database holds no graph {name!r}; there are {', '.join(names)}")
    return names[0] if name is None else name


class _Pull:
    """One pull: where from, and which rows it has seen."""

    def __init__(self, store: Neo4jStore, name: str, progress: Progress | None) -> None:
        self.store = store
        self.name = name
        self.progress = progress
        self.seen: set[tuple[str, int]] = set()
        self.done = 0
        self.total = self._count() if progress is not None else 0

    def read_nodes(self) -> Iterator[NodeBatch]:
        """Yield the nodes of each label."""
        there = {row[0] for row in self._read("CALL db.labels()")}
        for label in list_labels():
            if label not in there or label == GRAPH_LABEL:
                continue
            table = _find_table(label)
            rows = []
            for properties, element_id in self._read(
                f"MATCH (n:`{label}` {{graph: $graph}}) RETURN properties(n), elementId(n)"
            ):
                if not isinstance(properties.get("id"), str):
                    raise InputError(
                        f"a node {label} (elementId {element_id!r}) has no text as `id`; {_REPAIR}"
                    )
                self._check(table, properties, f"{label} {properties['id']!r}")
                rows.append(properties)
            self._tell(len(rows), label)
            if rows:
                yield NodeBatch(label, rows)

    def read_edges(self) -> Iterator[EdgeBatch]:
        """Yield the relationships of each type and pair of labels."""
        there = {row[0] for row in self._read("CALL db.relationshipTypes()")}
        for edge_type in list_types():
            if edge_type not in there or edge_type in _COLUMNS:
                continue
            batches: dict[tuple[str, str], list[tuple[str, str, dict[str, Any]]]] = {}
            for source, target, start, end, properties in self._read(
                f"MATCH (a)-[r:`{edge_type}`]->(b) WHERE r.graph = $graph "
                "RETURN [l IN labels(a) WHERE l IN $labels][0], [l IN labels(b) WHERE l IN $labels][0], "
                "a.id, b.id, properties(r)"
            ):
                where = f"{edge_type} from {source} {start!r} to {target} {end!r}"
                self._check(_find_edge_table(edge_type, source, target, where), properties, where)
                batches.setdefault((source, target), []).append((start, end, properties))
            self._tell(sum(map(len, batches.values())), edge_type)
            for (source, target), rows in batches.items():
                yield EdgeBatch(edge_type, source, target, rows)

    def _check(self, table: Table, row: Mapping[str, Any], where: str) -> None:
        """Refuse what cannot be a row of `table`, or is a second one in its place."""
        place = row.get("row")
        if type(place) is not int:
            raise InputError(f"{where}: `row` must be an integer; found {place!r}; {_REPAIR}")
        if (table.name, place) in self.seen:
            raise InputError(f"{where}: another one has the same `row` {place} of {table.name}; {_REPAIR}")
        self.seen.add((table.name, place))
        _check_values(table, row, where)

    def _count(self) -> int:
        nodes = self._read(f"MATCH (n) WHERE n.graph = $graph AND NOT n:{GRAPH_LABEL} RETURN count(n)")
        edges = self._read(
            "MATCH ()-[r]->() WHERE r.graph = $graph AND NOT type(r) IN $columns RETURN count(r)"
        )
        return int(nodes[0][0]) + int(edges[0][0])

    def _read(self, cypher: str) -> list[tuple[Any, ...]]:
        parameters = {"graph": self.name, "labels": list(MODEL.nodes), "columns": sorted(_COLUMNS)}
        return self.store.query(cypher, parameters).rows

    def _tell(self, more: int, what: str) -> None:
        self.done += more
        if self.progress is not None and more:
            self.progress(self.done, self.total, what)


def _find_table(label: str) -> Table:
    if label in MODEL.nodes:
        return MODEL.nodes[label]
    name = label.removesuffix("NotInForce")
    tables = [t for t in MODEL.tables.values() if not isinstance(t, NodeTable | EdgeTable)]
    return next(t for t in tables if t.name.replace("_", "") == name.lower())


def _find_edge_table(edge_type: str, source: str | None, target: str | None, where: str) -> EdgeTable:
    for table in MODEL.edge_tables(edge_type.removesuffix(f"_{NOT_IN_FORCE}")):
        if table.source.label in (None, source) and table.target.label in (None, target):
            return table
    raise InputError(f"no table has a relationship {where}; {_REPAIR}")


def _check_values(table: Table, row: Mapping[str, Any], where: str) -> None:
    """Refuse a property of a type that its column does not have."""
    for prop in table.properties:
        value = row.get(prop.name)
        if value is None:
            continue
        fits = type(value) in _KINDS.get(prop.kind, (str,))
        if not fits or (prop.kind is Kind.LIST and not all(isinstance(part, str) for part in value)):
            raise InputError(
                f"{where}: `{prop.name}` must be {_NAMES.get(prop.kind) or _name_kind(prop.kind)}; "
                f"found {value!r}; {_REPAIR}"
            )


def _name_kind(kind: Kind) -> str:
    return "a number" if kind in (Kind.FRACTION, Kind.NUMBER) else "text"
