"""The page's search and Python's: a name that one finds, the other finds."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from kizuna import load_seeds
from kizuna.graph import SupplyGraph, split_list
from kizuna.queries.name_search import find_by_name, fold_name
from tests.conftest import IN_CHECKOUT

pytestmark = [
    pytest.mark.checkout,
    pytest.mark.skipif(
        not IN_CHECKOUT or not shutil.which("node"), reason="needs Node and the page's sources"
    ),
]

SEARCH = Path(__file__).parents[1] / "viz" / "page" / "src" / "search.js"
SCRIPT = """
import { readFileSync } from "node:fs";
const { makeEntry, search } = await import(process.argv[1]);
const { rows, asked } = JSON.parse(readFileSync(0, "utf8"));
const index = rows.map((r) => makeEntry(r.id, "vendor", r.id, r.names, r.aliases, r.former, r.codes));
const found = asked.map((text) => search(index, text, Infinity).hits.map((hit) => hit.key));
process.stdout.write(JSON.stringify(found));
"""
FULL = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000})


def list_rows(graph: SupplyGraph) -> list[dict[str, object]]:
    """Return the vendors as the page's index takes them."""
    rows: list[dict[str, object]] = []
    for row in graph.nodes("Vendor").to_dict("records"):
        cells = {str(key): cell for key, cell in row.items() if isinstance(cell, str) and not pd.isna(cell)}
        rows.append(
            {
                "id": cells["id"],
                "names": {
                    lang: cells[f"name_{lang}"] for lang in ("en", "zh", "ja") if f"name_{lang}" in cells
                },
                "aliases": list(split_list(cells.get("aliases", ""))),
                "former": list(split_list(cells.get("former_names", ""))),
                "codes": [cells["ticker"]] if "ticker" in cells else [],
            }
        )
    return rows


def ask_page(rows: list[dict[str, object]], asked: list[str]) -> list[list[str]]:
    """Return the ids that the page's own module finds for each text, best first."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT, SEARCH.as_uri()],
        input=json.dumps({"rows": rows, "asked": asked}),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def list_names(rows: list[dict[str, object]]) -> list[tuple[str, str]]:
    """Return every name of every vendor, with the vendor's id."""
    pairs = []
    for row in rows:
        names, aliases, former, codes = (row[key] for key in ("names", "aliases", "former", "codes"))
        assert isinstance(names, dict) and isinstance(aliases, list)
        assert isinstance(former, list) and isinstance(codes, list)
        pairs += [(name, str(row["id"])) for name in (row["id"], *names.values(), *aliases, *former, *codes)]
    return pairs


def test_page_finds_every_vendor_by_every_name() -> None:
    """Whom a name of the seeds means here (equal once folded), the page finds by it, also in full width."""
    pairs = list_names(rows := list_rows(load_seeds()))
    meant: dict[str, set[str]] = defaultdict(set)
    for name, vendor in pairs:
        meant[fold_name(name)].add(vendor)
    names = sorted({name for name, _ in pairs})
    asked = [name.translate(FULL) if i % 2 else name for i, name in enumerate(names)]
    found = ask_page(rows, asked)
    lost = {
        text: sorted(missing)
        for text, hits in zip(asked, found, strict=True)
        if (missing := meant[fold_name(text)] - set(hits))
    }
    assert lost == {}


def test_page_finds_parts_of_names_as_python_does() -> None:
    """A part of a name, in each script, finds on the page all that `find_by_name` finds."""
    graph = load_seeds()
    asked = ["電子", "電機", "デンソー", "ﾃﾞﾝｿｰ", "hon hai", "鴻海", "sony", "2330", "semi", "tech", "工業"]
    found = ask_page(list_rows(graph), asked)
    wanted = [{match.id for match in find_by_name(graph, text)} for text in asked]
    assert any(wanted)
    assert [sorted(want - set(hits)) for want, hits in zip(wanted, found, strict=True)] == [[]] * len(asked)
