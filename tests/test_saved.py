"""Saved queries as files: what each says of itself is true, and a broken one is refused with its line."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

import kizuna
from kizuna import InputError, UnknownNameError
from kizuna.graph import MODEL, NodeTable, SupplyGraph
from kizuna.graph.stores import EmbeddedStore
from kizuna.graph.stores.records import list_labels, list_types
from kizuna.graph.stores.text import find_columns, split_statements
from kizuna.loaders import load_seeds
from kizuna.queries.saved import (
    LANGUAGES,
    TOPICS,
    SavedQuery,
    bind_parameters,
    list_saved,
    parse_saved,
    read_saved,
    run_saved,
)

SAVED = list_saved()
EACH = pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.name)
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Characters that only the simplified script, or only the Japanese one, has.
_NOT_TAIWANESE = set(
    "国业产设备软层级关数据网络为与应这两们个来时会发现无没过还进单点须区块间门问题类种书说说让讨论实际変気対売読"
)

GOOD = """/*
topic = "data"
title.en = "Layers"
title.ja = "層"
title.zh = "層級"
description.en = "All of them."
description.ja = "すべて。"
description.zh = "全部。"

[[parameters]]
name = "least"
type = "integer"
default = 1
description.en = "from"
description.ja = "下限"
description.zh = "下限"

[[columns]]
name = "layer"
description.en = "id"
description.ja = "ID"
description.zh = "ID"
*/
MATCH (l:Layer) WHERE l.order >= $least RETURN l.id AS layer ORDER BY layer
"""


@pytest.fixture(scope="module")
def store() -> Iterator[EmbeddedStore]:
    """Yield the embedded store with Kizuna's own data."""
    with kizuna.connect() as opened:
        assert isinstance(opened, EmbeddedStore)
        yield opened


def _code(saved: SavedQuery) -> str:
    """Return the statement without comments and without what stands in quotes."""
    bare = re.sub(r"/\*.*?\*/|//[^\n]*", " ", saved.cypher, flags=re.DOTALL)
    return re.sub(r"'[^']*'", "''", bare)


def _texts(saved: SavedQuery) -> Iterator[dict[str, str]]:
    """Yield everything that is said in three languages."""
    for texts in (saved.title, saved.description):
        yield dict(texts)
    for parameter in saved.parameters:
        yield dict(parameter.description)
    for column in saved.columns:
        yield dict(column.description)


def test_there_are_at_least_thirty_sorted_by_name() -> None:
    """The list is sorted and holds what an analyst asks in the first hour."""
    names = [saved.name for saved in SAVED]
    assert names == sorted(set(names))
    assert len(names) >= 30
    assert {saved.topic for saved in SAVED} == set(TOPICS)


@EACH
def test_words_are_there_in_three_languages(saved: SavedQuery) -> None:
    """Every title and description is given in English, Japanese and the Chinese of Taiwan."""
    for texts in _texts(saved):
        assert set(texts) == set(LANGUAGES)
        assert not _HAN.search(texts["en"]) and not _KANA.search(texts["en"])
        assert not _KANA.search(texts["zh"])
        assert not _NOT_TAIWANESE & set(texts["zh"])
    assert _HAN.search(saved.title["zh"]) and _HAN.search(saved.description["zh"])
    assert _KANA.search(saved.description["ja"])
    assert saved.description["zh"].endswith("。") and saved.description["ja"].endswith("。")


@EACH
def test_parameters_are_those_that_the_statement_uses(saved: SavedQuery) -> None:
    """No parameter is used that is not declared, and none declared that is not used."""
    assert {p.name for p in saved.parameters} == set(re.findall(r"\$(\w+)", _code(saved)))


@EACH
def test_columns_are_those_of_the_statement(saved: SavedQuery) -> None:
    """The columns are declared in the order in which the statement returns them."""
    assert find_columns(saved.cypher) == tuple(column.name for column in saved.columns)


@EACH
def test_file_is_one_statement_that_ends_in_an_order(saved: SavedQuery) -> None:
    """A file holds one statement, and the last clause but a limit puts its rows in order."""
    assert len(split_statements(saved.cypher)) == 1
    after = _code(saved).rsplit("RETURN", 1)[1]
    assert "ORDER BY" in after


@EACH
def test_labels_and_types_are_the_models(saved: SavedQuery) -> None:
    """No label and no type stands in a statement that a store cannot hold."""
    named = re.findall(r"(?<=\w|\(|\[):([A-Z][\w|]*)", _code(saved))
    assert {name for names in named for name in names.split("|")} <= {*list_labels(), *list_types()}


@EACH
def test_no_value_stands_where_a_parameter_belongs(saved: SavedQuery, seeds: SupplyGraph) -> None:
    """No text in a statement is the id of a node of the data, such as a country or a vendor."""
    nodes = [table.name for table in MODEL.tables.values() if isinstance(table, NodeTable)]
    ids = {row for name in nodes for row in seeds.table(name)["id"].tolist()}
    bare = re.sub(r"/\*.*?\*/|//[^\n]*", " ", saved.cypher, flags=re.DOTALL)
    assert not ids & set(re.findall(r"'([^']*)'", bare))


@EACH
def test_no_engines_own_functions(saved: SavedQuery) -> None:
    """A statement calls nothing that not every Neo4j 5 has."""
    assert not re.search(r"\b(apoc|gds|algo|db|dbms|arcadedb)\s*\.", _code(saved))


@EACH
def test_defaults_answer_something(saved: SavedQuery, store: EmbeddedStore) -> None:
    """With its defaults a query gives different rows, or its description says why there may be none."""
    result = run_saved(store, saved.name)
    assert result.columns == tuple(column.name for column in saved.columns)
    assert result.rows or "No rows" in saved.description["en"]
    assert len({repr(row) for row in result.rows}) == len(result.rows)


@pytest.mark.slow
@pytest.mark.parametrize("saved", [s for s in SAVED if any(p.name == "lang" for p in s.parameters)], ids=str)
def test_rows_are_the_same_in_every_language(saved: SavedQuery, store: EmbeddedStore) -> None:
    """The language asked for changes names and texts, not which rows there are, nor their order."""
    words = {"name", "description", "text"}
    kept = [
        place
        for place, column in enumerate(saved.columns)
        if column.name not in words and not column.name.endswith("_name")
    ]
    answers = [
        [[row[place] for place in kept] for row in run_saved(store, saved.name, {"lang": lang})]
        for lang in LANGUAGES
    ]
    assert answers[0] == answers[1] == answers[2]


def test_names_are_in_the_language_asked_for(store: EmbeddedStore) -> None:
    """A layer is called what the data call it in that language."""
    layers = load_seeds().table("layers").sort_values("order")
    for lang in LANGUAGES:
        rows = run_saved(store, "solution-loop", {"lang": lang}).records()
        assert [row["name"] for row in rows] == layers[f"name_{lang}"].tolist()


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    """A name that is nearly right is put right."""
    with pytest.raises(UnknownNameError, match="'coverage-by-segments'; did you mean coverage-by-segment"):
        read_saved("coverage-by-segments")
    with pytest.raises(UnknownNameError, match=r"no saved query '\.\./x'; there are claims-about"):
        read_saved("../x")


def test_good_file_is_read_as_it_is() -> None:
    """The statement of a query is the whole file."""
    saved = parse_saved(GOOD.encode(), name="layers")
    assert saved.cypher == GOOD
    assert saved.title["zh"] == "層級"
    assert [(p.name, p.type, p.default, p.required) for p in saved.parameters] == [
        ("least", "integer", 1, False)
    ]


def test_line_ends_of_windows_are_read_alike() -> None:
    """A file saved on Windows says the same."""
    saved = parse_saved(GOOD.replace("\n", "\r\n").encode(), name="layers")
    assert saved.columns == parse_saved(GOOD.encode(), name="layers").columns


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("/*", "", "line 1: the file must begin with a comment"),
        ("*/", "", "line 1: the file must begin with a comment"),
        (GOOD[GOOD.index("MATCH") :], "", "line 23: there is no statement after the comment"),
        ('title.en = "Layers"', "title.en = Layers", "line 3: the comment is not TOML"),
        ('title.zh = "層級"\n', "", "line 3: `title` must be given in en, ja, zh; found en, ja"),
        ('title.en = "Layers"', 'title.en = " "', "line 3: `title.en` must be a text; found ' '"),
        ('topic = "data"', 'topic = "other"', "line 2: `topic` must be one of coverage"),
        ('topic = "data"', 'topic = ["data"]', "line 2: `topic` must be one of coverage"),
        ('topic = "data"', 'topic = "data"\nauthor = "x"', "line 3: the comment has no `author`"),
        ('type = "integer"', 'type = "int"', "line 10: `type` must be one of text"),
        ('type = "integer"', 'type = ["text"]', "line 10: `type` must be one of text"),
        ("default = 1", 'default = "1"', "line 10: `default`: must be a whole number; found '1'"),
        ("default = 1", "default = true", "line 10: `default`: must be a whole number; found True"),
        ("default = 1", "", "line 10: parameter 'least' needs either `default` or `required = true`"),
        ("default = 1", "default = 1\nsize = 2", "line 10: `size` is the length of a list"),
        ("default = 1", "default = 1\nallowed = 2", "line 10: `allowed` must be a list of texts"),
        ('name = "least"', "", "line 10: `name` is missing"),
        ('name = "layer"', "name = 1", "line 18: `name` is missing"),
        ("[[columns]]", "[columns]", "line 18: `columns` must be written as tables"),
        (GOOD[GOOD.index("[[col") : GOOD.index("*/")], "", "line 1: `columns` is missing"),
        ("*/", GOOD[GOOD.index("[[col") : GOOD.index("*/")] + "*/", "line 23: `name`: there are two columns"),
        ("*/", "x = " + "[" * 20_000 + "*/", "line"),
    ],
)
def test_broken_file_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    """One clear error names the file, the line and what is wrong."""
    assert old in GOOD
    with pytest.raises(InputError, match=re.escape(f"layers.cypher, {message}")):
        parse_saved(GOOD.replace(old, new, 1).encode(), name="layers")


def test_file_that_is_not_utf8_is_refused_with_its_line() -> None:
    """A file in another encoding is named, with the line of the first wrong byte."""
    with pytest.raises(InputError, match=re.escape("layers.cypher, line 4: this is not UTF-8")):
        parse_saved(GOOD.encode("shift_jis", errors="replace"), name="layers")


def _make(kind: str, **more: Any) -> SavedQuery:
    """Return a query with one parameter `x`."""
    head, rest = GOOD.split("[[parameters]]", 1)
    table = tomllib.loads(rest.split("[[columns]]", 1)[0])
    lines = [f'description.{lang} = "{text}"' for lang, text in table["description"].items()]
    lines += [f"{key} = {value}" for key, value in more.items()]
    columns = GOOD[GOOD.index("[[col") : GOOD.index("*/")]
    text = f'{head}[[parameters]]\nname = "x"\ntype = "{kind}"\n' + "\n".join(lines)
    return parse_saved(f"{text}\n\n{columns}*/\nRETURN $x AS layer".encode(), name="one")


@pytest.mark.parametrize(
    ("kind", "good", "bad", "wanted"),
    [
        ("text", ["", "台"], [1, None, ["a"]], "a text"),
        ("integer", [0, -3], [1.0, True, "1"], "a whole number"),
        ("number", [0, 0.5], [True, "1", float("nan"), float("inf")], "a number"),
        ("boolean", [True, False], [1, "yes", None], "true or false"),
        (
            "date",
            ["2024", "2024-02", "2024-02-29"],
            ["24", "2024-13", "2023-02-29", "2024-2", 2024],
            "a date like",
        ),
        ("list", [[], ["a"], ("a", "b")], ["a", [1], {"a": 1}], "a list of texts"),
    ],
)
def test_values_have_the_type_of_their_parameter(
    kind: str, good: list[Any], bad: list[Any], wanted: str
) -> None:
    """A value of another type is refused, and the message says what it must be."""
    saved = _make(kind, required="true")
    for value in good:
        bound = bind_parameters(saved, {"x": value})["x"]
        assert bound == (list(value) if isinstance(value, tuple) else value)
    for value in bad:
        with pytest.raises(InputError, match=f"one, parameter `x`: must be {wanted}"):
            bind_parameters(saved, {"x": value})


def test_a_required_parameter_must_be_given() -> None:
    """What has no default has to be said."""
    with pytest.raises(InputError, match="one needs a value for x"):
        bind_parameters(_make("text", required="true"), {})


def test_allowed_values_and_sizes_are_kept() -> None:
    """A list holds only what is allowed, and as many as it must."""
    saved = read_saved("single-points-of-failure")
    with pytest.raises(InputError, match=r"`units`: must be made of vendor, group, country; found 'firm'"):
        bind_parameters(saved, {"units": ["firm"]})
    with pytest.raises(InputError, match=r"`pair`: must have 2 values; found \['TW'\]"):
        bind_parameters(saved, {"pair": ["TW"]})
    with pytest.raises(InputError, match="`country_by`: must be one of seat, owner; found 'made'"):
        bind_parameters(saved, {"country_by": "made"})


def test_an_unknown_parameter_is_answered_with_those_there_are() -> None:
    """A parameter that a query does not take is an error that lists what it takes."""
    with pytest.raises(InputError, match="vendor-offers has no parameter 'firm'; there are vendor, lang"):
        bind_parameters(read_saved("vendor-offers"), {"firm": "sony"})
    with pytest.raises(InputError, match="counts has no parameter 'x'; it takes none"):
        bind_parameters(read_saved("counts"), {"x": 1})


def test_bound_lists_are_the_callers_own() -> None:
    """Who changes a bound list does not change the default."""
    saved = read_saved("thin-components")
    bind_parameters(saved, {})["pair"].append("US")
    assert bind_parameters(saved, {})["pair"] == ["TW", "JP"]


def test_options_reach_the_store(store: EmbeddedStore) -> None:
    """A row limit given with a saved query holds."""
    result = run_saved(store, "counts", row_limit=3)
    assert len(result) == 3
    assert result.truncated


def test_listing_imports_no_pandas() -> None:
    """Who lists the saved queries does not wait for pandas, numpy, networkx or a driver."""
    code = "import sys, kizuna.queries.saved as s; s.list_saved(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert not {"pandas", "numpy", "networkx", "neo4j", "arcadedb"} & set(done.stdout.split())
