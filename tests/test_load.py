"""From a folder to a graph: what is read, what it is called, on which day it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kizuna._errors import InputError
from kizuna.graph import MODEL
from kizuna.loaders import ValidationError, load_folder, load_seeds, validate_folder
from kizuna.loaders.licences import CLOSED_HOSTS
from tests.packages import make_package, write_package, write_table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a package without fault and without descriptor."""
    return write_package(tmp_path / "toy", make_package())


def _describe(folder: Path, **keys: object) -> None:
    (folder / "datapackage.json").write_text(json.dumps(keys), encoding="utf-8")


def test_a_folder_becomes_a_graph_of_typed_tables(folder: Path) -> None:
    """Text becomes numbers and truth values, blanks become missing, rows keep their place in the file."""
    graph = load_folder(folder)
    assert graph.table("layers")["order"].tolist() == [1, 2]
    assert graph.table("components")["virtual"].tolist()[3] is True
    offers = graph.table("offers")
    assert offers["share"].isna().tolist() == [True, False, True]
    assert offers["share"].iloc[1] == 0.4
    assert offers.index.tolist() == [2, 3, 4]
    assert graph.table("countries")["id"].tolist() == ["TW", "JP", "NA"]


def test_tables_that_are_not_there_are_empty(tmp_path: Path) -> None:
    """One table is enough for a graph; of the others there are no rows."""
    write_table(tmp_path, "countries", make_package()["countries"])
    graph = load_folder(tmp_path)
    assert {name: len(frame) for name, frame in graph.tables.items() if len(frame)} == {"countries": 3}


def test_without_descriptor_the_folder_gives_the_name_and_the_evidence_the_date(folder: Path) -> None:
    """A folder without datapackage.json is called as it is; its date is that of its latest statement."""
    graph = load_folder(folder)
    assert (graph.name, graph.version, graph.date) == ("toy", "0", "2024-05-01")


def test_without_any_statement_the_date_is_unknown(tmp_path: Path) -> None:
    """Where nothing is dated the date stays blank: it is not the day on which somebody loads the folder."""
    write_table(tmp_path, "countries", make_package()["countries"])
    assert load_folder(tmp_path).date == ""


def test_the_descriptor_gives_name_version_and_date(folder: Path) -> None:
    """datapackage.json says what the data set is called, which version it is, and when it was made."""
    _describe(folder, name="my-data", version="3.1", created="2026-10-31T09:00:00+09:00")
    graph = load_folder(folder)
    assert (graph.name, graph.version, graph.date) == ("my-data", "3.1", "2026-10-31")


def test_a_view_at_a_date_stands_on_its_last_day(folder: Path) -> None:
    """A partial `as_of` counts as its last day."""
    graph = load_folder(folder, as_of="2020-02")
    assert (graph.as_of, graph.date) == ("2020-02-29", "2024-05-01")


def test_one_data_set_can_be_taken_alone(folder: Path) -> None:
    """Only the statements of the data set asked for are left, and the vendors that they speak of."""
    graph = load_folder(folder, dataset="report-2017")
    assert graph.table("listed_in")["vendor"].tolist() == ["largan"]
    assert graph.table("vendors")["id"].tolist() == ["largan"]
    assert len(graph.table("offers")) == 0


def test_an_unknown_data_set_is_answered_with_those_there_are(folder: Path) -> None:
    """The error names the data sets that are present."""
    with pytest.raises(InputError, match="no 'report'; there are report-2017, toy"):
        load_folder(folder, dataset="report")


def test_an_impossible_date_is_refused(folder: Path) -> None:
    """`as_of` must be a day of the calendar."""
    with pytest.raises(InputError, match="`as_of` is no day of the calendar: '2023-02-29'"):
        load_folder(folder, as_of="2023-02-29")


def test_faults_are_raised_together(folder: Path) -> None:
    """The error holds every problem of every file, and its text shows them."""
    package = make_package()
    write_table(folder, "offers", [package["offers"][0] | {"status": "sold", "vendor": "nobody"}])
    (folder / "countries.csv").write_bytes("id,name_zh\nTW,台灣\n".encode("cp950"))
    with pytest.raises(ValidationError) as caught:
        load_folder(folder)
    assert [(p.file, p.rule) for p in caught.value.problems] == [
        ("countries.csv", "encoding"),
        ("offers.csv", "enum"),
        ("offers.csv", "unknown-id"),
    ]
    assert "cp950 (Big5, Traditional Chinese Windows)" in str(caught.value)


def test_warnings_stop_only_the_strict(folder: Path) -> None:
    """A folder with warnings loads; `strict` makes errors of them."""
    (folder / "offer.csv").write_text("x\n", encoding="utf-8")
    assert [problem.level for problem in validate_folder(folder)] == ["warning"]
    assert len(load_folder(folder).table("offers")) == 3
    assert [problem.level for problem in validate_folder(folder, strict=True)] == ["error"]
    with pytest.raises(ValidationError, match=r"did you mean offers\.csv\?"):
        load_folder(folder, strict=True)


def test_validation_does_not_raise(folder: Path) -> None:
    """Faults in the data are the answer of `validate_folder`, not an error."""
    write_table(folder, "countries", [{"id": "Taiwan", "name_en": "Taiwan"}])
    assert ("countries.csv", 2, "id") in [(p.file, p.row, p.column) for p in validate_folder(folder)]


@pytest.mark.parametrize("act", [load_folder, validate_folder])
def test_a_path_that_is_no_folder_of_tables_is_one_clear_error(
    act: Callable[[Path], object], tmp_path: Path
) -> None:
    """No folder, a file, and a folder without tables each have their own sentence."""
    file = tmp_path / "vendors.csv"
    with pytest.raises(InputError, match=r"`path`: there is no folder .*gone"):
        act(tmp_path / "gone")
    with pytest.raises(InputError, match=r"holds no table; looked for components\.csv, vendors\.csv"):
        act(tmp_path)
    file.touch()
    with pytest.raises(InputError, match=r"vendors\.csv is a file; give the folder"):
        act(file)


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (b"{", None),
        (b'"text"', None),
        (b"[1]", None),
        ('{"name": "台灣"}'.encode("cp950"), None),
        (b'{"version": 3}', "version"),
        (b'{"created": "yesterday"}', "created"),
        (b'{"created": "2026-02-30T00:00:00Z"}', "created"),
    ],
)
def test_a_broken_descriptor_is_a_problem(folder: Path, content: bytes, column: str | None) -> None:
    """A descriptor that is no JSON, or whose name, version or date are none, is reported as such."""
    (folder / "datapackage.json").write_bytes(content)
    problems = validate_folder(folder)
    assert [(p.file, p.column, p.level) for p in problems] == [("datapackage.json", column, "error")]
    with pytest.raises(ValidationError, match=r"datapackage\.json"):
        load_folder(folder)


def test_the_same_folder_gives_the_same_graph(folder: Path) -> None:
    """Loading is deterministic: the content hash is a function of the files."""
    assert load_folder(folder).content_hash == load_folder(str(folder)).content_hash


def test_the_seeds_keep_the_rules() -> None:
    """The curated data load without an error, and stand on the day that they were made."""
    graph = load_seeds()
    assert graph.name == "kizuna-seeds"
    assert len(graph.table("vendors")) > 0
    assert graph.date >= "2026"


def test_the_report_is_a_data_set_of_the_seeds() -> None:
    """The report of 2017 can be taken alone: its table lists vendors in segments, all by its own word."""
    listed = load_seeds(dataset="report-2017").table("listed_in")
    assert set(listed["dataset"]) == {"report-2017"}
    assert set(listed["source_kind"]) == {"report"}


@pytest.mark.parametrize("host", CLOSED_HOSTS)
def test_no_row_of_the_seeds_cites_a_closed_host(host: str) -> None:
    """Sources under non-commercial terms appear nowhere in the seeds, in no column."""
    graph = load_seeds()
    for name, table in MODEL.tables.items():
        for column in table.columns:
            cells = graph.table(name)[column].dropna().astype("str")
            assert not cells.str.contains(host, case=False, regex=False).any(), (name, column)
