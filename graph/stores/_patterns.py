"""Patterns within a Cypher statement: where one begins and ends, what it names, and what is known of a name."""

from __future__ import annotations

from ._clauses import Clause, Source, find_scope

__all__ = ["begins_operand", "end_pattern", "list_known", "list_locals", "list_names", "list_relationships"]

# After these a parenthesis begins an operand; after another word, the arguments of a function.
_BEFORE_OPERAND = {
    *("AND", "AS", "BY", "CASE", "CONTAINS", "DISTINCT", "ELSE", "IN", "IS", "LIMIT", "NOT", "ON", "OR"),
    *("RETURN", "SKIP", "THEN", "UNWIND", "WHEN", "WHERE", "WITH", "XOR"),
}


def begins_operand(source: Source, index: int) -> bool:
    """Tell a parenthesis that begins an operand from that of a function's arguments."""
    token = source.tokens[index - 1]
    return token.kind == "punctuation" or token.word in _BEFORE_OPERAND


def end_pattern(source: Source, index: int) -> int | None:
    """Return the index after a pattern that begins here; None if none of at least one relationship does.

    Parameters
    ----------
    source
        The statement.
    index
        The opening parenthesis of the first node.
    """
    end: int | None = None
    while source.sign(index) == "(":
        index = source.partner[index] + 1
        if end is not None:
            end = index
        following = _end_arrow(source, index)
        if following is None or source.sign(following) != "(":
            return end
        index, end = following, following
    return end


def _end_arrow(source: Source, index: int) -> int | None:
    """Return the index after an arrow such as ``<-[o:OFFERS]-``; None if none begins here."""
    index += source.sign(index) == "<"
    if source.sign(index) != "-":
        return None
    index += 1
    if source.sign(index) == "[":
        index = source.partner[index] + 1
    if source.sign(index) != "-":
        return None
    return index + 1 + (source.sign(index + 1) == ">")


def list_names(source: Source, first: int, last: int) -> list[str]:
    """Return the variables of a pattern, sorted."""
    return sorted(find_scope(source, [Clause("MATCH", first - 1, last)], frozenset()) or ())


def list_relationships(source: Source, first: int, last: int) -> set[str]:
    """Return the variables of a pattern that are one relationship each, and no list of them."""
    names: set[str] = set()
    index = first
    while index < last:
        if index in source.partner:
            closing = source.partner[index]
            name = source.name(index + 1) if source.sign(index) == "[" else None
            is_list = "*" in {source.sign(at) for at in range(index, closing)}
            after = closing + 2 + (source.sign(closing + 2) == ">")
            if name is not None and not is_list and source.sign(after) == "(":
                names.add(name)
            index = closing
        index += 1
    return names


def list_locals(source: Source, opening: int, closing: int) -> list[str]:
    """Return the variables of ``[x IN list …]``, ``all(x IN list …)`` and ``reduce(sum = 0, x IN list …)``."""
    names = (
        source.name(at)
        for at in range(opening + 1, closing)
        if source.word(at + 1) == "IN" and source.sign(at - 1) in ("[", "(", ",")
    )
    return [name for name in names if name is not None]


def list_known(source: Source, clause: Clause) -> list[str]:
    """Return the variables of which the WHERE of a WITH says that they are not null."""
    where = clause.find("WHERE")
    marks = [(word, at) for word, at in clause.marks if where is not None and at > where]
    if where is None or any(word in ("OR", "XOR") for word, _ in marks):
        return []
    ands = [at for word, at in marks if word == "AND"]
    spans = zip([where, *ands], [*ands, clause.last], strict=True)
    told = [
        source.name(a + 1)
        for a, b in spans
        if b - a == 5 and [source.word(a + i) for i in (2, 3, 4)] == ["IS", "NOT", "NULL"]
    ]
    return [name for name in told if name is not None]
