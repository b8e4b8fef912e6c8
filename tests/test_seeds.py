"""The rules that the curated data keeps, beyond what any folder must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pandas as pd
import pytest

from kizuna.graph import COMPANY_RELATIONS, MODEL, SupplyGraph, select_subgraph
from kizuna.queries.groups import find_groups

_COUNTED = ("", "volume", "limited")
# Firms' own spelling, which the common characters of the language do not have.
_OWN_SPELLING = {"name_zh": set("鑛碁椿瀧隈鎧"), "name_ja": set("暘")}
# Simplified forms that Big5 happens to hold as other characters, none of which a name here would use.
_SIMPLIFIED_IN_BIG5 = set("云丰价体优广机灯坏")


def _statements(seeds: SupplyGraph) -> Iterator[tuple[str, pd.DataFrame]]:
    for table in MODEL.tables.values():
        if "source_kind" in table.columns:
            frame = seeds.table(table.name)
            if len(frame):
                yield table.name, frame


def test_a_cited_statement_has_a_page_and_an_uncited_one_has_none(seeds: SupplyGraph) -> None:
    """source_kind and source_url say the same, in every table."""
    for name, frame in _statements(seeds):
        cited = frame["source_kind"] == "cited"
        assert frame.loc[cited, "source_url"].notna().all(), name
        assert frame.loc[~cited, "source_url"].isna().all(), name


def test_what_was_read_is_written_down(seeds: SupplyGraph) -> None:
    """A cited offer or relation says how far its page was read and when; an uncited one that nothing was."""
    for name in ("offers", *(table.lower() for table in COMPANY_RELATIONS)):
        frame = seeds.table(name)
        cited = frame["source_kind"] == "cited"
        assert frame.loc[cited, "checked"].isin(["excerpt", "page"]).all(), name
        assert frame.loc[cited, "checked_on"].notna().all(), name
        assert frame.loc[~cited, "checked"].fillna("none").eq("none").all(), name


def test_shares_of_a_market_are_at_most_the_whole(seeds: SupplyGraph) -> None:
    """Shares of one component's own market in one year add up to at most 1, rounding apart."""
    offers = seeds.current("offers")
    own = offers[offers["share"].notna() & (offers["share_of"] == offers["component"])]
    sums = own.groupby(["component", own["share_year"].fillna(0)], observed=True)["share"].sum()
    assert sums.max() <= 1.005, sums[sums > 1.005].to_dict()
    assert len(own) > 50


def test_capital_is_held_once(seeds: SupplyGraph) -> None:
    """What owners hold of a firm at one time, owners and investors together, is at most the whole."""
    held = pd.concat([seeds.current(name) for name in ("owns", "invests_in")])
    latest = held[held["share"].notna()].sort_values("as_of", na_position="first")
    latest = latest.drop_duplicates(["from_vendor", "to_vendor"], keep="last")
    sums = latest.groupby("to_vendor", observed=True)["share"].sum()
    assert sums.max() <= 1.005, sums[sums > 1.005].to_dict()


def test_what_ended_says_when(seeds: SupplyGraph) -> None:
    """An offer of status ended has the day on which it ended, or a note why there is none."""
    offers = seeds.table("offers")
    ended = offers[offers["status"] == "ended"]
    assert len(ended)
    assert (ended["until"].notna() | ended["note"].notna()).all()


def test_every_component_has_a_vendor_or_is_a_set(seeds: SupplyGraph) -> None:
    """Nothing is left without a vendor anywhere but the named sets of requirements, which have none."""
    components, offers = seeds.table("components"), seeds.current("offers")
    counted = set(offers.loc[offers["status"].fillna("").isin(_COUNTED), "component"])
    virtual = set(components.loc[components["virtual"].fillna(False).astype(bool), "id"])
    assert set(components["id"]) - counted == virtual
    assert virtual <= set(seeds.current("component_requires")["component"])


def test_no_vendor_stands_for_several(seeds: SupplyGraph) -> None:
    """There is no placeholder."""
    assert not seeds.table("vendors")["placeholder"].fillna(False).any()


def test_the_taxonomy_is_deep_enough(seeds: SupplyGraph) -> None:
    """At least 120 components, 20 solutions over all layers, 350 relations, 200 of them across the strait."""
    components = seeds.table("components")
    assert len(components) >= 120
    segments = seeds.table("segments").set_index("id")["layer"]
    needs = seeds.current("solution_requires").merge(components, left_on="requires", right_on="id")
    layers = needs.assign(layer=needs["segment"].map(segments).fillna("security"))
    reached = layers.groupby("solution", observed=True)["layer"].agg(set)
    assert len(reached) >= 20
    assert all(found >= {"terminal", "cloud", "ai", "solution", "security"} for found in reached), reached


def test_relations_cross_the_strait(seeds: SupplyGraph) -> None:
    """At least 350 pairs of firms are related, at least 200 of them one Taiwanese and one Japanese."""
    country = seeds.table("vendors").set_index("id")["country"]
    pairs = set()
    for edge in COMPANY_RELATIONS:
        frame = seeds.table(edge.lower())
        ends = zip(frame["from_vendor"], frame["to_vendor"], strict=True)
        pairs |= {(edge, *sorted(pair)) for pair in ends}
    across = [p for p in pairs if {country[p[1]], country[p[2]]} == {"TW", "JP"}]
    assert len(pairs) >= 350
    assert len(across) >= 200


def test_a_relation_stands_once(seeds: SupplyGraph) -> None:
    """No fact is stated twice by one kind of source on one day."""
    for table in MODEL.edges:
        frame = seeds.table(table.name)
        if "source_kind" in frame and len(frame):
            assert not frame.duplicated([*table.key, "as_of", "source_kind"]).any(), table.name


def _ideographs(text: str) -> set[str]:
    return set(re.findall("[\u3400-\u9fff\uf900-\ufaff]", text))


def _is_jis_level_1(character: str) -> bool:
    """Say whether a character is among the 2,965 of everyday Japanese (JIS X 0208, rows 16 to 47)."""
    try:
        first, second = character.encode("cp932")
    except (UnicodeEncodeError, ValueError):
        return False
    return 0x88 <= first <= 0x97 or (first == 0x98 and second <= 0x72)


def _is_traditional(character: str) -> bool:
    """Say whether Big5 has it; what is rare there and common in Japan is the Japanese form of another."""
    try:
        first, _ = character.encode("cp950")
    except (UnicodeEncodeError, ValueError):
        return False
    japanese = first >= 0xC9 and _is_jis_level_1(character)
    return character not in _SIMPLIFIED_IN_BIG5 and not japanese


def find_wrong_script(column: str, text: str) -> set[str]:
    """Return the characters of a name that are not of the script of its column."""
    kana = set(re.findall("[\u3041-\u3096\u30a1-\u30fa]", text))
    if column.endswith("_en"):
        return _ideographs(text) | kana
    own = _OWN_SPELLING.get(column, set())
    if column.endswith("_zh"):
        return {c for c in _ideographs(text) - own if not _is_traditional(c)} | kana
    return {c for c in _ideographs(text) - own if not _is_jis_level_1(c)}


@pytest.mark.parametrize(
    ("column", "text", "wrong"),
    [
        ("name_zh", "感測器", set()),
        ("name_zh", "传感器", {"传"}),
        ("name_zh", "云端機器人", {"云"}),
        ("name_zh", "センサー", set("センサ")),
        ("name_zh", "光伝送", {"伝"}),
        ("name_ja", "台湾積体電路", set()),
        ("name_ja", "臺灣積體電路", set("臺灣體")),
        ("name_ja", "机器人软件", {"软"}),
        ("name_en", "TSMC", set()),
        ("name_en", "台積電", set("台積電")),
    ],
)
def test_scripts_are_told_apart(column: str, text: str, wrong: set[str]) -> None:
    """Simplified and Japanese forms are wrong in Chinese, old and simplified forms in Japanese."""
    assert find_wrong_script(column, text) == wrong


def test_names_are_in_the_script_of_their_language(seeds: SupplyGraph) -> None:
    """Every name and description, in every table."""
    wrong = {}
    for table in MODEL.tables.values():
        frame = seeds.table(table.name)
        for column in [c for c in frame.columns if c.endswith(("_en", "_zh", "_ja"))]:
            for place, text in zip(frame.iloc[:, 0], frame[column].fillna(""), strict=True):
                found = find_wrong_script(column, text)
                if found:
                    wrong[f"{table.name}.{column} {place}"] = "".join(sorted(found))
    assert not wrong


@pytest.mark.parametrize("table", ["layers", "segments", "components", "solutions", "problems", "countries"])
def test_what_is_not_a_firm_has_three_names(seeds: SupplyGraph, table: str) -> None:
    """English, Traditional Chinese and Japanese; a firm keeps to the scripts that it and its press use."""
    frame = seeds.table(table)
    for column in ("name_en", "name_zh", "name_ja"):
        assert frame[column].fillna("").str.strip().ne("").all(), column
        assert not frame[column].duplicated().any(), frame.loc[frame[column].duplicated(), column].tolist()


def test_requirements_say_why(seeds: SupplyGraph) -> None:
    """Every one has a reason, and the reasons of one target differ."""
    for name in ("component_requires", "solution_requires"):
        assert seeds.table(name)["why"].notna().all(), name


@pytest.mark.parametrize("host", ["eto.tech", "cset.georgetown.edu", "techinsights.com", "statista.com"])
def test_closed_hosts_are_no_sources(seeds: SupplyGraph, host: str) -> None:
    """No page of a host whose terms forbid commercial use is cited."""
    for name, frame in _statements(seeds):
        hosts = frame["source_url"].dropna().map(lambda url: urlsplit(url).hostname or "")
        assert not hosts.str.endswith(host).any(), name


def test_groups_had_one_head_on_every_day(seeds: SupplyGraph) -> None:
    """Whenever an ownership began or ended, no firm came under two heads and none owned itself."""
    days = pd.concat([seeds.table("owns")[column] for column in ("since", "until")]).dropna().unique()
    assert len(days) > 50
    owners = SupplyGraph({name: seeds.table(name) for name in ("vendors", "countries", "owns")})
    for day in days:
        assert find_groups(select_subgraph(owners, as_of=str(day)))
