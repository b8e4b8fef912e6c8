"""The date switch: the page of a day of the past, and what changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kizuna import find_gaps
from kizuna.graph import SupplyGraph, select_subgraph
from kizuna.queries import compare_graphs
from kizuna.viz import write_explorer
from tests.browser.conftest import PHONE, Open, Visit
from tests.test_days import make_graph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def toy() -> SupplyGraph:
    """Return the graph of a few firms that begin and end."""
    return make_graph()


@pytest.fixture(scope="module")
def toy_page(toy: SupplyGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write its page."""
    return write_explorer(toy, tmp_path_factory.mktemp("days") / "toy.html", lang="en")


def read_gaps(opened: Visit) -> set[str]:
    """Return the ids in the list of gaps."""
    ids: list[str] = opened.page.eval_on_selector_all(
        "#body [data-gap]", "all => all.map(e => e.dataset.gap)"
    )
    return set(ids)


def read_tally(opened: Visit) -> dict[str, list[str]]:
    """Return the table of counts, by kind."""
    rows: dict[str, list[str]] = opened.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.tally tbody tr')].map(row =>"
        " [row.dataset.kind, [...row.querySelectorAll('td')].map(cell => cell.textContent)]))"
    )
    return rows


def list_ids(graph: SupplyGraph, day: str) -> set[str]:
    """Return the ids of the gaps on a day."""
    gaps = find_gaps(select_subgraph(graph, as_of=day))
    return {finding.id for finding in (*gaps.findings, *gaps.fragile)}


@pytest.mark.parametrize("day", ["2012-01-01", "2015-01-01", "2018-01-01"])
def test_gaps_of_a_day_are_those_of_python(visit: Open, toy: SupplyGraph, toy_page: Path, day: str) -> None:
    """The list of gaps on each day is what Python finds in the graph on that day."""
    assert read_gaps(visit(toy_page, f"#on={day}")) == list_ids(toy, day)


def test_seeds_on_the_day_of_the_report_are_those_of_python(
    visit: Open, seeds: SupplyGraph, seeds_page: Path
) -> None:
    """Gaps and counted offers of the curated data on the day of the report are Python's."""
    opened = visit(seeds_page, "#on=2017-12-31")
    assert read_gaps(opened) == list_ids(seeds, "2017-12-31")
    market = find_gaps(select_subgraph(seeds, as_of="2017-12-31")).analysis.market
    assert f"{int(market.present.sum()):,} offers" in opened.page.inner_text("#past")


def test_changes_of_the_seeds_are_those_of_diff(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """As many gaps open and close, and as many offers begin and end, as `kizuna diff` says."""
    made = compare_graphs(select_subgraph(seeds, as_of="2017-12-31"), seeds, trials=0)
    tally = read_tally(visit(seeds_page, "#on=2017-12-31&tab=changes"))
    facts = [fact.what for fact in made.facts if fact.table == "offers" and fact.why == "world"]
    assert tally["opened"][0] == str(len(made.opened))
    assert tally["closed"][0] == str(len(made.closed))
    assert tally["offers"][0] == f"+{facts.count('began')} −{facts.count('ended')}"


def test_day_is_chosen_with_the_keyboard(visit: Open, toy_page: Path) -> None:
    """An arrow in the switch goes to the day before; the switch keeps the focus and the fragment the day."""
    opened = visit(toy_page)
    opened.page.focus("#day")
    opened.page.keyboard.press("ArrowDown")
    opened.page.wait_for_selector("#past:not([hidden])")
    assert opened.page.evaluate("document.activeElement.id") == "day"
    assert opened.page.evaluate("kizuna.state().on") == "2018-01-01"
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.evaluate("kizuna.state().on") == "2015-01-01"


def test_way_back_is_one_button(visit: Open, toy_page: Path) -> None:
    """The strip over the picture says that it is of the past; its button returns, and the focus is not lost."""
    opened = visit(toy_page, "#on=2015-01-01")
    assert "as of 2015-01-01" in opened.page.inner_text("#past")
    opened.page.click("#past [data-do=today]")
    assert opened.page.is_hidden("#past")
    assert opened.page.evaluate("kizuna.state().on") is None
    assert opened.page.evaluate("document.activeElement.id") == "day"


def test_other_day_is_shown_as_the_one_before(visit: Open, toy_page: Path) -> None:
    """A day that the page does not hold is shown as the latest before it, which it says; the link stays."""
    opened = visit(toy_page, "#on=2019-05-05")
    assert opened.page.input_value("#day") == "2018-01-01"
    assert "You asked for 2019-05-05" in opened.page.inner_text("#past")
    assert opened.page.evaluate("kizuna.state().on") == "2019-05-05"


def test_day_before_the_first_is_said_to_be_too_early(visit: Open, toy_page: Path) -> None:
    """Before all days the page shows its earliest, and says so."""
    opened = visit(toy_page, "#on=1999-01-01")
    assert opened.page.input_value("#day") == "2012-01-01"
    assert "the earliest day" in opened.page.inner_text("#past")


def test_vendor_of_later_is_dashed_and_not_counted(visit: Open, toy_page: Path) -> None:
    """In 2012 Rohm makes no chips: its box is there and says so, and the component counts none of Japan."""
    opened = visit(toy_page, "#on=2012-01-01&at=component:chip")
    tags = opened.page.eval_on_selector_all("#body .tag", "all => all.map(e => e.textContent)")
    assert "not yet" in tags
    cells = opened.page.inner_text("#body .cells")
    assert "not known" in cells


def test_table_is_of_the_day(visit: Open, toy_page: Path) -> None:
    """The table counts two makers of chips today and one on a day before the second began."""

    def count(fragment: str) -> list[Any]:
        opened = visit(toy_page, f"#view=table{fragment}")
        found: list[Any] = opened.page.eval_on_selector_all(
            "#table tr[data-key='component:0'] td.number", "all => all.map(e => e.textContent)"
        )
        return found

    assert count("")[:4] == ["1", "1", "1", "1"]
    assert count("&on=2012-01-01")[:4] == ["1", "1", "not known", "not known"]


def test_change_of_the_world_names_what_was_enough(visit: Open, toy_page: Path) -> None:
    """A gap that Rohm's beginning closed says so, with the offer, apart from what was merely learned."""
    opened = visit(toy_page, "#on=2012-01-01&tab=changes")
    closed = opened.page.inner_text(".world [data-gaps=closed]")
    assert "Formosa" in closed
    assert "This was enough for it" in closed
    assert "Rohm" in closed
    assert "only seemed" in opened.page.inner_text(".learned")


def test_gap_of_today_opens_in_todays_data(visit: Open, toy_page: Path) -> None:
    """A gap that opened since is no gap of the day: pressing it goes to today's data."""
    opened = visit(toy_page, "#on=2015-01-01&tab=changes")
    opened.page.click(".world [data-gaps=opened] [data-gap] > button")
    state = opened.page.evaluate("kizuna.state()")
    assert (state["on"], state["gap"] is not None) == (None, True)


def test_list_of_days_leads_to_each(visit: Open, toy_page: Path) -> None:
    """On today's data the tab lists the days; pressing one shows it."""
    opened = visit(toy_page, "#tab=changes")
    opened.page.click("#alldays [data-day='2015-01-01']")
    assert opened.page.evaluate("kizuna.state().on") == "2015-01-01"
    assert "From 2015-01-01" in opened.panel()


def test_what_cannot_be_dated_is_said(visit: Open, toy_page: Path) -> None:
    """Four of the six offers and relations in the page state no beginning; that of Gone ended before its days."""
    assert (
        "4 of 6 offers and relations in this page state no beginning"
        in visit(toy_page, "#tab=changes").panel()
    )


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
@pytest.mark.parametrize("size", [PHONE, (1440, 900)])
def test_past_fits_every_screen_and_language(
    visit: Open, toy_page: Path, lang: str, size: tuple[int, int]
) -> None:
    """Switch and strip neither widen the page nor leave a key of the catalogue untranslated."""
    opened = visit(toy_page, f"#lang={lang}&on=2013-01-01&tab=changes", size=size)
    assert opened.page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert "page." not in opened.page.inner_text("body")
