"""Answers in words."""

from __future__ import annotations

import pandas as pd
import pytest

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.queries import Doubt, Market, Scope, describe_scope, name_node, say_doubt
from tests.graphs import make_graph


@pytest.fixture
def graph() -> SupplyGraph:
    """One vendor with names, one component with an English name only."""
    return SupplyGraph(
        {
            "vendors": pd.DataFrame(
                {
                    "id": ["tsmc"],
                    "country": ["TW"],
                    "name_en": ["TSMC"],
                    "name_zh": ["台積電"],
                    "name_ja": [""],
                }
            ),
            "components": pd.DataFrame(
                {"id": ["foundry", "x"], "segment": ["s"] * 2, "name_en": ["foundry service", ""]}
            ),
        },
        date="2026-11-22",
    )


@pytest.mark.parametrize(
    ("label", "node", "lang", "name"),
    [
        ("Vendor", "tsmc", "en", "TSMC"),
        ("Vendor", "tsmc", "zh", "台積電"),
        ("Vendor", "tsmc", "ja", "TSMC"),
        ("Component", "foundry", "zh", "foundry service"),
        ("Component", "x", "en", "x"),
        ("Vendor", "unknown", "en", "unknown"),
        ("Country", "*", "en", "rest of the world"),
        ("Country", "*", "zh", "其他國家與地區"),
    ],
)
def test_nodes_have_names(graph: SupplyGraph, label: str, node: str, lang: str, name: str) -> None:
    """The name in the language, else the Latin one, else the id."""
    assert name_node(graph, label, node, lang) == name


def test_a_doubt_is_said_with_names(graph: SupplyGraph) -> None:
    """What would settle a doubt is a sentence in each language, with the names of that language."""
    doubt = Doubt.of(
        "doubt.offer_uncited", {"vendor": ("Vendor", "tsmc"), "component": ("Component", "foundry")}
    )
    said = {lang: say_doubt(graph, doubt, lang) for lang in ("en", "zh", "ja")}
    assert said["en"] == "Find a source for TSMC offering “foundry service”."
    assert "台積電" in said["zh"] and "TSMC" in said["ja"]
    assert len(set(said.values())) == 3


def test_an_unknown_language_is_refused(graph: SupplyGraph) -> None:
    """There are three languages."""
    doubt = Doubt.of("doubt.offer_uncited", {"vendor": ("Vendor", "tsmc"), "component": ("Component", "x")})
    with pytest.raises(_errors.InputError, match="`lang` must be one of zh, ja, en; found 'fr'"):
        say_doubt(graph, doubt, "fr")


def test_every_answer_says_what_it_was_asked_of() -> None:
    """Scope, country_by, filters, data, how many statuses are unknown, and what φ says."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x(status=) b:x")
    plain = describe_scope(Market(graph, Scope()))
    assert plain == [
        "within TW + JP · country of a vendor: its legal seat",
        f"data: toy 1, as of 2026-11-22 [{graph.content_hash[:12]}]",
        "2 offers counted, 1 of them of unknown status",
        "φ says whether a thing can be had, not how much, how soon or at what price.",
    ]
    scope = Scope(within="world", country_by="owner", role="leader", strict=True)
    assert describe_scope(Market(graph, scope))[0] == (
        "world-wide · country of a vendor: the seat of its ultimate owner · "
        "filters: role = leader; strict = True"
    )


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_the_scope_is_said_in_every_language(lang: str) -> None:
    """Four lines in each language, with the pair and the day."""
    graph = make_graph(vendors="a:TW", offers="a:x")
    lines = describe_scope(Market(graph, Scope()), lang)
    assert len(lines) == 4
    assert "TW" in lines[0] and "JP" in lines[0] and "2026-11-22" in lines[1]


def test_a_graph_without_a_day_says_so() -> None:
    """Where no day is known a question mark stands for it."""
    graph = SupplyGraph({"vendors": pd.DataFrame({"id": ["a"], "country": ["TW"]})})
    assert ", as of ? [" in describe_scope(Market(graph, Scope()))[1]
