"""Faults of the embedded engine that give wrong rows without an error, and statements that go around them.

A null counts as free: in a pattern, the engine takes a variable that is null for one that is not bound, so it
finds what is tied to anything; Cypher finds nothing. And a relationship is not read: what only the ORDER BY of a
WITH, a map in a pattern or the body of a ``CALL (*)`` names has no properties there. And a pattern in the WHERE of a
list, as in ``any(x IN list WHERE (x)-->())``, is taken for one in the WHERE of the clause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ._clauses import Clause, Source, find_scope, list_items, read_branches, read_source
from ._lexer import find_place, quote_name
from ._patterns import begins_operand, end_pattern, list_known, list_locals, list_names, list_relationships

__all__ = ["Guarded", "guard_statement"]

_OWN = "kizuna_null"  # begins the names that a rewritten statement makes up
_SUBQUERIES = {"COLLECT", "COUNT", "EXISTS"}

Scope = dict[str, bool]  # variables, and whether they may be null


class Guarded(NamedTuple):
    """A statement that the engine answers rightly, and what must be said of it.

    Parameters
    ----------
    text
        The statement; as it was if nothing in it needs a guard.
    notices
        A sentence for each pattern that could not be guarded.
    avoided
        A sentence for each that could: what must be said should the statement run as it was after all.
    """

    text: str
    notices: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()


class _Edit(NamedTuple):
    """A text to be put in at an offset; of two at one place, what closes stands before what opens."""

    offset: int
    opens: bool
    text: str


@dataclass(slots=True)
class _Finding:
    """A pattern that names variables that may be null: its first token, and the edits that guard it."""

    at: int
    names: list[str]
    advice: str
    edits: list[_Edit] = field(default_factory=list)
    adds: bool = False  # a variable to the scope, which `RETURN *` would return


def guard_statement(cypher: str) -> Guarded:
    """Rewrite a statement so that the engine's faults do not touch it.

    Each rewriting is the same statement by Cypher's own rules: a pattern with a null finds nothing, and a
    relationship that a MATCH has found is not null.

    Parameters
    ----------
    cypher
        One statement.

    Returns
    -------
    Guarded
        The statement and its notices, whose places are those in `cypher`.

    Raises
    ------
    QueryError
        A string, a comment or a back-ticked name never ends.

    Examples
    --------
    >>> guard_statement("OPTIONAL MATCH (g:Vendor) MATCH (c)--(g) RETURN c").text
    'OPTIONAL MATCH (g:Vendor) WITH * WHERE `g` IS NOT NULL MATCH (c)--(g) RETURN c'
    >>> guard_statement("MATCH ()-[s]->(b) WITH b ORDER BY s.row RETURN b").text
    'MATCH ()-[s]->(b) WHERE `s` IS NOT NULL WITH b ORDER BY s.row RETURN b'
    >>> guard_statement("MATCH (v) RETURN COUNT { (v)--() }").text
    'MATCH (v) RETURN COUNT { (v)--() }'
    """
    source = read_source(cypher)
    if source is None:
        return Guarded(cypher)
    walker = _Walker(source)
    branches = read_branches(source)
    heads = {source.word(clause.first) for branch in branches for clause in branch if clause.word == ""}
    if heads - {"PROFILE"}:  # EXPLAIN, SHOW, and what is no clause
        return Guarded(cypher)
    for branch in branches:
        walker.walk_branch(branch, {})
    return walker.finish()


class _Walker:
    """Walks the clauses of a statement with the variables in scope, and collects what needs a guard."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[_Finding] = []
        self.matches: list[tuple[Clause, set[str], list[str]]] = []  # relationships, conditions
        self.doubtful: list[tuple[int, int]] = []  # where the engine reads no relationship
        self.starred = False

    # ---- clauses ----

    def walk_branch(self, branch: list[Clause], scope: Scope, *, called: bool = False) -> Scope:
        """Walk the clauses of a branch; returns what it returns, or what is in scope at its end."""
        scope = dict(scope)
        for at, clause in enumerate(branch):
            optional = at > 0 and branch[at - 1].word == "OPTIONAL"
            match clause.word:
                case "MATCH":
                    scope = self._walk_match(clause, scope, branch[at - 1] if optional else None)
                case "WITH" | "RETURN":
                    if clause.word == "RETURN" and any(i.star for i in list_items(self.source, clause)):
                        known = find_scope(self.source, branch[:at], frozenset())
                        self.starred = self.starred or called or known is None
                    scope = self._walk_projection(clause, scope)
                case "CALL":
                    scope = self._walk_call(clause, scope, optional=optional)
                case "CREATE" | "INSERT" | "MERGE":
                    scope = scope | dict.fromkeys(self._list_written(clause), False)
                case "FOREACH":
                    pass
                case _:
                    self._scan(clause.first + 1, clause.last, scope)
                    aliases = (self.source.name(i + 1) for word, i in clause.marks if word == "AS")
                    scope = scope | {name: True for name in aliases if name is not None}
        return scope

    def _list_written(self, clause: Clause) -> frozenset[str]:
        return find_scope(self.source, [clause], frozenset()) or frozenset()

    def _walk_match(
        self, clause: Clause, scope: Scope, optional: Clause | None, *, bare: bool = False
    ) -> Scope:
        stop = clause.find("WHERE") or clause.last
        first = clause.first if bare else clause.first + 1
        names = list_names(self.source, first, stop)
        conditions: list[str] = []
        self._guard_match(clause, [n for n in names if scope.get(n)], optional, conditions, bare=bare)
        inside = scope | dict.fromkeys(names, False)
        self._scan_pattern(first, stop, inside)
        self._scan(stop + 1, clause.last, inside)
        self.matches.append((clause, list_relationships(self.source, first, stop), conditions))
        if optional is None:
            return inside
        return scope | {name: True for name in names if name not in scope}

    def _guard_match(
        self, clause: Clause, nulls: list[str], optional: Clause | None, conditions: list[str], *, bare: bool
    ) -> None:
        if not nulls:
            return
        if optional is not None:
            copies = {name: f"{_OWN}_{clause.first}_{at}" for at, name in enumerate(nulls)}
            taken = ", ".join(f"{quote_name(name)} AS {copy}" for name, copy in copies.items())
            advice = "write `WITH *, {0} AS known` before the clause and `known IS NOT NULL` into its WHERE"
            edits = [self._open(optional.first, f"WITH *, {taken} ")]
            self.findings.append(_Finding(clause.first, nulls, advice, edits, adds=True))
            conditions += copies.values()
            return
        text = f"WITH * WHERE {_all_known(nulls)} " + ("MATCH " if bare else "")
        begins, what = (" MATCH", "pattern") if bare else ("", "clause")
        advice = f"write `WITH * WHERE {{0}} IS NOT NULL{begins}` before the {what}"
        self.findings.append(_Finding(clause.first, nulls, advice, [self._open(clause.first, text)]))

    def _walk_projection(self, clause: Clause, scope: Scope) -> Scope:
        items = list_items(self.source, clause)
        named: Scope = {}
        for item in items:
            if item.star:
                named |= scope
                continue
            self._scan(item.first, item.last, scope)
            alone = item.last == item.first + 1 or self.source.word(item.first + 1) == "AS"
            variable = self.source.name(item.first) if alone else None
            named[item.name] = scope.get(variable, True) if variable is not None else True
        tail = clause.find("ORDER", "SKIP", "OFFSET", "LIMIT", "WHERE")
        if tail is not None:
            self._scan(tail, clause.last, scope | named)
        order = clause.find("ORDER")
        if clause.word == "WITH" and order is not None:
            self.doubtful.append((order, clause.find("WHERE") or clause.last))
        return named | dict.fromkeys(list_known(self.source, clause), False)

    def _walk_call(self, clause: Clause, scope: Scope, *, optional: bool) -> Scope:
        source, opening = self.source, clause.first + 1
        imported: Scope | None = None
        if source.sign(opening) == "(":
            inside = range(opening + 1, source.partner[opening])
            imported = {name: scope[name] for i in inside if (name := source.name(i)) in scope}
            if source.sign(opening + 1) == "*":
                imported = scope
            opening = source.partner[opening] + 1
        if source.sign(opening) != "{":  # a procedure
            self._scan(clause.first + 2, clause.last, scope)
            head = clause.find("YIELD")
            items = [] if head is None else list_items(source, clause, head=head)
            return scope | {item.name: True for item in items if not item.star}
        if imported is not None and imported is scope:
            self.doubtful.append((opening, source.partner[opening]))
        returned: Scope = {}
        for branch in read_branches(source, opening + 1, source.partner[opening]):
            begins = branch[0].word if branch else ""
            given = imported if imported is not None else (scope if begins == "WITH" else {})
            answer = self.walk_branch(branch, given, called=True)
            if branch and branch[-1].word == "RETURN":
                returned |= {name: null or returned.get(name, False) for name, null in answer.items()}
        return {name: null or optional for name, null in returned.items()} | scope

    # ---- expressions ----

    def _scan(
        self, first: int, last: int, scope: Scope, *, of_list: bool = False, nested: bool = False
    ) -> None:
        """Find the patterns within expressions; `nested` is whether within the WHERE of a list."""
        index = first
        while index < last:
            sign = self.source.sign(index)
            if of_list and (self.source.word(index) == "WHERE" or sign == "|"):
                nested = sign != "|"
            if sign in ("(", "[", "{") and index in self.source.partner:
                index = self._scan_bracket(index, scope, nested=nested)
            index += 1

    def _scan_bracket(self, opening: int, scope: Scope, *, nested: bool) -> int:
        """Look into brackets; returns the last token that is done with."""
        source, closing = self.source, self.source.partner[opening]
        sign, before = source.sign(opening), source.word(opening - 1)
        if source.sign(opening - 2) == ".":
            before = ""
        if sign == "{" and before in _SUBQUERIES and source.sign(opening + 1) != ".":
            self._walk_subquery(opening, closing, scope)
        elif sign == "[" and self._walk_comprehension(opening, closing, scope):
            pass
        elif sign == "(" and before in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            self._scan_pattern(opening + 1, closing, scope)
        elif sign == "(" and before == "EXISTS" and end_pattern(self.source, opening + 1) == closing:
            self._guard_predicate(opening + 1, closing, scope, outer=(opening - 1, closing + 1))
        elif (
            sign == "("
            and begins_operand(self.source, opening)
            and (end := end_pattern(self.source, opening))
        ):
            self._guard_predicate(opening, end, scope, outer=(opening, end), nested=nested)
            return end - 1
        else:
            names = list_locals(self.source, opening, closing)
            inside = scope | dict.fromkeys(names, True)
            self._scan(opening + 1, closing, inside, of_list=bool(names), nested=nested)
        return closing

    def _walk_subquery(self, opening: int, closing: int, scope: Scope) -> None:
        first = opening + 1
        is_path = self.source.name(first) is not None and self.source.sign(first + 1) == "="
        if self.source.sign(first) == "(" or is_path:
            clause = read_branches(self.source, first, closing)[0][0]
            self._walk_match(clause, scope, None, bare=True)
            return
        for branch in read_branches(self.source, first, closing):
            self.walk_branch(branch, scope)

    def _walk_comprehension(self, opening: int, closing: int, scope: Scope) -> bool:
        first = opening + 1
        if self.source.name(first) is not None and self.source.sign(first + 1) == "=":
            first += 2
        end = end_pattern(self.source, first)
        if end is None or (self.source.sign(end) != "|" and self.source.word(end) != "WHERE"):
            return False
        names = list_names(self.source, opening + 1, end)
        nulls = [name for name in names if scope.get(name)]
        inside = scope | dict.fromkeys(names, False)
        self._scan_pattern(first, end, inside)
        self._scan(end, closing, inside)
        if nulls:
            unknown = " OR ".join(f"{quote_name(name)} IS NULL" for name in nulls)
            edits = [self._open(opening, f"CASE WHEN {unknown} THEN [] ELSE "), self._close(closing, " END")]
            advice = "write `CASE WHEN {0} IS NULL THEN [] ELSE … END` around the brackets"
            self.findings.append(_Finding(opening, nulls, advice, edits))
        return True

    def _guard_predicate(
        self, first: int, end: int, scope: Scope, outer: tuple[int, int], *, nested: bool = False
    ) -> None:
        nulls = [name for name in list_names(self.source, first, end) if scope.get(name)]
        self._scan_pattern(first, end, scope)
        if nested:  # the engine takes the pattern for one of the clause's own WHERE
            known = f"WITH * WHERE {_all_known(nulls)} MATCH " if nulls else ""
            edits = [self._open(first, f"EXISTS {{ {known}"), self._close(end - 1, " }")]
            self.findings.append(_Finding(first, [], "write `EXISTS { … }` around it", edits))
        elif nulls:
            edits = [self._open(outer[0], f"({_all_known(nulls)} AND "), self._close(outer[1] - 1, ")")]
            advice = "write `{0} IS NOT NULL AND …` around the predicate"
            self.findings.append(_Finding(first, nulls, advice, edits))

    # ---- patterns ----

    def _scan_pattern(self, first: int, last: int, scope: Scope) -> None:
        """Look into the maps and conditions of a pattern."""
        index = first
        while index < last:
            if index in self.source.partner:
                closing = self.source.partner[index]
                if self.source.sign(index) == "{" or self.source.sign(index + 1) not in ("(", ""):
                    self._scan(index + 1, closing, scope)
                else:
                    self._scan_pattern(index + 1, closing, scope)
                if self.source.sign(index) == "{":
                    self.doubtful.append((index, closing))
                index = closing
            elif self.source.word(index) == "WHERE":
                self._scan(index + 1, last, scope)
                return
            index += 1

    # ---- edits ----

    def _open(self, index: int, text: str) -> _Edit:
        return _Edit(self.source.tokens[index].start, True, text)

    def _close(self, index: int, text: str) -> _Edit:
        return _Edit(self.source.tokens[index].end, False, text)

    def _guard_where(self, clause: Clause, names: Iterable[str]) -> list[_Edit]:
        known = _all_known(names)
        where = clause.find("WHERE")
        if not known:
            return []
        if where is None:
            return [self._close(clause.last - 1, f" WHERE {known}")]
        return [self._close(where, f" {known} AND ("), self._close(clause.last - 1, ")")]

    def finish(self) -> Guarded:
        """Return the statement with all edits, and what must be said."""
        taken = any(_OWN in t.text for t in self.source.tokens if t.kind in ("name", "quoted"))
        open_ones = [f for f in self.findings if f.adds and (self.starred or taken)]
        closed = [f for f in self.findings if f not in open_ones]
        edits = [edit for finding in closed for edit in finding.edits]
        said = [self._tell(finding) for finding in closed]
        for clause, relationships, conditions in self.matches:
            copies = [] if self.starred or taken else conditions
            unread = sorted(filter(self._is_doubtful, relationships))
            edits += self._guard_where(clause, [*copies, *unread])
            said += [self._tell_unread(clause, name) for name in unread]
        pieces, position = [], 0
        for edit in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self.source.text[position : edit.offset], edit.text]
            position = edit.offset
        text = "".join([*pieces, self.source.text[position:]])
        return Guarded(text, tuple(map(self._tell, open_ones)), tuple(said))

    def _is_doubtful(self, name: str) -> bool:
        spans = self.doubtful
        return any(self.source.name(at) == name for first, last in spans for at in range(first, last))

    def _tell(self, finding: _Finding) -> str:
        if not finding.names:
            return f"the engine misreads the predicate at {self._place(finding.at)}; {finding.advice}"
        names = " or ".join(f"`{name}`" for name in finding.names)
        return (
            f"where {names} is null, the engine lets anything take its place in the pattern at "
            f"{self._place(finding.at)}, and there may be rows too many; {finding.advice.format(finding.names[0])}"
        )

    def _tell_unread(self, clause: Clause, name: str) -> str:
        return (
            f"the engine may not read the relationship `{name}` of the pattern at {self._place(clause.first)}, and "
            f"its properties be null; write `{name} IS NOT NULL` into the WHERE of the pattern"
        )

    def _place(self, index: int) -> str:
        line, column = find_place(self.source.text, self.source.tokens[index].start)
        return f"line {line}, column {column}"


def _all_known(names: Iterable[str]) -> str:
    return " AND ".join(f"{quote_name(name)} IS NOT NULL" for name in names)
