"""What the cache of prepared databases holds."""

from __future__ import annotations

import re

from kizuna._messages import say
from kizuna._render import Answer, Column, Sheet
from kizuna.graph.stores.cache import Cache, CachedStore

__all__ = ["tell_cache"]

_KEY = re.compile(r"(?P<what>.*?) \[(?P<part>.*)\] (?P<hash>[0-9a-f]{64})")
_PART = re.compile(r"\('(\w+)', '([^']*)'\)")


def tell_cache(cache: Cache, *, lang: str) -> Answer:
    """Return the databases in the cache, the newest first."""
    stores = list(cache)
    total = sum(store.size for store in stores)
    keys = ("data", "engine", "size", "built", "folder")
    columns = tuple(
        Column(say(f"cli.column.{key}", lang), number=key == "size", whole=key in ("size", "folder"))
        for key in keys
    )
    rows = tuple(
        (_name_data(store), store.engine, f"{store.size / 1e6:.1f}", store.built, store.path.name)
        for store in stores
    )
    sheet = Sheet(columns, rows)
    return Answer(
        head=(say("cli.cache.where", lang, folder=cache.root),),
        blocks=(sheet, say("cli.cache.total", lang, n=len(stores), size=f"{total / 1e6:.1f}"))
        if stores
        else (say("cli.cache.empty", lang),),
        document=lambda: {
            "folder": str(cache.root),
            "bytes": total,
            "databases": [
                {
                    "data": _name_data(store),
                    "key": store.key,
                    "engine": store.engine,
                    "bytes": store.size,
                    "built": store.built,
                    "folder": str(store.path),
                }
                for store in stores
            ],
        },
        sheet=sheet,
    )


def _name_data(store: CachedStore) -> str:
    """Return which data a database holds, without what only machines compare."""
    found = _KEY.match(store.key)
    if found is None:
        return re.sub(r"\b([0-9a-f]{12})[0-9a-f]{20,}\b", r"\1", store.key)
    part = ", ".join(f"{name} = {value}" for name, value in _PART.findall(found["part"]))
    return f"{found['what']} [{found['hash'][:12]}]" + (f" ({part})" if part else "")
