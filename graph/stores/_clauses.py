"""The clauses of a Cypher statement, and the variables that they bring into scope.

A keyword of Cypher may also be the name of a variable, a label or a property. Which it is can be told from what
stands before it: a clause begins only where an expression is complete. The reader therefore keeps one bit,
whether an operand is expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ._lexer import Token, tokenize, unquote_name

__all__ = ["Clause", "Item", "Source", "find_scope", "list_items", "read_branches", "read_source"]

_OPENING = {"(": ")", "[": "]", "{": "}"}
_PATTERNS = {"MATCH", "CREATE", "MERGE", "INSERT"}
_PROJECTIONS = {"RETURN", "WITH"}
_CLAUSES = {
    *_PATTERNS,
    *_PROJECTIONS,
    *("CALL", "DELETE", "DETACH", "FINISH", "FOREACH", "LOAD", "NODETACH", "OPTIONAL", "REMOVE", "SET"),
    *("UNION", "UNWIND", "USE"),
}
_BARE = {"DETACH", "FINISH", "LOAD", "NODETACH", "OPTIONAL", "UNION"}  # no operand follows
_FOLLOWED_BY = {"LOAD": {"CSV"}, "OPTIONAL": {"MATCH", "CALL"}}
_INFIX = {
    *(
        "AND",
        "AS",
        "BY",
        "CONTAINS",
        "ELSE",
        "ENDS",
        "IN",
        "IS",
        "LIMIT",
        "NOT",
        "OFFSET",
        "ON",
        "OR",
        "ORDER",
    ),
    *("SKIP", "STARTS", "THEN", "WHEN", "WHERE", "XOR", "YIELD"),
}
_PREFIX = {"CASE", "NOT"}
_PAIRS = {("ORDER", "BY"), ("STARTS", "WITH"), ("ENDS", "WITH"), ("CASE", "WHEN")}
_LITERALS = {"FALSE", "INF", "INFINITY", "NAN", "NULL", "TRUE"}
_SUBQUERIES = {"COLLECT", "COUNT", "EXISTS"}
_TAILS = {"LIMIT", "OFFSET", "ORDER", "SKIP", "WHERE"}


@dataclass(frozen=True, slots=True)
class Source:
    """A statement, its tokens without blanks and comments, and for each opening bracket its closing one."""

    text: str
    tokens: list[Token]
    partner: dict[int, int]

    def cut(self, first: int, last: int) -> str:
        """Return the text as written from token `first` up to token `last`, which is left out."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if first < last else ""

    def word(self, index: int) -> str:
        """Return the word of a token, in capitals; nothing if there is none."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def sign(self, index: int) -> str:
        """Return the punctuation at an index; nothing if there is none."""
        if 0 <= index < len(self.tokens) and self.tokens[index].kind == "punctuation":
            return self.tokens[index].text
        return ""

    def name(self, index: int) -> str | None:
        """Return the name at an index without its back-ticks; None if there is none."""
        if 0 <= index < len(self.tokens) and self.tokens[index].kind in ("name", "quoted"):
            return unquote_name(self.tokens[index].text)
        return None


@dataclass(slots=True)
class Clause:
    """A clause: its keyword, its tokens (`first` is the keyword), and the words and commas that divide it."""

    word: str
    first: int
    last: int
    marks: list[tuple[str, int]] = field(default_factory=list)

    def find(self, *words: str) -> int | None:
        """Return the index of the first such mark."""
        return next((index for word, index in self.marks if word in words), None)


@dataclass(frozen=True, slots=True)
class Item:
    """What a projection lists: the tokens of its expression, its name, and whether ORDER BY knows that name."""

    first: int
    last: int
    name: str
    named: bool = True
    star: bool = False


def read_source(cypher: str) -> Source | None:
    """Cut a statement into tokens; None for more than one, and if brackets do not match."""
    tokens = [token for token in tokenize(cypher) if token.kind not in ("space", "comment")]
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind != "punctuation":
            continue
        if token.text in _OPENING:
            waiting.append(index)
        elif token.text in ")]}":
            if not waiting or _OPENING[tokens[waiting[-1]].text] != token.text:
                return None
            partner[waiting.pop()] = index
        elif token.text in (
            ";",
            "\\",
        ):  # Neo4j takes \\u0041 for A anywhere, and nothing else has a backslash
            return None
    return None if waiting else Source(cypher, tokens, partner)


def read_branches(source: Source, first: int = 0, last: int | None = None) -> list[list[Clause]]:
    """Return the clauses of each branch of a UNION; one branch if there is none."""
    branches: list[list[Clause]] = [[]]
    for clause in _Reader(source, first, len(source.tokens) if last is None else last).read():
        if clause.word == "UNION":
            branches.append([])
        else:
            branches[-1].append(clause)
    return branches


class _Reader:
    """Reads the clauses between two tokens; what stands in brackets is skipped."""

    def __init__(self, source: Source, first: int, last: int) -> None:
        self.source = source
        self.index = first
        self.last = last
        self.clause = Clause("", first, first)
        self.expecting = False  # an operand
        self.typing = False  # in a type, as in `x IS :: LIST<DATE>`
        self.cases = 0  # CASEs that have not ended, in which a comma parts values: WHEN 1, 2 THEN

    def read(self) -> Iterator[Clause]:
        while self.index < self.last:
            token = self.source.tokens[self.index]
            if not self.expecting and self._begins_clause():
                if self.clause.first < self.index:
                    self.clause.last = self.index
                    yield self.clause
                self.clause = Clause(token.word, self.index, self.last)
                self.expecting = token.word not in _BARE
                self.typing = False
                self.cases = 0
            elif self.index in self.source.partner:
                self.index = self.source.partner[self.index]
                self.expecting = False
            elif token.kind == "punctuation":
                self._read_sign(token.text)
            elif token.kind == "name":
                self._read_word(token.word)
            else:
                self.expecting = False
            self.index += 1
        self.clause.last = self.last
        if self.clause.first < self.last:
            yield self.clause

    def _begins_clause(self) -> bool:
        word, after = self.source.word(self.index), self.source.word(self.index + 1)
        if word == "WITH" and after == "HEADERS" and self.clause.word == "LOAD":
            return False
        return word in _CLAUSES and after in _FOLLOWED_BY.get(word, {after})

    def _mark(self, word: str) -> None:
        self.clause.marks.append((word, self.index))

    def _read_sign(self, sign: str) -> None:
        if sign == "=" or (sign == "," and not self.cases):
            self._mark(sign)
        self.typing = sign == "::" or (self.typing and sign in "<>")
        in_pattern = self.clause.word in _PATTERNS and self.clause.find("WHERE") is None
        if sign == "*" and self.expecting and self._at_head():
            self._mark("*")
            self.expecting = False
        else:
            self.expecting = not ((in_pattern and sign in "+*") or (self.typing and sign == ">"))

    def _at_head(self) -> bool:
        before = self.source.word(self.index - 1)
        return before in _PROJECTIONS or before in ("DISTINCT", "YIELD")

    def _read_word(self, word: str) -> None:
        if self.expecting:
            if word == "DISTINCT" and self._at_head() and self._operand_follows():
                self._mark(word)
            else:
                before = self.source.word(self.index - 1)
                is_prefix = word in _PREFIX and before != "AS" and self._operand_follows()
                self.expecting = is_prefix or (before, word) in _PAIRS
                self.cases += is_prefix and word == "CASE"
        elif word in _INFIX:
            self._mark(word)
            self.expecting = True
        elif word == "END" and self.cases:
            self.cases -= 1

    def _operand_follows(self) -> bool:
        """Tell CASE, DISTINCT and NOT from variables of these names."""
        following = self.index + 1
        if following >= self.last or not self._begins_operand(following, "*"):
            return False
        word = self.source.word(following)
        return word not in _INFIX or word in ("NOT", "WHEN") or self._is_operand(following)

    def _begins_operand(self, index: int, *signs: str) -> bool:
        """Tell a value or a map from an operator and from the braces of `v {.id}`."""
        if self.source.sign(index) == "{":
            return self.source.sign(index + 1) != "."
        return self.source.sign(index) in ("", *_OPENING, "-", "+", *signs)

    def _is_operand(self, index: int) -> bool:
        """Tell a variable such as `limit` from the keyword, which has an operand after it."""
        after = index + 1
        if after >= self.last or not self._begins_operand(after):
            return True
        return self.source.word(after) in (_INFIX | _CLAUSES) - {"BY", "NOT"}


def list_items(source: Source, clause: Clause, *, head: int | None = None) -> list[Item]:
    """Return the columns of a RETURN, a WITH or, with its index as `head`, a YIELD."""
    start = (clause.first if head is None else head) + 1
    end = next((at for word, at in clause.marks if word in _TAILS and at >= start), clause.last)
    distinct = clause.find("DISTINCT")
    start = start if distinct is None else distinct + 1
    commas = [at for word, at in clause.marks if word == "," and start <= at < end]
    starts = [start, *(at + 1 for at in commas)]
    return [_read_item(source, clause, *span) for span in zip(starts, [*commas, end], strict=True)]


def _read_item(source: Source, clause: Clause, first: int, last: int) -> Item:
    if ("*", first) in clause.marks:
        return Item(first, last, "", star=True)
    alias = [at for word, at in clause.marks if word == "AS" and first <= at < last]
    if alias:
        return Item(first, alias[-1], source.name(alias[-1] + 1) or "")
    variable = _find_variable(source, first, last)
    alone = last == first + 1 and variable is not None
    return Item(first, last, variable or source.cut(first, last), named=alone)


def _find_variable(source: Source, first: int, last: int) -> str | None:
    """Return the variable that names a column: Neo4j calls `v`, `(v)` and `v {.id}` all v."""
    while source.sign(first) == "(" and source.partner[first] == last - 1:
        first, last = first + 1, last - 1
    is_map = source.sign(first + 1) == "{" and source.partner[first + 1] == last - 1
    if is_map and source.word(first) in _SUBQUERIES:  # COUNT { (v)--() }, unless there is a variable `count`
        is_map = source.sign(first + 2) == "."
    if (last == first + 1 and source.word(first) not in _LITERALS) or is_map:
        return source.name(first)
    return None


def find_scope(source: Source, clauses: list[Clause], scope: frozenset[str] | None) -> frozenset[str] | None:
    """Return the names in scope after some clauses that began with `scope`; None if they cannot be told."""
    for clause in clauses:
        scope = _extend_scope(source, clause, scope)
    return scope


def _extend_scope(source: Source, clause: Clause, scope: frozenset[str] | None) -> frozenset[str] | None:
    if clause.word == "WITH":
        items = list_items(source, clause)
        named = {item.name for item in items if not item.star}
        if not any(item.star for item in items):
            return frozenset(named)
        return None if scope is None else scope | named
    if scope is None:
        return None
    if clause.word in _PATTERNS:
        stop = clause.find("WHERE", "ON") or clause.last
        return scope | set(_list_pattern(source, clause.first + 1, stop))
    if clause.word in ("UNWIND", "LOAD"):
        return scope | _list_aliases(source, clause)
    if clause.word in ("CALL", ""):
        return _extend_by_call(source, clause, scope)
    return scope


def _list_aliases(source: Source, clause: Clause) -> set[str]:
    names = (source.name(at + 1) for word, at in clause.marks if word == "AS")
    return {name for name in names if name is not None}


def _extend_by_call(source: Source, clause: Clause, scope: frozenset[str]) -> frozenset[str] | None:
    opening = clause.first + 1
    if source.sign(opening) == "(":
        opening = source.partner[opening] + 1
    if clause.word == "CALL" and source.sign(opening) == "{":
        return _extend_by_subquery(source, clause, opening, scope)
    head = clause.find("YIELD")
    if head is None:
        return scope
    items = list_items(source, clause, head=head)
    return None if any(item.star for item in items) else scope | {item.name for item in items}


def _extend_by_subquery(
    source: Source, clause: Clause, opening: int, scope: frozenset[str]
) -> frozenset[str] | None:
    """Add what a subquery returns, and the status of its transactions."""
    branch = read_branches(source, opening + 1, source.partner[opening])[0]
    at = next((index for index, inner in enumerate(branch) if inner.word == "RETURN"), None)
    names = scope | _list_aliases(source, clause)
    if at is None:
        return names
    items = list_items(source, branch[at])
    named = names | {item.name for item in items if not item.star}
    if not any(item.star for item in items):
        return named
    inner = find_scope(source, branch[:at], scope if opening > clause.first + 1 else frozenset())
    return None if inner is None else named | inner


def _list_pattern(source: Source, first: int, last: int) -> Iterator[str]:
    """Yield the variables of a pattern: of its paths, nodes and relationships."""
    index = first
    while index < last:
        name = source.name(index)
        if name is not None and source.sign(index + 1) == "=":
            yield name
        if index in source.partner:
            closing = source.partner[index]
            yield from _list_element(source, index, closing)
            index = closing
        elif source.word(index) == "WHERE" and source.sign(index + 1) != "=":  # of a pattern in parentheses
            return
        index += 1


def _list_element(source: Source, opening: int, closing: int) -> Iterator[str]:
    sign, inside = source.sign(opening), opening + 1
    if sign == "{":
        return
    nested = source.sign(inside) == "(" or source.sign(inside + 1) in ("=", "(")
    if sign == "(" and nested:  # a pattern in parentheses, or the arguments of shortestPath
        yield from _list_pattern(source, inside, closing)
        return
    name = source.name(inside)
    bare = source.word(inside) in ("IS", "WHERE") and source.name(inside + 1) is not None
    if name is not None and inside < closing and not bare:
        yield name
