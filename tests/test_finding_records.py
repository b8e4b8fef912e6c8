"""What ``kizuna finding --since FILE`` makes of an answer that was written earlier, and of foreign files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kizuna._errors import InputError
from kizuna.answers.compare_finding import compare_finding
from kizuna.answers.records import read_answer
from kizuna.cli import main
from kizuna.graph import SupplyGraph
from kizuna.loaders import load_folder
from kizuna.queries import Scope, find_gaps
from kizuna.queries.finding_search import GapQuestion
from tests.changed_chain import add_second, drop_source, write_version
from tests.toy_chain import TSMC


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_version(tmp_path_factory.mktemp("data") / "old")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a version that knows of a second foundry."""
    return write_version(tmp_path_factory.mktemp("data") / "new", add_second())


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a version in which TSMC's offer has no source."""
    return write_version(tmp_path_factory.mktemp("data") / "graded", drop_source)


@pytest.fixture(scope="module")
def graph(old: Path) -> SupplyGraph:
    """Return the small data set."""
    return load_folder(old)


@pytest.fixture(scope="module")
def record(old: Path) -> Path:
    """Return the list of gaps of the small data set, as JSON."""
    file = old.parent / "gaps.json"
    assert main(["gaps", "--data", str(old), "--format", "json", "-o", str(file)]) == 0
    return file


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


@pytest.mark.parametrize("kind", ["gaps", "explain", "finding"])
def test_since_an_answer_written_earlier(
    kind: str, old: Path, graded: Path, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list, a finding explained, and a finding printed again are all records; a record has no reasons."""
    file = tmp_path / "earlier.json"
    command = ["finding", TSMC] if kind == "finding" else ["gaps"]
    command += ["--explain", TSMC] if kind == "explain" else []
    assert main([*command, "--data", str(old), "--lang", "ja", "--format", "json", "-o", str(file)]) == 0
    same = _ask(capsys, TSMC, "--data", old, "--since", file)["since"]
    assert (same["state"], same["same_data"], same["text"]) == (
        "unchanged",
        True,
        "The data are the same, and so is the finding.",
    )
    changed = _ask(capsys, TSMC, "--data", graded, "--since", file)["since"]
    assert {one["name"] for one in changed["differences"]} == {"verdict", "doubts", "sources"}
    assert (changed["state"], changed["why"], changed["same_data"]) == ("changed", [], False)
    closed = _ask(capsys, TSMC, "--data", new, "--since", file)
    assert (closed["since"]["state"], closed["findings"]) == ("closed", [])
    assert "Why: a record of an answer does not say." in _say(capsys, TSMC, "--data", new, "--since", file)


def test_a_finding_that_a_whole_list_lacks_has_opened(
    old: Path, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a list that was cut short nothing is concluded."""
    whole, part = tmp_path / "whole.json", tmp_path / "part.json"
    gaps = ["gaps", "--data", str(new), "--format", "json", "-o"]
    assert main([*gaps, str(whole)]) == 0
    assert main([*gaps, str(part), "--limit", "1"]) == 0
    assert _ask(capsys, TSMC, "--data", old, "--since", whole)["since"]["state"] == "opened"
    assert _ask(capsys, TSMC, "--data", old, "--since", part)["since"]["state"] == "not told"


def test_doubts_of_a_record_are_said_in_the_language_of_the_answer(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They were written in Japanese, and what would settle it now needs settling no more."""
    file, folder = tmp_path / "gaps.json", write_version(tmp_path / "graded", drop_source)
    assert main(["gaps", "--data", str(folder), "--lang", "ja", "--format", "json", "-o", str(file)]) == 0
    text = _say(capsys, TSMC, "--data", old, "--since", file)
    assert "what would settle it: no longer: Find a source for TSMC offering “Foundry”." in text


def test_the_parameters_of_a_record_are_taken_over(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unless others are asked for: then what differs need be no change, and the answer says so."""
    file = tmp_path / "cited.json"
    cited = ["--source-kind", "cited", "--scope", "world"]
    assert main(["gaps", "--data", str(old), *cited, "--format", "json", "-o", str(file)]) == 0
    world = find_gaps(load_folder(old), scope=Scope(within="world")).cuts[0].id
    answer = _ask(capsys, world, "--data", old, "--since", file)
    assert (answer["scope"]["source_kinds"], answer["since"]["parameters"]) == (["cited"], [])
    asked = _say(capsys, world, "--data", old, "--since", file, "--scope", "world")
    assert "The record was asked with other parameters (source_kinds: cited → -)" in asked


@pytest.mark.parametrize("command", [["gaps"], ["gaps", "--explain", TSMC], ["finding", TSMC]])
def test_kinds_units_and_order_of_a_record_are_read(command: list[str], old: Path, tmp_path: Path) -> None:
    """They are parameters that an id does not carry."""
    file = tmp_path / "gaps.json"
    asked = ["--kind", "input", *(["--order", "2", "--unit", "vendor"] if command[0] == "gaps" else [])]
    assert main([*command, "--data", str(old), *asked, "--format", "json", "-o", str(file)]) == 0
    question = read_answer(str(file)).question
    assert question.kinds == ("input",)
    if command[0] == "gaps":
        assert (question.units, question.max_order) == (("vendor",), 2)


# ---- what is refused ----


def _spoil(record: Path, path: tuple[str | int, ...], value: Any) -> str:
    """Return a record with one thing in it replaced."""
    document = json.loads(record.read_text(encoding="utf-8"))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("findings",), {}, "findings must be a list; found {}"),
        (("findings", 0), "GAP", "findings[0] must be an object; found 'GAP'"),
        (("findings", 0, "id"), None, "findings[0].id must be a text; found nothing"),
        (("findings", 0, "verdict"), "sure", "findings[0].verdict: 'sure' is none of confirmed, apparent"),
        (("findings", 0, "severity"), 2, "findings[0].severity: 2 is no number from 0 to 1"),
        (("findings", 0, "severity"), True, "findings[0].severity: True is no number from 0 to 1"),
        (("findings", 0, "stand_ins"), 1.5, "findings[0].stand_ins must be a whole number; found 1.5"),
        (("findings", 0, "roots", 0), ["x"], "findings[0].roots must be an object"),
        (("findings", 0, "roots", 0, "id"), "\ud800", "findings[0].roots is no text that can be written"),
        (("findings", 0, "sources", 0, "source_kind"), "rumour", "sources.source_kind: 'rumour' is none of"),
        (("scope",), None, "scope must be an object; found nothing"),
        (("scope", "data", "hash"), 1, "scope.data.hash must be a text; found 1"),
        (("scope", "within"), "moon", "scope: `within` must be one of pair, world; found 'moon'"),
        (("scope", "pair"), "TWJP", "scope.pair: found 'TWJP'"),
        (("scope", "pair"), {"TW": 1, "JP": 2}, "scope.pair: found {'TW': 1, 'JP': 2}"),
        (("scope", "pair"), ["TW", "TW"], "scope: `pair` must be two different countries"),
        (("scope", "strict"), "yes", "scope.strict must be true or false; found 'yes'"),
        (("scope", "statuses"), [["volume"]], "scope: "),
        (("max_order",), 9, "max_order: found 9"),
        (("units",), "vendor", "units must be a list; found 'vendor'"),
    ],
)
def test_a_record_that_was_tampered_with_is_refused(
    path: tuple[str | int, ...],
    value: Any,
    message: str,
    record: Path,
    tmp_path: Path,
) -> None:
    """One line says what is wrong where, and how to write a right one."""
    file = tmp_path / "odd.json"
    file.write_text(_spoil(record, path, value), encoding="utf-8")
    with pytest.raises(InputError) as found:
        read_answer(str(file))
    error = str(found.value)
    assert error.startswith(f"`--since`: {file} is no answer of kizuna gaps or kizuna finding (")
    assert message in error
    assert error.endswith("write one with kizuna gaps --format json -o FILE")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is no JSON"),
        (b"\xff\xfe", "it is no text in UTF-8"),
        (b"[]", "the whole must be an object; found []"),
        (b'{"scope": NaN}', "NaN is no number"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "it is no JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "scope must be an object; found nothing"),
    ],
)
def test_a_file_that_is_no_record_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    """Whatever it holds, one line says that it is none."""
    file = tmp_path / "odd.json"
    file.write_bytes(content)
    with pytest.raises(InputError) as found:
        read_answer(str(file))
    assert message in str(found.value)
    assert "\n" not in str(found.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def _list_places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for step, inner in steps for place in _list_places(inner, (*path, step)))]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=_JSON)
def test_whatever_stands_anywhere_in_a_record_it_is_read_or_refused(
    data: st.DataObject, value: Any, record: Path, graph: SupplyGraph, tmp_path: Path
) -> None:
    """With anything put anywhere, a record is compared with the data, or refused as no answer."""
    places = _list_places(json.loads(record.read_text(encoding="utf-8")))[1:]
    file = tmp_path / "odd.json"
    file.write_text(_spoil(record, data.draw(st.sampled_from(places)), value), encoding="utf-8")
    try:
        earlier = read_answer(str(file))
    except InputError as error:
        assert "is no answer of kizuna gaps or kizuna finding" in str(error)
        return
    became = compare_finding(TSMC, graph, earlier, GapQuestion(Scope()))
    assert became.state in ("opened", "closed", "changed", "unchanged", "not told")


def test_a_foreign_file_is_one_line_on_the_command_line(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with code 2, like any wrong input."""
    file = tmp_path / "map.json"
    file.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert "map.json is no answer of kizuna gaps" in _fail(capsys, TSMC, "--data", old, "--since", file)


def test_what_a_record_says_of_itself_cannot_steer_a_terminal(
    graded: Path, record: Path, old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control characters in a foreign file are not printed."""
    file = tmp_path / "odd.json"
    file.write_text(_spoil(record, ("scope", "data", "name"), "\x1b[31mred"), encoding="utf-8")
    assert "\x1b" not in _say(capsys, TSMC, "--data", graded, "--since", file)
