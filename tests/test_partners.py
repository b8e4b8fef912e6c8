from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from kizuna._errors import InputError, UnknownNameError
from kizuna.graph import SupplyGraph
from kizuna.queries import Analysis, Scope, find_gaps, finding_id
from kizuna.queries.partners import Partner, Partners, find_partners
from tests.graphs import Row, Rows, build_graph, make_graph, make_rows, supply_rows
from tests.oracle import Oracle

EVIDENCE = {"dataset": "toy", "source_kind": "cited", "confidence": "high", "as_of": "2026-01-01"}


def _ids(things: Any) -> list[str]:
    return [thing.id for thing in things]


def _relation(source: str, target: str, **more: str) -> Row:
    return {"from_vendor": source, "to_vendor": target, **EVIDENCE, **more}


def _tied_graph(tables: dict[str, list[Row]], *, as_of: str = "", **words: str) -> SupplyGraph:
    return build_graph({**make_rows(**words), **tables}, as_of=as_of)


# ---- unlocks ----

ROBOT = {
    "vendors": "hiwin:TW tsmc:TW nabtesco:JP harmonic:JP fanuc:JP intel:US",
    "offers": "hiwin:robot hiwin:screw tsmc:chip nabtesco:gear harmonic:gear fanuc:robot intel:cpu",
    "requires": "robot->gear robot->chip chip->cpu line->robot line->screw shop->line",
    "components": "line(virtual=yes)",
    "solutions": "shop",
}


def test_a_partner_unlocks_what_its_country_alone_cannot_have() -> None:
    """HIWIN's robots need a Japanese gear: with either maker of it they, the line and the shop can be had."""
    found = find_partners(make_graph(**ROBOT), "hiwin")
    assert {row.vendor: _ids(row.unlocks) for row in found.ranked} == {
        "harmonic": ["line", "robot", "shop"],
        "nabtesco": ["line", "robot", "shop"],
        "fanuc": [],
    }
    assert found.rows[0].brings == ("gear",)
    assert [(t.label, t.id) for t in found.rows[0].unlocks][-1] == ("Solution", "shop")


def test_the_targets_of_a_firm_are_its_components_and_all_above_them() -> None:
    """The screw and the robot are HIWIN's, the line needs both, the shop needs the line."""
    found = find_partners(make_graph(**ROBOT), "hiwin")
    assert _ids(found.targets) == ["line", "robot", "screw", "shop"]
    assert (found.country, found.other_country, found.components) == ("TW", "JP", ("robot", "screw"))


def test_only_targets_that_need_the_firm_count() -> None:
    """For TSMC the gear unlocks the robot that its chip goes into; for HIWIN's own screw nothing is opened."""
    graph = make_graph(
        vendors="hiwin:TW tsmc:TW nabtesco:JP",
        offers="hiwin:screw tsmc:chip tsmc:robot nabtesco:gear",
        requires="robot->gear robot->chip",
    )
    assert _ids(find_partners(graph, "tsmc").rows[0].unlocks) == ["robot"]
    assert _ids(find_partners(graph, "hiwin").rows[0].unlocks) == []


def test_imports_are_there_for_either_country() -> None:
    """The cpu that only Intel makes is given; a lens that Japan makes too is not an import for Taiwan."""
    graph = make_graph(
        vendors="acer:TW sony:JP intel:US zeiss:US",
        offers="acer:camera acer:pc sony:lens intel:cpu zeiss:lens",
        requires="pc->cpu camera->lens",
    )
    assert _ids(find_partners(graph, "acer").rows[0].unlocks) == ["camera"]


def test_a_partner_comes_alone_not_with_its_group() -> None:
    """What needs two daughters of one group is unlocked by neither of them alone."""
    graph = make_graph(
        vendors="acer:TW sony:JP sony-lens:JP sony-chip:JP",
        offers="acer:camera sony-lens:lens sony-chip:sensor",
        requires="camera->lens camera->sensor",
        owns="sony>sony-lens sony>sony-chip",
    )
    assert [_ids(row.unlocks) for row in find_partners(graph, "acer").rows] == [[], []]


def test_a_choice_is_unlocked_by_either_alternative() -> None:
    """Wifi or lora will do for the gateway; who brings either opens it, and says which."""
    graph = make_graph(
        vendors="acer:TW murata:JP kdl:JP",
        offers="acer:gateway murata:wifi kdl:lora",
        requires="gateway->[wifi|lora]",
    )
    rows = find_partners(graph, "acer").rows
    assert [(row.vendor, _ids(row.unlocks), row.brings) for row in rows] == [
        ("kdl", ["gateway"], ("lora",)),
        ("murata", ["gateway"], ("wifi",)),
    ]


def test_what_is_made_in_house_needs_nobody() -> None:
    """FANUC's robot with its own gear is one that Taiwan lacks; HIWIN's, which buys gears, stays closed."""
    graph = make_graph(
        vendors="hiwin:TW acer:TW fanuc:JP nabtesco:JP",
        offers="hiwin:robot acer:line fanuc:robot(in_house=gear) nabtesco:gear",
        requires="robot->gear line->robot",
    )
    rows = {row.vendor: row for row in find_partners(graph, "acer").rows}
    assert _ids(rows["fanuc"].unlocks) == _ids(rows["nabtesco"].unlocks) == ["line"]
    assert rows["fanuc"].brings == ("robot",)


def test_a_partner_brings_the_group_that_is_short() -> None:
    """Where two groups must offer each component, a second maker of the lens opens the camera."""
    graph = make_graph(
        vendors="acer:TW asus:TW largan:TW sony:JP canon:JP",
        offers="acer:camera asus:camera largan:lens sony:lens canon:disk",
        requires="camera->lens disk->lens",
    )
    rows = {row.vendor: row for row in find_partners(graph, "acer", scope=Scope(min_groups=2)).ranked}
    assert (_ids(rows["sony"].unlocks), rows["sony"].brings) == (["camera"], ("lens",))
    assert _ids(rows["canon"].unlocks) == []


def test_only_the_kinds_asked_for_are_missing() -> None:
    """At once, without equipment, the chip needs no scanner, and nobody unlocks it."""
    graph = make_graph(
        vendors="tsmc:TW canon:JP",
        offers="tsmc:chip canon:scanner",
        requires="chip->scanner(kind=equipment)",
    )
    assert _ids(find_partners(graph, "tsmc").rows[0].unlocks) == ["chip"]
    assert _ids(find_partners(graph, "tsmc", kinds=("input", "service")).rows[0].unlocks) == []


# ---- relieves ----

SERVO = {
    "vendors": "hiwin:TW delta:TW teco:TW yaskawa:JP omron:JP sony:JP",
    "offers": "hiwin:robot delta:servo yaskawa:servo delta:plc omron:plc sony:plc teco:motor",
    "requires": "robot->servo robot->plc",
}


def test_a_partner_relieves_a_gap_that_would_open_without_it() -> None:
    """But for Yaskawa, robots would hang on Delta's servos; of the three makers of plc none is needed."""
    rows = {row.vendor: row for row in find_partners(make_graph(**SERVO), "hiwin").ranked}
    assert rows["omron"].relieves == rows["sony"].relieves == ()
    [relief] = rows["yaskawa"].relieves
    assert (relief.group, _ids(relief.targets), relief.shared) == ("delta", ["robot"], ("servo",))


def test_the_gap_has_the_id_that_it_would_have_without_the_partner() -> None:
    """Take Yaskawa's offers away, and `find_gaps` at group unit lists the gap by that id."""
    graph = make_graph(**SERVO)
    [relief] = find_partners(graph, "hiwin").rows[0].relieves
    without = make_graph(**{**SERVO, "offers": SERVO["offers"].replace("yaskawa:servo ", "")})
    assert relief.gap == finding_id("cut", "group", Scope(), ["delta"])
    assert relief.gap in [finding.id for finding in find_gaps(without, units=["group"]).cuts]
    assert relief.gap not in [finding.id for finding in find_gaps(graph, units=["group"]).cuts]


def test_the_whole_group_of_a_partner_is_taken_away() -> None:
    """With two daughters that both make servos, the group keeps the gap closed, and each is given it."""
    graph = make_graph(
        vendors=f"{SERVO['vendors']} yaskawa-us:JP",
        offers=f"{SERVO['offers']} yaskawa-us:servo",
        requires=SERVO["requires"],
        owns="yaskawa>yaskawa-us",
    )
    rows = {row.vendor: row for row in find_partners(graph, "hiwin").ranked}
    assert rows["yaskawa"].relieves == rows["yaskawa-us"].relieves != ()


def test_a_gap_that_stands_with_the_partner_is_not_relieved() -> None:
    """Robots hang on Delta for the plc too: a second servo relieves them of nothing."""
    graph = make_graph(**{**SERVO, "offers": "hiwin:robot delta:servo yaskawa:servo delta:plc teco:motor"})
    assert [row.relieves for row in find_partners(graph, "hiwin").rows] == [()]


def test_two_alternatives_of_a_choice_relieve_one_another() -> None:
    """Wifi hangs on Acer, lora on Murata: without Murata the gateway hangs on Acer; they share nothing."""
    graph = make_graph(
        vendors="d-link:TW acer:TW murata:JP sony:JP",
        offers="d-link:gateway acer:wifi murata:lora sony:chip",
        requires="gateway->[wifi|lora]",
    )
    rows = {row.vendor: row for row in find_partners(graph, "d-link").ranked}
    [relief] = rows["murata"].relieves
    assert (relief.group, _ids(relief.targets), relief.shared) == ("acer", ["gateway"], ())


def test_the_last_group_left_is_no_gap() -> None:
    """Where nobody but HIWIN and Yaskawa offers anything, without Yaskawa there is only one group in all."""
    graph = make_graph(vendors="hiwin:TW yaskawa:JP", offers="hiwin:servo yaskawa:servo")
    assert [row.relieves for row in find_partners(graph, "hiwin").rows] == [()]


# ---- fits ----


def test_a_fit_weighs_less_the_more_groups_at_home_offer_the_same() -> None:
    """Nobody in Taiwan has the gear: 1; two groups have the servo: 1/3; FANUC's line takes the robot: 1."""
    graph = make_graph(
        vendors="hiwin:TW delta:TW delta-servo:TW teco:TW fanuc:JP",
        offers="hiwin:robot delta:servo delta-servo:servo teco:servo fanuc:gear fanuc:servo fanuc:line",
        requires="robot->gear robot->servo line->robot",
        owns="delta>delta-servo",
    )
    [row] = find_partners(graph, "hiwin").rows
    assert [(fit.own, fit.other, fit.needs, fit.groups) for fit in row.fits] == [
        ("robot", "gear", True, 0),
        ("robot", "line", False, 0),
        ("robot", "servo", True, 2),
    ]
    assert [fit.weight for fit in row.fits] == [Fraction(1), Fraction(1), Fraction(1, 3)]
    assert row.fit == Fraction(7, 3)


def test_two_statements_of_one_requirement_are_one_fit() -> None:
    """A gear that stands in two choices of the robot fits it once."""
    rows = make_rows(
        vendors="hiwin:TW fanuc:JP",
        offers="hiwin:robot fanuc:gear",
        requires="robot->[gear|belt] robot->[gear|chain]",
    )
    [row] = find_partners(build_graph(rows), "hiwin").rows
    assert row.fit == 1


# ---- ties ----

TWO = {"vendors": "hiwin:TW fanuc:JP fanuc-tw:TW omron:JP", "offers": "hiwin:robot fanuc:servo omron:plc"}


def _ties(row: Partner) -> list[tuple[str, str, str, str]]:
    return [(tie.reach, tie.type, tie.from_vendor, tie.to_vendor) for tie in row.ties]


def test_ties_of_the_firms_and_of_their_groups_are_told_apart() -> None:
    """FANUC supplies HIWIN itself, and its daughter in Taiwan is HIWIN's partner; OMRON has no tie."""
    graph = _tied_graph(
        {
            "supplies": [_relation("fanuc", "hiwin", component="servo")],
            "partners_with": [_relation("hiwin", "fanuc-tw")],
        },
        **TWO,
        owns="fanuc>fanuc-tw",
    )
    rows = {row.vendor: row for row in find_partners(graph, "hiwin").ranked}
    assert _ties(rows["fanuc"]) == [
        ("firms", "SUPPLIES", "fanuc", "hiwin"),
        ("groups", "PARTNERS_WITH", "hiwin", "fanuc-tw"),
    ]
    assert rows["fanuc"].ties[0].component == "servo"
    assert rows["fanuc"].ties[0].statement(graph)["source_kind"] == "cited"
    assert (rows["fanuc"].nearness, rows["omron"].nearness) == (2, 0)


def test_history_stands_apart() -> None:
    """What ended is history; what has not begun is neither; of two statements on one fact one is heard."""
    graph = _tied_graph(
        {
            "supplies": [
                _relation("fanuc", "hiwin", component="servo", until="2020"),
                _relation("fanuc", "hiwin", component="robot", since="2030"),
                _relation("hiwin", "fanuc", component="robot", as_of="2020"),
                _relation("hiwin", "fanuc", component="robot", as_of="2024"),
            ]
        },
        **TWO,
    )
    fanuc = find_partners(graph, "hiwin").find("fanuc")
    assert _ties(fanuc) == [("firms", "SUPPLIES", "hiwin", "fanuc")]
    assert [(tie.from_vendor, tie.until, tie.past) for tie in fanuc.history] == [("fanuc", "2020", True)]


def test_the_day_decides_what_is_history() -> None:
    """In 2019 the supply that ended in 2020 was in force."""
    graph = _tied_graph({"supplies": [_relation("fanuc", "hiwin", until="2020")]}, **TWO)
    assert find_partners(graph, "hiwin", as_of="2019").find("fanuc").nearness == 2
    assert find_partners(graph, "hiwin").find("fanuc").nearness == 0


def test_evidence_filters_hold_for_ties_too() -> None:
    """Where only cited facts count, an uncited relation is none."""
    graph = _tied_graph({"supplies": [_relation("fanuc", "hiwin", source_kind="uncited")]}, **TWO)
    assert find_partners(graph, "hiwin").find("fanuc").nearness == 2
    assert find_partners(graph, "hiwin", scope=Scope(source_kinds=("cited",))).find("fanuc").ties == ()


def test_a_firm_of_the_same_group_is_marked() -> None:
    """A daughter in Japan may be a partner, and is said to be of the group; who owns her is a tie."""
    graph = make_graph(
        vendors="hiwin:TW hiwin-jp:JP omron:JP",
        offers="hiwin:robot hiwin-jp:servo omron:plc",
        owns="hiwin>hiwin-jp",
    )
    rows = {row.vendor: row for row in find_partners(graph, "hiwin").ranked}
    assert (rows["hiwin-jp"].same_group, rows["omron"].same_group) == (True, False)
    assert _ties(rows["hiwin-jp"]) == [("firms", "OWNS", "hiwin", "hiwin-jp")]


def test_all_relations_across_the_pair_are_listed_even_with_firms_without_offers() -> None:
    """A Japanese firm that offers nothing is no partner, and HIWIN's relation with it is still shown."""
    graph = _tied_graph(
        {"partners_with": [_relation("hiwin", "mitsui"), _relation("hiwin", "fanuc-tw")]},
        vendors=f"{TWO['vendors']} mitsui:JP",
        offers=TWO["offers"],
    )
    found = find_partners(graph, "hiwin")
    assert [(tie.from_vendor, tie.to_vendor) for tie in found.relations] == [("hiwin", "mitsui")]
    assert found.left_out == 1


# ---- rank ----


def test_partners_are_ranked_by_what_they_unlock_then_relieve_then_fit_then_id() -> None:
    """Who opens two targets comes before who opens one, then who keeps a gap closed, then who fits best."""
    graph = make_graph(
        vendors="acer:TW asus:TW opener:JP keeper:JP fitter:JP b-other:JP a-other:JP",
        offers="acer:pc acer:tv asus:disk opener:lens opener:case keeper:disk fitter:case a-other:x b-other:y",
        requires="tv->lens pc->disk pc->case",
    )
    rows = find_partners(graph, "acer").ranked
    assert [(row.vendor, len(row.unlocks), len(row.relieves), row.fit) for row in rows] == [
        ("opener", 2, 1, Fraction(2)),
        ("fitter", 1, 1, Fraction(1)),
        ("keeper", 0, 1, Fraction(1, 2)),
        ("a-other", 0, 0, Fraction(0)),
        ("b-other", 0, 0, Fraction(0)),
    ]


@pytest.mark.parametrize(
    ("ties", "order"),
    [
        (None, ["a", "b", "c"]),
        ("first", ["c", "b", "a"]),
        ("last", ["a", "b", "c"]),
    ],
)
def test_ties_come_first_or_last_as_asked(ties: Any, order: list[str]) -> None:
    """C has a tie itself, B's mother has one, A has none."""
    graph = _tied_graph(
        {"supplies": [_relation("c", "v"), _relation("m", "v")]},
        vendors="v:TW a:JP b:JP c:JP m:JP",
        offers="v:x a:y b:y c:y",
        owns="m>b",
    )
    assert [row.vendor for row in find_partners(graph, "v", ties=ties).rows] == order


def test_a_limit_cuts_the_rows_and_not_the_ranking() -> None:
    """Of three partners the best is asked for; the others can still be found."""
    found = find_partners(make_graph(**ROBOT), "hiwin", limit=1)
    assert [row.vendor for row in found.rows] == ["harmonic"]
    assert len(found.ranked) == 3
    assert found.find("fanuc").vendor == "fanuc"


# ---- who can be asked for, and who is a partner ----


def test_a_firm_without_offers_is_said_to_have_none_and_not_ranked() -> None:
    """Of a firm of which nobody says what it makes there are no partners, only relations."""
    graph = _tied_graph({"partners_with": [_relation("fanuc", "fanuc-tw")]}, **TWO)
    found = find_partners(graph, "fanuc-tw")
    assert (found.known, found.ranked, found.components, found.targets) == (False, (), (), ())
    assert [tie.from_vendor for tie in found.relations] == ["fanuc"]


def test_firms_without_counted_offers_are_left_out_and_counted() -> None:
    """A pilot, a placeholder and a firm without offers are no partners; two of them are firms."""
    graph = make_graph(
        vendors="v:TW a:JP pilot:JP idle:JP many:JP(placeholder=yes) us:US",
        offers="v:x a:y pilot:y(status=pilot) many:y us:y",
    )
    found = find_partners(graph, "v")
    assert [row.vendor for row in found.ranked] == ["a"]
    assert found.left_out == 2


def test_the_country_follows_the_scope() -> None:
    """By owner a Japanese daughter of HIWIN is Taiwanese, and its partners are Japanese."""
    graph = make_graph(
        vendors="hiwin:TW hiwin-jp:JP omron:JP",
        offers="hiwin-jp:robot omron:plc",
        owns="hiwin>hiwin-jp",
    )
    assert find_partners(graph, "hiwin-jp").other_country == "TW"
    by_owner = find_partners(graph, "hiwin-jp", scope=Scope(country_by="owner"))
    assert [row.vendor for row in by_owner.rows] == ["omron"]


def _error(graph: SupplyGraph, vendor: str, **options: Any) -> str:
    with pytest.raises((InputError, UnknownNameError)) as caught:
        find_partners(graph, vendor, **options)
    return str(caught.value)


def test_who_cannot_have_partners_is_told_why() -> None:
    """An American firm, a placeholder, a firm that is gone, and one that nobody knows."""
    graph = make_graph(vendors="tw:TW us:US many:TW(placeholder=yes) old:JP(until=2020) jp:JP", offers="tw:x")
    assert "us is of US by seat; partners are asked for a firm of TW and JP" in _error(graph, "us")
    assert "many stands for several firms" in _error(graph, "many")
    assert "old no longer exists on 2026-11-22" in _error(graph, "old")
    assert "no vendor 'x'" in _error(graph, "x")


def test_arguments_are_checked() -> None:
    """A scope of the world, a place for ties that is none, a negative limit, a foreign analysis."""
    graph = make_graph(**TWO)
    assert "`scope.within` must be 'pair'" in _error(graph, "hiwin", scope=Scope(within="world"))
    assert "`ties` must be one of first, last" in _error(graph, "hiwin", ties="most")
    assert "`limit` must be a whole number from 0 up" in _error(graph, "hiwin", limit=-1)
    assert "`scope.country_by`" in _error(graph, "hiwin", scope=Scope(country_by="made"))
    other = Analysis(make_graph(**TWO), Scope())
    assert "`analysis` must be one of this graph" in _error(graph, "hiwin", analysis=other)


def test_who_is_no_partner_is_told_why() -> None:
    """One of the same country, one without offers, one that nobody knows."""
    found = find_partners(make_graph(vendors="a:TW b:TW c:JP d:JP", offers="a:x c:x"), "a")
    for vendor, why in (("b", "it is of TW"), ("d", "no offer that counts"), ("e", "no vendor 'e'")):
        with pytest.raises(UnknownNameError, match=why):
            found.find(vendor)


def test_a_data_set_without_requirements_says_so() -> None:
    """Nothing is unlocked and nothing fits where nobody says what requires what."""
    assert find_partners(make_graph(**TWO), "hiwin").missing == ("REQUIRES",)


# ---- against brute force ----


def _expect(oracle: Oracle, vendor: str) -> dict[str, tuple[set[str], dict[str, set[str]], Fraction]]:
    """Return what each partner unlocks, relieves and fits, by adding and taking away firms one by one."""
    real = [row for row in oracle.present if row["component"] not in oracle.virtual]
    offered: dict[str, set[str]] = {}
    for row in real:
        offered.setdefault(row["vendor"], set()).add(row["component"])
    own = offered.get(vendor, set())
    targets = set(own)
    while more := {w for w, items in oracle.needs.items() if _parts(items) & targets} - targets:
        targets |= more
    here = oracle.country(vendor)
    everyone = {row["vendor"] for row in oracle.present}
    home = {v for v in everyone if oracle.country(v) == here}
    alone = oracle.world(everyone - home)
    groups = oracle.members("group")
    found = {}
    for partner, brought in offered.items():
        if oracle.country(partner) == here or not own:
            continue
        helped = oracle.world(everyone - home - {partner})
        unlocks = {t for t in targets if helped.can(t) and not alone.can(t)}
        relieves = {}
        mine = oracle.head(partner)
        for group in set(groups) - {mine}:
            both = oracle.world(groups[group] | groups[mine])
            hers, his = oracle.world(groups[group]), oracle.world(groups[mine])
            lost = {t for t in targets if his.can(t) and hers.can(t) and not both.can(t)}
            if lost and len(groups) > 2:
                relieves[group] = lost
        fit = Fraction(0)
        for one in own:
            for other in brought:
                if other in _parts(oracle.needs.get(one, ())) or one in _parts(oracle.needs.get(other, ())):
                    rivals = {oracle.head(v) for v in home if other in offered.get(v, ())}
                    fit += Fraction(1, 1 + len(rivals))
        found[partner] = (unlocks, relieves, fit)
    return found


def _parts(items: Any) -> set[str]:
    return {one for item in items for one in item.alternatives}


def _say(found: Partners) -> dict[str, tuple[set[str], dict[str, set[str]], Fraction]]:
    return {
        row.vendor: (
            set(_ids(row.unlocks)),
            {relief.group: set(_ids(relief.targets)) for relief in row.relieves},
            row.fit,
        )
        for row in found.ranked
    }


@pytest.mark.slow
@pytest.mark.parametrize("country_by", ["seat", "owner"])
@given(rows=supply_rows())
@settings(max_examples=20)
def test_random_graphs_agree_with_adding_and_removing_firms(country_by: Any, rows: Rows) -> None:
    """Every firm of the pair in random graphs with groups, choices, imports and parts made in house."""
    graph = build_graph(rows)
    oracle = Oracle(rows, country_by=country_by)
    analysis = Analysis(graph, Scope(country_by=country_by))
    for row in rows["vendors"]:
        vendor = row["id"]
        if oracle.at_home(vendor) and vendor not in oracle.unnamed:
            assert _say(find_partners(graph, vendor, analysis=analysis)) == _expect(oracle, vendor)
