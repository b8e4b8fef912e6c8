"""The columns that a Cypher statement returns, and statements rewritten to return them otherwise."""

from __future__ import annotations

from typing import NamedTuple

from ._clauses import Clause, Item, Source, find_scope, list_items, read_branches, read_source
from ._lexer import quote_name

__all__ = ["expand_star", "find_columns", "tag_types"]

_TYPES = "kizuna types"  # the column that tells the types of the others
_OWN = "kizuna_"  # begins the names that a rewritten statement makes up
_DEPTH = 3  # lists and maps within lists and maps whose types are told
_PREFIXES = {"CYPHER", "EXPLAIN", "PROFILE"}


class Column(NamedTuple):
    """A column: its name, its expression as written, and whether ORDER BY may call it by its name."""

    name: str
    expression: str
    named: bool


def find_columns(cypher: str) -> tuple[str, ...] | None:
    """Return the names of a statement's columns, as Neo4j names them.

    That is the alias, or the name of the variable, also for ``(v)`` and ``v {.id}``, or else the text of the
    expression as written; of a UNION, those of its first branch; of ``RETURN *``, the variables in scope in
    alphabetical order.

    Parameters
    ----------
    cypher
        One statement.

    Returns
    -------
    tuple of str, or None
        Nothing for a statement that returns nothing; None where only the engine can tell, such as for
        ``CALL db.labels()`` and ``SHOW DATABASES``, and for a statement that no engine would run.

    Raises
    ------
    QueryError
        A string, a comment or a back-ticked name never ends.

    Notes
    -----
    Compared with Neo4j 5.26 for each clause of its language.

    Examples
    --------
    >>> find_columns("MATCH (v:Vendor) RETURN v.id, count(*) AS `how many` ORDER BY v.id")
    ('v.id', 'how many')
    >>> find_columns("MATCH (v)-[o:OFFERS]->(c) RETURN *")
    ('c', 'o', 'v')
    >>> find_columns("CALL db.labels() YIELD label AS l")
    ('l',)
    """
    source = read_source(cypher)
    if source is None:
        return None
    for branch in read_branches(source):
        columns = _list_columns(source, branch)
        if columns is not None:
            return tuple(column.name for column in columns)
    return None


def _list_columns(source: Source, branch: list[Clause]) -> list[Column] | None:
    """Return the columns of a branch of a UNION; None if only the engine can tell."""
    for at, clause in enumerate(branch):
        if clause.word == "RETURN":
            scope = find_scope(source, branch[:at], frozenset())
            return _resolve_items(source, list_items(source, clause), scope)
    return _list_yielded(source, [clause for clause in branch if not _is_preface(source, clause)])


def _is_preface(source: Source, clause: Clause) -> bool:
    return clause.word == "OPTIONAL" or _is_prefix(source, clause)


def _is_prefix(source: Source, clause: Clause) -> bool:
    """Tell EXPLAIN, PROFILE and USE, which stand before a statement."""
    return clause.word == "USE" or (clause.word == "" and source.word(clause.first) in _PREFIXES)


def _resolve_items(source: Source, items: list[Item], scope: frozenset[str] | None) -> list[Column] | None:
    columns: list[Column] = []
    for item in items:
        if not item.star:
            columns.append(Column(item.name, source.cut(item.first, item.last), item.named))
        elif scope is None:
            return None
        else:
            columns += [Column(name, quote_name(name), True) for name in _list_starred(items, scope)]
    return columns


def _list_starred(items: list[Item], scope: frozenset[str]) -> list[str]:
    """Return what a star stands for: what is in scope and not named besides, in the order of Java's strings."""
    return sorted(scope - {item.name for item in items}, key=lambda name: name.encode("utf-16-be"))


def _list_yielded(source: Source, clauses: list[Clause]) -> list[Column] | None:
    """Return the columns of a statement without RETURN: a procedure or a command, or one that writes."""
    head = clauses[0] if len(clauses) == 1 else None
    is_command = head is not None and head.word == "" and source.word(head.first) in ("SHOW", "TERMINATE")
    is_procedure = head is not None and head.word == "CALL" and source.sign(head.last - 1) != "}"
    if head is None or not (is_command or is_procedure):
        return []
    at = head.find("YIELD")
    return None if at is None else _resolve_items(source, list_items(source, head, head=at), None)


def expand_star(cypher: str) -> str:
    """Write out the columns of ``RETURN *``, in their order.

    The embedded engine gives them in another order than Neo4j does, and forgets what follows the star.

    Parameters
    ----------
    cypher
        One statement.

    Returns
    -------
    str
        The statement; as it was if there is no star, or if only the engine can tell what it stands for.

    Examples
    --------
    >>> expand_star("MATCH (v)-->(c) RETURN *, 1 AS one ORDER BY v.id")
    'MATCH (v)-->(c) RETURN `c`, `v`, 1 AS one ORDER BY v.id'
    """
    source = read_source(cypher)
    if source is None:
        return cypher
    edits: list[tuple[int, int, str]] = []
    for branch in read_branches(source):
        for at, clause in enumerate(branch):
            items = list_items(source, clause) if clause.word == "RETURN" else []
            scope = find_scope(source, branch[:at], frozenset())
            stars = [item for item in items if item.star] if scope else []
            names = ", ".join(map(quote_name, _list_starred(items, scope or frozenset())))
            edits += [(item.first, item.last, names) for item in stars if names]
    return _edit(source, edits)


def _edit(source: Source, edits: list[tuple[int, int, str]]) -> str:
    """Put other texts in the place of some stretches of tokens."""
    pieces: list[str] = []
    position = 0
    for first, last, text in edits:
        pieces += [source.text[position : source.tokens[first].start], text]
        position = source.tokens[last - 1].end
    return "".join([*pieces, source.text[position:]])


def tag_types(cypher: str, columns: tuple[str, ...]) -> str | None:
    """Rewrite a statement so that it answers one more column, ``kizuna types``: the types of the others.

    The engine's ``valueType()`` is asked for each column; for a list it is a list of the types of the elements,
    for a map a list of pairs of key and type, both down to three levels. :func:`read_typed` takes it.

    Parameters
    ----------
    cypher
        One statement.
    columns
        Its columns, from :func:`find_columns`; they keep their names and their order.

    Returns
    -------
    str or None
        The statement; None if it cannot be rewritten: it returns nothing, is only to be explained, has two
        columns of one name, or uses a name that a rewritten statement makes up.

    Examples
    --------
    >>> tagged = tag_types("RETURN date() AS today", ("today",))
    >>> tagged[:49]
    'WITH date() AS `today` RETURN `today` AS `today`,'
    """
    source = read_source(cypher)
    if source is None or not columns or _TYPES in columns or _is_taken(source):
        return None
    edits: list[tuple[int, int, str]] = []
    for branch in read_branches(source):
        last = branch[-1] if branch else None
        if last is None or last.word != "RETURN" or _is_prefix(source, branch[0]):
            return None
        listed = _list_columns(source, branch) or []
        found = {column.name: column for column in listed}
        if found.keys() != set(columns) or not len(found) == len(listed) == len(columns):
            return None
        edits.append((last.first, last.last, _tag_return(source, last, [found[name] for name in columns])))
    return _edit(source, edits)


def _is_taken(source: Source) -> bool:
    names = (token.text for token in source.tokens if token.kind in ("name", "quoted"))
    return any(_OWN in name for name in names)


def _tag_return(source: Source, clause: Clause, columns: list[Column]) -> str:
    distinct = "DISTINCT " if clause.find("DISTINCT") is not None else ""
    tail = clause.find("ORDER", "SKIP", "OFFSET", "LIMIT")
    rest = "" if tail is None else source.cut(tail, clause.last) + " "
    names = [_name_inside(at, column) for at, column in enumerate(columns)]
    pairs = list(zip(columns, names, strict=True))
    inner = ", ".join(f"{column.expression} AS {name}" for column, name in pairs)
    outer = ", ".join(f"{name} AS {quote_name(column.name)}" for column, name in pairs)
    types = ", ".join(_ask_type(name, _DEPTH) for name in names)
    return f"WITH {distinct}{inner} {rest}RETURN {outer}, [{types}] AS {quote_name(_TYPES)}"


def _name_inside(at: int, column: Column) -> str:
    """Return the name of a column between WITH and RETURN: its own, which ORDER BY may use, or a made-up one.

    The embedded engine reads a back-ticked name with a dot in it as a property.
    """
    return quote_name(column.name) if column.named and "." not in column.name else f"{_OWN}{at}"


def _ask_type(expression: str, depth: int) -> str:
    """Return an expression for the type of another one."""
    kind = f"valueType({expression})"
    if depth == 0:
        return kind
    each = f"{_OWN}e{depth}"
    of_list = f"[{each} IN {expression} | {_ask_type(each, depth - 1)}]"
    of_map = f"[{each} IN keys({expression}) | [{each}, {_ask_type(f'{expression}[{each}]', depth - 1)}]]"
    is_list, is_map = (f"{kind} STARTS WITH '{name}'" for name in ("LIST", "MAP"))
    return f"CASE WHEN {is_list} THEN {of_list} WHEN {is_map} THEN {of_map} ELSE {kind} END"
