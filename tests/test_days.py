"""The days of the past in a page: each is what Python says of the graph on that day."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kizuna.graph import SupplyGraph, select_subgraph
from kizuna.queries import compare_graphs, find_gaps, measure_coverage
from kizuna.viz import build_payload
from kizuna.viz.days import MOST_DAYS, list_days

Payload = dict[str, Any]


def make_graph(**more: Any) -> SupplyGraph:
    """Two makers of chips, one of them from 2015, and one of lenses until 2018; the robot needs both parts."""

    def rows(columns: str, *lines: str) -> pd.DataFrame:
        cells = [["" if cell == "-" else cell for cell in line.split()] for line in lines]
        return pd.DataFrame(cells, columns=columns.split(), dtype="str")

    tables = {
        "layers": rows("id order name_en", "terminal 1 Terminals"),
        "segments": rows("id layer nature name_en", "parts terminal hardware Parts"),
        "components": rows(
            "id segment nature stage name_en",
            "chip parts hardware input Chip",
            "lens parts hardware input Lens",
            "robot parts hardware loop Robot",
        ),
        "countries": rows("id name_en", "TW Taiwan", "JP Japan"),
        "vendors": rows(
            "id country name_en until",
            "formosa TW Formosa -",
            "rohm JP Rohm -",
            "oldlens JP Oldlens -",
            "newlens JP Newlens -",
            "owner JP Owner -",
            "gone TW Gone 2012",
        ),
        "offers": rows(
            "vendor component status since until dataset source_kind as_of",
            "formosa chip volume - - kizuna cited 2010",
            "rohm chip volume 2015 - kizuna cited 2021",
            "oldlens lens volume - 2018 kizuna cited 2010",
            "newlens lens volume - - kizuna cited 2022",
            "rohm robot volume - - kizuna cited 2010",
            "gone robot volume - - kizuna cited 2010",
        ),
        "owns": rows(
            "from_vendor to_vendor control since dataset source_kind as_of",
            "owner rohm yes 2020 kizuna cited 2020",
        ),
        "solutions": rows("id name_en", "care Care"),
        "component_requires": rows(
            "component requires kind dataset source_kind as_of",
            "robot chip input kizuna cited 2010",
            "robot lens input kizuna cited 2010",
        ),
        "solution_requires": rows(
            "solution requires kind dataset source_kind as_of", "care robot input kizuna cited 2010"
        ),
        "completeness": rows("component country level source_kind as_of", "chip TW complete cited 2021"),
    }
    return SupplyGraph(tables, name="toy", date="2026-01-01", **more)


@pytest.fixture(scope="module")
def toy() -> SupplyGraph:
    """Return the small graph."""
    return make_graph()


@pytest.fixture(scope="module")
def payload(toy: SupplyGraph) -> Payload:
    """Return what its page shows."""
    return build_payload(toy)


def read_findings(payload: Payload, at: int) -> list[dict[str, Any]]:
    """Return the findings of a day, as the page puts them together."""
    now, days = payload["findings"], payload["days"]
    found = []
    for ref in days["at"][at]["findings"]:
        if ref < len(now):
            found.append(now[ref])
        else:
            own = dict(days["findings"][ref - len(now)])
            base = now[own.pop("i")] if "i" in own else {}
            found.append({**base, **own})
    return found


def read_cells(payload: Payload, at: int) -> dict[tuple[str, str], tuple[int, int, str, str]]:
    """Return the cells of a day, as the page puts them together."""
    cells = {
        (component["id"], country): (cell["vendors"], cell["groups"], cell["state"], cell["level"])
        for component in payload["components"]
        for country, cell in component["cells"].items()
    }
    for c, country, *cell in payload["days"]["at"][at]["cells"]:
        cells[payload["components"][c]["id"], country] = tuple(cell)
    return cells


def check_day(graph: SupplyGraph, payload: Payload, at: int) -> None:
    """Compare one day of a payload with what Python says of the graph on that day."""
    view = select_subgraph(graph, as_of=payload["days"]["list"][at])
    gaps = find_gaps(view)
    found = read_findings(payload, at)
    assert [(f["id"], f["severity"], f["stand_ins"]) for f in found] == [
        (f.id, round(f.severity, 6), f.stand_ins) for f in (*gaps.findings, *gaps.fragile)
    ]
    with pytest.MonkeyPatch.context() as patch:  # the past of a past day is not looked at
        patch.setattr("kizuna.viz.days.list_days", lambda _: ([], 0))
        fresh = build_payload(SupplyGraph(view.tables, name=graph.name, date=graph.date, as_of=view.as_of))
    assert [{**f, "id": ""} for f in found] == [{**f, "id": ""} for f in fresh["findings"]]
    coverage = measure_coverage(view, by="component")
    assert read_cells(payload, at) == {
        (row.id, cell.country): (cell.vendors, cell.groups, cell.state, cell.level)
        for row in coverage.rows
        for cell in row.cells
    }
    day = payload["days"]["at"][at]
    counts = fresh["meta"]["counts"]
    assert day["counts"] == [counts[name] for name in ("offers", "counted", "blank_status")]
    flipped = [
        i
        for i, (now, then) in enumerate(zip(payload["relations"], fresh["relations"], strict=True))
        if now["in_force"] != then["in_force"]
    ]
    assert day["ties"] == flipped
    heads = dict(zip(day["heads"][::2], day["heads"][1::2], strict=True))
    assert [heads.get(v, row.get("head", v)) for v, row in enumerate(payload["vendors"])] == [
        row.get("head", v) for v, row in enumerate(fresh["vendors"])
    ]
    there = [offer for i, offer in enumerate(payload["offers"]) if i not in set(day["off"])]
    there += [payload["days"]["past"][i] for i in day["on"]]
    assert sorted((o["v"], o["c"], o["counted"]) for o in there) == sorted(
        (o["v"], o["c"], o["counted"]) for o in fresh["offers"]
    )


def test_days_are_those_on_which_something_begins_or_ends(toy: SupplyGraph) -> None:
    """An offer of 2015, one until 2018, a vendor until 2012; since the owner of 2020 all is as today."""
    assert list_days(toy) == (["2012-01-01", "2015-01-01", "2018-01-01"], 0)


def test_fewer_days_leave_out_owners_then_the_earliest(toy: SupplyGraph) -> None:
    """Two days are the last two of offers, and the other is counted."""
    assert list_days(toy, most=2) == (["2015-01-01", "2018-01-01"], 1)


def test_each_year_comes_before_a_second_day_of_one() -> None:
    """Of two days of 2018 and one of 2015, the two that are held are of different years."""
    offers = pd.DataFrame(
        {"vendor": ["a"] * 4, "component": list("wxyz"), "since": ["2015", "2018-01", "2018-06", "2019"]}
    )
    graph = SupplyGraph({"offers": offers}, date="2026-01-01")
    assert list_days(graph, most=2) == (["2015-01-01", "2018-06-01"], 1)


def test_data_on_no_day_have_no_past() -> None:
    """Without a date nothing is past."""
    graph = make_graph()
    assert list_days(SupplyGraph(graph.tables, name="toy")) == ([], 0)


def test_large_data_have_no_days(toy: SupplyGraph) -> None:
    """Of a hundred thousand offers the page holds no day, and says how many it leaves out."""
    many = pd.concat([toy.table("offers")] * 17_000, ignore_index=True)
    assert list_days(SupplyGraph({**toy.tables, "offers": many}, date="2026-01-01")) == ([], 3)


@pytest.mark.parametrize("at", range(3))
def test_day_is_the_graph_on_that_day(toy: SupplyGraph, payload: Payload, at: int) -> None:
    """Findings in full and in rank, cells, offers, relations and groups are those of the graph on the day."""
    check_day(toy, payload, at)


def test_world_closes_what_a_second_maker_closes(payload: Payload) -> None:
    """Formosa alone makes chips until Rohm begins in 2015: the step says so, and by which offer."""
    [step] = [s for s in payload["days"]["steps"] if s[1] == "closed" and s[0] == 1]
    before = read_findings(payload, 0)
    assert next(f["member"] for f in before if f["id"] == _id_of(payload, step[2])) == "formosa"
    assert step[3:] == [True, [["offer", _offer(payload, "rohm", "chip"), "began"]]]


def test_world_opens_what_an_end_opens(payload: Payload) -> None:
    """Newlens alone is left when Oldlens ends in 2018; the offer that ended is in the page, as history."""
    [step] = [s for s in payload["days"]["steps"] if s[1] == "opened" and s[0] == 2]
    [[kind, at, what]] = step[4]
    past = payload["days"]["past"][at - len(payload["offers"])]
    assert (kind, what) == ("offer", "ended")
    assert payload["vendors"][past["v"]]["id"] == "oldlens"


def test_learned_gaps_are_apart_from_the_world(toy: SupplyGraph, payload: Payload) -> None:
    """What was known by a day and what is known now of the same day differ as `kizuna diff` says."""
    for at, day in enumerate(payload["days"]["list"]):
        known = select_subgraph(toy, known_by=day, as_of=day)
        made = compare_graphs(known, select_subgraph(toy, as_of=day), trials=0)
        learned = payload["days"]["at"][at]["learned"]
        assert {_id_of(payload, ref) for ref in learned["opened"]} == {c.id for c in made.opened}
        assert {payload["days"]["briefs"][i]["id"] for i in learned["closed"]} == {c.id for c in made.closed}


def test_later_statement_of_an_older_fact_is_learned(payload: Payload) -> None:
    """In 2018 only Oldlens was known to have made lenses, so a gap that only seemed to be there is listed."""
    [at] = [i for i, day in enumerate(payload["days"]["list"]) if day == "2015-01-01"]
    closed = [payload["days"]["briefs"][i]["member"] for i in payload["days"]["at"][at]["learned"]["closed"]]
    assert "oldlens" in closed


def _id_of(payload: Payload, ref: int) -> str:
    now = payload["findings"]
    if ref < len(now):
        return str(now[ref]["id"])
    own = payload["days"]["findings"][ref - len(now)]
    return str(own["id"] if "id" in own else now[own["i"]]["id"])


def _offer(payload: Payload, vendor: str, component: str) -> int:
    [at] = [
        i
        for i, offer in enumerate(payload["offers"])
        if payload["vendors"][offer["v"]]["id"] == vendor
        and payload["components"][offer["c"]]["id"] == component
    ]
    return at


def test_seeds_hold_the_day_of_the_report(seeds_payload: Payload) -> None:
    """The day of the report of December 2017 is among at most twelve."""
    days = seeds_payload["days"]
    assert days["report"] == "2017-12-31"
    assert days["report"] in days["list"]
    assert len(days["list"]) == MOST_DAYS


@pytest.mark.parametrize("at", [0, 6])
def test_day_of_the_seeds_is_the_graph_on_that_day(
    seeds: SupplyGraph, seeds_payload: Payload, at: int
) -> None:
    """The report's day and one in the middle are exactly what Python says of them."""
    check_day(seeds, seeds_payload, at)


def test_seeds_change_as_diff_says(seeds: SupplyGraph, seeds_payload: Payload) -> None:
    """From the report's day to today the same gaps open and close, for the same offers, as in `kizuna diff`."""
    made = compare_graphs(select_subgraph(seeds, as_of="2017-12-31"), seeds, trials=0)
    at = seeds_payload["days"]["list"].index("2017-12-31")
    then = {f["id"] for f in read_findings(seeds_payload, at)}
    now = {f["id"] for f in seeds_payload["findings"]}
    assert now - then == {c.id for c in made.opened}
    assert then - now == {c.id for c in made.closed}
    day, past = seeds_payload["days"]["at"][at], seeds_payload["days"]["past"]

    def keys(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
        place = [[row["id"] for row in seeds_payload[name]] for name in ("vendors", "components")]
        return {(place[0][row["v"]], place[1][row["c"]]) for row in rows}

    began = keys([seeds_payload["offers"][i] for i in day["off"]])
    ended = keys([past[i] for i in day["on"]])
    facts = [f for f in made.facts if f.table == "offers" and f.why == "world"]
    assert began - ended == {f.key for f in facts if f.what == "began"}
    assert ended - began == {f.key for f in facts if f.what == "ended"}
