"""The corpus: one module a topic."""

from __future__ import annotations

from tests.parity.case import Case
from tests.parity.corpus import (
    aggregation,
    containers,
    errors,
    matching,
    nulls,
    numbers,
    ordering,
    paths,
    projection,
    subqueries,
    temporal,
    texts,
    writing,
)

__all__ = ["TOPICS"]

TOPICS: dict[str, list[Case]] = {
    "matching": matching.CASES,
    "projection": projection.CASES,
    "aggregation": aggregation.CASES,
    "ordering": ordering.CASES,
    "subqueries": subqueries.CASES,
    "paths": paths.CASES,
    "containers": containers.CASES,
    "nulls": nulls.CASES,
    "texts": texts.CASES,
    "numbers": numbers.CASES,
    "temporal": temporal.CASES,
    "writing": writing.CASES,
    "errors": errors.CASES,
}
