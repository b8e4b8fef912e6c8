"""Verdicts: each doubt alone makes a finding apparent."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kizuna.queries import Doubt, Judgement, Scope, find_gaps, judge_finding
from tests.graphs import make_graph

# All that a verdict asks for: TSMC at the foundry, found out and cited in every line.
SOUND: Mapping[str, str] = {
    "vendors": "tsmc:TW umc:TW sony:JP various:JP(placeholder=yes) others:US(placeholder=yes)",
    "offers": "tsmc:foundry umc:chip sony:chip umc:case sony:case",
    "requires": "chip->foundry robot->chip robot->case",
    "solutions": "robot",
    "complete": "foundry:TW foundry:JP",
}


def _judge(
    changed: Mapping[str, str] = SOUND,
    *,
    scope: Scope | None = None,
    member: str | None = "tsmc",
    as_of: str = "",
) -> Judgement:
    gaps = find_gaps(make_graph(**{**SOUND, **changed}, as_of=as_of), scope=scope)
    finding = next(finding for finding in gaps.findings if finding.member == member)
    return judge_finding(gaps.analysis, finding)


def _say(doubts: tuple[Doubt, ...]) -> list[str]:
    """Doubts as text: the end of the key, then the ids."""
    return [" ".join([doubt.key.removeprefix("doubt."), *(i for _, _, i in doubt.ids)]) for doubt in doubts]


def test_a_finding_is_confirmed_when_all_holds() -> None:
    """Complete lists, cited requirements, a cited offer with a status: nothing is left to settle."""
    judged = _judge()
    assert (judged.verdict, judged.doubts) == ("confirmed", ())


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        ({"complete": "foundry:TW"}, "completeness_missing foundry JP"),
        ({"complete": "foundry:TW foundry:JP(level=unknown)"}, "completeness_missing foundry JP"),
        ({"complete": "foundry:TW(level=partial) foundry:JP"}, "completeness_partial foundry TW"),
        ({"complete": "foundry:TW(source_kind=uncited) foundry:JP"}, "completeness_uncited foundry TW"),
        ({"complete": "foundry:TW foundry:JP(as_of=2023-11-21)"}, "completeness_old foundry JP"),
        ({"complete": "foundry:TW foundry:JP(as_of=)"}, "completeness_old foundry JP"),
        (
            {"offers": f"{SOUND['offers']} various:foundry"},
            "placeholder foundry various",
        ),
        (
            {"requires": "chip->foundry(source_kind=uncited) robot->chip robot->case"},
            "requirement_uncited chip foundry",
        ),
        (
            {"requires": "chip->foundry robot->chip(confidence=low) robot->case"},
            "requirement_weak robot chip",
        ),
        (
            {"requires": "chip->foundry robot->chip(confidence=) robot->case"},
            "requirement_weak robot chip",
        ),
        (
            {"offers": "tsmc:foundry(source_kind=uncited) umc:chip sony:chip umc:case sony:case"},
            "offer_uncited tsmc foundry",
        ),
        (
            {"offers": "tsmc:foundry(source_kind=report) umc:chip sony:chip umc:case sony:case"},
            "offer_uncited tsmc foundry",
        ),
        (
            {"offers": "tsmc:foundry(status=) umc:chip sony:chip umc:case sony:case"},
            "offer_status tsmc foundry",
        ),
    ],
)
def test_one_doubt_is_enough(changed: dict[str, str], doubt: str) -> None:
    """Each line that fails makes the finding apparent, and says what would settle it."""
    judged = _judge(changed)
    assert (judged.verdict, _say(judged.doubts)) == ("apparent", [doubt])


@pytest.mark.parametrize(
    "changed",
    [
        {"complete": "foundry:TW(source_kind=report) foundry:JP(as_of=2023-11-22)"},
        {"offers": f"{SOUND['offers']} others:foundry"},
        {"requires": "chip->foundry(source_kind=report,confidence=medium) robot->chip robot->case"},
        {"requires": "chip->foundry robot->chip robot->case(source_kind=uncited)"},
        {"offers": "tsmc:foundry umc:chip(source_kind=uncited) sony:chip(status=) umc:case sony:case"},
        {"offers": f"{SOUND['offers']} tsmc:case(status=)"},
    ],
)
def test_what_is_no_doubt(changed: dict[str, str]) -> None:
    """The report is a source for lists and requirements; what lies off the witness and the roots is not asked."""
    assert _judge(changed).verdict == "confirmed"


def test_world_wide_the_rest_of_the_world_must_be_whole_too() -> None:
    """Beyond the pair the list of everybody else is asked for as well, and so are placeholders there."""
    world = Scope(within="world")
    judged = _judge({"offers": f"{SOUND['offers']} others:foundry"}, scope=world)
    assert _say(judged.doubts) == ["completeness_missing foundry *", "placeholder foundry others"]
    assert _judge({"complete": f"{SOUND['complete']} foundry:*"}, scope=world).verdict == "confirmed"


def test_a_past_view_must_not_rest_on_an_unknown_beginning() -> None:
    """Looked at from 2025, an offer of which nobody knows since when it is made is a doubt."""
    offers = "umc:chip sony:chip umc:case sony:case"
    judged = _judge({"offers": f"tsmc:foundry {offers}"}, as_of="2025-12-31")
    assert _say(judged.doubts) == ["offer_since tsmc foundry"]
    assert _judge({"offers": f"tsmc:foundry(since=2020) {offers}"}, as_of="2025-12-31").verdict == "confirmed"
    assert _judge({"offers": f"tsmc:foundry {offers}"}, as_of="2027").verdict == "confirmed"


GROUP: Mapping[str, str] = {
    "vendors": "tsmc:TW jasm:JP umc:TW sony:JP holding:TW",
    "offers": "jasm:foundry tsmc:foundry umc:chip sony:chip umc:case sony:case",
}


@pytest.mark.parametrize(
    ("owns", "doubts"),
    [
        ("tsmc>jasm(control=yes)", []),
        ("tsmc>jasm(share=0.7)", []),
        ("tsmc>jasm", ["control_silent tsmc jasm"]),
        ("tsmc>jasm(share=0.7,source_kind=uncited)", ["control_uncited tsmc jasm"]),
        ("tsmc>jasm(control=yes,source_kind=report)", ["control_uncited tsmc jasm"]),
        ("tsmc>jasm(control=yes) umc>sony", []),
    ],
)
def test_a_gap_of_a_group_rests_on_its_control(owns: str, doubts: list[str]) -> None:
    """The control edges of the cut's vendors must be cited and stated; those of others are not asked."""
    judged = _judge({**GROUP, "owns": owns})
    assert _say(judged.doubts) == doubts


def test_a_past_view_must_not_rest_on_control_of_an_unknown_beginning() -> None:
    """Looked at from 2025, control of which nobody knows since when it has been is a doubt."""
    offers = "jasm:foundry(since=2020) tsmc:foundry(since=2020) umc:chip sony:chip umc:case sony:case"
    past = {**GROUP, "offers": offers}
    judged = _judge({**past, "owns": "tsmc>jasm(control=yes)"}, as_of="2025-12-31")
    assert _say(judged.doubts) == ["control_since tsmc jasm"]
    known = _judge({**past, "owns": "tsmc>jasm(control=yes,since=2021)"}, as_of="2025-12-31")
    assert known.verdict == "confirmed"


def test_control_is_asked_for_up_to_the_head() -> None:
    """Where two daughters are joined over a mother, every edge up to the head is used."""
    owns = "holding>tsmc(source_kind=uncited) tsmc>jasm"
    judged = _judge({**GROUP, "owns": owns}, member="holding")
    assert _say(judged.doubts) == [
        "control_silent holding tsmc",
        "control_silent tsmc jasm",
        "control_uncited holding tsmc",
    ]


def test_a_gap_of_a_country_rests_on_control_only_by_owner() -> None:
    """By owner, that Japan has no foundry of its own hangs on who controls JASM; by seat, on nothing such."""
    changed = {
        "vendors": "tsmc:TW jasm:JP psmc:TW umc:TW sony:JP",
        "offers": "jasm:foundry psmc:foundry umc:chip sony:chip umc:case sony:case",
        "owns": "tsmc>jasm",
    }
    judged = _judge(changed, scope=Scope(country_by="owner"), member="TW")
    assert _say(judged.doubts) == ["control_silent tsmc jasm"]
    by_seat = {**changed, "vendors": "tsmc:TW jasm:TW psmc:TW umc:TW sony:JP"}
    assert _judge(by_seat, member="TW").verdict == "confirmed"


def test_the_witnesses_of_all_lost_solutions_are_looked_at() -> None:
    """A doubt on the way to the second solution makes the finding apparent."""
    judged = _judge(
        {
            "requires": "chip->foundry robot->chip robot->case mill->foundry(source_kind=uncited)",
            "solutions": "robot mill",
        }
    )
    assert list(judged.witnesses) == ["mill", "robot"]
    assert _say(judged.doubts) == ["requirement_uncited mill foundry"]


def test_without_a_lost_solution_the_lost_components_are_looked_at() -> None:
    """Where no solution is lost, the ways to the components that are must be known."""
    judged = _judge({"requires": "chip->foundry(source_kind=uncited) robot->case"})
    assert list(judged.witnesses) == ["chip", "foundry"]
    assert _say(judged.doubts) == ["requirement_uncited chip foundry"]


def test_an_uncovered_component_needs_whole_lists_only() -> None:
    """That nobody offers the mask is confirmed by lists that are whole, there being no offer to cite."""
    changed = {"offers": "umc:chip sony:chip umc:case sony:case"}
    assert _judge(changed, member=None).verdict == "confirmed"
    judged = _judge({**changed, "complete": "foundry:TW"}, member=None)
    assert _say(judged.doubts) == ["completeness_missing foundry JP"]
