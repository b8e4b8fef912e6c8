"""What lies beside the CSV files of a bulk export: arguments, scripts, constraints, and how to use them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from .push import list_schema

__all__ = ["write_texts"]

_SHELL = """\
#!/bin/sh
# Usage: ./import.sh [DATABASE [OPTION...]]; the server is stopped. NEO4J_ADMIN: where the program is.
set -eu
cd -- "$(dirname -- "$0")"
database=${1:-neo4j}
[ "$#" -eq 0 ] || shift
exec "${NEO4J_ADMIN:-neo4j-admin}" database import full "$database" "$@" @import.args
"""

_POWERSHELL = """\
# Usage: .\\import.ps1 [DATABASE [OPTION...]]; the server is stopped. NEO4J_ADMIN: where the program is.
param([string]$Database = "neo4j", [Parameter(ValueFromRemainingArguments)][string[]]$Options)
Set-Location -LiteralPath $PSScriptRoot
$admin = if ($env:NEO4J_ADMIN) { $env:NEO4J_ADMIN } else { "neo4j-admin" }
& $admin database import full $Database @Options "@import.args"
exit $LASTEXITCODE
"""

_README = """\
# The graph {name} for Neo4j's offline importer

{nodes} nodes and {relationships} relationships, for Neo4j 5. The database is made anew: use the name of one
that does not exist, or that may go.

1. Stop the server (Community edition), or the database (`STOP DATABASE`, Enterprise edition).
2. In this folder, as the user that the server runs as:

       neo4j-admin database import full neo4j --overwrite-destination=true @import.args

   `neo4j` is the name of the database. `./import.sh neo4j --overwrite-destination=true`, or `import.ps1` on
   Windows, does the same from anywhere. Leave `--overwrite-destination=true` out, and a database that exists
   is not touched.
3. Start the server. Where the database has another name than those that were there, `CREATE DATABASE` it.
4. Make the constraints and indexes:

       cypher-shell -d neo4j -f schema.cypher

`import.args` names the files: for each label, and for each type between two labels, one with the header and
one with the rows. The elements are those that `kizuna push` makes; `kizuna pull` and a later `kizuna push`
work on them.
"""


def write_texts(
    folder: Path, *, name: str, arguments: Sequence[str], labels: Sequence[str], counts: Mapping[str, int]
) -> None:
    """Write them.

    Parameters
    ----------
    folder
        Where to.
    name
        Name of the graph.
    arguments
        What the importer is to be told.
    labels
        Labels that need constraints and indexes.
    counts
        How many ``nodes`` and ``relationships`` there are.
    """
    schema = [f"{statement};" for label in labels for statement in list_schema(label).values()]
    texts = {
        "import.args": "".join(f"{argument}\n" for argument in arguments),
        "import.sh": _SHELL,
        "import.ps1": _POWERSHELL,
        "schema.cypher": "".join(f"{line}\n" for line in [*schema, "CALL db.awaitIndexes(3600);"]),
        "README.md": _README.format(
            name=name, nodes=counts.get("nodes", 0), relationships=counts.get("relationships", 0)
        ),
    }
    for file, text in texts.items():
        # The shell takes no carriage return, whatever the system this is written on.
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    (folder / "import.sh").chmod(0o755)
