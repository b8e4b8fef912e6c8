"""Claims of a report, worked out again: each holds on one graph, has changed on another, is silent on a third."""

from __future__ import annotations

from typing import Any

import pytest

from kizuna import _errors
from kizuna._messages import load_messages
from kizuna.graph import SupplyGraph
from kizuna.loaders import load_seeds
from kizuna.queries.claims import CHECKS, ClaimCheck, check_claims
from kizuna.queries.saved import list_saved
from kizuna.queries.scope import Scope
from tests.graphs import Row, Rows, build_graph, make_rows

_THEN = {"dataset": "old-report", "source_kind": "report", "as_of": "2017-12", "confidence": "high"}
_NOW = {"dataset": "toy", "source_kind": "cited", "as_of": "2026-01", "confidence": "high"}


def _claim(check: str, about: str = "", **columns: str) -> Rows:
    """Return a claim called c; `about` as ``Country:TW Segment:gear``."""
    subjects = [word.split(":") for word in about.split()]
    return {
        "claims": [{"id": "c", "check": check, "text_en": "So it is.", **_THEN, **columns}],
        "about": [{"claim": "c", "about_label": label, "about": node} for label, node in subjects],
    }


def _check(rows: Rows, **options: Any) -> ClaimCheck:
    (found,) = check_claims(build_graph(rows), claim="c", **options)
    return found


def _figures(check: ClaimCheck) -> dict[str, tuple[object, object]]:
    return {
        " ".join([f.key.removeprefix("claims.figure."), *(node for _, _, node in f.ids)]): (f.then, f.now)
        for f in check.figures
    }


# ---- hardware only ----


def _natures(offers: str, complete: str = "soft:TW serve:TW") -> Rows:
    """Firms of Taiwan and Japan in three natures; the old report lists a and b in hardware."""
    rows = make_rows(
        vendors="a:TW b:TW c:TW z:JP",
        offers=offers,
        components="h(segment=gear,nature=hardware) s(segment=soft,nature=software) v(segment=serve,nature=service)",
        segments="gear:terminal soft:ai(nature=software) serve:solution(nature=service)",
        listed_in="a:gear b:gear",
        segments_complete=complete,
    )
    rows["components"] = [row for row in rows["components"] if row["id"] in ("h", "s", "v")]
    for row in (*rows["listed_in"],):
        row.update(_THEN)
    then = [{**row, **_THEN} for row in rows["segment_completeness"]]
    rows["completeness"] = [
        {"component": component, "country": "TW", "level": "complete", **_NOW}
        for component in ("s", "v")
        if complete
    ]
    rows["segment_completeness"] = then + [{**row, **_NOW} for row in rows["segment_completeness"]]
    return {**rows, **_claim("coverage-by-nature", "Country:TW Segment:soft")}


def test_all_make_hardware_where_nobody_is_known_for_anything_else() -> None:
    """It holds by complete lists; software of the other country does not count."""
    found = _check(_natures("a:h b:h z:s"))
    assert (found.verdict, found.question, found.reason) == ("holds", "coverage-by-nature", None)
    assert _figures(found) == {
        "hardware TW": (2, 2),
        "software TW": (0, 0),
        "service TW": (0, 0),
        "listed TW": (2, 2),
        "listed_beyond TW": (None, 0),
    }


def test_a_firm_with_software_changes_it() -> None:
    """Once one of them offers software the claim is of the past; then is told beside now."""
    found = _check(_natures("a:h b:h c:s b:v"))
    assert found.verdict == "changed"
    assert _figures(found)["software TW"] == (0, 1)
    assert _figures(found)["service TW"] == (0, 1)
    assert _figures(found)["listed_beyond TW"] == (None, 1)


def test_a_list_that_is_not_whole_leaves_it_open() -> None:
    """That nobody is known for software is no zero."""
    found = _check(_natures("a:h b:h", complete=""))
    assert (found.verdict, found.reason) == ("cannot be said", "claims.reason.not_known")
    assert _figures(found)["software TW"] == (None, None)


def test_an_offer_that_does_not_count_changes_nothing() -> None:
    """A pilot is counted only if the scope says so."""
    rows = _natures("a:h b:h c:s(status=pilot)")
    assert _check(rows).verdict == "holds"
    assert _check(rows, scope=Scope(statuses=("pilot", "volume"))).verdict == "changed"


# ---- both countries have their place ----


def _segment(offers: str, requires: str, complete: str = "") -> Rows:
    words = {"components": "x(segment=eyes) y(segment=eyes) z", "segments": "eyes:terminal parts:cloud"}
    rows = make_rows(
        vendors="a:TW b:JP",
        offers=offers,
        requires=requires,
        solutions="s",
        segments_complete=complete,
        **words,
    )
    rows["completeness"] = [
        {"component": c, "country": row["country"], "level": "complete", **_NOW}
        for row in rows["segment_completeness"]
        for c in ("x", "y")
    ]
    return {**rows, **_claim("coverage-by-segment", "Country:TW Country:JP Segment:eyes")}


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ({"offers": "a:x b:y", "requires": "s->x s->y"}, "holds"),
        ({"offers": "a:x", "requires": "s->x s->y", "complete": "eyes:JP"}, "changed"),
        ({"offers": "a:x", "requires": "s->x s->y"}, "cannot be said"),
        ({"offers": "a:x b:y", "requires": "s->x s->z"}, "cannot be said"),
    ],
)
def test_both_countries_and_several_components(words: dict[str, str], verdict: str) -> None:
    """Vendors of both and a solution with several: holds; none by a complete list: changed; else silence."""
    assert _check(_segment(**words)).verdict == verdict


def test_the_overlap_of_the_two_countries_is_told_beside() -> None:
    """By groups, component by component: in x both have one, in y only Japan has, two shared of three."""
    found = _check(_segment("a:x b:x b:y", "s->x s->y"))
    assert _figures(found) == {
        "segment_vendors TW eyes": (None, 1),
        "segment_vendors JP eyes": (None, 1),
        "overlap eyes": (None, pytest.approx(2 / 3)),
        "several eyes": (None, 1),
    }


# ---- layers, obstacles ----


def _layers(names: str, feeds: str, figure: str = "3") -> Rows:
    return {
        "layers": [{"id": name, "order": str(n)} for n, name in enumerate(names)],
        "layer_feeds": [{"layer": a, "feeds": b} for a, b in map(tuple, feeds.split())],
        **_claim("solution-loop", figure=figure, unit="layers"),
    }


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (_layers("abc", "ab bc ca"), "holds"),
        (_layers("abcd", "ab bc cd da"), "changed"),
        (_layers("abc", "ab bc"), "changed"),
        (_layers("abc", "ab ba"), "changed"),
        (_layers("abc", "ab bc cb"), "changed"),
        (_layers("abc", ""), "cannot be said"),
        (_layers("", ""), "cannot be said"),
        (_layers("abc", "ab bc ca", figure=""), "cannot be said"),
    ],
)
def test_data_run_through_so_many_layers_and_back(rows: Rows, verdict: str) -> None:
    """As many layers as claimed, each fed by the one before, and the first by the last."""
    assert _check(rows).verdict == verdict


@pytest.mark.parametrize(("known", "verdict"), [(2, "holds"), (3, "changed"), (0, "cannot be said")])
def test_so_many_obstacles_are_known(known: int, verdict: str) -> None:
    """As claimed, or more; none at all is silence. What the claim's own source named is told as then."""
    obstacles = [{"id": str(n), **(_THEN if n < 2 else _NOW)} for n in range(known)]
    found = _check({"obstacles": obstacles, **_claim("obstacles", figure="2")})
    assert found.verdict == verdict
    assert _figures(found) == {"obstacles": (2 if known else None, known or None)}


# ---- engineering firms ----


def _engineers(offices: str, projects: str = "", about: str = "") -> Rows:
    def edges(text: str) -> list[Row]:
        return [{"firm": f, "country": c, **_THEN} for f, c in (word.split(":") for word in text.split())]

    firms = sorted({word.split(":")[0] for word in f"{offices} {projects}".split()})
    return {
        "countries": [{"id": c} for c in ("TW", "MY", "VN")],
        "engineering_firms": [{"id": firm, "country": "TW", **_THEN} for firm in firms],
        "operates_in": edges(offices),
        "has_built_in": edges(projects),
        **_claim("engineering-firms", about),
    }


@pytest.mark.parametrize(
    ("offices", "projects", "verdict"),
    [
        ("a:MY b:MY c:MY d:VN a:TW", "e:MY", "holds"),
        ("a:MY b:MY c:MY", "e:MY", "changed"),
        ("a:TW b:TW", "", "cannot be said"),
    ],
)
def test_nearly_all_have_offices_abroad(offices: str, projects: str, verdict: str) -> None:
    """Four of five are nearly all, three of four are not; an office at home says nothing of abroad."""
    assert _check(_engineers(offices, projects)).verdict == verdict


def test_a_named_firm_is_looked_for_in_the_countries_named() -> None:
    """An office or past work in each: holds; one that is missing may only be undocumented."""
    about = "EngineeringFirm:a Country:MY Country:VN"
    found = _check(_engineers("a:MY", "a:VN", about))
    assert (found.verdict, _figures(found)) == ("holds", {"present a": (2, 2), "named": (2, 2)})
    found = _check(_engineers("a:MY b:VN", "", about))
    assert (found.verdict, _figures(found)["present a"]) == ("cannot be said", (1, 1))
    assert _check(_engineers("a:MY", "", "EngineeringFirm:a")).reason == "claims.reason.no_subject"


# ---- growth ----


def _growth(before: str, after: str, figure: str = "36") -> Rows:
    rows = _claim("claims-about", "Organisation:bureau", figure=figure, unit="%", year="2016")
    rows["organisations"] = [{"id": "bureau", "kind": "agency", **_THEN}]
    counts = [("old", before, "2015"), ("new", after, "2016")]
    rows["claims"] += [
        {"id": name, "figure": figure, "unit": "cases", "year": year, **_THEN}
        for name, figure, year in counts
        if figure
    ]
    rows["about"] += [
        {"claim": name, "about_label": "Organisation", "about": "bureau"}
        for name, count, _ in counts
        if count
    ]
    return rows


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (_growth("1000", "1361"), "holds"),
        (_growth("1000", "1361", figure="36.1"), "holds"),
        (_growth("1000", "1361", figure="36.2"), "changed"),
        (_growth("1000", "1370"), "changed"),
        (_growth("", "1361"), "cannot be said"),
        (_growth("0", "1361"), "cannot be said"),
    ],
)
def test_growth_is_that_of_the_figures_of_two_years(rows: Rows, verdict: str) -> None:
    """Rounded as the claim is; without a figure to start from nothing can be said."""
    assert _check(rows).verdict == verdict


# ---- what no question covers ----


def test_a_claim_without_a_question_cannot_be_said() -> None:
    """Nor one whose question nobody knows, or that does not say of what it is to be asked."""
    for check in ("", "tea-leaves"):
        found = _check(_claim(check, "Country:TW", figure="5"))
        assert (found.verdict, found.figures) == ("cannot be said", ())
        assert found.reason == "claims.reason.no_question"
    for check in ("coverage-by-nature", "coverage-by-segment", "claims-about"):
        assert _check(_claim(check)).reason == "claims.reason.no_subject"


def test_what_the_source_said_then_is_worked_out_from_its_own_statements() -> None:
    """A data set of its own gives the figures of then; the whole graph those of now."""
    rows = {**_engineers("a:MY b:MY"), "has_built_in": [{"firm": "c", "country": "VN", **_NOW}]}
    rows["engineering_firms"].append({"id": "c", "country": "TW", **_NOW})
    found = _check(rows)
    assert _figures(found) == {"abroad": (2, 3), "offices": (2, 2)}
    assert found.verdict == "changed"


def test_claims_are_told_by_id_and_unknown_ones_are_refused() -> None:
    """Sorted; the message names what is near, or what there is."""
    rows = _claim("")
    rows["claims"] += [{**rows["claims"][0], "id": "a-claim"}]
    graph = build_graph(rows)
    assert [check.claim for check in check_claims(graph)] == ["a-claim", "c"]
    with pytest.raises(_errors.UnknownNameError, match="no claim 'a-clam'; there are a-claim"):
        check_claims(graph, claim="a-clam")
    with pytest.raises(_errors.UnknownNameError, match="there are none"):
        check_claims(SupplyGraph({}), claim="c")


def test_every_question_that_decides_is_a_saved_one_and_is_explained() -> None:
    """What `check` may hold is a saved query's name, and a message says how its rows decide."""
    assert set(CHECKS) <= {saved.name for saved in list_saved()}
    assert {f"claims.check.{question}" for question in CHECKS} == set(load_messages("claims.check."))


def test_every_check_of_the_data_has_a_question() -> None:
    """No claim of the curated data names a question that nothing answers."""
    graph = load_seeds()
    assert set(graph.table("claims")["check"].dropna()) <= set(CHECKS)
    messages = load_messages("claims.")
    for check in check_claims(graph):
        assert {figure.key for figure in check.figures} <= set(messages)
        assert check.reason is None or check.reason in messages
