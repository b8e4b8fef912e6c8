"""Push a graph to a Neo4j server: only what differs from what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..._errors import InputError, QueryError, UnavailableError
from ..model import MODEL
from .checks import check_graph, is_known
from .difference import Difference, Stored, compare_rows, gather_rows
from .records import GRAPH_LABEL, EdgeBatch, NodeBatch, list_edges, list_labels, list_nodes, list_types

if TYPE_CHECKING:
    from ..supply import SupplyGraph
    from .bolt import Neo4jStore

__all__ = ["Changes", "Progress", "PushReport", "list_schema", "push_graph"]

Progress = Callable[[int, int, str], None]
"""Called with how many elements are done, of how many, and the label or type at hand."""

# A transaction is held in the server's memory; twice as many are no faster.
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Changes:
    """How many elements a push created, updated, deleted, and found as they should be."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0

    @property
    def any(self) -> bool:
        """Whether anything was changed."""
        return bool(self.created or self.updated or self.deleted)

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.created + other.created,
            self.updated + other.updated,
            self.deleted + other.deleted,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did to the nodes and the relationships of the graph called `name`."""

    name: str
    nodes: Changes
    relationships: Changes

    @property
    def all(self) -> Changes:
        """What it did to both."""
        return self.nodes + self.relationships

    @property
    def created(self) -> int:
        """Elements created."""
        return self.all.created

    @property
    def updated(self) -> int:
        """Elements updated."""
        return self.all.updated

    @property
    def deleted(self) -> int:
        """Elements deleted."""
        return self.all.deleted

    @property
    def unchanged(self) -> int:
        """Elements found as they should be."""
        return self.all.unchanged


def push_graph(
    store: Neo4jStore,
    graph: SupplyGraph,
    *,
    beside_others: bool = False,
    batch_size: int = _BATCH,
    progress: Progress | None = None,
) -> PushReport:
    """Make a server hold `graph`: create, change and delete what differs from what it holds of that name.

    A second push changes nothing. One that was broken off is finished by pushing again; until then the
    node ``KizunaGraph`` says ``loading: true``. What other graphs, and others, wrote is never changed.

    Parameters
    ----------
    store
        The server.
    graph
        What it shall hold.
    beside_others
        Push even if the database holds nodes that are not of this graph.
    batch_size
        Elements a transaction.
    progress
        Is told after every batch.

    Raises
    ------
    InputError
        The database holds other content, or the graph has an id twice or an edge to a node that it has not.
    UnavailableError
        The server was lost; push again.

    Notes
    -----
    A relationship is known by its type, its ends and its row. Constraints and indexes come first, each
    batch is one transaction, and every statement names labels, so that each row costs an index look-up.
    What is there is read whole, label by label and type by type, and compared here; nothing that is not the
    model's is read or written.
    """
    if batch_size < 1:
        raise InputError(f"`batch_size` must be 1 or more; found {batch_size}")
    check_graph(graph)
    nodes = list(list_nodes(graph))  # that of the graph itself is the first
    name = str(nodes[0].rows[0]["id"])
    if not beside_others:
        _check_others(store, name)
    total = sum(len(batch.rows) for batch in nodes) + _count_edges(graph)
    push = _Push(store, name, batch_size, total, progress)
    push.prepare([batch.label for batch in nodes])
    changed, obsolete = push.push_nodes(nodes[1:])
    relationships = push.push_edges(list_edges(graph))
    changed += push.delete_nodes(obsolete)
    return PushReport(name, changed + push.finish(nodes[0].rows[0]), relationships)


def _count_edges(graph: SupplyGraph) -> int:
    columns = [
        is_known(graph, edge.target, graph.table(edge.table)[edge.column]) for edge in MODEL.column_edges
    ]
    return sum(int(known.sum()) for known in columns) + sum(
        len(graph.table(table.name)) for table in MODEL.edges
    )


def _check_others(store: Neo4jStore, name: str) -> None:
    """Refuse a database with nodes that are not this graph's."""
    found = store.query(
        "MATCH (n) WITH labels(n) AS labels, n.graph AS graph, count(*) AS n RETURN labels, graph, n"
    )
    ours = set(list_labels())
    graphs: Counter[str] = Counter()
    strangers: Counter[str] = Counter()
    for labels, graph, n in found.rows:
        if isinstance(graph, str) and ours & set(labels):
            graphs[graph] += n
        else:
            strangers[":".join(sorted(labels)) or "(no label)"] += n
    others = [f"{n} nodes of the graph {graph!r}" for graph, n in graphs.most_common() if graph != name]
    others += [f"{n} {label}" for label, n in strangers.most_common()]
    if others:
        more = f" and {len(others) - 10} more kinds" if len(others) > 10 else ""
        raise InputError(
            f"database {store.database!r} holds other content: {', '.join(others[:10])}{more}; name another "
            "database, or allow the push beside others, which leaves them as they are"
        )


class _Push:
    """One push: where to, and how far it is."""

    def __init__(
        self, store: Neo4jStore, name: str, batch_size: int, total: int, progress: Progress | None
    ) -> None:
        self.store = store
        self.name = name
        self.batch_size = batch_size
        self.total = total
        self.progress = progress
        self.done = 0
        self.begun = False
        self.is_new = False

    def prepare(self, labels: Iterable[str]) -> None:
        """Make the constraints and indexes that are not there yet, and wait for them."""
        have = {
            row[0] for kind in ("CONSTRAINTS", "INDEXES") for row in self._read(f"SHOW {kind} YIELD name")
        }
        wanted = [
            statement
            for label in labels
            for name, statement in list_schema(label).items()
            if name not in have
        ]
        for statement in wanted:
            self.store.write(statement)
        if wanted:
            self._read("CALL db.awaitIndexes(300)")

    def push_nodes(self, batches: Iterable[NodeBatch]) -> tuple[Changes, list[str]]:
        """Create and update nodes; return also the element ids of those that are to be deleted."""
        there = {row[0] for row in self._read("CALL db.labels()")}
        waiting = [label for label in list_labels() if label in there and label != GRAPH_LABEL]
        changes = Changes()
        obsolete: list[str] = []
        for batch in batches:
            stored = self._read_nodes(batch.label) if batch.label in waiting else {}
            waiting = [label for label in waiting if label != batch.label]
            found = compare_rows(((row["id"], row, row) for row in batch.rows), stored)
            self._send(
                f"UNWIND $rows AS row CREATE (n:`{batch.label}`) SET n = row", found.create, batch.label
            )
            self._send(_UPDATE_NODES, found.update, batch.label)
            changes += self._count(found, batch.label)
            obsolete += found.delete
        for label in waiting:
            obsolete += compare_rows((), self._read_nodes(label)).delete
        return changes, obsolete

    def push_edges(self, batches: Iterable[EdgeBatch]) -> Changes:
        """Create, update and delete relationships."""
        there = {row[0] for row in self._read("CALL db.relationshipTypes()")}
        stored = {}
        changes = Changes()
        for batch in batches:
            if batch.type not in stored:
                stored[batch.type] = self._read_edges(batch.type) if batch.type in there else {}
            ends = (batch.source, batch.target)
            rows = (
                ((*ends, start, end, row.get("row")), (start, end, row), row)
                for start, end, row in batch.rows
            )
            found = compare_rows(rows, stored[batch.type], rest=False)
            self._send(_create_edges(batch), found.create, batch.type)
            self._send(_UPDATE_EDGES, found.update, batch.type)
            self._send(_DELETE_EDGES, found.delete, batch.type)
            changes += self._count(found, batch.type) + Changes(deleted=len(found.delete))
        for edge_type in list_types():
            if edge_type in there:
                rest = stored[edge_type] if edge_type in stored else self._read_edges(edge_type)
                obsolete = compare_rows((), rest).delete
                self._send(_DELETE_EDGES, obsolete, edge_type)
                changes += Changes(deleted=len(obsolete))
        return changes

    def delete_nodes(self, obsolete: Sequence[str]) -> Changes:
        """Delete nodes, which have no relationships of ours any more."""
        try:
            self._send(_DELETE_NODES, obsolete, GRAPH_LABEL)
        except QueryError as error:
            raise InputError(
                f"a node that the graph {self.name!r} no longer has cannot be deleted: it has relationships that "
                f"Kizuna did not write; delete those first, then push again ({error})"
            ) from error
        return Changes(deleted=len(obsolete))

    def finish(self, about: Mapping[str, Any]) -> Changes:
        """Write what the graph says of itself, and take the mark of an unfinished push away."""
        rows = self._read_nodes(GRAPH_LABEL)
        found = compare_rows([(about["id"], about, about)], rows)
        if found.unchanged:
            return Changes(unchanged=1)
        self._begin()
        self.store.write(
            f"MATCH (n:{GRAPH_LABEL} {{graph: $graph, id: $graph}}) SET n = $about",
            {"graph": self.name, "about": dict(about)},
        )
        self._tell(1, GRAPH_LABEL)
        return Changes(created=1) if self.is_new else Changes(updated=1)

    def _begin(self) -> None:
        """Mark the graph as unfinished, before the first change."""
        if self.begun:
            return
        mark = f"MERGE (n:{GRAPH_LABEL} {{graph: $graph, id: $graph}}) SET n.loading = true"
        self.is_new = bool(self.store.write(mark, {"graph": self.name}).get("nodes_created"))
        self.begun = True

    def _read(self, cypher: str) -> list[tuple[Any, ...]]:
        return self.store.query(cypher, {"graph": self.name, "labels": list_labels()}).rows

    def _read_nodes(self, label: str) -> Stored:
        return gather_rows(
            self._read(f"MATCH (n:`{label}` {{graph: $graph}}) RETURN n.id, elementId(n), properties(n)")
        )

    def _read_edges(self, edge_type: str) -> Stored:
        rows = self._read(
            f"MATCH (a)-[r:`{edge_type}`]->(b) WHERE r.graph = $graph "
            "RETURN [l IN labels(a) WHERE l IN $labels][0], [l IN labels(b) WHERE l IN $labels][0], a.id, b.id, "
            "r.row, elementId(r), properties(r)"
        )
        return gather_rows((row[:5], *row[5:]) for row in rows)

    def _send(self, cypher: str, rows: Sequence[Any], what: str) -> None:
        """Run a statement on rows, a batch at a time."""
        for start in range(0, len(rows), self.batch_size):
            self._begin()
            part = rows[start : start + self.batch_size]
            counters = self.store.write(cypher, {"graph": self.name, "rows": part})
            made = counters.get("relationships_created", 0) + counters.get("nodes_created", 0)
            if " CREATE " in cypher and made != len(part):
                raise UnavailableError(
                    f"somebody else changes the graph {self.name!r} at the same time: of {len(part)} {what}, "
                    f"{made} could be created; push again"
                )
            if cypher not in (_DELETE_EDGES, _DELETE_NODES):
                self._tell(len(part), what)

    def _count(self, found: Difference, what: str) -> Changes:
        self._tell(found.unchanged, what)
        return Changes(len(found.create), len(found.update), 0, found.unchanged)

    def _tell(self, more: int, what: str) -> None:
        self.done += more
        if self.progress is not None and more:
            self.progress(self.done, self.total, what)


_UPDATE_NODES = "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row[0] SET n = row[1]"
_DELETE_NODES = "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row AND n.graph = $graph DELETE n"
_UPDATE_EDGES = "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row[0] SET r = row[1]"
_DELETE_EDGES = "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row AND r.graph = $graph DELETE r"


def _create_edges(batch: EdgeBatch) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:`{batch.source}` {{graph: $graph, id: row[0]}}) "
        f"MATCH (b:`{batch.target}` {{graph: $graph, id: row[1]}}) "
        f"CREATE (a)-[r:`{batch.type}`]->(b) SET r = row[2]"
    )


def list_schema(label: str) -> dict[str, str]:
    """Return the statements that make what a label needs, by the name of the constraint or index.

    Two graphs may have a node of one id, so the key is both; queries mostly ask for the id alone.
    """
    name = f"kizuna_{label.lower()}"
    return {
        f"{name}_key": f"CREATE CONSTRAINT {name}_key IF NOT EXISTS FOR (n:`{label}`) "
        "REQUIRE (n.graph, n.id) IS UNIQUE",
        f"{name}_id": f"CREATE INDEX {name}_id IF NOT EXISTS FOR (n:`{label}`) ON (n.id)",
    }
