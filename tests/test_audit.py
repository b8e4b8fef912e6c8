"""Facts drawn at random for a reader, and the verdicts that are kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import pandas as pd
import pytest

from kizuna.graph import MODEL
from scripts.audit import LOG, SEEDS, VERDICTS, draw_sample, record_verdicts, summarise

pytestmark = pytest.mark.checkout

_DAY = dt.date(2026, 11, 22)


def _draw(count: int = 20, *, seed: int = 1, kinds: tuple[str, ...] = ("cited",)) -> pd.DataFrame:
    return draw_sample(SEEDS, count=count, seed=seed, kinds=kinds)


def test_a_sample_is_of_facts_that_can_be_checked() -> None:
    """Facts differ, each has a page, and the line that is named is the row of the table."""
    sample = _draw()
    assert len(sample) == 20
    assert not sample.duplicated(["table", "row"]).any()
    assert sample["source_url"].str.startswith("http").all()
    for fact in sample.to_dict("records"):
        table = pd.read_csv(SEEDS / f"{fact['table']}.csv", dtype=str, keep_default_na=False)
        row = table.iloc[int(fact["row"]) - 2]
        assert row["source_url"] == fact["source_url"]
        assert all(f"{row[part.split('=')[0]]}" == part.split("=")[1] for part in fact["key"].split(";"))


def test_the_draw_hangs_on_the_seed_alone() -> None:
    """The same seed draws the same facts, another one others."""
    assert _draw(seed=7).equals(_draw(seed=7))
    assert not _draw(seed=7)["key"].equals(_draw(seed=8)["key"])


def test_every_fact_can_be_drawn() -> None:
    """Asked for more than there are, the sample is all statements of all tables with evidence."""
    kinds = ("cited", "report", "uncited")
    stated = [
        len(pd.read_csv(SEEDS / f"{table.name}.csv", dtype=str))
        for table in MODEL.tables.values()
        if "source_kind" in table.columns
    ]
    assert len(_draw(10**6, kinds=kinds)) == sum(stated)


def test_verdicts_are_kept_with_their_day(tmp_path: Path) -> None:
    """A second day is added to the first; a fact without a verdict is left out."""
    log = tmp_path / "audit" / "verdicts.csv"
    sample = _draw(3).assign(verdict=["held", "", "wrong"], note_on_verdict=["", "", "sold in 2024"])
    assert record_verdicts(log, sample, day=_DAY) == 2
    assert record_verdicts(log, sample, day=_DAY + dt.timedelta(days=1)) == 2
    kept = pd.read_csv(log, dtype=str, keep_default_na=False)
    assert list(kept["audited_on"]) == ["2026-11-22"] * 2 + ["2026-11-23"] * 2
    assert list(kept["note"]) == ["", "sold in 2024"] * 2
    assert summarise(log) == ["2026-11-22: 2 facts, 1 held, 1 wrong", "2026-11-23: 2 facts, 1 held, 1 wrong"]


def test_an_unknown_verdict_changes_nothing(tmp_path: Path) -> None:
    """The message says what was found and what is allowed; no file is made."""
    log = tmp_path / "verdicts.csv"
    with pytest.raises(click.ClickException, match="found 'perhaps', allowed is held, doubtful"):
        record_verdicts(log, _draw(1).assign(verdict="perhaps"), day=_DAY)
    assert not log.exists()


def test_the_verdicts_of_the_data_are_readable() -> None:
    """Each has a day, a verdict that is allowed, and speaks of a table of the model."""
    kept = pd.read_csv(LOG, dtype=str, keep_default_na=False)
    assert set(kept["verdict"]) <= set(VERDICTS)
    assert set(kept["table"]) <= set(MODEL.tables)
    assert all(dt.date.fromisoformat(day) <= dt.date.today() for day in kept["audited_on"])
    assert (kept["note"][kept["verdict"] != "held"] != "").all(), "a verdict other than held needs a word"
