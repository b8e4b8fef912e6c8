"""What to find out next: the cells and rows that hold verdicts open, against settling each and judging again."""

from __future__ import annotations

import copy
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.queries import Doubt, find_gaps, judge_finding, say_doubt
from kizuna.queries.research import ResearchItem, list_research
from kizuna.queries.scope import Scope
from tests.graphs import Row, Rows, build_graph, make_graph, make_rows, supply_rows

_SETTLED = {"dataset": "toy", "source_kind": "cited", "confidence": "high", "as_of": "2026-01-01"}

# Care needs a camera, a camera a foundry. The one foundry of the two countries is TSMC's.
CHAIN = {
    "vendors": "tsmc:TW sony:JP canon:JP lucky:TW",
    "offers": "tsmc:foundry sony:camera canon:camera lucky:camera",
    "requires": "care->camera camera->foundry",
    "solutions": "care",
}


def _say(graph: SupplyGraph, item: ResearchItem) -> list[str]:
    return [say_doubt(graph, doubt) for doubt in item.doubts]


def test_the_one_cell_that_is_left_confirms_the_finding() -> None:
    """Everything else is settled: whether the list of foundries in Japan is whole decides alone."""
    graph = make_graph(**CHAIN, complete="foundry:TW")
    found = list_research(graph)
    (finding,) = found.gaps.cuts
    (item,) = found.items
    assert (item.place.table, dict(item.place.key)) == (
        "completeness",
        {"component": "foundry", "country": "JP"},
    )
    assert (item.findings, item.confirms, item.others, item.weight) == ((finding.id,), (finding.id,), 0, 1.0)
    assert _say(graph, item) == ["Find out whether the list of vendors of “foundry” in JP is complete."]
    assert (found.open, found.total) == (1, 1)


def test_nothing_is_left_to_find_out_where_all_is_confirmed() -> None:
    """A confirmed finding holds nothing open; nor does a data set without any."""
    found = list_research(make_graph(**CHAIN, complete="foundry:TW foundry:JP"))
    assert len(found.gaps.cuts) == 1
    assert (found.items, found.open) == ((), 0)
    assert list_research(SupplyGraph({})).items == ()


def test_two_doubts_about_one_row_are_one_thing_to_find_out() -> None:
    """An offer without source and without status is one row: settling it confirms."""
    words = {
        **CHAIN,
        "offers": CHAIN["offers"].replace("tsmc:foundry", "tsmc:foundry(source_kind=uncited,status=)"),
    }
    graph = make_graph(**words, complete="foundry:TW foundry:JP")
    item = list_research(graph).items[0]
    assert (item.place.table, dict(item.place.key)) == ("offers", {"vendor": "tsmc", "component": "foundry"})
    assert [doubt.key for doubt in item.doubts] == ["doubt.offer_status", "doubt.offer_uncited"]
    assert len(item.confirms) == 1


def test_rows_are_told_by_where_they_stand() -> None:
    """The index of the row in force; a cell that nobody speaks of has none."""
    rows = make_rows(**CHAIN, complete="foundry:TW")
    rows["component_requires"][0]["source_kind"] = "uncited"
    rows["component_requires"].insert(
        0, {"component": "camera", "requires": "lens", "kind": "input", **_SETTLED}
    )
    rows["components"].append({"id": "lens", "segment": "parts"})
    rows["offers"] += [
        {"vendor": v, "component": "lens", "status": "volume", **_SETTLED} for v in ("sony", "lucky")
    ]
    found = {item.place.table: item for item in list_research(build_graph(rows)).items}
    assert found["component_requires"].rows == (1,)
    assert dict(found["component_requires"].place.key) == {"component": "camera", "requires": "foundry"}
    assert found["completeness"].rows == ()
    assert [item.others for item in found.values()] == [1, 1]


def test_what_holds_the_gravest_findings_open_comes_first() -> None:
    """By severity added up; then what confirms; then what is nearest to confirming."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:TW",
        offers="a:x b:y c:z d:z b:w a:w",
        requires="p->x q->x q->y r->w",
        solutions="p q r",
        complete="x:TW y:JP",
    )
    items = list_research(graph).items
    assert [(dict(i.place.key)["component"], dict(i.place.key)["country"]) for i in items] == [
        ("x", "JP"),
        ("y", "TW"),
    ]
    assert [i.weight for i in items] == pytest.approx([2 / 3, 1 / 3])


def test_a_limit_cuts_the_list_and_not_the_count() -> None:
    """The total is that of all places; a limit below 1 is refused."""
    graph = make_graph(**CHAIN)
    assert list_research(graph, limit=1).total == 2
    assert len(list_research(graph, limit=1).items) == 1
    with pytest.raises(_errors.InputError, match="`limit` must be a whole number from 1 up; found 0"):
        list_research(graph, limit=0)


def test_beyond_the_pair_the_rest_of_the_world_is_a_cell() -> None:
    """World-wide the list of everybody else must be whole as well."""
    graph = make_graph(**CHAIN, complete="foundry:TW foundry:JP")
    (item,) = list_research(graph, scope=Scope(within="world")).items
    assert dict(item.place.key) == {"component": "foundry", "country": "*"}
    assert len(item.confirms) == 1


def test_a_fragile_finding_is_held_open_by_its_weak_offers() -> None:
    """It is a gap only without them; it is never confirmed, and a source for one shows that it is none."""
    words = {**CHAIN, "vendors": f"{CHAIN['vendors']} umc:TW psmc:JP"}
    offers = f"{CHAIN['offers']} umc:foundry(source_kind=uncited) psmc:foundry(confidence=low)"
    graph = make_graph(**{**words, "offers": offers}, complete="foundry:TW foundry:JP")
    found = list_research(graph)
    fragile = {finding.id for finding in found.gaps.fragile}
    assert found.gaps.findings == ()
    assert {tuple(item.place.key): _say(graph, item) for item in found.items} == {
        (("vendor", "umc"), ("component", "foundry")): ["Find a source for umc offering “foundry”."],
        (("vendor", "psmc"), ("component", "foundry")): [
            "Find a better source for psmc offering “foundry”; confidence is low or unknown."
        ],
    }
    assert all(set(item.findings) == fragile and item.confirms == () for item in found.items)
    assert [item.others for item in found.items] == [None, None]
    better = make_graph(**{**words, "offers": offers.replace("(confidence=low)", "")}, complete="foundry:TW")
    assert find_gaps(better).fragile == ()


# ---- against settling each place, and judging again ----


@st.composite
def _doubtful_rows(draw: st.DrawFn) -> Rows:
    """Random supply graphs of which most is settled, and some is not."""
    rows = draw(supply_rows())
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311  no secret
    for table in ("offers", "component_requires", "solution_requires", "solution_builds_on", "owns"):
        for row in rows[table]:
            row["source_kind"] = "uncited" if random.random() < 0.08 else "cited"
    for row in rows["offers"]:
        row["status"] = random.choice(("volume",) * 8 + ("", "pilot"))
    for row in rows["component_requires"]:
        row["confidence"] = random.choice(("high",) * 9 + ("low",))
    rows["completeness"] = [
        {"component": component["id"], "country": country, "level": level, **_SETTLED}
        for component in rows["components"]
        for country in ("TW", "JP")
        for level in [random.choice(("complete",) * 8 + ("partial", ""))]
        if level
    ]
    return rows


def _settle(rows: Rows, item: ResearchItem) -> Rows:
    """Return the rows as they are once somebody has found out what the item asks for."""
    rows, key = copy.deepcopy(rows), dict(item.place.key)
    table = rows.setdefault(item.place.table, [])
    there = [row for row in table if all(row[column] == value for column, value in key.items())]
    if item.place.table == "completeness":
        settled: list[Row] = [row for row in table if row not in there]
        rows["completeness"] = [*settled, {**key, "level": "complete", **_SETTLED}]
        return rows
    assert there
    if any(doubt.key == "doubt.placeholder" for doubt in item.doubts):
        rows[item.place.table] = [row for row in table if row not in there]
        return rows
    for row in there:
        row.update(source_kind="cited", confidence="high")
        if item.place.table == "offers":
            row["status"] = row["status"] or "volume"
        if item.place.table == "owns" and not row["share"]:
            row["control"] = row["control"] or "yes"
    return rows


def _list_confirmed(graph: SupplyGraph) -> set[str]:
    gaps = find_gaps(graph)
    return {f.id for f in gaps.findings if judge_finding(gaps.analysis, f).verdict == "confirmed"}


@pytest.mark.slow
@settings(max_examples=12)
@given(rows=_doubtful_rows())
def test_settling_a_place_confirms_what_it_says(rows: Rows) -> None:
    """For every place: edit the row, judge all over again, and exactly these findings are confirmed anew."""
    graph = build_graph(rows)
    before = _list_confirmed(graph)
    for item in list_research(graph).items:
        after = _list_confirmed(build_graph(_settle(rows, item)))
        assert after - before == set(item.confirms), item
        assert before <= after


@settings(max_examples=12)
@given(rows=_doubtful_rows())
def test_a_finding_is_on_the_list_until_it_is_confirmed(rows: Rows) -> None:
    """Each open finding is held by the places of all of its doubts, and by no other; a confirmed one by none."""
    found = list_research(build_graph(rows))
    gaps = found.gaps
    held = {finding for item in found.items for finding in item.findings}
    for finding in gaps.findings:
        doubts = set(judge_finding(gaps.analysis, finding).doubts)
        places = [set(item.doubts) for item in found.items if finding.id in item.findings]
        assert doubts <= set[Doubt]().union(*places)
        assert all(doubts & there for there in places)
        assert (finding.id in held) == bool(doubts)
    assert found.open == len(held)
