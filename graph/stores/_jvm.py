"""What the engine's JVM build does otherwise than its native one."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

__all__ = ["is_jvm", "make_plain", "open_database"]


def is_jvm(engine: Any) -> bool:
    """Say whether this is the build that runs on a JVM; older ones do not say what they are."""
    return getattr(engine, "__backend__", "jvm") == "jvm"


def open_database(engine: Any, folder: str, *, read_only: bool) -> Any:
    """Open a database; only Java's own interface has the mode."""
    factory = engine.DatabaseFactory(folder)
    mode = import_module("jpype").JClass("com.arcadedb.engine.ComponentFile$MODE")
    opened = factory._java_factory.open(mode.READ_ONLY if read_only else mode.READ_WRITE)
    return engine.Database(opened)


def make_plain(engine: Any, value: Any) -> Any:
    """Return a value of Java's as the native build would give it: records as dictionaries, the rest as text."""
    if value is None or isinstance(value, str | int | float | date):
        return value
    if isinstance(value, list | tuple | set):
        return [make_plain(engine, part) for part in value]
    if isinstance(value, dict):
        return {str(key): make_plain(engine, part) for key, part in value.items()}
    if hasattr(value, "getIdentity") and hasattr(value, "getTypeName"):
        properties = engine.convert_java_to_python(value.propertiesAsMap())
        record = {"@rid": str(value.getIdentity()), "@type": str(value.getTypeName())}
        return record | {str(name): make_plain(engine, part) for name, part in properties.items()}
    return str(value)
