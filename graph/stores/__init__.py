"""Where Cypher runs: the embedded store and Neo4j, behind one protocol.

Everything named here is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
_WHERE = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
