"""Engineering firms for a country and a field, and who removes what hinders firms abroad."""

from __future__ import annotations

from typing import Any

import pytest

import kizuna
from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.loaders import load_seeds
from kizuna.queries.infrastructure import find_engineering_partners, list_obstacle_removers
from kizuna.queries.saved import run_saved
from tests.graphs import Rows, build_graph, make_rows

_CITED = {"dataset": "toy", "source_kind": "cited", "as_of": "2026", "confidence": "high"}

# Fields: civil > bridges > cable-stayed, and power.
FIRMS = {
    # firm: (home, fields, offices, past projects)
    "both": ("TW", "civil", "MY", "MY"),
    "built": ("TW", "civil", "", "MY"),
    "built-other": ("TW", "power", "", "MY"),
    "deep": ("TW", "cable-stayed bridges power", "MY", ""),
    "elsewhere": ("TW", "civil", "VN", "VN"),
    "fieldless": ("TW", "", "MY", "MY"),
    "home": ("MY", "civil", "MY", "MY"),
}


def _firms() -> Rows:
    def edges(place: int, column: str) -> list[dict[str, str]]:
        return [
            {"firm": firm, column: value, **_CITED}
            for firm, cells in FIRMS.items()
            for value in cells[place].split()
        ]

    return {
        "countries": [{"id": country} for country in ("TW", "MY", "VN", "JP")],
        "domains": [
            {"id": "bridges", "broader": "civil"},
            {"id": "cable-stayed", "broader": "bridges"},
            {"id": "civil"},
            {"id": "power"},
        ],
        "engineering_firms": [{"id": firm, "country": cells[0], **_CITED} for firm, cells in FIRMS.items()],
        "works_in": edges(1, "domain"),
        "operates_in": edges(2, "country"),
        "has_built_in": edges(3, "country"),
        "obstacles": [{"id": "cost", **_CITED}, {"id": "channel", **_CITED}],
        "firm_removes": [{"firm": "deep", "obstacle": "channel", **_CITED, "note": "in Malaysia"}],
    }


def _find(country: str, domain: str) -> list[tuple[str, str, str]]:
    found = find_engineering_partners(build_graph(_firms()), country=country, domain=domain)
    return [(partner.match, partner.firm, " ".join(partner.fields)) for partner in found]


def test_offices_come_before_past_projects_and_fields_before_none() -> None:
    """An office with the field, then past work with it, then an office alone; past work alone is nothing."""
    assert _find("MY", "civil") == [
        ("office and field", "both", "civil"),
        ("office and field", "deep", "bridges cable-stayed"),
        ("project and field", "built", "civil"),
        ("office only", "fieldless", ""),
    ]


def test_narrower_fields_are_found_and_wider_ones_are_not() -> None:
    """Who builds cable-stayed bridges builds bridges; who does civil works at large may build none."""
    assert _find("MY", "bridges") == [
        ("office and field", "deep", "bridges cable-stayed"),
        ("office only", "both", ""),
        ("office only", "fieldless", ""),
    ]
    assert _find("MY", "cable-stayed")[0] == ("office and field", "deep", "cable-stayed")


def test_the_home_country_answers_nothing() -> None:
    """A Malaysian firm is no partner for Malaysia, and nobody is asked to go abroad to Taiwan."""
    assert "home" not in [firm for _, firm, _ in _find("MY", "civil")]
    assert _find("TW", "civil") == []


def test_office_and_past_work_are_told_apart() -> None:
    """A firm with both says both, and what it can remove is told beside."""
    found = find_engineering_partners(build_graph(_firms()), country="MY", domain="civil")
    assert [(partner.firm, partner.office, partner.project) for partner in found] == [
        ("both", True, True),
        ("deep", True, False),
        ("built", False, True),
        ("fieldless", True, True),
    ]
    assert [partner.removes for partner in found] == [(), ("channel",), (), ()]


def test_unknown_countries_and_fields_are_refused_by_name() -> None:
    """The message names the argument, what was found, and what is near or there."""
    graph = build_graph(_firms())
    with pytest.raises(_errors.UnknownNameError, match="`domain`: no Domain 'bridge'; did you mean bridges"):
        find_engineering_partners(graph, country="MY", domain="bridge")
    with pytest.raises(
        _errors.UnknownNameError, match="`country`: no Country 'XX'; there are JP, MY, TW, VN"
    ):
        find_engineering_partners(graph, country="XX", domain="civil")
    with pytest.raises(_errors.UnknownNameError, match="`country`: no Country 'JP'; there are none"):
        find_engineering_partners(SupplyGraph({}), country="JP", domain="civil")


def test_an_obstacle_that_nothing_removes_is_listed_too() -> None:
    """What nobody is named for has a row of its own, which names none."""
    assert [
        (r.obstacle, r.label, r.remover, r.note) for r in list_obstacle_removers(build_graph(_firms()))
    ] == [
        ("channel", "EngineeringFirm", "deep", "in Malaysia"),
        ("cost", None, None, None),
    ]


def test_a_vendor_removes_an_obstacle_by_what_it_offers() -> None:
    """Beside a vendor stand its counted offers; firms, measures and vendors are told apart."""
    graph = build_graph(
        {
            **make_rows(vendors="a:TW", offers="a:y a:x a:z(status=pilot)"),
            "obstacles": [{"id": "cost", **_CITED}],
            "measures": [{"id": "fund", "kind": "fund", **_CITED}],
            "vendor_removes": [{"vendor": "a", "obstacle": "cost", **_CITED, "confidence": "low"}],
            "measure_removes": [{"measure": "fund", "obstacle": "cost", **_CITED, "confidence": ""}],
        }
    )
    found = [(r.label, r.remover, r.confidence, r.components) for r in list_obstacle_removers(graph)]
    assert found == [("Measure", "fund", None, ()), ("Vendor", "a", "low", ("x", "y"))]


def test_partners_of_the_data_are_those_of_the_saved_query() -> None:
    """For every country with an office or a project, and every field."""
    graph = load_seeds()
    countries = {*graph.table("operates_in")["country"], *graph.table("has_built_in")["country"], "TW"}
    columns = ("match", "firm", "fields", "office", "project")
    with kizuna.connect() as store:
        store.load(graph)
        for country in sorted(countries):
            for domain in ("civil", "transport", "engineering-services"):
                asked: dict[str, Any] = {"country": country, "domain": domain}
                rows = run_saved(store, "engineering-firms", asked).records()
                found = [
                    (p.match, p.firm, list(p.fields), p.office, p.project)
                    for p in find_engineering_partners(graph, **asked)
                ]
                assert found == [tuple(row[column] for column in columns) for row in rows]
        rows = run_saved(store, "obstacles").records()
    assert [
        (r.obstacle, r.label, r.remover, r.confidence, r.note) for r in list_obstacle_removers(graph)
    ] == [tuple(row[c] for c in ("obstacle", "label", "remover", "confidence", "note")) for row in rows]
