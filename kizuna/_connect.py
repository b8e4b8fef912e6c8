"""Where queries go: to the embedded store of a data set, or to a Neo4j server."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kizuna._errors import InputError
from kizuna._version import __version__

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kizuna.graph import SupplyGraph
    from kizuna.graph.stores import Cache, EmbeddedStore, Neo4jStore

__all__ = ["connect"]


def connect(
    uri: str | None = None,
    *,
    data: SupplyGraph | str | Path | None = None,
    dataset: str | None = None,
    as_of: str | None = None,
    known_by: str | None = None,
    database: str | None = None,
    allow_load_csv: bool = False,
    cache: Cache | None = None,
) -> EmbeddedStore | Neo4jStore:
    """Open a store to run Cypher on.

    Parameters
    ----------
    uri
        ``bolt://``, ``neo4j://`` or one of their encrypted forms (``+s``, ``+ssc``): a Neo4j server. User,
        password or bearer token come from the environment: ``KIZUNA_NEO4J_USER``, ``KIZUNA_NEO4J_PASSWORD``,
        ``KIZUNA_NEO4J_BEARER``. Default: the embedded store, without a server.
    data
        What the embedded store holds: a graph, or a folder of tables. Default: Kizuna's own data.
    dataset, as_of, known_by
        The part of a folder's data to take, as for :func:`kizuna.select_subgraph`.
    database
        Database of the server; default: ``KIZUNA_NEO4J_DATABASE``, else the user's home database.
    allow_load_csv
        Whether a query sent to a server may use LOAD CSV. The embedded store never reads files.
    cache
        Where the embedded store keeps its databases.

    Returns
    -------
    Store
        A context manager.

    Raises
    ------
    InputError
        The address is none, or the data are wrong.
    UnavailableError
        The server cannot be reached, or the embedded database not built.
    MissingExtraError
        The package of the embedded engine is not installed.

    Examples
    --------
    >>> with connect() as store:
    ...     store.query("MATCH (l:Layer) RETURN l.id AS layer ORDER BY l.order").rows
    [('terminal',), ('cloud',), ('ai',), ('solution',)]
    """
    chosen: dict[str, Any] = {"dataset": dataset, "as_of": as_of, "known_by": known_by}
    if uri is not None:
        if data is not None or any(chosen.values()):
            raise InputError(
                "`data` is for the embedded store; a server holds the data that were pushed to it"
            )
        from kizuna.graph.stores import Neo4jStore

        return Neo4jStore(uri, database=database, allow_load_csv=allow_load_csv)
    if database is not None or allow_load_csv:
        given = "database" if database is not None else "allow_load_csv"
        raise InputError(f"`{given}` is for a Neo4j server; give its address as well")
    from kizuna.graph.stores import EmbeddedStore

    if data is None or isinstance(data, str | Path):
        source = _Folder(data, chosen)
        return EmbeddedStore(source.key, source.load, cache=cache)
    if any(chosen.values()):
        raise InputError(
            "`dataset`, `as_of` and `known_by` are for a folder; see kizuna.select_subgraph for a graph"
        )
    key = f"graph {data.name} {data.version} {data.as_of} {data.content_hash}"
    return EmbeddedStore(key, lambda: data, cache=cache)


class _Folder:
    """A folder of tables, and the part of it that is asked for; loaded only if no database of it is there."""

    def __init__(self, path: str | Path | None, chosen: dict[str, Any]) -> None:
        self.path = path
        self.chosen = chosen

    @property
    def key(self) -> str:
        """What changes with the files, with what is asked of them, and with the code that reads them."""
        if self.path is None:
            from kizuna import seeds

            return f"seeds {__version__} {sorted(self.chosen.items())} {_hash_files(resources.files(seeds))}"
        folder = Path(self.path)
        if not folder.is_dir():
            raise InputError(f"`data`: there is no folder {folder}")
        return f"folder {folder.resolve().name} {__version__} {sorted(self.chosen.items())} {_hash_files(folder)}"

    def load(self) -> SupplyGraph:
        """Read and check the tables."""
        from kizuna.graph import select_subgraph
        from kizuna.loaders import load_folder, load_seeds

        part = {"dataset": self.chosen["dataset"], "as_of": self.chosen["as_of"]}
        graph = load_seeds(**part) if self.path is None else load_folder(self.path, **part)
        known_by = self.chosen["known_by"]
        return graph if known_by is None else select_subgraph(graph, known_by=known_by)


def _hash_files(folder: Traversable | Path) -> str:
    """SHA-256 of the tables and of what the data set says of itself, names included."""
    from kizuna.graph.model import MODEL

    digest = hashlib.sha256()
    for name in ("datapackage.json", *(f"{table}.csv" for table in MODEL.tables)):
        file = folder.joinpath(name)
        if file.is_file():
            content = file.read_bytes()
            digest.update(f"{name}\x1e{len(content)}\x1e".encode() + content)
    return digest.hexdigest()
