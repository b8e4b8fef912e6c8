"""The Herfindahl-Hirschman index, as far as shares are known."""

from __future__ import annotations

import pytest

from kizuna.queries import HHIRange, Market, Scope, measure_hhi
from tests.graphs import make_graph

VENDORS = "a:TW b:JP c:JP d:US"


def _hhi(offers: str, *, owns: str = "") -> HHIRange | None:
    market = Market(make_graph(vendors=VENDORS, offers=offers, owns=owns), Scope())
    return measure_hhi(market).get(0)


def test_the_range_runs_from_crumbs_to_one_rival() -> None:
    """Of shares of 60 % and 20 % the squares are 0.40; the rest may be crumbs or one more group of 20 %."""
    found = _hhi("a:x(share=0.6,share_of=x,share_year=2025) b:x(share=0.2,share_of=x,share_year=2025)")
    assert found is not None
    assert [found.low, found.high] == pytest.approx([0.40, 0.44])
    assert (found.year, found.groups) == (2025, 2)


def test_shares_of_a_group_are_one_share() -> None:
    """Mother and daughter with 30 % each are one group with 60 %."""
    offers = "a:x(share=0.3,share_of=x,share_year=2025) b:x(share=0.3,share_of=x,share_year=2025)"
    found = _hhi(offers, owns="a>b")
    assert found is not None
    assert [found.low, found.high] == pytest.approx([0.36, 0.52])
    assert found.groups == 1


def test_shares_of_more_than_all_leave_no_rest() -> None:
    """Rounded shares of 70 % and 40 % leave nothing for others."""
    found = _hhi("a:x(share=0.7,share_of=x,share_year=2025) b:x(share=0.4,share_of=x,share_year=2025)")
    assert found is not None
    assert found.low == found.high == pytest.approx(0.65)


def test_the_year_with_most_shares_then_the_latest_is_taken() -> None:
    """Two shares of 2023 tell more than one of 2025; of years with one each the later is taken."""
    year = "a:x(share=0.5,share_of=x,share_year=2023) b:x(share=0.5,share_of=x,share_year=2023)"
    found = _hhi(f"{year} c:x(share=0.9,share_of=x,share_year=2025)")
    assert found is not None
    assert [found.year, found.low] == pytest.approx([2023, 0.5])
    found = _hhi("a:x(share=0.5,share_of=x,share_year=2023) b:x(share=0.1,share_of=x,share_year=2025)")
    assert found is not None
    assert [found.year, found.low] == pytest.approx([2025, 0.01])


@pytest.mark.parametrize(
    "offer",
    [
        "a:x",
        "a:x(share=0.5,share_year=2025)",
        "a:x(share=0.5,share_of=semiconductors,share_year=2025)",
        "a:x(share=0.5,share_of=x)",
        "a:x(share=0.5,share_of=x,share_year=2025,status=ended)",
    ],
)
def test_without_a_share_of_its_own_market_there_is_no_index(offer: str) -> None:
    """A share of a wider market, of no known year, or of an offer that does not count is not used."""
    assert _hhi(offer) is None


def test_shares_abroad_count() -> None:
    """The market is that of the world: an American share is one of it."""
    found = _hhi("d:x(share=0.8,share_of=x,share_year=2025)")
    assert found is not None and found.low == pytest.approx(0.64)


def test_each_component_has_the_index_of_its_own_market() -> None:
    """Two markets do not mix: each component has its own shares, year and number of groups."""
    offers = "a:x(share=0.5,share_of=x,share_year=2023) b:y(share=0.2,share_of=y,share_year=2025) c:z"
    market = Market(make_graph(vendors=VENDORS, offers=offers), Scope())
    found = measure_hhi(market)
    by_id = {market.component_ids[position]: (hhi.year, hhi.groups) for position, hhi in found.items()}
    assert by_id == {"x": (2023, 1), "y": (2025, 1)}
