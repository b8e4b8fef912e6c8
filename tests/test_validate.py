"""Validation: a package that is right has no problem, and each fault is named where it is."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna.graph import MODEL, EdgeTable, Kind, NodeTable
from kizuna.loaders import Problem, ValidationError, validate_folder, validate_tables
from kizuna.loaders.cycles import find_cycles
from tests.packages import Package, PackageMaker, make_package, write_package


def _frames(package: Package) -> dict[str, pd.DataFrame]:
    """Turn rows into tables as the reader gives them: text, numbered from 2."""
    return {
        name: pd.DataFrame(
            [{column: row.get(column, "") for column in MODEL.tables[name].columns} for row in rows],
            columns=MODEL.tables[name].columns,
            index=range(2, len(rows) + 2),
            dtype="str",
        )
        for name, rows in package.items()
    }


def _validate(package: Package) -> list[Problem]:
    return validate_tables(_frames(package))


def _only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, "\n".join(str(problem) for problem in problems)
    return problems[0]


def _change(table: str, index: int, **cells: str) -> Problem:
    """Return the one problem of the package after a change of one row."""
    package = make_package()
    package[table][index] |= cells
    return _only(_validate(package))


def test_a_package_that_keeps_the_rules_has_no_problem(tmp_path: Path) -> None:
    """The package from which all others here are made is without fault, as files too."""
    assert _validate(make_package()) == []
    assert validate_folder(write_package(tmp_path, make_package())) == []


# table, place of the row, what is changed, and the rule, row and column of the one problem that follows.
CHANGES = [
    ("offers", 0, {"status": "volumes"}, "enum", 2, "status"),
    ("offers", 0, {"vendor": ""}, "blank", 2, "vendor"),
    ("offers", 0, {"vendor": "lagran"}, "unknown-id", 2, "vendor"),
    ("offers", 0, {"vendor": "Largan"}, "id", 2, "vendor"),
    ("offers", 1, {"in_house": "lens;chips"}, "unknown-id", 3, "in_house"),
    ("offers", 1, {"share": "40%"}, "fraction", 3, "share"),
    ("offers", 1, {"share": "1.5"}, "fraction", 3, "share"),
    ("offers", 1, {"share": "-0.1"}, "fraction", 3, "share"),
    ("offers", 1, {"share_year": "2024.5"}, "integer", 3, "share_year"),
    ("offers", 1, {"share_year": "２０２４"}, "integer", 3, "share_year"),
    ("offers", 0, {"made_in": "TW;Japan"}, "country", 2, "made_in"),
    ("offers", 2, {"until": "2030-02-30"}, "date", 4, "until"),
    ("offers", 2, {"until": "2030/02/28"}, "date", 4, "until"),
    ("offers", 2, {"until": "2030-2-28"}, "date", 4, "until"),
    ("offers", 1, {"since": "0000"}, "date", 3, "since"),
    ("offers", 1, {"until": "2009-12"}, "ends-before-start", 3, "until"),
    ("offers", 1, {"until": "2010-01-01"}, "never-in-force", 3, "until"),
    ("offers", 0, {"source_url": "ftp://example.com"}, "url", 2, "source_url"),
    ("offers", 0, {"source_url": "https://user:secret@example.com/"}, "url", 2, "source_url"),
    ("offers", 0, {"source_url": "https:///news"}, "url", 2, "source_url"),
    ("offers", 0, {"source_url": "https://example.com/a b"}, "url", 2, "source_url"),
    ("offers", 0, {"source_url": "https://example.com/\u202egnp.exe"}, "url", 2, "source_url"),
    ("offers", 0, {"source_url": "https://example.com\nhttps://example.com"}, "url", 2, "source_url"),
    ("offers", 0, {"source_url": "javascript:alert(1)"}, "url", 2, "source_url"),
    ("offers", 0, {"source_url": "https://chipexplorer.eto.tech/"}, "closed-licence", 2, "source_url"),
    ("offers", 0, {"source_url": "http://CSET.georgetown.edu:80/x"}, "closed-licence", 2, "source_url"),
    ("offers", 0, {"source_url": "https://www.techinsights.com/blog"}, "closed-licence", 2, "source_url"),
    ("offers", 0, {"source_url": ""}, "no-source", 2, "source_url"),
    ("offers", 0, {"as_of": ""}, "no-date", 2, "as_of"),
    ("layers", 1, {"order": "second"}, "integer", 3, "order"),
    ("layers", 1, {"name_en": ""}, "no-name", 3, None),
    ("claims", 0, {"text_en": ""}, "no-name", 2, None),
    ("components", 3, {"virtual": "TRUE"}, "boolean", 5, "virtual"),
    ("components", 3, {"family": "Any Chip"}, "id", 5, "family"),
    ("vendors", 0, {"country": "tw"}, "country", 2, "country"),
    ("vendors", 0, {"country": "KR"}, "unknown-id", 2, "country"),
    ("vendors", 1, {"placeholder": "yes"}, "placeholder-offer", 3, "vendor"),
    ("claims", 0, {"figure": "1,000"}, "number", 2, "figure"),
    ("invests_in", 0, {"share": "0.51"}, "majority-holding", 2, "share"),
    ("solution_requires", 0, {"alternatives": ""}, "choice-of-one", 3, "alternatives"),
    ("completeness", 1, {"country": "world"}, "country", 3, "country"),
    ("completeness", 1, {"country": ""}, "country", 3, "country"),
    ("about", 0, {"about_label": "Segments"}, "unknown-label", 2, "about_label"),
    ("about", 0, {"about": "sensors"}, "unknown-id", 2, "about"),
    ("component_requires", 1, {"requires": "camera"}, "cycle", 3, "requires"),
    ("component_requires", 1, {"requires": "lens"}, "cycle", 3, "requires"),
]


@pytest.mark.parametrize(("table", "index", "cells", "rule", "row", "column"), CHANGES)
def test_each_fault_is_one_problem_in_its_place(
    table: str, index: int, cells: dict[str, str], rule: str, row: int, column: str | None
) -> None:
    """One fault in a package without any gives one problem, with file, row, column and rule."""
    file = "offers.csv" if rule == "placeholder-offer" else f"{table}.csv"
    problem = _change(table, index, **cells)
    assert (problem.file, problem.row, problem.column, problem.rule) == (file, row, column, rule)


@pytest.mark.parametrize("rule", ["never-in-force", "no-date", "placeholder-offer", "choice-of-one"])
def test_what_should_be_otherwise_is_a_warning(rule: str) -> None:
    """Faults that leave the data usable are warnings."""
    table, index, cells = next(change[:3] for change in CHANGES if change[3] == rule)
    assert _change(table, index, **cells).level == "warning"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            ("offers", 0, {"status": "volumes"}),
            (
                "offers.csv, row 2, column status: found 'volumes', "
                "allowed is one of volume, limited, pilot, announced, ended; did you mean volume?"
            ),
        ),
        (
            ("offers", 0, {"vendor": "lagran"}),
            (
                "offers.csv, row 2, column vendor: found 'lagran', allowed is an id in vendors.csv; "
                "did you mean largan?"
            ),
        ),
        (
            ("offers", 1, {"share": "40%"}),
            "offers.csv, row 3, column share: found '40%', allowed is a number from 0 to 1; write 0.4",
        ),
        (
            ("components", 3, {"virtual": "是"}),
            "components.csv, row 5, column virtual: found '是', allowed is yes or no; write yes",
        ),
        (
            ("component_requires", 1, {"requires": "camera"}),
            (
                "component_requires.csv, row 3, column requires: "
                "found the cycle camera → lens → camera (rows 2, 3), allowed is no cycle; "
                "leave out one of these rows"
            ),
        ),
        (
            ("offers", 0, {"source_url": "https://chipexplorer.eto.tech/"}),
            (
                "offers.csv, row 2, column source_url: found a page of eto.tech, "
                "allowed is a source under terms that allow passing on; CSET and its Emerging Technology "
                "Observatory allow non-commercial use only (CC BY-NC); cite another page or make the row uncited"
            ),
        ),
    ],
)
def test_a_problem_says_what_to_do(change: tuple[str, int, dict[str, str]], text: str) -> None:
    """The text names file, row and column, what was found, what is allowed, and the next step."""
    table, index, cells = change
    assert str(_change(table, index, **cells)) == text


def test_an_id_that_comes_twice_names_the_first_row() -> None:
    """The second row with an id is the problem, and it says where the first one is."""
    package = make_package()
    package["vendors"].append(package["vendors"][0] | {"name_en": "Largan Precision"})
    problem = _only(_validate(package))
    assert (problem.row, problem.column, problem.rule) == (6, "id", "duplicate-id")
    assert problem.advice == "row 2 has it already"


def test_a_solution_may_not_have_the_id_of_a_component() -> None:
    """A requirement of "lens" would mean either."""
    package = make_package()
    package["solutions"].append(package["solutions"][0] | {"id": "lens"})
    problem = _only(_validate(package))
    assert (problem.file, problem.row, problem.rule) == ("solutions.csv", 3, "shared-id")


def test_all_faults_are_found_in_one_go() -> None:
    """Faults in several files, and several in one row, come together, in the order of the model."""
    package = make_package()
    package["vendors"][0]["country"] = "Taiwan"
    package["offers"][0] |= {"status": "full", "share": "2"}
    package["owns"][0]["to_vendor"] = "nobody"
    assert [(p.file, p.row, p.column) for p in _validate(package)] == [
        ("vendors.csv", 2, "country"),
        ("offers.csv", 2, "status"),
        ("offers.csv", 2, "share"),
        ("owns.csv", 2, "to_vendor"),
    ]


def test_the_same_statement_twice_is_a_warning() -> None:
    """Two rows on one fact, of one date and kind of source, leave it to their order which is heard."""
    package = make_package()
    package["offers"].append(package["offers"][0] | {"status": "pilot"})
    problem = _only(_validate(package))
    assert (problem.level, problem.row, problem.found) == ("warning", 5, "what row 2 says")


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": "2025"},
        {"source_kind": "uncited"},
        {"component": "chip"},
        {"since": "2030", "until": "2031"},
    ],
)
def test_statements_that_differ_in_date_source_fact_or_time_stand_beside_one_another(
    change: dict[str, str],
) -> None:
    """A later statement, another kind of source, another fact and another time are no repetition."""
    package = make_package()
    package["offers"][0]["until"] = "2029"
    package["offers"].append(package["offers"][0] | change)
    assert _validate(package) == []


def _own(*pairs: str, **cells: str) -> list[Problem]:
    """Return the problems of the package with owners given as "owner > owned"."""
    package = make_package()
    ids = {name.strip() for pair in pairs for name in pair.split(">")}
    package["vendors"] += [{"id": i, "country": "TW", "name_en": i} | _UNCITED for i in sorted(ids)]
    package["owns"] += [
        {"from_vendor": a.strip(), "to_vendor": b.strip(), **_UNCITED, **cells}
        for a, b in (pair.split(">") for pair in pairs)
    ]
    return _validate(package)


_UNCITED = {"dataset": "toy", "source_kind": "uncited"}


def test_two_heads_of_a_group_are_an_error_shown_as_chains() -> None:
    """A vendor under the control of two firms that no other controls belongs to two groups at once."""
    problem = _only(_own("a > b", "b > c", "x > c", share="0.6"))
    assert (problem.file, problem.row, problem.rule) == ("owns.csv", 5, "two-heads")
    assert problem.found == "2 heads of one group: a → b → c, x → c"


def test_control_in_a_circle_is_an_error_shown_as_a_chain() -> None:
    """A group in which everybody is controlled by another has no head."""
    problem = _only(_own("b > c", "c > a", "a > b", control="yes"))
    assert problem.found == "the cycle a → b → c → a (rows 3, 4, 5)"
    assert (problem.file, problem.row, problem.rule) == ("owns.csv", 5, "cycle")


def test_two_ways_down_from_one_head_are_no_fault() -> None:
    """One head that controls a vendor through two others is still one head."""
    assert _own("a > b", "a > c", "b > d", "c > d", control="yes") == []


@pytest.mark.parametrize(
    "cells",
    [
        {"share": "0.5"},
        {"control": "no", "share": "0.3"},
        {"control": "no"},
        {"control": "yes", "until": "2020"},
    ],
)
def test_holdings_and_what_is_over_join_no_groups(cells: dict[str, str]) -> None:
    """A share of one half, stated absence of control and control that has ended make no head."""
    assert _own("a > c", "b > c", **cells) == []


def test_an_owner_that_ceased_to_exist_controls_nobody() -> None:
    """After its end a vendor's relations are history, and its former subsidiary may have a new owner."""
    package = make_package()
    package["vendors"].append({"id": "old", "country": "JP", "name_en": "Old", "until": "2015", **_UNCITED})
    package["owns"].append({"from_vendor": "old", "to_vendor": "sony-chips", "control": "yes", **_UNCITED})
    assert _validate(package) == []


def test_control_of_unknown_kind_counts_as_control() -> None:
    """Where share and control are both blank, control is taken as given."""
    assert _only(_own("a > c", "b > c")).rule == "two-heads"


def test_a_choice_may_lie_between_a_component_and_a_solution() -> None:
    """Requirements of one solution share a choice over both tables."""
    package = make_package()
    package["solutions"].append(package["solutions"][0] | {"id": "base"})
    package["solution_requires"].pop()
    package["solution_builds_on"] = [
        {"solution": "care-robot", "requires": "base", "alternatives": "eye", "kind": "input", **_UNCITED}
    ]
    assert _validate(package) == []


def test_cycles_that_share_no_edge_are_all_shown() -> None:
    """Every cycle is found at once; each begins with its smallest id."""
    edges = [("b", "a"), ("a", "b"), ("c", "d"), ("d", "e"), ("e", "c"), ("a", "c"), ("f", "f")]
    assert sorted(find_cycles(edges)) == [["a", "b", "a"], ["c", "d", "e", "c"], ["f", "f"]]


@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_without_the_cycles_found_no_cycle_is_left(edges: set[tuple[str, str]]) -> None:
    """Each cycle found runs along edges of its own, and the edges left over have an order."""
    left = set(edges)
    for cycle in find_cycles(edges):
        steps = set(pairwise(cycle))
        assert steps <= left
        left -= steps
    while left:
        ends = {source for source, _ in left} - {target for _, target in left}
        assert ends, f"a cycle is left in {left}"
        left = {edge for edge in left if edge[0] not in ends}


def test_a_file_that_is_missing_is_one_problem_a_column(tmp_path: Path) -> None:
    """Where a whole table is missing, its ids are not called unknown one by one."""
    package = make_package()
    del package["segments"]
    for name in ("listed_in", "segment_secures", "about"):
        del package[name]
    problem = _only(validate_folder(write_package(tmp_path, package)))
    assert str(problem) == (
        "components.csv, column segment: found values, but no file segments.csv, "
        "allowed is an id in segments.csv; add segments.csv with these ids, or empty the column"
    )


def test_a_row_that_was_not_read_is_not_called_unknown(tmp_path: Path) -> None:
    """What refers to a row left out for its shape, or to a file in another encoding, is no further problem."""
    folder = write_package(tmp_path, make_package())
    file = folder / "vendors.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0], lines[1] + ",more", *lines[2:]]), encoding="utf-8")
    assert _only(validate_folder(folder)).rule == "ragged"
    file.write_bytes("\n".join(lines).encode("cp932"))
    assert _only(validate_folder(folder)).rule == "encoding"


def test_one_fault_in_many_rows_is_counted() -> None:
    """After fifty rows with one fault, one more problem counts the rest."""
    package = make_package()
    row = package["offers"][0] | {"status": "sold"}
    package["offers"] = [row | {"as_of": str(year)} for year in range(1000, 3000)]
    problems = _validate(package)
    assert [problem.row for problem in problems] == list(range(2, 53))
    assert problems[-1].found == "the same 1,950 more times from this row on"


def test_an_error_lists_the_first_twenty_problems_and_counts_the_others() -> None:
    """The text of an error stays readable, and its problems are complete, also in another process."""
    warning = Problem("a.csv", 1, None, "r", "x", "y", level="warning")
    many = [warning, *(Problem("a.csv", row, "c", "r", "x", "y") for row in range(2, 1027))]
    error = pickle.loads(pickle.dumps(ValidationError(many)))  # noqa: S301  our own bytes
    lines = str(error).splitlines()
    assert lines[0] == "1,025 problems in the data:"
    assert lines[1] == "  a.csv, row 2, column c: found x, allowed is y"
    assert lines[-1] == "  … and 1,005 more"
    assert len(lines) == 22
    assert list(error.problems) == many


def test_hostile_text_does_not_reach_the_console() -> None:
    """Control characters and marks of writing direction in a value are shown escaped, long values cut."""
    text = str(_change("offers", 0, status="\x1b[2J\u202e" + "x" * 1000))
    assert "\x1b" not in text and "\u202e" not in text
    assert len(text) < 250


SEEDS = st.integers(0, 2**32)


@settings(max_examples=20)
@given(SEEDS)
def test_random_packages_that_keep_the_rules_have_no_problem(seed: int) -> None:
    """Whatever is in a package, if every rule holds, nothing is reported."""
    assert _validate(PackageMaker(seed).make()) == []


_GARBAGE = st.sampled_from(
    [
        "",
        ";",
        "yes",
        "*",
        "TW",
        "a b",
        "-1",
        "1e99",
        "9" * 30,
        "2024-13",
        "9999",
        "http://",
        "\n",
        "絆",
        "vendor-0",
    ]
)


@settings(max_examples=20)
@given(SEEDS, st.lists(_GARBAGE, min_size=1, max_size=9))
def test_no_data_bring_validation_down(seed: int, garbage: list[str]) -> None:
    """Whatever stands in the cells, whichever columns and tables are missing, the answer is a list."""
    draw = random.Random(seed)  # noqa: S311  no secret
    package = PackageMaker(seed).make()
    for rows in package.values():
        for row in rows:
            for column in draw.sample(sorted(row), len(row) // 2):
                row[column] = draw.choice(garbage)
    frames = _frames(package)
    for name in draw.sample(sorted(frames), 5):
        del frames[name]
    for name, frame in frames.items():
        frames[name] = frame[draw.sample(frame.columns.tolist(), draw.randint(1, frame.shape[1]))]
    for problem in validate_tables(frames):
        assert problem.file.removesuffix(".csv") in frames
        assert problem.row is None or problem.row >= 2


Place = tuple[str, int, str | None]
Mutation = Callable[[Package, random.Random], Place]


def _cell_of_kind(kind: Kind, value: str) -> Mutation:
    """Put one value into any cell of a kind that names no node and is part of no other rule."""

    def mutate(package: Package, draw: random.Random) -> Place:
        table, prop = draw.choice(
            [
                (t, p)
                for t in MODEL.tables.values()
                for p in t.properties
                if p.kind is kind and p.label is None and p.name not in ("id", "source_kind", "placeholder")
            ]
        )
        index = draw.randrange(len(package[table.name]))
        package[table.name][index][prop.name] = value
        return f"{table.name}.csv", index + 2, prop.name

    return mutate


def _unknown_node(package: Package, draw: random.Random) -> Place:
    # Blank `alternatives`, and no owner or requirement more than before, so that only the name is wrong.
    table, prop = draw.choice([(t, p) for t in MODEL.tables.values() for p in t.properties if p.label])
    index = draw.randrange(len(package[table.name]))
    package[table.name][index][prop.name] = "ZZ" if prop.kind is Kind.COUNTRY else "no-such-node"
    return f"{table.name}.csv", index + 2, prop.name


def _same_id(package: Package, draw: random.Random) -> Place:
    table = draw.choice([t for t in MODEL.tables.values() if isinstance(t, NodeTable)])
    rows = package[table.name]
    rows.append(dict(draw.choice(rows)))
    return f"{table.name}.csv", len(rows) + 1, "id"


def _blank(package: Package, draw: random.Random) -> Place:
    table, prop = draw.choice(
        [
            (t, p)
            for t in MODEL.tables.values()
            for p in t.properties
            if p.required and p.name not in ("id", "about_label")
        ]
    )
    index = draw.randrange(len(package[table.name]))
    package[table.name][index][prop.name] = ""
    return f"{table.name}.csv", index + 2, prop.name


def _nameless(package: Package, draw: random.Random) -> Place:
    table = draw.choice([t for t in MODEL.tables.values() if "name_en" in t.columns])
    index = draw.randrange(len(package[table.name]))
    package[table.name][index] |= {"name_en": "", "name_zh": "", "name_ja": ""}
    return f"{table.name}.csv", index + 2, None


def _back(package: Package, draw: random.Random) -> Place:
    """Add the requirement that goes back from the end of one to its start."""
    table = draw.choice(
        [t for t in MODEL.edge_tables("REQUIRES") if t.source.label == t.target.label and package[t.name]]
    )
    rows = package[table.name]
    row = draw.choice(rows)
    rows.append(row | {table.key[0]: row[table.key[1]], table.key[1]: row[table.key[0]]})
    return f"{table.name}.csv", len(rows) + 1, table.key[1]


def _again(package: Package, draw: random.Random) -> Place:
    table = draw.choice([t for t in MODEL.tables.values() if isinstance(t, EdgeTable)])
    rows = package[table.name]
    rows.append(dict(draw.choice(rows)))
    return f"{table.name}.csv", len(rows) + 1, None


MUTATIONS: dict[str, Mutation] = {
    "bad enumeration": _cell_of_kind(Kind.ENUM, "no-such-value"),
    "bad date": _cell_of_kind(Kind.DATE, "2023-02-29"),
    "bad integer": _cell_of_kind(Kind.INTEGER, "many"),
    "bad fraction": _cell_of_kind(Kind.FRACTION, "1.01"),
    "bad number": _cell_of_kind(Kind.NUMBER, "1/2"),
    "bad boolean": _cell_of_kind(Kind.BOOLEAN, "maybe"),
    "bad url": _cell_of_kind(Kind.URL, "www.example.com"),
    "unknown node": _unknown_node,
    "duplicate id": _same_id,
    "blank": _blank,
    "no name": _nameless,
    "cycle": _back,
    "repeated": _again,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTATIONS)
@settings(max_examples=6)
@given(seed=SEEDS)
def test_one_fault_in_a_random_package_is_one_problem(name: str, seed: int) -> None:
    """Any one fault, anywhere in any package, gives exactly one problem, in its place."""
    package = PackageMaker(seed).make()
    place = MUTATIONS[name](package, random.Random(seed))  # noqa: S311  no secret
    problem = _only(_validate(package))
    assert (problem.file, problem.row, problem.column) == place
