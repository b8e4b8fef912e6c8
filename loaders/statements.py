"""Whether a row makes sense as a whole, and beside the rows that say the same."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..graph import MODEL, EdgeTable, NodeTable, Table, first_day
from .cells import CODE, filled, find_misfits, match_whole, to_arrow, to_mask
from .problems import Level, Problem, describe_rows, quote

__all__ = ["check_choices", "check_codes", "check_placeholders", "check_rows", "find_repeats"]

Tables = Mapping[str, pd.DataFrame]


_CITED_NEEDS: tuple[tuple[str, str, Level, str, str], ...] = (
    ("source_url", "no-source", "error", "the page that a cited row is cited from", "or make it uncited"),
    ("as_of", "no-date", "warning", "the date of a cited statement", ""),
)


def check_rows(file: str, table: Table, frame: pd.DataFrame) -> list[Problem]:
    """Return the rows of one table that contradict themselves, lack what they need, or repeat one another."""
    problems = []
    if isinstance(table, NodeTable):
        problems += _check_names(file, table, frame)
    if {"since", "until"} <= set(frame.columns):
        problems += _check_span(file, table, frame)
    if "source_kind" in frame.columns:
        problems += _check_evidence(file, frame)
    if isinstance(table, EdgeTable) and table.type == "INVESTS_IN":
        problems += _check_holding(file, table, frame)
    problems += _check_repeats(file, table, frame)
    return problems


def _check_names(file: str, table: NodeTable, frame: pd.DataFrame) -> list[Problem]:
    """Every node needs a name in some language, a claim its text."""
    columns = [c for c in table.columns if c.startswith("name_")]
    columns = columns or [c for c in table.columns if c.startswith("text_")]
    there = [c for c in columns if c in frame.columns]
    if not columns or "id" not in frame.columns:
        return []
    nameless = (frame[there] == "").all(axis=1)
    return describe_rows(
        file,
        None,
        "no-name",
        frame.loc[nameless, "id"],
        found=lambda value: f"no name of {quote(value)}",
        allowed=f"at least one of {', '.join(columns)}",
    )


def _dates(table: Table, frame: pd.DataFrame, column: str) -> pd.Series:
    """Return the first days of a column of dates; rows without one, or with what is none, left out."""
    values = filled(frame[column])
    values = values.drop(find_misfits(values, table.property(column)).index)
    return values.map({day: first_day(day) for day in values.unique()})


def _check_span(file: str, table: Table, frame: pd.DataFrame) -> list[Problem]:
    frame = frame.loc[filled(frame["until"]).index, ["since", "until"]]
    if frame.empty:
        return []
    since, until = _dates(table, frame, "since"), _dates(table, frame, "until")
    since, until = since.align(until, join="inner")
    text = frame["since"] + " to " + frame["until"]
    problems = describe_rows(
        file, "until", "ends-before-start", text[since.index[since > until]], allowed="an end after the start"
    )
    # A partial date counts as its first day, so that 2015 to 2015 is no time at all.
    problems += describe_rows(
        file,
        "until",
        "never-in-force",
        text[since.index[since == until]],
        allowed="an end after the start",
        advice="`until` is the first day on which it no longer holds; the row never counts",
        level="warning",
    )
    return problems


def _check_evidence(file: str, frame: pd.DataFrame) -> list[Problem]:
    cited = to_mask(pc.equal(to_arrow(frame["source_kind"]), "cited"))
    problems: list[Problem] = []
    for column, rule, level, allowed, advice in _CITED_NEEDS:
        bare = cited
        if column in frame.columns:
            bare = cited & to_mask(pc.equal(to_arrow(frame[column]), ""))
        if bare.any():
            values = frame.loc[bare, "source_kind"]
            problems += describe_rows(
                file, column, rule, values, found="a blank", allowed=allowed, advice=advice, level=level
            )
    return problems


def _check_holding(file: str, table: Table, frame: pd.DataFrame) -> list[Problem]:
    if "share" not in frame.columns:
        return []
    share = filled(frame["share"])
    share = share.drop(find_misfits(share, table.property("share")).index)
    return describe_rows(
        file,
        "share",
        "majority-holding",
        share[pd.to_numeric(share) > 0.5],
        allowed="a holding of at most 0.5",
        advice="a majority is ownership: move the row to owns.csv",
    )


def _statement_key(table: Table) -> list[str]:
    """Columns that say which fact a row speaks of."""
    if isinstance(table, EdgeTable):
        return table.key
    # Of the records, those with evidence are statements on their first two columns.
    return table.columns[:2] if not isinstance(table, NodeTable) and "as_of" in table.columns else []


def find_repeats(table: Table, frame: pd.DataFrame) -> pd.Series:
    """Return, under each row that says again what an earlier one says, the row of the earlier one.

    Two rows repeat one another if fact, date and kind of source are the same and they hold at a common
    time: nothing but their order then decides which is heard.
    """
    key = [c for c in (*_statement_key(table), "as_of", "source_kind") if c in frame.columns]
    none = pd.Series([], dtype="int64")
    if not set(_statement_key(table)) & set(key):
        return none
    if not _may_repeat(frame, key):
        return none
    again = frame[frame.duplicated(key, keep=False)]
    again = again[(again[key[:2]] != "").all(axis=1)]
    if again.empty:
        return none
    spans = pd.DataFrame({"fact": again.groupby(key).ngroup(), "since": "", "until": "9999"})
    for column in ("since", "until"):
        if column in again.columns:
            spans[column] = _dates(table, again, column).reindex(again.index).fillna(spans[column])
    return pd.Series(_find_overlaps(spans), dtype="int64")


def _may_repeat(frame: pd.DataFrame, key: list[str]) -> bool:
    """Say whether any rows share a key; much the faster for the tables, nearly all, in which none do."""
    columns = [to_arrow(frame[column]) for column in key]
    joined = pc.binary_join_element_wise(*columns, pa.scalar("\x1f", pa.large_string()))
    distinct: int = pc.count_distinct(joined).as_py()
    return distinct < len(frame)


def _find_overlaps(spans: pd.DataFrame) -> dict[int, int]:
    """Rows whose span overlaps that of an earlier row on the same fact, with that row."""
    found: dict[int, int] = {}
    seen: dict[int, list[tuple[int, str, str]]] = {}
    for row, fact, since, until in spans.itertuples():
        earlier = seen.setdefault(fact, [])
        before = next((r for r, s, u in earlier if since < u and s < until), None)
        if before is None:
            earlier.append((row, since, until))
        else:
            found[row] = before
    return found


def _check_repeats(file: str, table: Table, frame: pd.DataFrame) -> list[Problem]:
    earlier = find_repeats(table, frame)
    if earlier.empty:
        return []
    return describe_rows(
        file,
        None,
        "repeated",
        earlier.astype("str"),
        found=lambda row: f"what row {row} says",
        allowed="one row for a fact, a date and a kind of source",
        advice="leave one of them out, or date them",
        level="warning",
    )


def check_codes(tables: Tables) -> list[Problem]:
    """Return the cells whose country codes the model declares as text, for want of a kind that fits."""
    problems: list[Problem] = []
    for name in ("completeness", "segment_completeness"):
        if name in tables and "country" in tables[name].columns:
            column = tables[name]["country"]
            problems += describe_rows(
                f"{name}.csv",
                "country",
                "country",
                column[~match_whole(column, rf"{CODE}|\*")],
                allowed="an ISO 3166-1 code of two capital letters, or * for the rest of the world",
            )
    if "offers" in tables and "made_in" in tables["offers"].columns:
        places = filled(tables["offers"]["made_in"])
        bad = places[~match_whole(places, f"{CODE}(?: *; *{CODE})*")]
        allowed = "ISO 3166-1 codes of two capital letters, joined by ;"
        problems += describe_rows("offers.csv", "made_in", "country", bad, allowed=allowed)
    return problems


def check_placeholders(tables: Tables) -> list[Problem]:
    """Return the offers of vendors that stand for several unnamed firms: they are never counted."""
    vendors, offers = tables.get("vendors"), tables.get("offers")
    if vendors is None or offers is None or not {"id", "placeholder"} <= set(vendors.columns):
        return []
    names = vendors.loc[vendors["placeholder"] == "yes", "id"]
    if "vendor" not in offers.columns or names.empty:
        return []
    return describe_rows(
        "offers.csv",
        "vendor",
        "placeholder-offer",
        offers.loc[offers["vendor"].isin(names), "vendor"],
        allowed="a vendor that is no placeholder",
        advice="the offer is never counted; name the firms",
        level="warning",
    )


def check_choices(tables: Tables) -> list[Problem]:
    """Return the requirements that are the only one of their choice: there is nothing to choose."""
    parts = []
    for table in MODEL.edge_tables("REQUIRES"):
        source, target = table.source.column, table.target.column
        frame = tables.get(table.name)
        if frame is None or not {source, target, "alternatives"} <= set(frame.columns):
            continue
        chosen = frame[frame["alternatives"] != ""]
        parts.append(
            pd.DataFrame(
                {
                    "table": table.name,
                    "label": table.source.label,
                    "source": chosen[source],
                    "choice": chosen["alternatives"],
                    "target": f"{table.target.label} " + chosen[target],
                    "row": chosen.index,
                }
            )
        )
    if not parts:
        return []
    rows = pd.concat(parts, ignore_index=True)
    alone = rows.groupby(["label", "source", "choice"])["target"].transform("nunique") == 1
    problems: list[Problem] = []
    for name, group in rows[alone].groupby("table", sort=False):
        problems += describe_rows(
            f"{name}.csv",
            "alternatives",
            "choice-of-one",
            group.set_index("row")["choice"],
            allowed="a name that at least two requirements of one target share",
            advice="add the other alternative, or leave the cell blank",
            level="warning",
        )
    return problems
