"""Parts of a graph, on one small graph whose whole a reader can see."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd
import pytest

from kizuna import _errors
from kizuna.graph import SupplyGraph, list_datasets, select_subgraph


def _table(header: str, *rows: str) -> pd.DataFrame:
    """Read a table as a person sees it: one text a row, cells separated by commas."""
    return pd.DataFrame([row.split(",") for row in rows], columns=header.split(","))


@pytest.fixture(scope="module")
def graph() -> SupplyGraph:
    """Sensors (terminal), servers (cloud) and security; the report knows two firms, our own data four."""
    return SupplyGraph(
        {
            "countries": _table("id", "TW", "JP", "US"),
            "layers": _table("id,order", "terminal,1", "cloud,2", "ai,3", "solution,4"),
            "layer_feeds": _table(
                "layer,feeds", "terminal,cloud", "cloud,ai", "ai,solution", "solution,terminal"
            ),
            "segments": _table(
                "id,layer,nature", "sensor,terminal,hardware", "server,cloud,hardware", "security,,software"
            ),
            "segment_secures": _table("segment,layer", "security,terminal", "security,cloud"),
            "components": _table("id,segment", "camera,sensor", "rack,server", "firewall,security"),
            "vendors": _table(
                "id,country,dataset",
                "sony,JP,ours",
                "quanta,TW,ours",
                "moxa,TW,ours",
                "intel,US,ours",
                "asia-optical,TW,report-2017",
            ),
            "offers": _table(
                "vendor,component,dataset,as_of,in_house",
                "sony,camera,ours,2020,rack",
                "quanta,rack,ours,2021-05,",
                "moxa,firewall,ours,,",
                "intel,rack,ours,2024-02-29,",
            ),
            "listed_in": _table(
                "vendor,segment,dataset,as_of",
                "asia-optical,sensor,report-2017,2017-12",
                "quanta,server,report-2017,2017-12",
            ),
            "supplies": _table(
                "from_vendor,to_vendor,component,dataset",
                "sony,quanta,camera,ours",
                "intel,quanta,,ours",
                "sony,asia-optical,,ours",
            ),
            "component_requires": _table("component,requires,kind,dataset", "rack,firewall,service,ours"),
            "solutions": _table("id,dataset", "care-robot,ours"),
            "problems": _table("id,dataset", "ageing,report-2017"),
            "addresses": _table("solution,problem,dataset", "care-robot,ageing,ours"),
            "solution_requires": _table("solution,requires,kind,dataset", "care-robot,camera,input,ours"),
            "domains": _table("id,broader", "works,", "rail,works", "signal,rail", "water,works"),
            "engineering_firms": _table("id,country,dataset", "ctci,TW,report-2017"),
            "works_in": _table("firm,domain,dataset", "ctci,signal,report-2017"),
            "completeness": _table(
                "component,country,level,dataset,as_of", "rack,TW,complete,ours,2026-11-22"
            ),
            "claims": _table("id,dataset", "hardware-only,report-2017", "own-claim,ours"),
            "about": _table(
                "claim,about_label,about",
                "hardware-only,Country,TW",
                "hardware-only,Vendor,moxa",
                "own-claim,Vendor,sony",
            ),
        },
        name="toy",
        version="1",
        date="2026-11-22",
    )


def _ids(graph: SupplyGraph, table: str, column: str = "id") -> list[str]:
    return graph.table(table)[column].tolist()


def test_data_sets_are_listed_once_and_sorted(graph: SupplyGraph) -> None:
    """Every data set that makes a statement is named."""
    assert list_datasets(graph) == ["ours", "report-2017"]


def test_no_condition_selects_everything(graph: SupplyGraph) -> None:
    """Without a condition the content is the same, and so are name, version and day."""
    same = select_subgraph(graph)
    assert same.content_hash == graph.content_hash
    assert (same.name, same.version, same.date, same.as_of) == ("toy", "1", "2026-11-22", "2026-11-22")


def test_a_data_set_keeps_the_nodes_it_speaks_of(graph: SupplyGraph) -> None:
    """The report's world has the firms it lists, though another data set describes one of them."""
    report = select_subgraph(graph, dataset="report-2017")
    assert _ids(report, "vendors") == ["quanta", "asia-optical"]
    assert _ids(report, "listed_in", "vendor") == ["asia-optical", "quanta"]
    assert _ids(report, "problems") == ["ageing"]


def test_a_data_set_leaves_the_others_statements_out(graph: SupplyGraph) -> None:
    """Of our own offers, components, solutions and levels nothing is in the report's world."""
    report = select_subgraph(graph, dataset="report-2017")
    silent = ("offers", "supplies", "components", "solutions", "addresses", "completeness")
    assert {name: len(report.table(name)) for name in silent} == dict.fromkeys(silent, 0)


def test_a_data_set_keeps_what_there_could_be(graph: SupplyGraph) -> None:
    """Layers, their loop, segments and countries stay, so that an empty one can be seen to be empty."""
    report = select_subgraph(graph, dataset="report-2017")
    assert _ids(report, "segments") == ["sensor", "server", "security"]
    assert len(report.table("layer_feeds")) == 4
    assert _ids(report, "countries") == ["TW", "JP", "US"]


def test_a_data_set_keeps_the_wider_fields(graph: SupplyGraph) -> None:
    """A field that is named comes with all the wider ones above it and no other."""
    assert _ids(select_subgraph(graph, dataset="report-2017"), "domains") == ["works", "rail", "signal"]


def test_a_claim_keeps_only_what_is_still_there(graph: SupplyGraph) -> None:
    """What a claim is about goes with the node it names, and all of it with the claim."""
    report = select_subgraph(graph, dataset="report-2017")
    assert report.table("about")["about"].tolist() == ["TW"]


@pytest.mark.parametrize(
    ("known_by", "offered"),
    [
        ("2019", ["moxa"]),
        ("2020", ["sony", "moxa"]),
        ("2021-05", ["sony", "quanta", "moxa"]),
        ("2021-04", ["sony", "moxa"]),
        ("2024-02", ["sony", "quanta", "moxa", "intel"]),
    ],
)
def test_known_by_takes_statements_made_until_its_last_day(
    graph: SupplyGraph, known_by: str, offered: list[str]
) -> None:
    """A partial date of the view is its last day, one of a statement its first; undated ones stay."""
    assert _ids(select_subgraph(graph, known_by=known_by), "offers", "vendor") == offered


def test_known_by_holds_for_completeness_too(graph: SupplyGraph) -> None:
    """That a list was found whole in 2026 was not known in 2025."""
    assert len(select_subgraph(graph, known_by="2025").table("completeness")) == 0
    assert len(select_subgraph(graph, known_by="2026").table("completeness")) == 1


def test_as_of_takes_away_no_statement(graph: SupplyGraph) -> None:
    """Another day changes what is in force, not what is in the tables."""
    past = select_subgraph(graph, as_of="2020-02")
    assert (past.as_of, past.date) == ("2020-02-29", "2026-11-22")
    assert past.content_hash == graph.content_hash


def test_countries_keep_the_vendors_seated_there(graph: SupplyGraph) -> None:
    """Vendors of other countries go, with their offers and relations; components and solutions stay."""
    japan = select_subgraph(graph, countries=["JP"])
    assert _ids(japan, "vendors") == ["sony"]
    assert _ids(japan, "offers", "vendor") == ["sony"]
    assert len(japan.table("supplies")) == 0
    assert _ids(japan, "components") == ["camera", "rack", "firewall"]
    assert _ids(japan, "solutions") == ["care-robot"]


def test_a_relation_needs_both_ends(graph: SupplyGraph) -> None:
    """A supply between two kept countries stays, one from a country left out goes."""
    pair = select_subgraph(graph, countries=("TW", "JP"))
    assert _ids(pair, "supplies", "from_vendor") == ["sony", "sony"]


def test_layers_keep_their_segments_and_what_secures_them(graph: SupplyGraph) -> None:
    """The terminal layer has its sensors, and security, which lies in no layer and secures it."""
    terminal = select_subgraph(graph, layers=["terminal"])
    assert _ids(terminal, "layers") == ["terminal"]
    assert _ids(terminal, "segments") == ["sensor", "security"]
    assert _ids(terminal, "components") == ["camera", "firewall"]
    assert _ids(terminal, "vendors") == ["sony", "moxa", "asia-optical"]
    assert terminal.table("segment_secures")["layer"].tolist() == ["terminal"]
    assert len(terminal.table("layer_feeds")) == 0


def test_a_layer_that_nothing_secures_has_no_security(graph: SupplyGraph) -> None:
    """Security comes only with the layers that it secures."""
    assert _ids(select_subgraph(graph, layers=["ai"]), "segments") == []


def test_a_list_may_name_what_is_not_there(graph: SupplyGraph) -> None:
    """An offer keeps its place when a component that its vendor makes in house is left out."""
    terminal = select_subgraph(graph, layers=["terminal"])
    assert terminal.table("offers")[["vendor", "in_house"]].to_numpy()[0].tolist() == ["sony", "rack"]


def test_conditions_add_up(graph: SupplyGraph) -> None:
    """All conditions hold at once: Taiwanese firms of our own data, known by 2021, in the cloud layer."""
    part = select_subgraph(graph, dataset="ours", known_by="2021", countries=["TW"], layers=["cloud"])
    assert _ids(part, "vendors") == ["quanta", "moxa"]
    assert _ids(part, "offers", "vendor") == ["quanta", "moxa"]


def test_rows_keep_their_place_in_the_file(graph: SupplyGraph) -> None:
    """The index of a row is where it stood, so that a message about a part still finds it."""
    assert select_subgraph(graph, countries=["US"]).table("vendors").index.tolist() == [3]


def test_selecting_leaves_the_whole_alone(graph: SupplyGraph) -> None:
    """The graph that a part was taken from still has every row."""
    before = {name: len(frame) for name, frame in graph.tables.items()}
    select_subgraph(graph, dataset="ours", countries=[], layers=[])
    assert {name: len(frame) for name, frame in graph.tables.items()} == before


@pytest.mark.parametrize(
    ("select", "message"),
    [
        (
            lambda g: select_subgraph(g, dataset="theirs"),
            "`dataset`: no 'theirs'; there are ours, report-2017",
        ),
        (
            lambda g: select_subgraph(g, countries=["TW", "tw", "XX"]),
            "`countries`: no XX, tw; there are JP, TW, US",
        ),
        (
            lambda g: select_subgraph(g, layers=["edge"]),
            "`layers`: no edge; there are ai, cloud, solution, terminal",
        ),
        (
            lambda g: select_subgraph(g, countries="TW"),
            "`countries` must be a list of names, not the text 'TW'",
        ),
        (lambda g: select_subgraph(g, known_by="yesterday"), "`known_by` must be a date like 2026"),
        (lambda g: select_subgraph(g, as_of="2026-02-30"), "`as_of` is no day of the calendar"),
    ],
    ids=["data set", "country", "layer", "text", "no date", "no day"],
)
def test_a_wrong_condition_says_what_is_allowed(
    graph: SupplyGraph, select: Callable[[SupplyGraph], Collection[str]], message: str
) -> None:
    """The message names the argument, what was found and what there is."""
    with pytest.raises(_errors.InputError) as caught:
        select(graph)
    assert str(caught.value).startswith(message)


def test_partial_date_of_a_statement_counts_as_its_last_day() -> None:
    """A data set's own date is the last day of its latest statement, however partial that is."""
    graph = SupplyGraph(
        {
            "vendors": pd.DataFrame({"id": ["a", "b"], "country": ["TW", "TW"]}),
            "segments": pd.DataFrame({"id": ["s"]}),
            "listed_in": pd.DataFrame(
                {
                    "vendor": ["a", "b"],
                    "segment": ["s", "s"],
                    "dataset": ["old", "old"],
                    "as_of": ["2020-05", "2020"],
                }
            ),
        },
        date="2026-11-22",
    )
    assert select_subgraph(graph, dataset="old").as_of == "2020-12-31"
