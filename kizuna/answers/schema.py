"""What a store holds: labels and relationship types with their properties, from the model and by looking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from kizuna._errors import UnknownNameError
from kizuna._messages import say
from kizuna._render import Answer, Block, Cell, Column, Heading, Sheet
from kizuna.graph.model import EVIDENCE, MODEL
from kizuna.graph.schema import EdgeTable, NodeTable, Property, Table
from kizuna.graph.stores.protocol import Store
from kizuna.graph.stores.values import Node, Relationship

__all__ = ["GRAPH_LABEL", "Element", "Field", "list_model", "read_schema", "tell_schema"]

GRAPH_LABEL = "KizunaGraph"
"""Label of the node that says which graph a store holds."""
_LABELS = "CALL db.labels() YIELD label RETURN label AS name"
_TYPES = "CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType AS name"
_SAMPLE = 200  # elements of a label or type that the model does not know are looked at


class Field(NamedTuple):
    """A property: its name, kind, meaning, the values it may have, and whether it is always there."""

    name: str
    kind: str
    meaning: str = ""
    allowed: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Element:
    """A label or a relationship type.

    Parameters
    ----------
    kind
        ``label`` or ``type``.
    name
        Its name.
    ends
        Of a type: the labels that it leads from and to.
    meaning
        What it means, for people.
    fields
        Its properties.
    past_name
        What the statements are called that are not in force; blank: there are none of it.
    count, past
        How many there are, and how many not in force; None: nobody has counted.
    """

    kind: str
    name: str
    ends: tuple[tuple[str, str], ...] = ()
    meaning: str = ""
    fields: tuple[Field, ...] = ()
    past_name: str = ""
    count: int | None = None
    past: int | None = None


_EVIDENCE = tuple(prop.name for prop in EVIDENCE)
_EVERYWHERE = (
    Field("graph", "text", "name of the graph that it belongs to", required=True),
    Field("row", "integer", "its place in the table that it is from"),
)


def list_model() -> list[Element]:
    """Return what the model declares, labels first, as a store holds it.

    Examples
    --------
    >>> [element.ends for element in list_model() if element.name == "BASED_IN"]
    [(('Vendor', 'Country'),)]
    """
    tables = MODEL.tables.values()
    labels = [_model_label(table) for table in tables if not isinstance(table, EdgeTable)]
    return [*labels, _graph_label(), *(_model_type(name) for name in MODEL.edge_types)]


def _model_label(table: Table) -> Element:
    fields = (*map(_make_field, table.properties), *_EVERYWHERE)
    if isinstance(table, NodeTable):
        return Element("label", table.label, (), table.description, fields)
    name = "".join(part.capitalize() for part in table.name.split("_"))
    key = Field("id", "text", "made of the table's name and the row", required=True)
    return Element("label", name, (), table.description, (key, *fields), f"{name}NotInForce")


def _graph_label() -> Element:
    fields = (
        Field("id", "text", "name of the graph", required=True),
        Field("version", "text", "version of the data set"),
        Field("date", "date", "day that the data set speaks of"),
        Field("as_of", "date", "day that the graph is looked at"),
        Field("content_hash", "text", "hash of every row"),
        _EVERYWHERE[0],
    )
    return Element("label", GRAPH_LABEL, (), "Which graph the store holds", fields)


def _model_type(name: str) -> Element:
    tables = MODEL.edge_tables(name)
    ends = [(table.source.label or "*", table.target.label or "*") for table in tables]
    columns = [edge for edge in MODEL.column_edges if edge.type == name]
    ends += [(getattr(MODEL.tables[edge.table], "label", ""), edge.target) for edge in columns]
    fields: dict[str, Field] = {}
    for table in tables:
        held = {end.column for end in (table.source, table.target)}
        held |= {end.label_column for end in (table.source, table.target) if end.label_column}
        fields |= {prop.name: _make_field(prop) for prop in table.properties if prop.name not in held}
    told = tuple(fields.values())
    meanings = [table.description for table in tables]
    meanings += [MODEL.tables[edge.table].property(edge.column).description for edge in columns]
    everywhere = _EVERYWHERE if tables else _EVERYWHERE[:1]
    past = f"{name}_NOT_IN_FORCE" if tables else ""
    return Element("type", name, tuple(ends), "; ".join(dict.fromkeys(meanings)), (*told, *everywhere), past)


def _make_field(prop: Property) -> Field:
    return Field(prop.name, prop.kind.value, prop.description, prop.allowed, prop.required)


# ---- looking into a store ----


def read_schema(store: Store, *, server: bool, timeout: float | None = None) -> list[Element]:
    """Return what a store holds: what the model declares, counted, and what else is there, by a sample.

    Parameters
    ----------
    store
        The store.
    server
        Whether it is a Neo4j server, which may hold other things, and may not hold the model's.
    timeout
        Seconds a question may take.
    """
    model = list_model()
    if not server:
        return _count(store, model, timeout)
    there = [
        *(("label", name) for name in _ask_names(store, _LABELS, timeout)),
        *(("type", name) for name in _ask_names(store, _TYPES, timeout)),
    ]
    known = model if ("label", GRAPH_LABEL) in there else []
    named = {(e.kind, name) for e in known for name in (e.name, e.past_name)}
    others = [Element(kind, name) for kind, name in there if (kind, name) not in named]
    found = [_sample(store, other, timeout) for other in _count(store, others, timeout) if other.count]
    return sorted([*_count(store, known, timeout), *found], key=lambda element: element.kind)


def _ask_names(store: Store, cypher: str, timeout: float | None) -> list[str]:
    return sorted(str(row[0]) for row in store.query(cypher, timeout=timeout))


def _count(store: Store, elements: Sequence[Element], timeout: float | None) -> list[Element]:
    """Count by name: of labels and types a server keeps the numbers and scans nothing."""
    if not elements:
        return []
    parts = [part for element in elements for part in _count_parts(element)]
    counts = {
        (str(kind), str(name)): int(n)
        for kind, name, n in store.query(" UNION ALL ".join(parts), timeout=timeout)
    }
    return [
        replace(
            element,
            count=counts.get((element.kind, element.name), 0),
            past=counts.get((element.kind, element.past_name)),
        )
        for element in elements
    ]


def _count_parts(element: Element) -> Iterator[str]:
    for name in filter(None, (element.name, element.past_name)):
        pattern = f"(n:{_quote(name)})" if element.kind == "label" else f"()-[n:{_quote(name)}]->()"
        yield f"MATCH {pattern} WITH count(n) AS n RETURN {_text(element.kind)} AS kind, {_text(name)} AS name, n"


def _quote(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _sample(store: Store, element: Element, timeout: float | None) -> Element:
    """Look at some elements: their properties, the types of these, and what lies at their ends."""
    quoted = _quote(element.name)
    pattern = f"(n:{quoted})" if element.kind == "label" else f"()-[n:{quoted}]->()"
    rows = store.query(f"MATCH {pattern} RETURN n LIMIT {_SAMPLE}", timeout=timeout).rows
    found: list[Node | Relationship] = [row[0] for row in rows]
    kinds: dict[str, dict[str, None]] = {}
    for value in found:
        for name, part in value.properties.items():
            kinds.setdefault(name, {})[_name_type(part)] = None
    always = {name for name in kinds if all(name in value.properties for value in found)}
    fields = tuple(
        Field(name, " | ".join(sorted(kinds[name])), required=name in always) for name in sorted(kinds)
    )
    ends = {
        (":".join(value.start.labels), ":".join(value.end.labels))
        for value in found
        if isinstance(value, Relationship)
    }
    return replace(element, fields=fields, ends=tuple(sorted(ends)))


def _name_type(value: Any) -> str:
    if isinstance(value, list):
        return f"list of {' | '.join(sorted({_name_type(part) for part in value}))}" if value else "list"
    names = {"str": "text", "int": "integer", "float": "number", "bool": "boolean", "timedelta": "duration"}
    name = type(value).__name__.lower()
    return names.get(name, name)


# ---- telling ----


def tell_schema(elements: Sequence[Element], *, lang: str, names: Iterable[str] = ()) -> Answer:
    """Return a schema: an overview, or with `names` these labels and types in full.

    JSON and CSV hold every property in any case.

    Raises
    ------
    UnknownNameError
        A name is neither a label nor a type.
    """
    wanted = tuple(names)
    chosen = list(elements) if wanted in ((), ("all",)) else [_find(elements, name) for name in wanted]
    blocks = _detail(chosen, lang) if wanted else _overview(chosen, lang)
    return Answer(
        head=(),
        blocks=tuple(blocks),
        document=lambda: {
            "labels": [_record(element) for element in chosen if element.kind == "label"],
            "types": [_record(element) for element in chosen if element.kind == "type"],
        },
        sheet=_list_fields(chosen, lang),
    )


def _find(elements: Sequence[Element], name: str) -> Element:
    for element in elements:
        if element.name.lower() == name.lower():
            return element
    known = ", ".join(element.name for element in elements) or "none"
    raise UnknownNameError(f"no label and no relationship type {name!r}; there are {known}")


def _overview(elements: Sequence[Element], lang: str) -> list[Block]:
    labels = [element for element in elements if element.kind == "label"]
    types = [element for element in elements if element.kind == "type"]
    return [
        Heading(say("cli.schema.labels", lang)),
        _make_sheet(
            ("label", "count", "past", "properties"),
            [(e.name, e.count, e.past, _join_fields(e)) for e in labels],
            lang,
        ),
        Heading(say("cli.schema.types", lang)),
        _make_sheet(
            ("edge_type", "ends", "count", "past", "properties"),
            [(e.name, _join_ends(e), e.count, e.past, _join_fields(e)) for e in types],
            lang,
        ),
        say("cli.schema.evidence", lang, properties=", ".join(_EVIDENCE)),
        say("cli.schema.more", lang),
    ]


def _join_fields(element: Element) -> str:
    """Name the properties; those of the evidence, which nearly all have, as one."""
    names = [field.name for field in element.fields if field not in _EVERYWHERE]
    if set(_EVIDENCE) <= set(names):
        names = [*(name for name in names if name not in _EVIDENCE), "(evidence)"]
    return ", ".join(names)


def _join_ends(element: Element) -> str:
    return ", ".join(f"({source})->({target})" for source, target in element.ends)


def _detail(elements: Sequence[Element], lang: str) -> Iterator[Block]:
    for element in elements:
        pattern = ", ".join(f"(:{a})-[:{element.name}]->(:{b})" for a, b in element.ends)
        yield Heading(pattern or f"(:{element.name})")
        told = [element.meaning] if element.meaning else []
        if element.count is not None:
            told.append(say("cli.schema.count", lang, n=element.count))
        if element.past is not None:
            told.append(say("cli.schema.past", lang, n=element.past, name=element.past_name))
        yield from told
        rows: list[tuple[Cell, ...]] = [
            (field.name, field.kind, "*" if field.required else None, ", ".join(field.allowed), field.meaning)
            for field in element.fields
        ]
        yield _make_sheet(("property", "value", "required", "allowed", "meaning"), rows, lang)


def _list_fields(elements: Sequence[Element], lang: str) -> Sheet:
    keys = ("kind", "name", "ends", "count", "property", "value", "required", "allowed", "meaning")
    rows: list[tuple[Cell, ...]] = [
        (
            *(element.kind, element.name, _join_ends(element), element.count),
            *(
                field.name,
                field.kind,
                "yes" if field.required else "",
                ";".join(field.allowed),
                field.meaning,
            ),
        )
        for element in elements
        for field in element.fields or (Field("", ""),)
    ]
    return _make_sheet(keys, rows, lang)


def _make_sheet(keys: Sequence[str], rows: Sequence[tuple[Cell, ...]], lang: str) -> Sheet:
    whole = ("label", "edge_type", "property", "count", "past")
    columns = [
        Column(say(f"cli.column.{key}", lang), number=key in ("count", "past"), whole=key in whole)
        for key in keys
    ]
    return Sheet(tuple(columns), tuple(rows))


def _record(element: Element) -> Mapping[str, Any]:
    found: dict[str, Any] = {"name": element.name, "meaning": element.meaning or None, "count": element.count}
    found["not_in_force"] = element.past
    if element.kind == "type":
        found["ends"] = [{"from": source, "to": target} for source, target in element.ends]
    found["properties"] = [
        {
            "name": field.name,
            "kind": field.kind,
            "required": field.required,
            "allowed": list(field.allowed),
            "meaning": field.meaning or None,
        }
        for field in element.fields
    ]
    return found
