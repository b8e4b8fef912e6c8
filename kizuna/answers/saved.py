"""The saved queries: which there are, and one of them in full."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kizuna._messages import say
from kizuna._render import Answer, Block, Column, Heading, Listing, Sheet
from kizuna.queries.saved import TOPICS, SavedQuery, bind_parameters

__all__ = ["bind", "head_saved", "read_body", "tell_saved", "tell_saved_query", "type_parameters"]


def bind(saved: SavedQuery, given: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return the values of all parameters; names are in the reader's language unless another was asked for."""
    speaks = any(parameter.name == "lang" for parameter in saved.parameters)
    return bind_parameters(saved, {**({"lang": lang} if speaks else {}), **given})


def type_parameters(saved: SavedQuery) -> dict[str, str]:
    """Return the declared type of each parameter."""
    return {parameter.name: parameter.type for parameter in saved.parameters}


def head_saved(saved: SavedQuery, parameters: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Return what stands above the rows of a saved query: its title, and what it was asked with."""
    title = saved.title[lang]
    if not parameters:
        return (title,)
    values = "; ".join(f"{name} = {_show(value)}" for name, value in parameters.items())
    return (title, say("cli.saved.asked", lang, parameters=values))


def _show(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def tell_saved(queries: Sequence[SavedQuery], *, lang: str) -> Answer:
    """Return all saved queries, by topic."""
    topics = sorted({query.topic for query in queries}, key=TOPICS.index)
    blocks: list[Block] = []
    for topic in topics:
        blocks.append(Heading(_name_topic(topic, lang)))
        rows = tuple(
            (query.name, query.title[lang], _name_parameters(query))
            for query in queries
            if query.topic == topic
        )
        blocks.append(Sheet(_columns(("name", "title", "parameters"), lang), rows))
    blocks.append(say("cli.saved.more", lang))
    everything = tuple(
        (
            _name_topic(query.topic, lang),
            query.name,
            query.title[lang],
            _name_parameters(query),
            query.description[lang],
        )
        for query in queries
    )
    return Answer(
        head=(),
        blocks=tuple(blocks),
        document=lambda: {"queries": [_record(query, lang) for query in queries]},
        sheet=Sheet(_columns(("topic", "name", "title", "parameters", "meaning"), lang), everything),
    )


def _columns(keys: Sequence[str], lang: str) -> tuple[Column, ...]:
    return tuple(Column(say(f"cli.column.{key}", lang), whole=key == "name") for key in keys)


def _name_topic(topic: str, lang: str) -> str:
    return say(f"cli.topic.{topic}", lang)


def _name_parameters(query: SavedQuery) -> str:
    """Name what can be asked differently; the language is that of the answer."""
    return ", ".join(parameter.name for parameter in query.parameters if parameter.name != "lang")


def tell_saved_query(saved: SavedQuery, *, lang: str) -> Answer:
    """Return one saved query: what it answers, its parameters and columns, and its text."""
    parameters = Sheet(
        _columns(("name", "value", "default", "allowed", "meaning"), lang),
        tuple(
            (
                *(parameter.name, parameter.type),
                say("cli.saved.required", lang) if parameter.required else _show(parameter.default),
                ", ".join(parameter.allowed),
                parameter.description[lang],
            )
            for parameter in saved.parameters
        ),
    )
    columns = Sheet(
        _columns(("name", "meaning"), lang),
        tuple((column.name, column.description[lang]) for column in saved.columns),
    )
    blocks: list[Block] = [Heading(saved.title[lang]), saved.description[lang]]
    if saved.parameters:
        blocks += [Heading(say("cli.column.parameters", lang)), parameters]
    blocks += [Heading(say("cli.saved.columns", lang)), columns, Heading("Cypher"), Listing(read_body(saved))]
    return Answer(
        head=(),
        blocks=tuple(blocks),
        document=lambda: _record(saved, lang) | {"cypher": saved.cypher},
        sheet=parameters,
    )


def read_body(saved: SavedQuery) -> str:
    """Return the text of a query without the comment that declares it."""
    text = saved.cypher.strip()
    if text.startswith("/*"):
        text = text.partition("*/")[2].strip()
    return text


def _record(query: SavedQuery, lang: str) -> dict[str, Any]:
    return {
        "name": query.name,
        "topic": query.topic,
        "title": query.title[lang],
        "description": query.description[lang],
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "default": parameter.default,
                "allowed": list(parameter.allowed),
                "description": parameter.description[lang],
            }
            for parameter in query.parameters
        ],
        "columns": [
            {"name": column.name, "description": column.description[lang]} for column in query.columns
        ],
    }
