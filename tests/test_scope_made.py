"""Countries as the places where offers are made: what is lost with one, what stays, what nobody knows."""

from __future__ import annotations

import pytest

from kizuna._errors import InputError
from kizuna.graph import SupplyGraph
from kizuna.queries import (
    Analysis,
    Market,
    Scope,
    ask_what_if,
    classify_complementarity,
    count_ties,
    describe_scope,
    find_chains,
    find_gaps,
    find_routes,
    find_white_spots,
    judge_finding,
    list_obstacle_removers,
    list_second_sources,
    measure_coverage,
    measure_exposure,
)
from kizuna.queries.claims import check_claims
from kizuna.queries.cut_sets import find_minimal_cut_sets
from kizuna.viz.payload import build_payload
from tests.graphs import make_graph

MADE = Scope(country_by="made")
WORLD = Scope(country_by="made", within="world")


def _lost_with(graph: SupplyGraph, country: str, scope: Scope = MADE) -> list[str]:
    analysis = Analysis(graph, scope)
    losses, names = analysis.losses("country"), analysis.market.offer_codes("country")[1].tolist()
    if country not in names:
        return []
    nodes = losses.lost_by(names.index(country)).tolist()
    return sorted(analysis.market.names[node] for node in nodes if node < len(analysis.market.names))


def test_a_firm_of_one_country_may_make_things_in_another() -> None:
    """A Taiwanese firm's lens of Japan is lost with Japan; by seat it is lost with Taiwan."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:lens(made_in=JP) b:chip(made_in=JP) a:film(made_in=TW)")
    assert _lost_with(graph, "JP") == ["chip", "lens"]
    assert _lost_with(graph, "TW") == ["film"]
    assert _lost_with(graph, "TW", Scope()) == ["film", "lens"]


def test_what_is_made_in_two_countries_is_lost_with_both_only() -> None:
    """One plant in each country is no single point of failure, and both together are a cut set."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:lens(made_in=JP;TW) b:chip(made_in=JP)", requires="")
    assert _lost_with(graph, "JP") == ["chip"]
    cuts = find_minimal_cut_sets(graph, "lens", unit="country", scope=MADE)
    assert (list(cuts), cuts.trivial, cuts.can_fail) == ([], True, True)
    more = make_graph(
        vendors="a:TW u:US", offers="a:lens(made_in=JP;TW) u:chip(made_in=US) u:glue(made_in=US)"
    )
    found = find_minimal_cut_sets(more, "lens", unit="country", scope=WORLD)
    assert list(found) == [("JP", "TW")]


def test_a_plant_outside_the_pair_keeps_what_is_made_inside_too() -> None:
    """Made in Taiwan and the US it is an offer of the pair, and Taiwan alone does not take it along."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:lens(made_in=TW;US) b:chip(made_in=TW)")
    market = Market(graph, MADE)
    assert market.present.tolist() == [True, True]
    assert _lost_with(graph, "TW") == ["chip"]
    assert not find_minimal_cut_sets(graph, "lens", unit="country", scope=MADE).can_fail
    assert list(find_minimal_cut_sets(graph, "lens", unit="country", scope=WORLD)) == []
    assert find_minimal_cut_sets(graph, "lens", unit="country", scope=WORLD).trivial


def test_what_is_made_outside_is_an_import_whoever_makes_it() -> None:
    """A Taiwanese firm's product of the US is given where nobody makes it in the pair, and absent elsewhere."""
    graph = make_graph(
        vendors="a:TW b:JP u:US",
        offers="a:lens(made_in=US) a:chip(made_in=US) b:chip(made_in=JP) u:film(made_in=TW)",
    )
    market = Market(graph, MADE)
    given = dict(zip(market.component_ids, market.given, strict=True))
    assert given == {"lens": True, "chip": False, "film": False}
    assert market.present.tolist() == [False, False, True, True]
    assert _lost_with(graph, "JP") == ["chip"]
    assert _lost_with(graph, "TW") == ["film"]


def test_no_country_takes_along_what_nobody_knows_the_place_of() -> None:
    """An offer of unknown place is in the pair by its vendor's seat, and stays whichever country is lost."""
    graph = make_graph(
        vendors="a:TW b:JP u:US", offers="a:lens a:chip(made_in=TW) b:chip u:film u:glue b:glue(made_in=JP)"
    )
    market = Market(graph, MADE)
    assert market.present.tolist() == [True, True, True, False, False, True]
    assert (market.unplaced, market.blank_status) == (2, 0)
    assert _lost_with(graph, "TW") == []
    assert _lost_with(graph, "JP") == ["glue"]
    cuts = find_minimal_cut_sets(graph, "chip", unit="country", scope=MADE)
    assert (list(cuts), cuts.can_fail) == ([], False)
    assert list(find_minimal_cut_sets(graph, "lens", scope=MADE)) == [("a",)]


def test_a_finding_is_apparent_while_a_place_is_unknown() -> None:
    """An American firm of unknown plants might make lenses here: where it does would settle the finding."""
    words = {
        "vendors": "a:TW b:JP u:US",
        "requires": "camera->lens camera->chip",
        "solutions": "camera",
        "complete": "lens:TW lens:JP lens:*",
    }
    offers = "a:lens(made_in=TW) b:chip(made_in=JP) u:lens"
    graph = make_graph(**words, offers=offers)
    gaps = find_gaps(graph, scope=MADE, units=["country"])
    (cut,) = [cut for cut in gaps.cuts if cut.roots == ("lens",)]
    judged = judge_finding(gaps.analysis, cut)
    assert (cut.members, cut.vendors, judged.verdict) == (("TW",), ("a",), "apparent")
    assert [(d.key, *(i for _, _, i in d.ids)) for d in judged.doubts] == [("doubt.offer_place", "u", "lens")]
    settled = make_graph(**words, offers=offers.replace("u:lens", "u:lens(made_in=US)"))
    gaps = find_gaps(settled, scope=MADE, units=["country"])
    (cut,) = [cut for cut in gaps.cuts if cut.roots == ("lens",)]
    assert judge_finding(gaps.analysis, cut).verdict == "confirmed"


def test_firms_of_the_whole_world_may_make_it_here() -> None:
    """That the lists of Taiwan and Japan are complete does not say that no American firm has a plant there."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:lens(made_in=TW) b:chip(made_in=JP)",
        requires="camera->lens camera->chip",
        solutions="camera",
        complete="lens:TW lens:JP",
    )
    gaps = find_gaps(graph, scope=MADE, units=["country"])
    (cut,) = [cut for cut in gaps.cuts if cut.roots == ("lens",)]
    doubts = judge_finding(gaps.analysis, cut).doubts
    assert [(d.key, *(i for _, _, i in d.ids)) for d in doubts] == [
        ("doubt.completeness_missing", "lens", "*")
    ]


def test_second_sources_say_where_a_firm_sits() -> None:
    """Beside a vendor stands its seat; what it makes in the cut's own country is no offer from elsewhere."""
    graph = make_graph(
        vendors="a:TW b:JP u:US",
        offers="a:lens(made_in=TW) u:lens(made_in=US) b:chip(made_in=JP)",
        requires="camera->lens camera->chip",
        solutions="camera",
    )
    gaps = find_gaps(graph, scope=MADE, units=["country"])
    (cut,) = [cut for cut in gaps.cuts if cut.roots == ("lens",)]
    sources = list_second_sources(gaps.analysis, cut)
    assert [(s.vendor, s.country, s.reason) for s in sources] == [("u", "US", "same-component")]


# Questions of two countries


def test_who_can_what_alone_goes_by_places() -> None:
    """A Taiwanese firm that makes the lens in Japan makes it Japan's; made in both it is either's."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:lens(made_in=JP) b:chip(made_in=TW) b:film(made_in=JP;TW) a:glue",
        requires="camera->lens camera->chip",
        solutions="camera",
    )
    rows = {row.id: row for row in classify_complementarity(graph, scope=MADE).rows}
    assert {name: row.feasible for name, row in rows.items()} == {
        "lens": "JP alone",
        "chip": "TW alone",
        "film": "either",
        "glue": "either",
        "camera": "only jointly",
    }
    assert {name for name, row in rows.items() if row.unsettled} == {"glue"}


def test_contributions_go_by_places() -> None:
    """Japan brings the lens that a Taiwanese firm makes there; nobody need bring what is made elsewhere too."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:lens(made_in=JP) b:chip(made_in=TW) b:film(made_in=JP;US) a:robot(made_in=TW)",
        requires="robot->lens robot->chip robot->film",
    )
    found = classify_complementarity(graph, scope=MADE)
    (way,) = found.list_contributions("robot")
    assert (way.first, way.second) == (("robot",), ("lens",))


def test_exposure_goes_by_places() -> None:
    """Without Japan Taiwan loses its own firm's lens, which it bought from there; its chips stop as well."""
    graph = make_graph(
        vendors="a:TW b:JP u:US",
        offers="a:lens(made_in=JP) a:chip(made_in=TW) b:gas(made_in=KR;US) u:oil",
        requires="chip->lens chip->gas chip->oil",
    )
    taiwan, japan = measure_exposure(graph, scope=MADE).sides
    assert (taiwan.own, taiwan.bought) == (("chip",), ("lens",))
    assert (japan.own, japan.bought) == ((), ("chip",))
    imports = measure_exposure(graph, scope=MADE).imports
    assert [(one.component, one.vendors, one.countries) for one in imports] == [
        ("gas", ("b",), ("KR", "US")),
        ("oil", ("u",), ()),
    ]


def test_what_if_a_country_takes_its_plants_along() -> None:
    """Without Japan go the offers made there alone; the firms stay, with what they make elsewhere."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:lens(made_in=JP) b:chip(made_in=TW) b:film(made_in=JP;TW) b:glue"
    )
    answer = ask_what_if(graph, remove_countries=["JP"], scope=MADE)
    assert [target.id for target in answer.lost] == ["lens"]
    assert answer.removed_vendors == ()
    both = ask_what_if(graph, remove_countries=["JP", "TW"], scope=MADE)
    assert [target.id for target in both.lost] == ["chip", "film", "lens"]
    assert [target.id for target in both.left] == ["glue"]


def test_an_assumed_offer_is_where_its_vendor_is() -> None:
    """Nobody knows where it will be made: an American firm's is no offer of the pair."""
    graph = make_graph(vendors="a:TW u:US", offers="a:lens(made_in=TW)")
    lost = ask_what_if(graph, remove_vendors=["a"], add=[("u", "lens")], scope=MADE).lost
    assert [target.id for target in lost] == ["lens"]
    assert ask_what_if(graph, remove_countries=["TW"], add=[("a", "lens")], scope=MADE).lost == ()


# Coverage


def _cells(graph: SupplyGraph, by: str = "component") -> dict[str, tuple[list[str], int | None]]:
    rows = measure_coverage(graph, by=by, scope=MADE).rows  # type: ignore[arg-type]
    return {
        row.id: (
            [
                f"{c.country} {c.vendors}/{c.groups}" if c.vendors else f"{c.country} {c.state}"
                for c in row.cells
            ],
            row.unplaced,
        )
        for row in rows
    }


def test_coverage_counts_an_offer_where_it_is_made() -> None:
    """Made in two countries it counts in both; of unknown place it stands beside the cells."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP",
        offers="a:lens(made_in=JP;TW) b:lens(made_in=US;CN) c:lens b:chip(made_in=JP)",
        complete="chip:TW chip:JP chip:* lens:TW lens:JP lens:*",
    )
    assert _cells(graph) == {
        "lens": (["TW 1/1", "JP 1/1", "* 1/1"], 1),
        "chip": (["TW none", "JP 1/1", "* none"], 0),
    }
    assert _cells(graph, "segment") == {"parts": (["TW 1/1", "JP 2/2", "* 1/1"], 1)}


def test_no_cell_is_none_while_a_place_is_unknown() -> None:
    """The firm of unknown place may make it there; and so may firms of countries whose lists are open."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:lens b:chip(made_in=JP)", complete="chip:TW lens:TW lens:JP lens:*"
    )
    assert _cells(graph) == {
        "lens": (["TW not known", "JP not known", "* not known"], 1),
        "chip": (["TW not known", "JP 1/1", "* not known"], 0),
    }


def test_who_is_only_listed_makes_things_nobody_knows_where() -> None:
    """A firm that a source names in a segment counts beside the cells, once."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:lens(made_in=JP)", listed_in="a:parts b:parts")
    assert _cells(graph, "segment") == {"parts": (["TW not known", "JP 1/1", "* not known"], 1)}
    assert _cells(graph, "layer")["terminal"][1] == 1


# What it says, and what it cannot be asked


@pytest.mark.parametrize(
    ("lang", "line", "places"),
    [
        ("en", "country: where an offer is made", "1 of these 2 offers do not say where they are made"),
        ("ja", "製造地による", "このうち1件"),
        ("zh", "依產品製造地", "其中 1 筆"),
    ],
)
def test_every_answer_says_how_many_places_are_unknown(lang: str, line: str, places: str) -> None:
    """The head names the meaning of countries, and how many offers no country takes along."""
    lines = describe_scope(Market(make_graph(vendors="a:TW", offers="a:x a:y(made_in=TW)"), MADE), lang)
    assert line in lines[0]
    assert any(text.startswith(places) for text in lines)
    assert len(describe_scope(Market(make_graph(vendors="a:TW", offers="a:x"), Scope()), lang)) == 4


def test_questions_about_firms_refuse_places() -> None:
    """A firm has no place where it is made: ties, chains, partners, routes and the page say so."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="s->x", solutions="s")
    for ask in (
        lambda: count_ties(graph, scope=MADE),
        lambda: find_white_spots(graph, scope=MADE),
        lambda: find_routes(graph, "a", "b", scope=MADE),
        lambda: list_obstacle_removers(graph, scope=MADE),
        lambda: build_payload(graph, scope=MADE),
        lambda: check_claims(graph, scope=MADE),
        lambda: find_minimal_cut_sets(graph, "s", sourcing="documented", scope=MADE),
        lambda: Market(graph, MADE).unit_codes("country"),
    ):
        with pytest.raises(
            InputError, match=r"`scope.country_by`='made' means nothing here: .*'seat' or 'owner'"
        ):
            ask()


def test_chains_refuse_places() -> None:
    """A place of a chain has one country."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:x b:y",
        requires="s->x s->y",
        solutions="s",
        components="x(stage=loop,segment=t) y(stage=loop,segment=c)",
        segments="t:terminal c:cloud",
    )
    with pytest.raises(InputError, match=r"`scope.country_by`='made' means nothing here"):
        find_chains(graph, "s", scope=MADE)
