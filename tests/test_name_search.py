from __future__ import annotations

import pytest

from kizuna._errors import InputError, UnknownNameError
from kizuna.graph import SupplyGraph
from kizuna.queries.name_search import find_by_name, fold_name, pick_by_name
from tests.graphs import Row, build_graph, make_rows


@pytest.fixture(scope="module")
def graph() -> SupplyGraph:
    """Return a few firms with names in three scripts, and components."""
    rows = make_rows(
        vendors="hon-hai:TW sony:JP sony-semi:JP fanuc:JP sharp:JP", offers="sony:sensor fanuc:sharp"
    )
    names: dict[str, Row] = {
        "hon-hai": {
            "name_en": "Hon Hai",
            "name_zh": "鴻海",
            "aliases": "Foxconn;鴻海精密工業",
            "ticker": "2317",
        },
        "sony": {"name_en": "Sony Group", "name_ja": "ソニーグループ", "former_names": "東京通信工業"},
        "sony-semi": {"name_en": "Sony Semiconductor Solutions"},
        "fanuc": {"name_en": "FANUC", "name_ja": "ファナック"},
    }
    for row in rows["vendors"]:
        row.update(names.get(row["id"], {}))
    return build_graph(rows)


@pytest.mark.parametrize(
    ("text", "vendor"),
    [
        ("hon-hai", "hon-hai"),
        ("鴻海", "hon-hai"),
        ("鴻海精密工業股份有限公司", "hon-hai"),
        ("FOXCONN", "hon-hai"),
        ("Hon Hai Co., Ltd.", "hon-hai"),
        ("2317", "hon-hai"),
        ("ファナック株式会社", "fanuc"),
        ("㈱ファナック", "fanuc"),
        ("ﾌｧﾅｯｸ", "fanuc"),
        ("Ｆａｎｕｃ", "fanuc"),
        ("東京通信工業", "sony"),
        ("Sony", "sony"),
        ("semiconductor solutions", "sony-semi"),
    ],
)
def test_a_firm_is_found_by_any_of_its_names(graph: SupplyGraph, text: str, vendor: str) -> None:
    """Ids, names, aliases, former names and tickers, whatever the width, case and legal form."""
    assert pick_by_name(graph, text).id == vendor


def test_the_id_goes_before_a_name_and_a_name_before_a_part_of_one(graph: SupplyGraph) -> None:
    """Sony is the firm of that id, although another one's name begins with it."""
    assert [(m.id, m.how) for m in find_by_name(graph, "sony")] == [("sony", "id")]
    assert [(m.id, m.how) for m in find_by_name(graph, "Sony Group")] == [("sony", "name")]
    assert [(m.id, m.how) for m in find_by_name(graph, "Son")] == [("sony", "part"), ("sony-semi", "part")]


def test_several_labels_may_be_searched(graph: SupplyGraph) -> None:
    """Sharp is a component and a firm; the sensor is a component only."""
    labels = ("Vendor", "Component")
    found = {(match.label, match.id) for match in find_by_name(graph, "sharp", labels=labels)}
    assert found == {("Vendor", "sharp"), ("Component", "sharp")}
    assert pick_by_name(graph, "sensor", labels=labels).label == "Component"
    assert find_by_name(graph, "sensor") == ()


def test_what_names_several_or_nobody_is_an_error(graph: SupplyGraph) -> None:
    """Several are listed by id and name; for nobody the nearest ids are given."""
    with pytest.raises(InputError, match=r"'Son' may be 2 of them: sony, sony-semi; give one id"):
        pick_by_name(graph, "Son")
    with pytest.raises(UnknownNameError, match=r"no vendor 'fanuk' in this data set; did you mean fanuc\?"):
        pick_by_name(graph, "fanuk")
    with pytest.raises(UnknownNameError, match="kizuna query --saved find-firm"):
        pick_by_name(graph, "絆")


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_nothing_names_nobody(graph: SupplyGraph, text: str) -> None:
    """A blank text is not a part of every name."""
    assert find_by_name(graph, text) == ()


@pytest.mark.parametrize("name", ["株式会社", "Limited", "公司"])
def test_a_name_that_is_only_a_legal_form_is_kept(name: str) -> None:
    """Nothing would be left of it."""
    assert fold_name(name) == name.casefold()
