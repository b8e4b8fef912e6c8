"""What ``kizuna finding`` prints: a gap again in full, since when it stands, and what changed of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kizuna._errors import UnknownNameError
from kizuna.answers.finding import describe_finding
from kizuna.cli import main
from kizuna.loaders import load_folder
from kizuna.queries import Scope, find_gaps
from kizuna.queries.finding_search import GapQuestion, locate_finding
from kizuna.queries.grounds import Standing, trace_finding
from tests.changed_chain import (
    Change,
    add_second,
    add_stranger,
    drop_requirement,
    drop_source,
    write_version,
)
from tests.graphs import make_graph
from tests.packages import write_package
from tests.toy_chain import CITED, TOY, TSMC


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_version(tmp_path_factory.mktemp("data") / "old")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a version that knows of a second foundry."""
    return write_version(tmp_path_factory.mktemp("data") / "new", add_second())


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    assert main(["finding", *map(str, arguments)]) == code
    return capsys.readouterr().out


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_say(capsys, *arguments, "--format", "json"))


def _fail(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main(["finding", *map(str, arguments)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    return error


# ---- again, in full ----


def test_a_finding_is_printed_again_in_full(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is what `kizuna gaps --explain` prints, and since when it stands."""
    assert main(["gaps", "--data", str(old), "--explain", TSMC]) == 0
    explained = capsys.readouterr().out
    text = _say(capsys, TSMC, "--data", old)
    assert text.startswith(explained)
    assert text[len(explained) :] == (
        """
Since when

It rests on 5 statements, made from 2026-03 to 2026-03; undated: 0.
These data state no day on which anything that it hangs on began or ended.
Own offers: 1, of which without a stated beginning: 1; such an offer counts as always there.
"""
    )


def test_json_holds_parameters_hash_date_and_every_source(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that an id does not carry stands beside it."""
    answer = _ask(capsys, TSMC.lower().replace("gap", "GAP"), "--data", old)
    graph = load_folder(old)
    assert answer["scope"]["data"] == {
        "name": "old",
        "version": "0",
        "date": "2026-03-01",
        "as_of": "2026-03-01",
        "hash": graph.content_hash,
    }
    assert (answer["scope"]["within"], answer["units"], answer["max_order"]) == (
        "pair",
        ["vendor", "group", "country"],
        1,
    )
    (found,) = answer["findings"]
    assert (answer["id"], found["id"], found["sources"]) == (TSMC, TSMC, [CITED])
    assert [(one["country"], one["level"]) for one in found["lists"]] == [
        ("TW", "complete"),
        ("JP", "complete"),
    ]
    assert answer["standing"] == {
        "statements": 5,
        "oldest": "2026-03",
        "newest": "2026-03",
        "undated": 0,
        "offers": 1,
        "offers_without_since": 1,
        "since": None,
        "looked_back_to": "",
        "whole": True,
    }
    assert answer["since"] is None


def test_control_edges_that_are_used_are_sources_too(tmp_path: Path) -> None:
    """Where a group is lost, who owns whom is part of the finding, with its evidence."""

    def join(package: Any) -> None:
        package["offers"].append({"vendor": "largan", "component": "foundry", "status": "volume", **CITED})
        package["owns"] = [
            {"from_vendor": "tsmc", "to_vendor": "largan", "share": "0.9", **CITED, "source_title": "Deal"}
        ]

    gaps = find_gaps(load_folder(write_version(tmp_path / "data", join)))
    (group,) = [cut for cut in gaps.cuts if cut.unit == "group"]
    (record,) = describe_finding(gaps, group)["findings"]
    (edge,) = record["control"]
    assert (edge["owner"]["id"], edge["owned"]["id"], edge["share"]) == ("tsmc", "largan", 0.9)
    assert edge["evidence"]["source_title"] == "Deal"
    assert edge["evidence"] in record["sources"]


def test_scripts_have_the_same_record(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`describe_finding` gives what the command writes, by the finding or its id; an unknown id is refused."""
    gaps = find_gaps(load_folder(old))
    record = describe_finding(gaps, TSMC, lang="ja")
    assert record == describe_finding(gaps, gaps.find(TSMC), lang="ja")
    answer = _ask(capsys, TSMC, "--data", old, "--lang", "ja")
    assert record["findings"] == answer["findings"]
    assert record["scope"] == answer["scope"]
    with pytest.raises(UnknownNameError, match="no finding 'GAP-0'"):
        describe_finding(gaps, "GAP-0")


def test_an_id_keeps_over_versions(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another vendor, another order of rows: the same ids, and nothing changed of them."""

    def shuffle(package: Any) -> None:
        add_stranger(package)
        for rows in package.values():
            rows.reverse()

    other = write_version(tmp_path / "other", shuffle)
    ids = [{f.id for f in find_gaps(load_folder(folder)).findings} for folder in (old, other)]
    assert ids[0] == ids[1]
    answer = _ask(capsys, TSMC, "--data", other, "--since", old)
    assert (answer["since"]["state"], answer["since"]["same_data"]) == ("unchanged", False)


# ---- found under other parameters ----


@pytest.mark.parametrize(
    ("scope", "units", "order"),
    [
        (Scope(within="world"), ("vendor", "group", "country"), 1),
        (Scope(country_by="owner"), ("vendor", "group", "country"), 1),
        (Scope(within="world", country_by="owner"), ("vendor", "group", "country"), 1),
        (Scope(), ("group",), 1),
        (Scope(), ("vendor", "group", "country"), 2),
    ],
)
def test_a_finding_is_found_under_other_parameters(scope: Scope, units: tuple[str, ...], order: int) -> None:
    """An id does not carry its parameters; those it was found under come with it."""
    graph = make_graph(
        vendors="a:TW b:TW c:JP d:JP e:US",
        offers="a:x b:y c:y d:z e:x c:w d:w",
        requires="robot->x robot->y robot->z robot->w",
        solutions="robot",
        owns="a>d",
    )
    question = GapQuestion(scope, units=units, max_order=order)
    listed = question.ask(graph).findings
    plain = {found.id for found in find_gaps(graph).findings}
    ids = [found.id for found in listed if found.id not in plain]
    assert ids
    for one in ids:
        located = locate_finding(graph, one)
        assert located is not None
        assert (located.finding.id, located.given) == (one, False)
        assert (located.question.scope, located.question.max_order) == (scope, order)
        assert locate_finding(graph, one, elsewhere=False) is None
        again = locate_finding(graph, one, question=question)
        assert again is not None and again.given


def test_the_answer_says_under_which_parameters(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """World-wide, asked for without saying so."""
    world = find_gaps(load_folder(old), scope=Scope(within="world"))
    text = _say(capsys, world.cuts[0].id, "--data", old)
    assert text.startswith("world-wide · ")
    assert "\nFound under: scope = world; country_by = seat; unit = vendor, group, country.\n" in text
    assert "Found under" not in _say(capsys, world.cuts[0].id, "--data", old, "--scope", "world")


# ---- since when, by the data themselves ----


def _trace(**words: str) -> Standing:
    graph = make_graph(**{"requires": "robot->x", "solutions": "robot", "as_of": "2026", **words})
    gaps = find_gaps(graph)
    (cut,) = [cut for cut in gaps.cuts if cut.roots == ("x",)]
    return trace_finding(graph, cut, find_gaps)


@pytest.mark.parametrize(
    ("offers", "since"),
    [
        # The other vendor ended: from that day on there is one.
        ("a:x b:x(until=2020-05-10) c:y", "2020-05-10"),
        ("a:x b:x(until=2020-05) c:y", "2020-05-01"),
        # It began with its own offer: before there was none, which is no single point of failure.
        ("a:x(since=2018) c:y", "2018-01-01"),
        # It ended and began again.
        ("a:x b:x(since=2010,until=2012) b:x(since=2015,until=2020) c:y", "2020-01-01"),
        # Always, as far as the data say.
        ("a:x c:y(since=2018)", ""),
        ("a:x b:x(since=2030) c:y", ""),
    ],
)
def test_since_when_a_finding_stands(offers: str, since: str) -> None:
    """The first day of the time up to now on which the cut is there, without a break."""
    standing = _trace(vendors="a:TW b:JP c:JP", offers=offers)
    assert (standing.since, standing.whole) == (since, True)


def test_a_break_in_what_the_root_needs_counts() -> None:
    """The root could not be had before its own part could: nothing hung on its vendor."""
    standing = _trace(
        vendors="a:TW b:JP c:JP", offers="a:x b:p(since=2016-03) c:p(since=2016-03)", requires="x->p robot->x"
    )
    assert standing.since == "2016-03-01"


def test_no_more_days_are_looked_at_than_allowed() -> None:
    """Then it is said how far back was looked, not that it always stood."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP",
        offers="a:x b:x(until=2020) c:x(until=2010) c:y",
        requires="robot->x",
        solutions="robot",
    )
    (cut,) = [cut for cut in find_gaps(graph).cuts if cut.roots == ("x",)]
    assert trace_finding(graph, cut, find_gaps, looks=0) == Standing("", "", whole=False)
    assert trace_finding(graph, cut, find_gaps, looks=1) == Standing("2020-01-01", "2019-12-31", whole=True)


def test_since_when_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second foundry that ended is the reason, and the day is its last plus one."""
    folder = write_version(tmp_path / "data", add_second(until="2020-05-10"))
    assert "\nBy the validity that these data state, it stands since 2020-05-10.\n" in _say(
        capsys, TSMC, "--data", folder
    )
    japanese = _say(capsys, TSMC, "--data", folder, "--lang", "ja")
    assert "このデータに記された有効期間によれば、2020-05-10から成り立っている。" in japanese
    assert "依此資料所載的有效期間，自 2020-05-10 起成立。" in _say(
        capsys, TSMC, "--data", folder, "--lang", "zh"
    )


# ---- what changed since ----


@pytest.mark.parametrize(
    ("change", "state", "why"),
    [
        (add_second(until="2026-02", as_of="2024"), "opened", ["world"]),
        (add_second(since="2026-02", as_of="2024"), "closed", ["world"]),
        (add_second(as_of="2026-03"), "closed", ["knowledge"]),
        (add_stranger, "unchanged", []),
    ],
)
def test_since_a_day(
    change: Change, state: str, why: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was in force, and what was known, by the end of that day."""

    def restate(package: Any) -> None:
        for rows in package.values():
            for row in rows:
                row.update({"as_of": "2024"} if "as_of" in row else {})
                if "vendor" in row:
                    row["since"] = "2000"  # so that no doubt hangs on the day
        change(package)

    folder = write_version(tmp_path / "data", restate)
    answer = _ask(capsys, TSMC, "--data", folder, "--as-of", "2026-03", "--since", "2025")
    assert (answer["since"]["state"], answer["since"]["why"]) == (state, why)
    assert answer["since"]["data"]["as_of"] == "2025-12-31"


@pytest.mark.parametrize(
    ("change", "state", "names", "why"),
    [
        (add_second(), "closed", set(), ["knowledge"]),
        (drop_requirement, "changed", {"severity", "solutions", "components", "at_once"}, ["model"]),
        (drop_source, "changed", {"verdict", "doubts", "sources"}, ["knowledge"]),
        (None, "unchanged", set(), []),
    ],
)
def test_since_an_older_folder(
    change: Change | None,
    state: str,
    names: set[str],
    why: list[str],
    old: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Both data sets are there: every property that differs has its reason, and the fact that did it."""
    folder = write_version(tmp_path / "data", change)
    answer = _ask(capsys, TSMC, "--data", folder, "--since", old)
    since = answer["since"]
    assert (since["state"], since["why"]) == (state, why)
    assert {one["name"] for one in since["differences"]} == names
    assert (since["data"]["name"], since["data"]["hash"]) == ("old", load_folder(old).content_hash)
    if state != "unchanged":
        assert since["change"]["enough"] or why == ["model"]


def test_a_finding_that_closed_says_so_and_why(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That it is no longer there is an answer, not an error."""
    text = _say(capsys, TSMC, "--data", new, "--since", old)
    assert text.split("\n\n", 1)[1] == (
        f"""\
{TSMC}: what changed since {old}

then: old 0, as of 2026-03-01 [{load_folder(old).content_hash[:12]}]
what it was: TSMC; roots: Foundry (foundry); verdict: confirmed
It was there then, and has closed since. Why: knowledge.

what did it (numbers: sources below)
└── facts that are enough for it
    └── Keyence offers Foundry – statement added; stated 2026-03 [1]

sources
└── [1] News, 2026-03, https://example.com/news
"""
    )
    answer = _ask(capsys, TSMC, "--data", new, "--since", old)
    assert (answer["findings"], answer["found"], answer["since"]["then"]["roots"]) == ([], None, ["foundry"])


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("ja", "当時はあったが、その後に解消した。理由：把握情報の変化。"),
        ("zh", "當時存在，其後已消除。原因：所知變動。"),
    ],
)
def test_a_change_is_said_in_the_readers_language(
    lang: str, sentence: str, old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reasons too."""
    assert sentence in _say(capsys, TSMC, "--data", new, "--since", old, "--lang", lang)


@pytest.mark.parametrize(("threshold", "code"), [("closed", 1), ("changed", 0), ("opened", 0)])
def test_a_threshold_ends_with_code_1(
    threshold: str, code: int, old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script learns that a gap has closed."""
    assert _say(capsys, TSMC, "--data", new, "--since", old, "--fail-on", threshold, code=code)


def test_what_changed_as_csv_and_markdown(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row a property: then, now and why; as Markdown a list."""
    folder = write_version(tmp_path / "data", drop_requirement)
    text = _say(capsys, TSMC, "--data", folder, "--since", old, "--format", "csv")
    rows = {row["property or fact"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}
    assert (rows["severity"]["before"], rows["severity"]["after"], rows["severity"]["why"]) == (
        "1.0",
        "0.0",
        "model",
    )
    assert (rows["roots"]["before"], rows["roots"]["after"], rows["roots"]["why"]) == (
        "foundry",
        "foundry",
        "",
    )
    markdown = _say(capsys, TSMC, "--data", folder, "--since", old, "--format", "md")
    assert "\n  - severity: 1.00 → 0.00 (model)\n" in markdown


# ---- what is refused ----


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("GAP-12",), "an id of a gap is like GAP-340dbdc34034"),
        (("CHAIN-340dbdc34034",), "is the id of a chain; kizuna chains lists them"),
        (
            ("GAP-000000000000",),
            "there is no finding GAP-000000000000 now: looked under the parameters given",
        ),
        ((TSMC, "--since", "yesterday"), "`--since`: 'yesterday' is no day like 2020"),
        ((TSMC, "--fail-on", "closed"), "`--fail-on` speaks of what changed; say since when with --since"),
        ((TSMC, "--since", "2026-02-30"), "`--since` is no day of the calendar"),
        (("GAP-000000000000", "--since", "2026-03"), "and 2026-03 does not hold it either"),
        ((TSMC, "--pair", "TW,XX"), "`--pair`: this data set has no country XX"),
    ],
)
def test_wrong_input_is_one_line(
    arguments: tuple[str, ...], message: str, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what was found, what is allowed, and what else could be done."""
    assert message in _fail(capsys, *arguments, "--data", old)


def test_an_unknown_id_suggests_since(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may have been there once."""
    assert "if it was there once, --since (a day, an older folder or an answer as JSON)" in _fail(
        capsys, TSMC, "--data", new
    )


def test_a_graph_without_a_day_cannot_say_since_when(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No statement is dated: then nothing is known of days."""
    undated = {
        table: [{key: cell for key, cell in row.items() if key != "as_of"} for row in rows]
        for table, rows in TOY.items()
    }
    for rows in undated.values():
        for row in rows:
            if row.get("source_kind") == "cited":
                row["source_kind"] = "report"
    folder = write_package(tmp_path / "undated", undated)
    text = _say(capsys, TSMC, "--data", folder)
    assert "It rests on 5 statements, none of them dated.\nThe data stand on no day;" in text


def test_the_seeds_still_know_their_gravest_gap(capsys: pytest.CaptureFixture[str]) -> None:
    """TSMC's finding is found again by the id that it has in every version."""
    answer = _ask(capsys, TSMC)
    (found,) = answer["findings"]
    assert (found["members"][0]["id"], answer["found"]["as_asked"]) == ("tsmc", True)
    assert found["sources"]
