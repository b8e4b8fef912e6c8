"""Building an embedded database, inside the child process."""

from __future__ import annotations

from typing import Any

__all__ = ["Builder"]

# Written into the database, so that they hold whoever opens it.
_SETTINGS = {
    "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
}


class Builder:
    """A database that is being written.

    Parameters
    ----------
    engine
        The engine's module.
    folder
        Where the database is to be; must not exist.
    labels, types
        Every node label and every relationship type; the engine keeps both in one name space.
    """

    def __init__(self, engine: Any, folder: str, labels: list[str], types: list[str]) -> None:
        self.db = engine.create_database(folder)
        self.rids: dict[str, dict[str, str]] = {}
        for setting, value in _SETTINGS.items():
            self.db.command("sql", f"ALTER DATABASE `{setting}` {value}")
        for label in labels:
            self.db.schema.create_vertex_type(label)
            self.db.schema.create_property(label, "id", "STRING")
            self.rids[label] = {}
        for edge_type in types:
            self.db.schema.create_edge_type(edge_type)
        self.labels = labels

    def add_nodes(self, label: str, rows: list[dict[str, Any]]) -> None:
        """Add nodes of one label; each row has an ``id``, unique within the label."""
        with self.db.graph_batch() as batch:
            rids = batch.create_vertices(label, rows)
        self.rids[label].update(zip((row["id"] for row in rows), rids, strict=True))

    def add_edges(
        self, edge_type: str, source: str, target: str, rows: list[tuple[str, str, dict[str, Any]]]
    ) -> None:
        """Add relationships between nodes that are there already, given by their ids."""
        starts, ends = self.rids[source], self.rids[target]
        with self.db.graph_batch() as batch:
            batch.new_edges(
                [starts[row[0]] for row in rows],
                edge_type,
                [ends[row[1]] for row in rows],
                [row[2] for row in rows],
            )

    def finish(self) -> None:
        """Index the ids and close."""
        for label in self.labels:
            self.db.schema.create_index(label, ["id"], unique=True)
        self.db.close()
