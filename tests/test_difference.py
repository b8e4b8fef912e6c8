"""What changed between two data sets or dates, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from kizuna.graph import SupplyGraph, select_subgraph
from kizuna.loaders import load_seeds
from kizuna.queries import Scope, find_gaps, judge_finding, measure_coverage
from kizuna.queries._nearness import find_enough
from kizuna.queries.difference import Comparison, FindingChange, compare_graphs
from kizuna.queries.mixture import CAUSES, Mixer
from tests.graphs import Row, Rows, build_graph, make_rows, supply_rows

# Only tsmc offers the foundry that both chips need.
WORDS = {
    "vendors": "tsmc:TW umc:TW sony:JP kioxia:JP",
    "offers": "tsmc:foundry sony:chip umc:chip kioxia:memory umc:memory",
    "requires": "chip->foundry robot->chip",
    "solutions": "robot",
}
_CITED = {"dataset": "toy", "source_kind": "cited", "confidence": "high", "as_of": "2026-01-01"}
SECOND = {"vendor": "kioxia", "component": "foundry", "status": "volume", **_CITED}
Change = Callable[[Rows], None]
# Each example is many graphs: to shrink one would take minutes.
RANDOM = settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def _graph(change: Change | None = None, *, as_of: str = "", **words: str) -> SupplyGraph:
    rows = make_rows(**{**WORDS, **words})
    if change is not None:
        change(rows)
    return build_graph(rows, as_of=as_of)


def _offer(**more: str) -> Change:
    """Add a second foundry."""
    return lambda rows: rows["offers"].append({**SECOND, **more})


def _say(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Return kind, root and reasons of every finding that is not the same."""
    return [(change.kind, _root(change), " ".join(change.why)) for change in comparison.findings]


def _root(change: FindingChange) -> str:
    finding = change.after or change.before
    return " ".join(finding.roots) if finding else ""


def _facts(change: FindingChange) -> list[tuple[str, str, str]]:
    return [(fact.table, " ".join(fact.key), fact.what) for fact in change.facts]


def test_nothing_changed_between_a_graph_and_itself() -> None:
    """No finding, no cell, no fact."""
    comparison = compare_graphs(_graph(), _graph())
    assert (comparison.is_empty, comparison.facts) == (True, ())


def test_a_second_source_that_is_now_known_closes_a_gap() -> None:
    """The offer has no date: what was added is a statement, and nothing says that the world changed."""
    comparison = compare_graphs(_graph(), _graph(_offer()))
    assert _say(comparison) == [("closed", "foundry", "knowledge")]
    assert _facts(comparison.closed[0]) == [("offers", "kioxia foundry", "added")]
    (cell,) = [change for change in comparison.coverage if change.by == "component"]
    assert (cell.item, cell.country, cell.why) == ("foundry", "JP", ("knowledge",))
    assert cell.before is not None and cell.after is not None
    assert (cell.before.state, cell.after.state, cell.after.groups) == ("not known", "count", 1)
    assert _say(compare_graphs(_graph(_offer()), _graph())) == [("opened", "foundry", "knowledge")]


@pytest.mark.parametrize(
    ("since", "earlier", "later", "why"),
    [
        ("2026-05-10", "2026-05-09", "2026-05-10", "world"),
        ("2026-05-10", "2026-05-08", "2026-05-09", None),
        ("2026-05-10", "2026-05-10", "2026-05-11", "knowledge"),
        ("2026-05-10", "2020", "2026", "world"),
        ("2026-05", "2026-04", "2026-05-01", "world"),
        ("2026-05", "2026-05-01", "2026-05-02", "knowledge"),
        ("2026", "2025", "2026-01-01", "world"),
        ("", "2025", "2026", "knowledge"),
    ],
)
def test_validity_that_begins_between_the_days_is_the_world(
    since: str, earlier: str, later: str, why: str | None
) -> None:
    """A new statement of what held by the earlier day is knowledge; of what began later it is the world."""
    comparison = compare_graphs(_graph(as_of=earlier), _graph(_offer(since=since), as_of=later))
    assert _say(comparison) == ([] if why is None else [("closed", "foundry", why)])


@pytest.mark.parametrize(
    ("until", "earlier", "later", "why"),
    [
        ("2026-05-10", "2026-05-09", "2026-05-10", "world"),
        ("2026-05-10", "2026-05-08", "2026-05-09", None),
        ("2026-05-10", "2026-05-10", "2026-05-11", "knowledge"),
        ("2026-05", "2026-04-30", "2026-05-01", "world"),
        ("2026", "2025", "2026-01-01", "world"),
        ("2026", "2026-01-01", "2026", "knowledge"),
    ],
)
def test_validity_that_ends_between_the_days_is_the_world(
    until: str, earlier: str, later: str, why: str | None
) -> None:
    """What is only now known to have ended by the earlier day is knowledge: a statement was corrected."""
    before = _graph(_offer(), as_of=earlier)
    comparison = compare_graphs(before, _graph(_offer(until=until), as_of=later))
    assert _say(comparison) == ([] if why is None else [("opened", "foundry", why)])
    if why is not None:
        what = "ended" if why == "world" else "corrected"
        assert _facts(comparison.opened[0]) == [("offers", "kioxia foundry", what)]


@pytest.mark.parametrize("stated", ["2020", "2026-05-10", "2030", ""])
def test_the_date_of_a_statement_decides_nothing(stated: str) -> None:
    """Whenever it was said, what began between the days is the world and what did not is knowledge."""
    for since, why in (("2026-05-10", "world"), ("2020", "knowledge")):
        later = _graph(_offer(since=since, as_of=stated), as_of="2026-06")
        assert _say(compare_graphs(_graph(as_of="2026-04"), later)) == [("closed", "foundry", why)]


def test_two_dates_of_one_data_set_differ_by_the_world() -> None:
    """The same statements, looked at on the day before and on the day itself."""
    graph = _graph(_offer(since="2026-05-10"))
    earlier, later = (select_subgraph(graph, as_of=day) for day in ("2026-05-09", "2026-05-10"))
    assert _say(compare_graphs(earlier, later)) == [("closed", "foundry", "world")]
    assert _say(compare_graphs(later, earlier)) == [("opened", "foundry", "world")]


def test_what_was_known_by_two_dates_differs_by_knowledge() -> None:
    """A statement is heard from the day it was made, the end of a month that it is made in included."""
    graph = _graph(_offer(as_of="2026-06-30"))
    for earlier, later, found in (
        ("2026-06-29", "2026-06-30", [("closed", "foundry", "knowledge")]),
        ("2026-06-29", "2026-06", [("closed", "foundry", "knowledge")]),
        ("2026-05", "2026-06-29", []),
        ("2026-06-30", "2026-07", []),
    ):
        known = [select_subgraph(graph, known_by=day) for day in (earlier, later)]
        assert _say(compare_graphs(*known)) == found


def test_a_vendor_that_ends_takes_its_offers_along() -> None:
    """Its end between the days is the world, and the vendor says so beside its offer."""
    vendors = "tsmc:TW umc:TW sony:JP kioxia:JP(until=2026-05)"
    before, after = _graph(_offer(), as_of="2026-04"), _graph(_offer(), vendors=vendors, as_of="2026-05")
    comparison = compare_graphs(before, after)
    assert ("opened", "foundry", "world") in _say(comparison)
    ended = {(fact.table, fact.key) for fact in comparison.facts if fact.what == "ended"}
    assert ("vendors", ("kioxia",)) in ended and ("offers", ("kioxia", "foundry")) in ended


def test_a_statement_that_is_graded_up_changes_the_doubts() -> None:
    """The offer of the one foundry gets a source: there is one thing less to settle."""
    weak = "tsmc:foundry(source_kind=uncited) sony:chip umc:chip kioxia:memory umc:memory"
    comparison = compare_graphs(_graph(offers=weak), _graph())
    changed = {change.id: change for change in comparison.changed}
    (cut,) = [c for c in find_gaps(_graph()).cuts if c.roots == ("foundry",)]
    fields = {field.name: field for field in changed[cut.id].fields}
    assert changed[cut.id].why == ("knowledge",)
    assert {doubt.key for doubt in fields["doubts"].before} - {
        doubt.key for doubt in fields["doubts"].after
    } == {"doubt.offer_uncited"}
    assert _facts(changed[cut.id]) == [("offers", "tsmc foundry", "re-graded")]


def test_a_gap_that_loses_its_stand_in_has_changed() -> None:
    """A pilot line that ended: still one foundry, and nobody is waiting any more."""
    before = _graph(_offer(status="pilot"), as_of="2026-04")
    comparison = compare_graphs(before, _graph(_offer(status="pilot", until="2026-05"), as_of="2026-06"))
    (change,) = comparison.changed
    assert [(field.name, field.before, field.after, field.why) for field in change.fields] == [
        ("stand_ins", 1, 0, ("world",))
    ]


def test_a_list_of_vendors_grows_too_old() -> None:
    """The same statements three years and a day later: neither the world nor the model has changed."""
    graph = _graph(complete="foundry:JP")
    days = [build_graph(make_rows(**WORDS, complete="foundry:JP"), as_of=day) for day in ("2029", "2028")]
    comparison = compare_graphs(graph, days[0])
    cells = [(c.item, c.country, c.why) for c in comparison.coverage if c.by == "component"]
    assert cells == [("foundry", "JP", ("knowledge",))]
    assert compare_graphs(graph, days[1]).coverage == ()


def test_a_requirement_that_is_dropped_is_the_model() -> None:
    """The robot needs no chip any more: less is lost with the one foundry."""
    comparison = compare_graphs(_graph(), _graph(requires="chip->foundry"))
    (change,) = comparison.changed
    fields = {field.name: (field.before, field.after, field.why) for field in change.fields}
    assert fields["solutions"] == (("robot",), (), ("model",))
    assert fields["severity"] == (1.0, 0.0, ("model",))
    assert _facts(change) == [("solution_requires", "robot chip", "removed")]


def test_a_requirement_that_is_graded_is_knowledge() -> None:
    """Its source is another, what it says is the same."""
    before = _graph(requires="chip->foundry robot->chip(source_kind=uncited)")
    comparison = compare_graphs(before, _graph())
    assert _say(comparison) == [("changed", "foundry", "knowledge")]
    assert {fact.what for fact in comparison.facts} == {"re-graded"}


def test_an_offer_of_a_new_component_is_the_model() -> None:
    """Nobody could say who offers it before the model had it, whenever the offer began."""
    after = _graph(lambda rows: None, offers=WORDS["offers"] + " sony:lens(since=2026-06)", as_of="2026-07")
    comparison = compare_graphs(_graph(as_of="2026-05"), after)
    assert _say(comparison) == [("opened", "lens", "model")]
    assert {(fact.table, fact.why) for fact in comparison.facts} == {("components", "model")}
    cells = [(c.item, c.country, c.before is None, c.why) for c in comparison.coverage if c.item == "lens"]
    assert cells == [("lens", country, True, ("model",)) for country in ("TW", "JP", "*")]


def test_what_takes_two_changes_says_so() -> None:
    """A choice (model) helps only with a vendor of the other alternative (knowledge)."""
    before = _graph(components="mature")
    after = _graph(
        components="mature",
        requires="chip->[foundry|mature] robot->chip",
        offers=WORDS["offers"] + " kioxia:mature sony:mature",
    )
    comparison = compare_graphs(before, after)
    changed = {_root(change): change for change in comparison.changed}["foundry"]
    (field,) = [field for field in changed.fields if field.name == "solutions"]
    assert (field.before, field.after) == (("robot",), ())
    assert (field.why, field.together) == (("knowledge", "model"), True)


def test_of_two_changes_each_of_which_is_enough_both_are_named() -> None:
    """One second foundry began, another is now known to have been there all along."""

    def change(rows: Rows) -> None:
        rows["offers"] += [{**SECOND, "since": "2026-05"}, {**SECOND, "vendor": "umc"}]

    comparison = compare_graphs(_graph(as_of="2026-04"), _graph(change, as_of="2026-06"))
    (closed,) = comparison.closed
    assert (closed.why, closed.together) == (("world", "knowledge"), False)


def test_a_company_that_changed_hands_between_the_days_is_the_world() -> None:
    """Sold from one group to another: no mixture may have two owners of it."""

    def sold(rows: Rows) -> None:
        rows["offers"].append({**SECOND, "vendor": "umc"})
        rows["owns"] += [
            {"from_vendor": "kioxia", "to_vendor": "umc", "share": "0.9", "until": "2026-05", **_CITED},
            {"from_vendor": "tsmc", "to_vendor": "umc", "share": "0.9", "since": "2026-05", **_CITED},
        ]

    comparison = compare_graphs(_graph(sold, as_of="2026-04"), _graph(sold, as_of="2026-05"))
    opened = [c for c in comparison.opened if c.after is not None and c.after.unit == "group"]
    assert [(_root(change), change.why) for change in opened] == [("foundry", ("world",))]


def test_where_one_data_set_is_silent_nothing_can_be_compared() -> None:
    """Without offers, or without requirements, on one side, a change says nothing of either world."""

    def drop(*tables: str) -> Change:
        return lambda rows: rows.update({table: list[Row]() for table in tables})

    without = compare_graphs(_graph(drop("offers")), _graph())
    assert {why for _, _, why in _say(without)} == {"not comparable"}
    assert {change.why for change in without.coverage} == {("not comparable",)}
    without = compare_graphs(_graph(), _graph(drop("component_requires", "solution_requires")))
    assert _say(without) == [("changed", "foundry", "not comparable")]
    assert without.coverage == ()


def test_data_sets_of_other_components_cannot_be_compared() -> None:
    """They have no component in common."""
    other = build_graph(make_rows(vendors="a:TW b:JP", offers="a:x b:y"))
    assert {change.why for change in compare_graphs(_graph(), other).findings} == {("not comparable",)}


def test_a_graph_without_a_day_says_nothing_of_the_world() -> None:
    """What hangs on validity is then not comparable; what was stated still is."""
    undated = build_graph(make_rows(**WORDS), date="")
    assert _say(compare_graphs(undated, _graph(_offer()))) == [("closed", "foundry", "knowledge")]
    began = build_graph(make_rows(**WORDS), date="")
    after = _graph(_offer(until="2027"))
    assert _say(compare_graphs(began, after)) == [("closed", "foundry", "not comparable")]


def test_the_scope_is_that_of_both() -> None:
    """Taken world-wide an American foundry is a second source."""
    after = _graph(_offer(vendor="intel"), vendors=WORDS["vendors"] + " intel:US")
    assert compare_graphs(_graph(), after).closed == ()
    comparison = compare_graphs(_graph(), after, scope=Scope(within="world"))
    assert ("closed", "foundry", "knowledge") in _say(comparison)


# ------------------------------------------------------------ what is enough


def _enough(change: FindingChange) -> list[tuple[str, str, str]]:
    return [(fact.table, " ".join(fact.key), fact.what) for fact in change.enough or ()]


def test_of_many_facts_the_one_that_is_enough_is_found() -> None:
    """A second foundry closes the gap; what else is known of the two chips does not."""

    def change(rows: Rows) -> None:
        rows["offers"] += [
            {**SECOND, "component": "chip"},
            {**SECOND, "vendor": "umc", "status": "pilot"},
            SECOND,
        ]

    (closed,) = compare_graphs(_graph(), _graph(change)).closed
    assert _enough(closed) == [("offers", "kioxia foundry", "added")]
    assert ("offers", "umc foundry", "added") in _facts(closed)


def test_facts_that_take_each_other_are_both_named() -> None:
    """The chip needs a second foundry and a second maker of masks: with one of them the group stays the only one."""
    words = {
        "vendors": "a:TW b:JP c:JP d:TW",
        "requires": "foundry->mask robot->foundry robot->other",
        "offers": "a:foundry a:mask c:other d:other",
        "solutions": "robot",
    }
    before = build_graph(make_rows(**words))
    after = build_graph(
        make_rows(**{**words, "offers": words["offers"] + " b:foundry c:mask d:other(status=pilot)"})
    )
    closed = {change.id: change for change in compare_graphs(before, after).closed}
    (cut,) = [cut for cut in find_gaps(before).cuts if cut.unit == "vendor"]
    assert _enough(closed[cut.id]) == [("offers", "b foundry", "added"), ("offers", "c mask", "added")]


def test_a_fact_far_down_the_chain_is_found() -> None:
    """Wafers that nobody made before: only with them can anything be lost with the one foundry."""
    requires = "chip->foundry foundry->gas gas->wafer robot->chip"
    offers = WORDS["offers"] + " umc:gas sony:gas"
    before = _graph(requires=requires, offers=offers, components="wafer")
    after = _graph(requires=requires, offers=offers + " kioxia:wafer umc:wafer")
    (opened,) = [c for c in compare_graphs(before, after).opened if c.after and c.after.unit == "vendor"]
    assert opened.after is not None and opened.after.roots == ("foundry",)
    assert [fact for fact in _enough(opened) if "wafer" in fact[1]] == _enough(opened) != []


def test_a_day_that_moved_takes_no_fact() -> None:
    """The list has grown too old; nothing else is another."""
    words = {**WORDS, "complete": "foundry:TW foundry:JP"}
    days = [build_graph(make_rows(**words), as_of=day) for day in ("2028", "2029-06")]
    (change,) = compare_graphs(*days).changed
    assert (change.why, change.enough, change.facts) == (("knowledge",), (), ())


def test_a_stand_in_of_the_family_is_near() -> None:
    """An older grade that somebody began to make stands in for the root."""
    words = {
        **WORDS,
        "components": "foundry(family=fab) mature(family=fab)",
        "offers": WORDS["offers"] + " sony:mature kioxia:mature(since=2026-05)",
    }
    comparison = compare_graphs(
        _graph(None, as_of="2026-04", **words), _graph(None, as_of="2026-05", **words)
    )
    fields = {c.id: {f.name: (f.before, f.after, f.why) for f in c.fields} for c in comparison.changed}
    (cut,) = [cut for cut in find_gaps(_graph(None, **words)).cuts if cut.roots == ("foundry",)]
    assert fields[cut.id]["stand_ins"] == (1, 2, ("world",))
    (change,) = [change for change in comparison.changed if change.id == cut.id]
    assert _enough(change) == [("offers", "kioxia mature", "began")]


def test_without_trials_only_what_is_near_is_listed() -> None:
    """It is not claimed to be enough."""
    (closed,) = compare_graphs(_graph(), _graph(_offer()), trials=0).closed
    assert (closed.enough, _facts(closed)) == (None, [("offers", "kioxia foundry", "added")])


def test_one_finding_can_be_compared_alone() -> None:
    """The others and coverage are left out."""
    after = _graph(_offer(), requires="chip->foundry")
    (closed,) = compare_graphs(_graph(), after).closed
    alone = compare_graphs(_graph(), after, only=[closed.id])
    assert ([change.id for change in alone.findings], alone.coverage) == ([closed.id], ())
    assert compare_graphs(_graph(), after, only=[]).is_empty


def test_a_fact_shows_both_its_rows() -> None:
    """What was said before and after, and the columns that differ."""
    after = _graph(offers=WORDS["offers"].replace("tsmc:foundry", "tsmc:foundry(status=pilot)"))
    (fact,) = compare_graphs(_graph(), after).facts
    assert fact.name_key() == {"vendor": "tsmc", "component": "foundry"}
    assert fact.list_differences() == [("status", "volume", "pilot")]
    assert fact.before is not None and fact.before["confidence"] == "high"


@given(size=st.integers(0, 9), data=st.data())
def test_what_is_enough_is_enough_and_no_item_of_it_can_be_spared(size: int, data: st.DataObject) -> None:
    """For anything that more items never undo: any one of some sets of them will do."""
    items = list(range(size))
    sets = data.draw(st.lists(st.frozensets(st.integers(0, max(size - 1, 0))), min_size=1, max_size=4))

    def holds(some: Sequence[int]) -> bool:
        return any(one <= set(some) for one in sets)

    assume(holds(items))
    found = find_enough(items, holds)
    assert holds(found)
    assert not any(holds([other for other in found if other != item]) for item in found)


# ---------------------------------------------------------------- obstacles


def test_what_stands_in_the_way_is_named() -> None:
    """Which side lacks what."""

    def drop(rows: Rows) -> None:
        rows.update({table: list[Row]() for table in ("component_requires", "solution_requires")})

    cases = {
        ("no-requirements", "before"): compare_graphs(_graph(drop), _graph()),
        ("no-requirements", "after"): compare_graphs(_graph(), _graph(drop)),
        ("no-day", "before"): compare_graphs(build_graph(make_rows(**WORDS), date=""), _graph()),
        ("nothing-in-common", "both"): compare_graphs(
            build_graph(make_rows(vendors="a:TW b:JP", offers="a:x b:y", requires="x->y")), _graph()
        ),
    }
    for expected, comparison in cases.items():
        assert [(one.kind, one.side) for one in comparison.obstacles] == [expected]
    assert compare_graphs(_graph(), _graph()).obstacles == ()


# ------------------------------------------------------------------- laws


def _answers(graph: SupplyGraph) -> tuple[object, ...]:
    """Everything that is compared."""
    gaps = find_gaps(graph)
    judged = [judge_finding(gaps.analysis_of(f), f) for f in (*gaps.findings, *gaps.fragile)]
    rows = [row.cells for by in ("component", "segment") for row in measure_coverage(graph, by=by).rows]
    return gaps.findings, gaps.fragile, [(j.verdict, j.doubts) for j in judged], rows


def _date(rows: Rows, random: Random) -> None:
    """Give offers and owners a beginning, an end, both or none."""
    for row in [*rows["offers"], *rows["owns"]]:
        row["since"] = random.choice(("", "", "2024", "2025-06", "2026-02-01"))
        row["until"] = random.choice(("", "", "2025-06-01", "2026-02", "2027"))


def _restate(rows: Rows, random: Random) -> None:
    """Withdraw, re-grade and correct some offers."""
    for row in random.sample(rows["offers"], len(rows["offers"]) // 2):
        column, value = random.choice((("status", "ended"), ("source_kind", "uncited"), ("until", "2025")))
        row[column] = value
    rows["offers"] = rows["offers"][random.randrange(2) :]


def _remodel(rows: Rows, random: Random) -> None:
    """Drop some requirements."""
    for table in ("component_requires", "solution_requires"):
        rows[table] = random.sample(rows[table], len(rows[table]) - bool(rows[table]))


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[SupplyGraph, SupplyGraph, set[str]]:
    """Two graphs, and what can have changed between them."""
    rows, random = draw(supply_rows()), draw(st.randoms(use_true_random=False))
    rows["segments"] = [{"id": "parts", "layer": "", "nature": "hardware"}]
    kinds = draw(st.sets(st.sampled_from(CAUSES)))
    for row in [*rows["vendors"], *rows["owns"]]:
        row["until"] = ""
    _date(rows, random)
    rows["owns"] = rows["owns"][:1]
    before = build_graph(rows, as_of="2025")
    later = {table: [dict(row) for row in table_rows] for table, table_rows in rows.items()}
    if "knowledge" in kinds:
        _restate(later, random)
    if "model" in kinds:
        _remodel(later, random)
    return before, build_graph(later, as_of="2026-03" if "world" in kinds else "2025"), set(kinds)


@pytest.mark.slow
@RANDOM
@given(pair=_pairs())
def test_with_no_change_made_a_mixture_is_the_one_graph_and_with_all_the_other(
    pair: tuple[SupplyGraph, SupplyGraph, set[str]],
) -> None:
    """Findings, verdicts, doubts and coverage alike."""
    before, after, _ = pair
    mixer = Mixer(before, after)
    assert _answers(mixer.mix(())) == _answers(before)
    assert _answers(mixer.mix(CAUSES)) == _answers(after)
    assert _answers(mixer.mix(CAUSES, only=mixer.facts)) == _answers(after)


@pytest.mark.slow
@RANDOM
@given(pair=_pairs())
def test_no_reason_is_given_that_nothing_gives_cause_for(
    pair: tuple[SupplyGraph, SupplyGraph, set[str]],
) -> None:
    """Every change has a reason, and only of the kinds of change that were made."""
    before, after, made = pair
    comparison = compare_graphs(before, after, trials=0)
    # A day that moves makes statements older too.
    allowed = made | ({"knowledge"} if "world" in made else set()) | {"not comparable"}
    reasons = [c.why for c in comparison.findings] + [c.why for c in comparison.coverage]
    assert all(why and set(why) <= allowed for why in reasons)
    old = {f.id for f in (*comparison.before.findings, *comparison.before.fragile)}
    new = {f.id for f in (*comparison.after.findings, *comparison.after.fragile)}
    assert {change.id for change in comparison.opened} == new - old
    assert {change.id for change in comparison.closed} == old - new
    assert {change.id for change in comparison.changed} <= old & new


@pytest.mark.slow
@settings(RANDOM, max_examples=3)
@given(pair=_pairs())
def test_back_again_what_opened_has_closed(pair: tuple[SupplyGraph, SupplyGraph, set[str]]) -> None:
    """And the facts that are enough are among those that changed, for the reasons given."""
    before, after, _ = pair
    there, back = compare_graphs(before, after, trials=40), compare_graphs(after, before, trials=0)
    assert {change.id for change in there.opened} == {change.id for change in back.closed}
    assert {change.id for change in there.closed} == {change.id for change in back.opened}
    assert {change.id for change in there.changed} == {change.id for change in back.changed}
    assert len(there.coverage) == len(back.coverage)
    for change in there.findings:
        assert set(change.enough or ()) <= set(change.facts) <= set(there.facts)
        assert {fact.why for fact in change.facts} <= {*change.why, "world"}


def test_the_data_differ_from_themselves_by_the_days() -> None:
    """Between two years of one data set the model stays; back again what was opened is closed."""
    graph = load_seeds()
    earlier = select_subgraph(graph, as_of="2015")
    there, back = (compare_graphs(*pair, trials=0) for pair in ((earlier, graph), (graph, earlier)))
    assert not any("model" in why for why in [c.why for c in there.findings])
    assert not any("model" in why for why in [c.why for c in there.coverage])
    assert {change.id for change in there.opened} == {change.id for change in back.closed}
    assert {change.id for change in there.changed} == {change.id for change in back.changed}
    assert [c for c in there.coverage if c.why == ("world",)]
