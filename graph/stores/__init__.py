"""Where Cypher runs: the embedded store and Neo4j, behind one protocol.

Everything named here is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._lazy import load_lazily

if TYPE_CHECKING:
    from .bolt import Neo4jStore
    from .cache import Cache, CachedStore
    from .embedded import EmbeddedStore
    from .protocol import Store
    from .values import Duration, Node, Path, Relationship, Result

__all__ = [
    "Cache",
    "CachedStore",
    "Duration",
    "EmbeddedStore",
    "Neo4jStore",
    "Node",
    "Path",
    "Relationship",
    "Result",
    "Store",
]

_MODULES: dict[str, tuple[str, ...]] = {
    "bolt": ("Neo4jStore",),
    "cache": ("Cache", "CachedStore"),
    "embedded": ("EmbeddedStore",),
    "protocol": ("Store",),
    "values": ("Duration", "Node", "Path", "Relationship", "Result"),
}

__getattr__, __dir__ = load_lazily(__name__, _MODULES)
