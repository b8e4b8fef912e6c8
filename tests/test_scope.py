"""What a question is asked of: the parameters, and which offers count."""

from __future__ import annotations

from typing import Any

import pytest

from kizuna import _errors
from kizuna.queries import Analysis, Market, Scope
from tests.graphs import make_graph


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("pair", ("TW",), "`pair` must be two different countries, like TW and JP; found ('TW',)"),
        ("pair", ("TW", "TW"), "`pair` must be two different countries, like TW and JP; found ('TW', 'TW')"),
        ("pair", ("tw", "JP"), "`pair` must be ISO codes like TW and JP; found 'tw'"),
        ("within", "asia", "`within` must be one of pair, world; found 'asia'"),
        ("country_by", "plant", "`country_by` must be one of seat, owner, made; found 'plant'"),
        (
            "statuses",
            ("volume", "soon"),
            "`statuses` must be one of volume, limited, pilot, announced, ended; found 'soon'",
        ),
        ("role", "boss", "`role` must be one of entrant, established, leader; found 'boss'"),
        ("source_kinds", ("rumour",), "`source_kinds` must be one of cited, report, uncited; found 'rumour'"),
        ("confidence", "sure", "`confidence` must be one of low, medium, high; found 'sure'"),
    ],
)
def test_bad_parameters_are_refused(argument: str, value: object, message: str) -> None:
    """A parameter that is not allowed is named, with what was found and what would do."""
    parameters: dict[str, Any] = {argument: value}
    with pytest.raises(_errors.InputError) as error:
        Scope(**parameters)
    assert str(error.value) == message


def test_filters_name_what_differs_from_the_default() -> None:
    """The head of an answer shows the parameters that were changed, and only those."""
    assert Scope().filters() == {}
    scope = Scope(pair=("JP", "TW"), role="leader", statuses=("volume",), strict=True)
    assert scope.filters() == {"pair": "JP, TW", "role": "leader", "statuses": "volume", "strict": "True"}


OFFERS = (
    "a:x(status=volume,role=leader) b:x(status=limited,role=entrant) c:x(status=,role=) d:x(status=pilot)"
    " e:x(status=announced) f:x(status=ended) g:x(role=established,confidence=low,source_kind=uncited)"
    " h:x(role=established,confidence=,source_kind=report)"
)


def _counted(scope: Scope) -> str:
    graph = make_graph(vendors="a:TW b:TW c:TW d:TW e:TW f:TW g:TW h:TW", offers=OFFERS)
    market = Market(graph, scope)
    return "".join(market.offers.loc[market.counted, "vendor"])


@pytest.mark.parametrize(
    ("scope", "counted"),
    [
        (Scope(), "abcgh"),
        (Scope(strict=True), "abgh"),
        (Scope(statuses=("volume",)), "acgh"),
        (Scope(statuses=("pilot", "announced", "ended")), "cdef"),
        (Scope(role="entrant"), "abcgh"),
        (Scope(role="established"), "acgh"),
        (Scope(role="leader"), "ac"),
        (Scope(role="leader", strict=True), "a"),
        (Scope(source_kinds=("cited",)), "abc"),
        (Scope(source_kinds=("report", "uncited")), "gh"),
        (Scope(confidence="low"), "abcg"),
        (Scope(confidence="medium"), "abc"),
    ],
)
def test_which_offers_count(scope: Scope, counted: str) -> None:
    """Volume, limited and unknown count; least role keeps the unknown unless strict; evidence must be known."""
    assert _counted(scope) == counted


def test_placeholders_and_ended_vendors_never_count() -> None:
    """A vendor that stands for several, or exists no more, is no source of supply."""
    graph = make_graph(
        vendors="various:TW(placeholder=yes) gone:TW(until=2020) kept:TW", offers="various:x gone:x kept:x"
    )
    market = Market(graph, Scope())
    assert market.offers.loc[market.counted, "vendor"].tolist() == ["kept"]


def test_unknown_statuses_are_counted_and_told() -> None:
    """How many counted offers at home have no status is part of every answer."""
    graph = make_graph(
        vendors="a:TW b:JP c:US", offers="a:x(status=) b:x(status=) b:y c:x(status=) a:y(status=pilot)"
    )
    assert Market(graph, Scope()).blank_status == 2
    assert Market(graph, Scope(within="world")).blank_status == 3


def test_third_countries_are_given_only_where_the_pair_has_nobody() -> None:
    """An American vendor supplies what neither Taiwan nor Japan offers, and is absent elsewhere."""
    graph = make_graph(
        vendors="tw:TW us:US", offers="us:gpu us:lens tw:lens(status=pilot) tw:chip us:chip tw:lens2"
    )
    market = Market(graph, Scope())
    given = dict(zip(market.component_ids, market.given, strict=True))
    assert given == {"gpu": True, "lens": True, "chip": False, "lens2": False}
    used = market.offers[market.usable]
    assert list(zip(used["vendor"], used["component"], strict=True)) == [
        ("us", "gpu"),
        ("us", "lens"),
        ("tw", "chip"),
        ("tw", "lens2"),
    ]


def test_nothing_is_given_in_the_world() -> None:
    """World-wide all vendors alike can be lost."""
    graph = make_graph(vendors="tw:TW us:US", offers="us:gpu tw:chip")
    market = Market(graph, Scope(within="world"))
    assert not market.given.any()
    assert market.present.all()


def test_the_country_of_a_vendor_is_that_of_its_seat_or_of_its_owner() -> None:
    """By owner, a Japanese firm with a Taiwanese parent is Taiwanese, and one with an American one abroad."""
    graph = make_graph(
        vendors="sharp:JP hon-hai:TW amkor-japan:JP amkor:US",
        offers="sharp:x amkor-japan:x",
        owns="hon-hai>sharp(share=0.66) amkor>amkor-japan(control=yes)",
    )
    by_seat, by_owner = Market(graph, Scope()), Market(graph, Scope(country_by="owner"))
    assert by_seat.countries.tolist() == ["JP", "TW", "JP", "US"]
    assert by_owner.countries.tolist() == ["TW", "TW", "US", "US"]
    assert by_seat.present.tolist() == [True, True]
    assert by_owner.present.tolist() == [True, False]


def test_an_unknown_unit_is_refused() -> None:
    """A unit that vendors are not sorted by is an error with the list of those that are."""
    analysis = Analysis(make_graph(vendors="a:TW", offers="a:x"), Scope())
    with pytest.raises(_errors.InputError) as error:
        analysis.losses("name_en")
    units = "vendor, group, country, region, city, exchange, size"
    assert str(error.value) == f"`unit` must be one of {units}; found 'name_en'"
