"""Draw facts at random for a reader to judge against their sources, and keep the verdicts.

``make audit N=30`` prints a sample and, on a terminal, asks for a verdict on each fact and writes it down at
once. Away from a terminal: ``--sheet FILE`` writes the sample with an empty column for verdicts, and
``--record FILE`` reads it back. The verdicts stand in ``seeds/audit/verdicts.csv``, oldest first; nothing in
the tables is changed, since a correction is a statement of its own (``seeds/README.md``).
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pandas as pd

from kizuna.graph import MODEL
from kizuna.graph.schema import EdgeTable, Table

__all__ = ["VERDICTS", "draw_sample", "main", "record_verdicts", "summarise"]

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
LOG = SEEDS / "audit" / "verdicts.csv"

VERDICTS = {
    "held": "the source says so",
    "doubtful": "the source says something near it, or is too weak to say it",
    "wrong": "the source, or a better one, says otherwise",
    "unreachable": "the page could not be read",
}
_KEYS = {name[0]: name for name in VERDICTS}
_FACT = ["table", "row", "key"]
_LOGGED = ["audited_on", "table", "key", "source_url", "as_of", "verdict", "note"]
_SHOWN = (
    "name_en",
    "country",
    "exchange",
    "ticker",
    "product",
    "status",
    "role",
    "share",
    "share_of",
    "share_year",
    "control",
    "made_in",
    "in_house",
)
_ALSO_SHOWN = ("since", "until", "alternatives", "kind", "level", "detail", "why", "as_printed", "note")


def _read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _key_columns(table: Table) -> list[str]:
    if isinstance(table, EdgeTable):
        return table.key
    # The lists of how far a cell is known, and the tables as printed, are told apart by their first two.
    return ["id"] if "id" in table.columns else table.columns[:2]


def _list_facts(folder: Path, kinds: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for name, table in MODEL.tables.items():
        file = folder / f"{name}.csv"
        if "source_kind" not in table.columns or not file.is_file():
            continue
        frame = _read(file)
        for row, cells in enumerate(frame.to_dict("records"), start=2):
            if cells["source_kind"] in kinds:
                key = ";".join(f"{column}={cells[column]}" for column in _key_columns(table))
                yield {**{str(c): v for c, v in cells.items()}, "table": name, "row": str(row), "key": key}


def draw_sample(folder: Path, *, count: int, seed: int, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return facts drawn at random without replacement, each as likely as any other.

    Parameters
    ----------
    folder
        Folder of the tables.
    count
        How many; all of them if there are fewer.
    seed
        Seed of the draw: the same draw from the same tables.
    kinds
        Kinds of source to draw from: cited, report, uncited.

    Returns
    -------
    pandas.DataFrame
        Columns ``table``, ``row`` (line of the file), ``key`` and the cells of the row, blank where the table
        has no such column.
    """
    facts = pd.DataFrame(_list_facts(folder, kinds)).fillna("")
    if facts.empty:
        raise click.ClickException(f"{folder}: no statement with a source of kind {', '.join(kinds)}")
    return facts.sample(n=min(count, len(facts)), random_state=seed).reset_index(drop=True)


def _cells(fact: pd.Series) -> dict[str, str]:
    return {str(column): str(cell) for column, cell in fact.items()}


def _show(number: int, total: int, fact: Mapping[str, str]) -> str:
    lines = [f"[{number}/{total}] {fact['table']}.csv, line {fact['row']}: {fact['key'].replace(';', ', ')}"]
    for name in (*_SHOWN, *_ALSO_SHOWN):
        if fact.get(name):
            lines.append(f"    {name}: {fact[name]}")
    kind, title, url = fact["source_kind"], fact["source_title"], fact["source_url"]
    lines.append(f"    source ({kind}, {fact['as_of'] or 'no date'}, {fact['confidence']}): {title}")
    return "\n".join([*lines, f"    {url}"] if url else lines)


def record_verdicts(log: Path, judged: pd.DataFrame, *, day: dt.date) -> int:
    """Append verdicts to the log, whole or not at all, and return how many there were.

    Parameters
    ----------
    log
        The file of verdicts; made if it is missing.
    judged
        Facts with columns ``verdict`` and, if there is one, ``note_on_verdict``. Facts without a verdict are left out.
    day
        Day of the judgement.
    """
    said = judged[judged["verdict"].str.strip() != ""]
    wrong = sorted(set(said["verdict"].str.strip()) - set(VERDICTS))
    if wrong:
        raise click.ClickException(f"column verdict: found {wrong[0]!r}, allowed is {', '.join(VERDICTS)}")
    new = pd.DataFrame(
        {
            "audited_on": day.isoformat(),
            **{column: said[column] for column in ("table", "key", "source_url", "as_of")},
            "verdict": said["verdict"].str.strip(),
            "note": said.get("note_on_verdict", ""),
        },
        columns=_LOGGED,
    )
    before = _read(log) if log.is_file() else pd.DataFrame(columns=_LOGGED)
    log.parent.mkdir(parents=True, exist_ok=True)
    part = log.with_suffix(".part")
    pd.concat([before, new]).to_csv(part, index=False, lineterminator="\n", encoding="utf-8")
    part.replace(log)
    return len(new)


def summarise(log: Path) -> list[str]:
    """Return one line for each day of judging: how many facts, and how many of them held."""
    if not log.is_file():
        return ["no verdicts yet"]
    lines = []
    for day, judged in _read(log).groupby("audited_on"):
        counts = Counter(judged["verdict"])
        said = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])
        lines.append(f"{day}: {len(judged)} facts, {said}")
    return lines


def _ask(sample: pd.DataFrame, log: Path) -> None:
    choices = ", ".join(f"{key} = {name} ({VERDICTS[name]})" for key, name in _KEYS.items())
    click.echo(f"\n{choices}; Enter = leave out; q = stop\n")
    for place in sample.index:
        fact = sample.loc[[place]]
        click.echo(_show(place + 1, len(sample), _cells(fact.iloc[0])))
        answer = click.prompt("  verdict", default="", show_default=False).strip().lower()[:1]
        if answer == "q":
            return
        if answer in _KEYS:
            note = click.prompt("  note", default="", show_default=False)
            judged = fact.assign(verdict=_KEYS[answer], note_on_verdict=note)
            record_verdicts(log, judged, day=dt.date.today())


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--count", default=30, show_default=True, type=click.IntRange(1), help="Facts to draw.")
@click.option("--seed", type=int, help="Seed of the draw.  [default: the day, as 20261122]")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["cited", "report", "uncited"]),
    default=("cited",),
    show_default=True,
    help="Kind of source to draw from; may be repeated.",
)
@click.option(
    "--sheet", type=click.Path(path_type=Path), help="Write the sample to this CSV file to fill in."
)
@click.option(
    "--record", type=click.Path(exists=True, path_type=Path), help="Take verdicts from a sheet filled in."
)
@click.option("--summary", is_flag=True, help="Only say what was judged so far.")
def main(
    count: int,
    seed: int | None,
    kinds: tuple[str, ...],
    sheet: Path | None,
    record: Path | None,
    summary: bool,
) -> None:
    """Draw facts at random for a reader to judge, and keep the verdicts with their date."""
    if record is not None:
        judged = _read(record)
        missing = [column for column in (*_FACT, "verdict") if column not in judged]
        if missing:
            raise click.ClickException(f"{record}: no column {missing[0]}; fill in what --sheet wrote")
        click.echo(f"{record_verdicts(LOG, judged, day=dt.date.today())} verdicts recorded in {LOG}")
    elif not summary:
        draw = int(dt.date.today().strftime("%Y%m%d")) if seed is None else seed
        sample = draw_sample(SEEDS, count=count, seed=draw, kinds=kinds)
        click.echo(f"{len(sample)} facts, seed {draw}")
        if sheet is not None:
            blank = sample.assign(verdict="", note_on_verdict="")
            shown = [*_FACT, "verdict", "note_on_verdict"]
            blank[[*shown, *(c for c in blank.columns if c not in shown)]].to_csv(
                sheet, index=False, encoding="utf-8-sig"
            )
            click.echo(f"sample written to {sheet}; verdicts: {', '.join(VERDICTS)}")
        elif sys.stdin.isatty():
            _ask(sample, LOG)
        else:
            for place in sample.index:
                click.echo("\n" + _show(place + 1, len(sample), _cells(sample.loc[place])))
    click.echo("\n" + "\n".join(summarise(LOG)))


if __name__ == "__main__":
    main()
