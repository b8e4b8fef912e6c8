"""Every number of the report of the curated data is that of the question it comes from."""

from __future__ import annotations

import pytest

import kizuna
from kizuna.answers.report import make_report
from kizuna.graph import SupplyGraph
from kizuna.queries import Complementarity, Gaps, Scope, find_gaps, measure_coverage
from kizuna.queries.coverage import CoverageLevel
from kizuna.queries.partners import find_partners
from kizuna.queries.verdict import judge_finding
from kizuna.viz.report import Block, Figures, Report, Table
from kizuna.viz.report_charts import HeatMap

PAIR = ("TW", "JP")


@pytest.fixture(scope="module")
def gaps(seeds: SupplyGraph) -> Gaps:
    """Return what is lost with one vendor or one country."""
    return find_gaps(seeds)


@pytest.fixture(scope="module")
def report(seeds: SupplyGraph) -> Report:
    """Return the report in English."""
    return make_report(seeds, selection={})


def _blocks(report: Report, section: int, kind: type[Block]) -> list[Block]:
    return [block for block in report.sections[section].blocks if isinstance(block, kind)]


def _cells(table: Block) -> list[list[str]]:
    assert isinstance(table, Table)
    return [[cell.text for cell in row] for row in table.rows]


def test_figures_on_the_first_page(seeds: SupplyGraph, gaps: Gaps, report: Report) -> None:
    """Vendors of either country whose offers count, single points of failure, those confirmed, joint solutions."""
    offers = seeds.current("offers")
    counted = offers[offers["status"].isna() | offers["status"].isin(Scope().statuses)]
    countries = seeds.table("vendors").set_index("id")["country"]
    vendors = counted["vendor"].drop_duplicates().map(countries)
    single = [finding for finding in gaps.cuts if finding.unit == "vendor"]
    confirmed = [f for f in single if judge_finding(gaps.analysis, f).verdict == "confirmed"]
    rows = [row for row in Complementarity(gaps.analysis).rows if row.label == "Solution"]
    joint = sum(row.feasible == "only jointly" for row in rows)
    [figures] = _blocks(report, 0, Figures)
    assert isinstance(figures, Figures)
    assert [figure.number for figure in figures.figures] == [
        *(str(int((vendors == country).sum())) for country in PAIR),
        str(len(single)),
        str(len(confirmed)),
        f"{joint}/{len(rows)}",
    ]


@pytest.mark.parametrize(("place", "by"), [(0, "layer"), (1, "segment")])
def test_cells_of_the_heat_map(seeds: SupplyGraph, report: Report, place: int, by: CoverageLevel) -> None:
    """A cell is the count of coverage, whose state says whether the count is known at all."""
    chart = _blocks(report, 1, HeatMap)[place]
    assert isinstance(chart, HeatMap)
    rows = measure_coverage(seeds, by=by).rows
    assert len(rows) == len(chart.rows)
    for row, texts in zip(rows, chart.texts, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            said = {"count": str(cell.vendors), "none": "none", "not known": "not known"}
            assert text == said[cell.state]


def test_rows_of_the_gaps(gaps: Gaps, report: Report) -> None:
    """Ranks, losses, stand-ins and verdicts are those of `find_gaps`, in its order."""
    [table] = _blocks(report, 2, Table)
    ordered = [*gaps.cuts, *gaps.uncovered]
    for rank, _, _, lost, stand_ins, verdict in _cells(table):
        finding = ordered[int(rank) - 1]
        assert lost == f"{len(finding.solutions)}/{finding.solutions_total}"
        assert int(stand_ins) == finding.stand_ins
        assert verdict == judge_finding(gaps.analysis, finding).verdict


def test_every_confirmed_vendor_of_the_first_page_is_in_the_table(gaps: Gaps, report: Report) -> None:
    """A reader who counts the confirmed rows comes to the figure, those that lose no solution among them."""
    [figures] = _blocks(report, 0, Figures)
    [table] = _blocks(report, 2, Table)
    assert isinstance(figures, Figures)
    confirmed = [row for row in _cells(table) if row[5] == "confirmed" and row[1].endswith("(vendor)")]
    assert len(confirmed) == int(figures.figures[3].number) > 0
    assert any(row[3].startswith("0/") for row in confirmed)


def test_classes_of_what_can_be_built(gaps: Gaps, report: Report) -> None:
    """Solutions and components of each class are as many as complementarity finds."""
    table = _blocks(report, 3, Table)[0]
    rows = Complementarity(gaps.analysis).rows
    classes = ["only jointly", "TW alone", "JP alone", "either", "not at all", "outside"]
    counts = [
        [
            sum(row.label == label and row.feasible == one for row in rows)
            for label in ("Solution", "Component")
        ]
        for one in classes
    ]
    assert [[int(number) for number in row[1:]] for row in _cells(table)] == counts


def test_rows_of_the_pairings(seeds: SupplyGraph, gaps: Gaps, report: Report) -> None:
    """Rank, what is opened, what is relieved and the fit are those of `find_partners` for the firm."""
    [table] = _blocks(report, 4, Table)
    names = {row["name_en"]: row["id"] for _, row in seeds.table("vendors").iterrows()}
    ranked = {}
    for firm, partner, rank, opens, relieves, fit, _ in _cells(table):
        vendor = names[firm.rsplit(" (", 1)[0]]
        if vendor not in ranked:
            ranked[vendor] = find_partners(seeds, vendor, analysis=gaps.analysis).ranked
        place, total = map(int, rank.split("/"))
        found = ranked[vendor][place - 1]
        assert (found.vendor, len(ranked[vendor])) == (names[partner], total)
        assert (len(found.unlocks), len(found.relieves)) == (int(opens), int(relieves))
        assert float(fit) == pytest.approx(float(found.fit), abs=0.05)


def test_counts_of_the_report_of_2017(seeds: SupplyGraph, report: Report) -> None:
    """Then is what the tables of 2017 say of a layer, now what all the data say."""
    tables = [_cells(table) for table in _blocks(report, 5, Table)]
    then = measure_coverage(kizuna.graph.select_subgraph(seeds, dataset="report-2017"), by="layer").rows
    now = measure_coverage(seeds, by="layer").rows
    said = {"none": "none", "not known": "not known"}
    for before, after, row in zip(then, now, tables[0], strict=True):
        cells = [*before.cells[:2], *after.cells[:2]]
        assert row[1:] == [said.get(cell.state, str(cell.vendors)) for cell in cells]
