"""A synthetic supply chain with gaps planted in it, as tables of text.

``python -m benchmarks.synthetic 1000 FOLDER`` writes one as CSV files and prints its figures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from benchmarks.columns import Namer, write_tables
from benchmarks.plan import Components, Firms, plan_components, plan_firms, plan_offers
from benchmarks.planted import Planted, write_planted
from benchmarks.pools import COUNTRIES
from benchmarks.shape import measure_shape
from kizuna.graph import MODEL

__all__ = ["DATE", "SMALLEST", "main", "make_synthetic", "write_folder"]

DATE = "2026-11-22"
"""The day that a synthetic data set speaks of."""
SMALLEST = 500
"""Fewest vendors; with less there are not two components on each level."""


def make_synthetic(
    vendors: int, *, seed: int = 0, offers_per_vendor: int = 5
) -> tuple[dict[str, pd.DataFrame], Planted]:
    """Make a supply chain with a known shape and known gaps.

    Five offers a vendor; components a tenth of the vendors; vendors a component heavy-tailed: 5 % of
    components with one vendor, 5 % with two, 10 % of one country only, 5 % of one group only; a fifth of
    the vendors in groups of 2 to 10; 2 requirements a component, up to 8 deep, a fifth of them
    alternatives; a solution per 100 components. Vendors here are those whose offer counts; a tenth of the
    offers are pilots, announcements or ended, and never do.

    Parameters
    ----------
    vendors
        How many vendors; at least 500.
    seed
        The same seed gives the same tables.
    offers_per_vendor
        How many offers there are for each vendor; 2 make three edges of all kinds a vendor.

    Returns
    -------
    tables
        Tables of text by name, blank as ``""``, of the columns of the model.
    planted
        What was planted.

    Raises
    ------
    ValueError
        Too few vendors.

    Notes
    -----
    Whole columns are drawn at once: time and memory grow with the number of offers.
    """
    if vendors < SMALLEST:
        raise ValueError(f"`vendors` must be {SMALLEST} or more; found {vendors}")
    rng = np.random.default_rng(seed)
    firms = plan_firms(rng, vendors)
    components = plan_components(rng, vendors // 10)
    offers = plan_offers(rng, firms, components, per_vendor=offers_per_vendor)
    namer = Namer(rng, vendors, vendors // 10)
    tables = write_tables(rng, firms, components, offers, namer)
    planted = _name_planted(firms, components, offers.single_vendor, namer)
    return {name: tables[name] for name in MODEL.tables if name in tables}, planted


def _name_planted(firms: Firms, components: Components, single_vendor: np.ndarray, namer: Namer) -> Planted:
    vendor, component = namer.vendor_ids.to_pylist(), namer.component_ids.to_pylist()

    def names(positions: Iterable[int]) -> list[str]:
        return [component[position] for position in positions]

    codes = [code for code, _ in COUNTRIES[:2]]
    heads = firms.head[firms.mixed[: len(components.grouped), 0]]
    return Planted(
        single_vendor=dict(zip(names(components.single), [vendor[v] for v in single_vendor], strict=True)),
        two_vendors=names(components.double),
        one_country={c: codes[place % 2] for place, c in enumerate(names(components.national))},
        one_group=dict(zip(names(components.grouped), [vendor[head] for head in heads], strict=True)),
    )


def write_folder(tables: Mapping[str, pd.DataFrame], planted: Planted, folder: Path) -> None:
    """Write tables as a folder of CSV files that `load_folder` reads, and beside it what was planted."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        pacsv.write_csv(pa.Table.from_pandas(frame, preserve_index=False), folder / f"{name}.csv")
    about = {"name": f"synthetic-{len(tables['vendors'])}", "version": "1", "created": f"{DATE}T00:00:00Z"}
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    write_planted(planted, folder)


def main() -> None:
    """Write a synthetic data set and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic", description=main.__doc__)
    parser.add_argument("vendors", type=int, help=f"how many, from {SMALLEST} up")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--offers-per-vendor", type=int, default=5, help="2 make three edges a vendor")
    args = parser.parse_args()
    if args.vendors < SMALLEST:
        parser.error(f"{args.vendors} vendors are too few; the smallest size is {SMALLEST}")
    tables, planted = make_synthetic(args.vendors, seed=args.seed, offers_per_vendor=args.offers_per_vendor)
    write_folder(tables, planted, args.folder)
    for name, figure in (measure_shape(tables) | planted.counts()).items():
        print(f"{name.replace('_', ' '):<32} {figure}")


if __name__ == "__main__":
    main()
