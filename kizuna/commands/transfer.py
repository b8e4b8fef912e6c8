"""The commands that move graphs between stores and files: ``kizuna cache``, ``push``, ``pull``, ``export``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kizuna._outcome import Outcome, make_outcome
from kizuna.commands.options import DATA, LANG, WRITE, give_examples, load_data

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["cache", "export", "pull", "push"]

_DATABASE = click.option(
    "--database", metavar="NAME", help="Database of the server.  [default: that of the user]"
)


def _say(key: str, lang: str, **parameters: object) -> Outcome:
    from kizuna._messages import say
    from kizuna._render import Answer

    return Outcome(Answer((say(key, lang, **parameters),), (), dict))


@click.command(epilog=give_examples("kizuna cache", "kizuna cache --clear"))
@click.option("--clear", is_flag=True, help="Remove them; the next query prepares its own again.")
@WRITE
def cache(clear: bool, **options: Any) -> Outcome:
    """Show the databases that queries have prepared: where they are, of which data, how large.

    KIZUNA_CACHE names another folder for them.
    """
    from kizuna.answers.cache import tell_cache
    from kizuna.graph.stores.cache import Cache

    lang = options["lang"]
    found = Cache()
    if clear:
        count = sum(1 for _ in found)
        freed = found.clear()
        return _say("cli.cache.cleared", lang, n=count, size=f"{freed / 1e6:.1f}")
    return make_outcome(tell_cache(found, lang=lang), options)


@click.command(
    epilog=give_examples(
        "kizuna push bolt://localhost:7687",
        "kizuna push neo4j+s://graphs.example.com --database supply --data my-data",
    )
)
@click.argument("uri")
@_DATABASE
@click.option(
    "--beside-others", is_flag=True, help="Push even if the database holds other things; they stay."
)
@DATA
@LANG
def push(uri: str, database: str | None, beside_others: bool, **options: Any) -> Outcome:
    """Put a data set into a Neo4j server, or bring what is there up to date.

    A second push changes nothing; a broken one is taken up again. Removed is only what an earlier push of the
    same data set wrote. User and password come from KIZUNA_NEO4J_USER and KIZUNA_NEO4J_PASSWORD, or a token
    from KIZUNA_NEO4J_BEARER.
    """
    from kizuna._stores import open_server, show_progress
    from kizuna.graph.stores.push import push_graph

    lang = options["lang"]
    graph = load_data(options)
    with open_server(uri, database) as store, show_progress(lang) as progress:
        report = push_graph(store, graph, beside_others=beside_others, progress=progress)
    counts = {name: getattr(report, name) for name in ("created", "updated", "deleted", "unchanged")}
    return _say("cli.push.done", lang, name=graph.name, **counts)


@click.command(
    epilog=give_examples(
        "kizuna pull bolt://localhost:7687 -o pulled",
        "kizuna pull bolt://localhost:7687 --graph kizuna-seeds -o saved --format parquet",
    )
)
@click.argument("uri")
@click.option("-o", "--output", required=True, metavar="FOLDER", type=click.Path(), help="Folder to write.")
@click.option("--graph", "name", metavar="NAME", help="Which graph, if the server holds several.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="csv: tables for --data; parquet: for kizuna.load_graph.",
)
@_DATABASE
@LANG
def pull(uri: str, output: str, name: str | None, form: str, database: str | None, lang: str) -> Outcome:
    """Bring a graph back from a Neo4j server as a folder of tables, equal to what was pushed.

    User and password come from KIZUNA_NEO4J_USER and KIZUNA_NEO4J_PASSWORD, or a token from
    KIZUNA_NEO4J_BEARER.
    """
    from kizuna._stores import open_server, show_progress
    from kizuna.answers.folder import check_folder, write_folder
    from kizuna.graph import save_graph
    from kizuna.graph.stores.pull import pull_graph

    if form == "csv":
        check_folder(output)
    with open_server(uri, database) as store, show_progress(lang) as progress:
        graph = pull_graph(store, name, progress=progress)
    folder: Path = write_folder(graph, output) if form == "csv" else save_graph(graph, output)
    rows = sum(map(len, graph.tables.values()))
    return _say("cli.pull.done", lang, name=graph.name, rows=rows, folder=folder)


@click.command(
    epilog=give_examples(
        "kizuna export --for neo4j-admin -o import-files",
        "kizuna export --for neo4j-admin -o import-files --data my-data",
    )
)
@click.option(
    "--for",
    "target",
    type=click.Choice(["neo4j-admin"]),
    required=True,
    help="Who reads the files: the importer of Neo4j, for an empty database that is not running.",
)
@click.option("-o", "--output", required=True, metavar="FOLDER", type=click.Path(), help="Folder to write.")
@DATA
@LANG
def export(target: str, output: str, **options: Any) -> Outcome:
    """Write a data set as CSV files for the offline importer of Neo4j, and the command that reads them.

    For graphs that are too large to push.
    """
    from kizuna.graph.stores.bulk import export_bulk

    folder = export_bulk(load_data(options), output)
    return _say("cli.export.done", options["lang"], folder=folder, target=target)
