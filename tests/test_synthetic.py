"""Synthetic supply chains: they have the shape that they promise, and every gap in them is found."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pytest

from benchmarks.planted import Planted, find_missed
from benchmarks.shape import count_vendors, measure_shape
from benchmarks.synthetic import DATE, make_synthetic
from kizuna.graph import MODEL, SupplyGraph
from kizuna.loaders import validate_tables
from kizuna.queries import Gaps, find_gaps


class Synthetic(NamedTuple):
    """A data set, and the answer on it."""

    vendors: int
    tables: dict[str, pd.DataFrame]
    planted: Planted
    gaps: Gaps

    def roots(self, unit: str) -> set[str]:
        """Return all roots of the cuts at one unit."""
        return {root for cut in self.gaps.cuts if cut.unit == unit for root in cut.roots}


@pytest.fixture(scope="module", params=[1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def synthetic(request: pytest.FixtureRequest) -> Synthetic:
    """Return one data set of each size."""
    tables, planted = make_synthetic(request.param, seed=7)
    return Synthetic(request.param, tables, planted, find_gaps(SupplyGraph(tables, date=DATE)))


def test_sizes_follow_from_the_number_of_vendors(synthetic: Synthetic) -> None:
    """Components are a tenth of the vendors, offers five a vendor, solutions one per 100 components."""
    vendors = synthetic.vendors
    sizes = {name: len(frame) for name, frame in synthetic.tables.items()}
    assert (sizes["vendors"], sizes["components"]) == (vendors, vendors // 10)
    assert (sizes["offers"], sizes["solutions"]) == (5 * vendors, vendors // 1000)


def test_requirements_are_two_a_component_and_eight_deep(synthetic: Synthetic) -> None:
    """There are two requirements a component, the longest chain is 8, and a fifth are alternatives."""
    shape = measure_shape(synthetic.tables)
    assert shape["requirements_a_component"] == 2
    assert shape["deepest_requirements"] == 8
    assert shape["requirements_in_alternatives"] == pytest.approx(0.2, abs=0.01)


def test_a_fifth_of_the_vendors_are_in_groups_of_two_to_ten(synthetic: Synthetic) -> None:
    """Groups by control hold a fifth of the vendors; none is smaller than 2 or larger than 10."""
    shape = measure_shape(synthetic.tables)
    assert shape["vendors_in_groups"] == pytest.approx(0.2, abs=0.002)
    assert 2 <= shape["smallest_group"] < shape["largest_group"] <= 10


def test_vendors_of_a_component_are_heavy_tailed(synthetic: Synthetic) -> None:
    """The largest market has over five times the vendors of the median one, the top tenth a third of all."""
    shape = measure_shape(synthetic.tables)
    assert shape["vendors_a_component_most"] > 5 * shape["vendors_a_component_median"]
    assert shape["offers_in_largest_tenth"] > 1 / 3


def test_planted_components_are_the_parts_that_are_promised(synthetic: Synthetic) -> None:
    """5 % of the components have one vendor, 5 % two, 10 % one country, 5 % one group, and none is in two."""
    components, planted = synthetic.vendors // 10, synthetic.planted
    assert planted.counts() == {
        "single_vendor": components * 5 // 100,
        "two_vendors": components * 5 // 100,
        "one_country": components * 10 // 100,
        "one_group": components * 5 // 100,
    }
    names = [
        *planted.single_vendor, *planted.two_vendors, *planted.one_country, *planted.one_group
    ]  # fmt: skip
    assert len(names) == len(set(names))


def test_planted_components_have_the_vendors_that_are_promised(synthetic: Synthetic) -> None:
    """Counted from the tables, those with one vendor have one, those with two have two, all others more."""
    counts, planted = count_vendors(synthetic.tables), synthetic.planted
    assert set(counts[counts == 1].index) == set(planted.single_vendor)
    assert set(planted.two_vendors) <= set(counts[counts == 2].index)
    assert set(counts[counts == 2].index) <= {*planted.two_vendors, *planted.one_country, *planted.one_group}


def test_tables_are_valid(synthetic: Synthetic) -> None:
    """Validation finds neither an error nor a warning."""
    assert validate_tables(synthetic.tables) == []


def test_every_column_is_filled(synthetic: Synthetic) -> None:
    """Every column of the model is there, and in tables of some length none of them is blank throughout."""
    for name, frame in synthetic.tables.items():
        assert set(frame.columns) == set(MODEL.tables[name].columns), name
        if len(frame) >= 1000:
            assert [column for column in frame if (frame[column] == "").all()] == [], name


def test_same_seed_gives_same_tables() -> None:
    """Two data sets of one seed are equal, and one of another seed differs."""
    one, again, other = (make_synthetic(500, seed=seed)[0] for seed in (1, 1, 2))
    assert all(one[name].equals(again[name]) for name in one)
    assert not one["offers"].equals(other["offers"])


def test_all_planted_gaps_are_found(synthetic: Synthetic) -> None:
    """Each planted component is a root of the cut that it was planted for; two vendors are no cut."""
    assert find_missed(synthetic.planted, synthetic.gaps) == []


def test_components_of_one_vendor_are_the_roots_of_vendor_cuts(synthetic: Synthetic) -> None:
    """At the unit of vendors nothing but the planted components is a root."""
    assert synthetic.roots("vendor") == set(synthetic.planted.single_vendor)


def test_group_cuts_have_no_roots_but_planted_ones(synthetic: Synthetic) -> None:
    """A group's roots are components that it was given alone, or that one vendor in it was."""
    planted = synthetic.planted
    assert synthetic.roots("group") - set(planted.single_vendor) == set(planted.one_group)


def test_country_cuts_have_exactly_the_planted_roots(synthetic: Synthetic) -> None:
    """A country's roots are what it alone offers: as planted, and what single vendors with a seat there do."""
    planted, vendors = synthetic.planted, synthetic.tables["vendors"]
    seat = dict(zip(vendors["id"], vendors["country"], strict=True))
    for country in ("TW", "JP"):
        (cut,) = (c for c in synthetic.gaps.cuts if (c.unit, c.member) == ("country", country))
        alone = {component for component, where in planted.one_country.items() if where == country}
        alone |= {component for component, vendor in planted.single_vendor.items() if seat[vendor] == country}
        assert set(cut.roots) == alone


def test_a_missed_gap_is_noticed(synthetic: Synthetic) -> None:
    """An answer without the cut of a vendor lacks the components that this vendor offers alone."""
    component, vendor = next(iter(synthetic.planted.single_vendor.items()))
    gaps = synthetic.gaps
    rest = tuple(cut for cut in gaps.cuts if (cut.unit, cut.member) != ("vendor", vendor))
    poorer = Gaps(gaps.analysis, rest, gaps.uncovered, gaps.dominant)
    assert ("vendor", component) in find_missed(synthetic.planted, poorer)


def test_too_few_vendors_are_refused() -> None:
    """With fewer than 500 vendors the shape cannot be kept, which the error says."""
    with pytest.raises(ValueError, match="must be 500 or more; found 499"):
        make_synthetic(499)
