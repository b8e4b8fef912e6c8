"""Line-ups, on graphs that a reader can see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from kizuna._errors import InputError, UnknownNameError
from kizuna.graph import SupplyGraph
from kizuna.queries import Scope
from kizuna.queries.line_ups import LineUp, find_line_ups
from tests.graphs import DATE, Row, build_graph, make_rows

LAYERS = "gear:terminal store:cloud brain:ai works:solution"
LOOP = "sensor(segment=gear,stage=loop) server(segment=store,stage=loop) lens(segment=gear)"
WORDS = {
    "solutions": "care",
    "segments": LAYERS,
    "components": LOOP,
    "requires": "care->sensor care->server care->lens",
    "vendors": "acer:TW asus:TW fanuc:JP sony:JP",
    "offers": "sony:sensor acer:server fanuc:lens",
}


def _graph(
    relations: Mapping[str, list[Row]] | None = None, /, *, date: str = DATE, **words: str
) -> SupplyGraph:
    return build_graph({**make_rows(**{**WORDS, **words}), **(relations or {})}, date=date)


def _relation(source: str, target: str, component: str = "") -> Row:
    return {"from_vendor": source, "to_vendor": target, "component": component, "as_of": "2025-06"}


def _best(graph: SupplyGraph, **options: Any) -> LineUp:
    return find_line_ups(graph, "care", **options).line_ups[0]


def _say(line_up: LineUp) -> dict[str, str]:
    return dict(zip(line_up.components, line_up.vendors, strict=True))


# Who stands where, and what it is worth


def test_a_line_up_has_a_vendor_for_each_component_required() -> None:
    """Three components, one vendor each: the only line-up, in every component needed from one country."""
    found = find_line_ups(_graph(), "care")
    (line_up,) = found.line_ups
    assert _say(line_up) == {"lens": "fanuc", "sensor": "sony", "server": "acer"}
    assert line_up.parts == {"need": 1, "backup": 0, "tie": 0, "evidence": 1, "balance": 1}
    assert (line_up.score, found.exact, found.bound) == (Fraction(3, 5), True, Fraction(3, 5))
    assert (line_up.count, line_up.imports, line_up.choices) == (1, (), ())


def test_neighbours_require_one_another_or_follow_in_the_layers() -> None:
    """The sensor requires the lens and lies a layer below the server; lens and server are no neighbours."""
    graph = _graph(requires=f"{WORDS['requires']} sensor->lens")
    neighbours = _best(graph).neighbours
    assert [(pair.components, pair.by) for pair in neighbours] == [
        (("lens", "sensor"), ("requires",)),
        (("sensor", "server"), ("layers",)),
    ]


def test_neighbours_may_be_joined_through_a_virtual_component() -> None:
    """The sensor requires optics, a name for the lens: they are neighbours, and optics has no place."""
    graph = _graph(
        requires=f"{WORDS['requires']} sensor->optics optics->lens",
        components=f"{LOOP} optics(virtual=yes,segment=gear)",
    )
    line_up = _best(graph, deep=True)
    assert line_up.components == ("lens", "sensor", "server")
    assert [pair.components for pair in line_up.neighbours] == [("lens", "sensor"), ("sensor", "server")]


def test_a_tie_decides_among_vendors() -> None:
    """Asus supplies Sony with servers, Acer nobody: Asus stands there, though Acer's id comes first."""
    offers = f"{WORDS['offers']} asus:server"
    assert _say(_best(_graph(offers=offers)))["server"] == "acer"
    line_up = _best(_graph({"supplies": [_relation("asus", "sony", "server")]}, offers=offers))
    assert _say(line_up)["server"] == "asus"
    assert line_up.parts["tie"] == 1
    assert [(one.type, one.component) for one in line_up.neighbours[0].tie.relations] == [
        ("SUPPLIES", "server")
    ]


def test_vendors_that_are_alike_are_told_with_the_first() -> None:
    """Acer and Asus differ in nothing: one line-up stands for two, and a second has another score."""
    graph = _graph(
        offers=f"{WORDS['offers']} asus:server delta:server(confidence=low)",
        vendors=f"{WORDS['vendors']} delta:TW",
    )
    first, second = find_line_ups(graph, "care", k=5).line_ups
    assert (_say(first)["server"], first.alike, first.count) == ("acer", ((), (), ("asus",)), 2)
    assert (_say(second), second.count) == ({"lens": "fanuc", "sensor": "sony", "server": "delta"}, 1)


def test_the_weakest_place_counts_as_evidence() -> None:
    """Of two lenses the well documented one is taken; where only a poor one is left it costs two thirds."""
    offers = "sony:sensor acer:server fanuc:lens(confidence=low) nikon:lens"
    vendors = f"{WORDS['vendors']} nikon:JP"
    assert _say(_best(_graph(offers=offers, vendors=vendors)))["lens"] == "nikon"
    assert _best(_graph(offers=offers, vendors=vendors), exclude=["nikon"]).parts["evidence"] == Fraction(
        1, 3
    )


def test_balance_counts_places_of_the_country_with_fewer() -> None:
    """Of five places two are Taiwanese: two of the two that half of five, rounded down, allows."""
    parts = " ".join(f"care->p{n}" for n in range(5))
    offers = " ".join(f"{'acer' if n < 2 else 'sony'}:p{n}" for n in range(5))
    line_up = _best(_graph(requires=parts, offers=offers, components=""))
    assert line_up.parts["balance"] == 1
    offers = " ".join(f"{'acer' if n < 1 else 'sony'}:p{n}" for n in range(5))
    assert _best(_graph(requires=parts, offers=offers, components="")).parts["balance"] == Fraction(1, 2)


def test_one_firm_may_stand_in_several_places_but_is_not_tied_to_itself() -> None:
    """Sony has sensor and server, Fanuc the lens of Taiwan: the neighbours are one firm, which is no tie."""
    line_up = _best(_graph(offers="sony:sensor sony:server acer:lens"))
    assert _say(line_up) == {"lens": "acer", "sensor": "sony", "server": "sony"}
    assert line_up.parts["tie"] == 0


# Choices, depth, imports


def test_of_a_choice_the_better_alternative_is_taken() -> None:
    """Care needs a lens or a mirror; Fanuc's mirror is tied to Sony's sensor, so it is the mirror."""
    words = {"requires": "care->sensor care->server care->[lens|mirror] sensor->[lens|mirror]"}
    offers = f"{WORDS['offers']} fanuc:mirror"
    graph = _graph({"supplies": [_relation("fanuc", "sony", "mirror")]}, offers=offers, **words)
    line_up = _best(graph)
    assert line_up.components == ("mirror", "sensor", "server")
    assert [(one.target, one.alternatives) for one in line_up.choices] == [("care", ("mirror",))]
    others = find_line_ups(graph, "care", k=5).line_ups[1:]
    assert [one.components for one in others] == [("lens", "sensor", "server")]


def test_what_is_there_anyway_settles_a_choice() -> None:
    """The lens is required anyway, so that of lens or mirror no mirror is taken besides."""
    graph = _graph(
        solutions="care control",
        offers=f"{WORDS['offers']} fanuc:mirror",
        requires="care->sensor care->server care->control control->lens care->[lens|mirror]",
    )
    found = find_line_ups(graph, "care", k=5)
    assert [one.components for one in found.line_ups] == [("lens", "sensor", "server")]


def test_a_virtual_alternative_stands_for_what_it_requires() -> None:
    """Optics is lens and frame: with it the line-up has four places, with the camera three."""
    graph = _graph(
        offers=f"{WORDS['offers']} fanuc:frame",
        requires="care->sensor care->server care->[optics|camera] optics->lens optics->frame",
        components=f"{LOOP} optics(virtual=yes,segment=gear) camera(segment=gear)",
    )
    assert [one.components for one in find_line_ups(graph, "care", k=5).line_ups] == [
        ("frame", "lens", "sensor", "server")
    ]


def test_depth_goes_down_to_what_components_require() -> None:
    """Directly three places; all the way down the glass that the lens requires has one too."""
    graph = _graph(offers=f"{WORDS['offers']} acer:glass", requires=f"{WORDS['requires']} lens->glass")
    assert len(_best(graph).places) == 3
    assert _say(_best(graph, deep=True))["glass"] == "acer"


def test_what_a_solution_builds_on_is_required_too() -> None:
    """Care builds on control, which requires the lens."""
    graph = _graph(solutions="care control", requires="care->sensor care->server care->control control->lens")
    assert _best(graph).components == ("lens", "sensor", "server")


def test_what_is_made_in_house_needs_no_vendor() -> None:
    """Fanuc buys glass for its lens, Nikon melts its own: with Nikon there is no place for glass."""
    graph = _graph(
        vendors=f"{WORDS['vendors']} nikon:JP",
        offers=f"{WORDS['offers']} nikon:lens(in_house=glass) acer:glass",
        requires=f"{WORDS['requires']} lens->glass",
    )
    line_ups = find_line_ups(graph, "care", k=5, deep=True).line_ups
    by_lens = {_say(one)["lens"]: one for one in line_ups}
    assert by_lens["fanuc"].components == ("glass", "lens", "sensor", "server")
    assert by_lens["nikon"].components == ("lens", "sensor", "server")
    assert by_lens["nikon"].made_in_house == (("glass",), (), ())


def test_imports_are_listed_and_have_no_place() -> None:
    """Only Zeiss of the USA makes the lens: it is imported; let in, Zeiss has its place."""
    words = {"vendors": f"{WORDS['vendors']} zeiss:US", "offers": "sony:sensor acer:server zeiss:lens"}
    line_up = _best(_graph(**words))
    assert (line_up.components, line_up.imports) == (("sensor", "server"), ("lens",))
    line_up = _best(_graph(**words), third_countries=True)
    assert (_say(line_up)["lens"], line_up.imports) == ("zeiss", ())
    assert line_up.parts["balance"] == 1


# What may be asked of it

FREE = {"offers": "sony:sensor acer:sensor acer:server sony:server fanuc:lens asus:lens"}


def test_vendors_are_included_and_excluded() -> None:
    """Asus must be in it, Sony must not: Asus takes the lens, Acer the rest, and Japan is lacking."""
    line_up = _best(_graph(**FREE), include=["asus"])
    assert "asus" in line_up.vendors
    line_up = _best(_graph(**FREE), exclude=["sony"])
    assert _say(line_up) == {"lens": "fanuc", "sensor": "acer", "server": "acer"}
    found = find_line_ups(_graph(**FREE), "care", exclude=["sony"], include=["asus"])
    assert (found.line_ups, found.lacking, found.blocking) == ((), (), ("include", "both_countries"))


def test_a_country_gets_so_many_places_at_most() -> None:
    """Balance puts one or two of three places in Taiwan; at most one leaves it one, at most none forbids all."""
    line_up = _best(_graph(**FREE), at_most={"TW": 1, "JP": 2})
    assert [place.country for place in line_up.places].count("TW") == 1
    found = find_line_ups(_graph(**FREE), "care", at_most={"TW": 0})
    assert (found.line_ups, found.blocking) == ((), ("at_most", "both_countries"))


def test_documented_ties_only() -> None:
    """Sensor and server must be tied or one firm's: with a relation they may differ."""
    line_up = _best(_graph(**FREE), documented=True)
    assert _say(line_up)["sensor"] == _say(line_up)["server"]
    plain = {"offers": WORDS["offers"]}
    found = find_line_ups(_graph(**plain), "care", documented=True)
    assert (found.line_ups, found.blocking) == ((), ("documented",))
    tied = _graph({"partners_with": [_relation("acer", "sony")]}, **plain)
    assert _best(tied, documented=True).parts["tie"] == Fraction(1, 2)


def test_least_evidence_leaves_poor_offers_out() -> None:
    """The only server is documented with medium confidence: enough if medium is asked for, not if high is."""
    graph = _graph(offers="sony:sensor acer:server(confidence=medium) fanuc:lens")
    assert find_line_ups(graph, "care", least_evidence="medium").line_ups
    assert find_line_ups(graph, "care", least_evidence="high").unfilled == ("server",)


# Why there is none


def test_a_component_that_nobody_delivers_is_named() -> None:
    """Nobody offers the lens: no line-up, and the lens is named."""
    found = find_line_ups(_graph(offers="sony:sensor acer:server"), "care")
    assert (found.line_ups, found.unfilled, found.exact, found.bound) == ((), ("lens",), True, None)


def test_a_country_without_a_vendor_is_named() -> None:
    """With Japanese firms only there is no line-up, and Taiwan is what is lacking."""
    found = find_line_ups(_graph(offers="sony:sensor sony:server fanuc:lens"), "care")
    assert (found.line_ups, found.lacking, found.blocking) == ((), ("TW",), ("both_countries",))


def test_two_groups_are_needed() -> None:
    """Acer owns Sony here: one group fills all places; with Fanuc at the lens there are two."""
    words = {"offers": "sony:sensor acer:server acer:lens", "owns": "acer>sony(share=1)"}
    found = find_line_ups(_graph(**words), "care")
    assert (found.line_ups, found.blocking) == ((), ("two_groups",))
    line_up = _best(_graph(**words | {"offers": f"{words['offers']} fanuc:lens"}))
    assert _say(line_up) == {"lens": "fanuc", "sensor": "sony", "server": "acer"}


def test_a_vendor_that_fits_nowhere_is_named() -> None:
    """Asus must be there but offers nothing that is required."""
    found = find_line_ups(_graph(), "care", include=["asus"])
    assert (found.line_ups, found.misplaced, found.blocking) == ((), ("asus",), ("include",))


def test_a_data_set_without_requirements_says_so() -> None:
    """Where nothing is said of what is required, the answer is that the data set has none."""
    found = find_line_ups(_graph(requires=""), "care")
    assert (found.line_ups, found.missing) == ((), ("REQUIRES",))


# Ids and errors


def test_an_id_stays_when_data_and_date_change() -> None:
    """Another offer, another day, other weights: the same line-up has the same id; a deep one another."""
    first = _best(_graph())
    later = _graph(offers=f"{WORDS['offers']} asus:other", date="2027-01-01")
    assert first.id.startswith("LINEUP-")
    assert _best(later, weights={"need": 3}).id == first.id
    assert _best(later, deep=True).id != first.id
    assert find_line_ups(later, "care").find(first.id).vendors == first.vendors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"k": 0}, "`k` must be a whole number from 1 up; found 0"),
        ({"budget": 0}, "`budget` must be a whole number from 1 up; found 0"),
        ({"weights": {"price": 1}}, "`weights`: no part 'price'"),
        ({"weights": {"tie": -1}}, "`weights`: 'tie' has -1"),
        ({"at_most": {"TW": -1}}, "`at_most`: TW has -1; a whole number from 0 up is allowed"),
        ({"least_evidence": "good"}, "`least_evidence` must be one of low, medium, high; found 'good'"),
        ({"include": ["sony"], "exclude": ["sony"]}, "`include` and `exclude` both name 'sony'"),
        ({"include": "sony"}, "`include` must be a list of ids; found the text 'sony'"),
        ({"scope": Scope(country_by="made")}, "means nothing here"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    """A number, weight, grade or list that is not allowed is named."""
    with pytest.raises(InputError, match=re.escape(message)):
        find_line_ups(_graph(), "care", **options)


def test_names_that_are_not_there_are_refused() -> None:
    """A solution, vendor, country or line-up that does not exist is named, with what there is."""
    graph = _graph()
    with pytest.raises(UnknownNameError, match="no solution 'cares' in this data set; did you mean care"):
        find_line_ups(graph, "cares")
    with pytest.raises(
        UnknownNameError, match="`exclude`: no vendor 'sonny' in this data set; did you mean sony"
    ):
        find_line_ups(graph, "care", exclude=["sonny"])
    with pytest.raises(UnknownNameError, match="`at_most`: no country 'KR'; there are JP, TW, US"):
        find_line_ups(graph, "care", at_most={"KR": 1})
    with pytest.raises(UnknownNameError, match="no line-up 'LINEUP-0' among the 1 best of care"):
        find_line_ups(graph, "care").find("LINEUP-0")


def test_a_small_budget_gives_a_bound_instead() -> None:
    """Twelve places, each tied to each: with a budget of one cell the best is bounded, not known."""
    parts = [f"p{n:02}" for n in range(12)]
    graph = _graph(
        {"supplies": [_relation(f"v{n % 7}", f"w{(n * n) % 5}", parts[n]) for n in range(12)]},
        vendors=" ".join([*(f"v{n}:TW" for n in range(7)), *(f"w{n}:JP" for n in range(5))]),
        offers=" ".join(
            [f"v{m}:{part}" for part in parts for m in range(7)]
            + [f"w{m}:{part}" for part in parts for m in range(5)]
        ),
        requires=" ".join(
            [f"care->{part}" for part in parts]
            + [f"{one}->{other}" for n, one in enumerate(parts) for other in parts[n + 1 :]]
        ),
        components="",
    )
    found = find_line_ups(graph, "care", budget=1)
    assert not found.exact
    assert found.bound is not None
    assert found.bound >= found.line_ups[0].score > 0
