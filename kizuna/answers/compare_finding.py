"""What became of a finding since earlier data, or since an answer that was written earlier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from string import Formatter
from typing import Any, Literal

import pandas as pd

from kizuna._messages import load_messages
from kizuna.answers.explain import Ranked, record_finding
from kizuna.answers.facts import NamesOfBoth
from kizuna.answers.names import Names, record_data, record_source
from kizuna.answers.records import AnswerRecord, reduce_finding
from kizuna.answers.values import list_differences
from kizuna.graph import SupplyGraph
from kizuna.queries import Comparison, Finding, FindingChange, Gaps, Scope, compare_graphs
from kizuna.queries.finding_search import GapQuestion

__all__ = ["Since", "compare_finding", "find_rank", "name_any", "record_by_id"]

State = Literal["opened", "closed", "changed", "unchanged", "not told"]


def find_rank(gaps: Gaps, finding: Finding) -> int:
    """Return the place of a finding among those of its kind, from 1; 0 if it is not there."""
    for found in (gaps.cuts, gaps.uncovered, gaps.dominant, gaps.fragile, gaps.thin):
        for rank, candidate in enumerate(found, 1):
            if candidate.id == finding.id:
                return rank
    return 0


@dataclass(frozen=True, eq=False)
class Since:
    """What became of a finding since an earlier answer.

    Parameters
    ----------
    state
        ``opened``, ``closed``, ``changed``, ``unchanged``, or ``not told`` where a record lists only some
        findings and not this one.
    data
        Of the earlier data: name, version, date, day and hash.
    same_data
        Whether they are the same data, on the same day.
    differences
        Name, value then, value now and reasons of every property that is not the same.
    change, comparison
        Where both data sets are there: the change with its facts.
    parameters
        Parameters that the earlier answer was asked with, and this was not: name, then, now.
    before
        The earlier finding, as recorded; None if there was none, or it is not told.
    """

    state: State
    data: Mapping[str, str]
    same_data: bool
    differences: tuple[tuple[str, Any, Any, tuple[str, ...]], ...] = ()
    change: FindingChange | None = None
    comparison: Comparison | None = None
    parameters: tuple[tuple[str, Any, Any], ...] = ()
    before: Mapping[str, Any] | None = None

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons; none where a record alone is there."""
        if self.change is not None:
            return self.change.why
        return tuple(dict.fromkeys(cause for *_, why in self.differences for cause in why))


def compare_finding(
    finding: str,
    graph: SupplyGraph,
    earlier: SupplyGraph | AnswerRecord,
    question: GapQuestion,
    *,
    lang: str = "en",
) -> Since:
    """Find what became of a finding since earlier data, or since a record of an answer.

    Parameters
    ----------
    finding
        Its id.
    graph
        The data now.
    earlier
        The data then, or an answer that was written as JSON.
    question
        The parameters it is asked under.
    lang
        Language of the sentences in what is recorded.
    """
    if isinstance(earlier, AnswerRecord):
        return _compare_record(finding, question.ask(graph), earlier, question, lang)
    compared = compare_graphs(earlier, graph, scope=question.scope, only=[finding], **question.options())
    change = next((change for change in compared.findings if change.id == finding), None)
    names = NamesOfBoth(earlier, graph, lang)
    then, now = (record_by_id(gaps, finding, names) for gaps in (compared.before, compared.after))
    data = record_data(earlier)
    differences = _list_differences(then, now, change, compared)
    state: State = "opened" if then is None else "closed" if now is None else "unchanged"
    if state == "unchanged" and differences:
        state = "changed"
    same = data == record_data(graph)
    before = None if then is None else reduce_finding(then)
    return Since(state, data, same, differences, change, compared, before=before)


def record_by_id(gaps: Gaps, finding: str, names: Names) -> dict[str, Any] | None:
    """Return a finding as JSON has it; None if there is none with that id."""
    every = (*gaps.findings, *gaps.fragile, *gaps.thin)
    found = next((candidate for candidate in every if candidate.id == finding), None)
    if found is None:
        return None
    return record_finding(Ranked.judge(gaps, find_rank(gaps, found), found), names)


def _list_differences(
    then: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    change: FindingChange | None,
    compared: Comparison,
) -> tuple[tuple[str, Any, Any, tuple[str, ...]], ...]:
    if then is None or now is None:
        return ()
    known = {field.name: field.why for field in change.fields} if change is not None else {}
    return tuple(
        (name, before, after, tuple(known.get(name) or _explain_sources(before, after, compared)))
        for name, before, after in list_differences(reduce_finding(then), reduce_finding(now))
    )


def _explain_sources(before: Any, after: Any, compared: Comparison) -> tuple[str, ...]:
    """Return the reasons of the facts whose source is new or no longer there."""
    moved = [source for source in (*before, *after) if not (source in before and source in after)]
    found = {
        fact.why
        for fact in compared.facts
        for row in (fact.before, fact.after)
        if row is not None and "source_kind" in row and record_source(pd.Series(dict(row))) in moved
    }
    return tuple(sorted(found)) or ("knowledge",)


def _compare_record(
    finding: str, gaps: Gaps, earlier: AnswerRecord, question: GapQuestion, lang: str
) -> Since:
    names = Names(gaps.analysis.graph, lang)
    record = record_by_id(gaps, finding, names)
    now = None if record is None else reduce_finding(record)
    then = _retell(earlier.findings.get(finding), names)
    found = record_data(gaps.analysis.graph)
    same = all(found[key] == earlier.data[key] for key in ("hash", "as_of"))
    parameters = tuple(_list_parameters(earlier.question, question))
    if then is None:
        state: State = "opened" if earlier.whole and not parameters else "not told"
        return Since(state, earlier.data, same, parameters=parameters)
    if now is None:
        return Since("closed", earlier.data, same, parameters=parameters, before=then)
    differences = tuple((*difference, ()) for difference in list_differences(then, now))
    return Since(
        "changed" if differences else "unchanged",
        earlier.data,
        same,
        differences,
        parameters=parameters,
        before=then,
    )


_LABELS = {
    "component": ("Component",),
    "country": ("Country",),
    "vendor": ("Vendor",),
    "owner": ("Vendor",),
    "owned": ("Vendor",),
    "whole": ("Solution", "Component"),
    "part": ("Component", "Solution"),
}
"""Labels of what a doubt can speak of, by placeholder."""


def _retell(record: Mapping[str, Any] | None, names: Names) -> Mapping[str, Any] | None:
    """Return a record with the sentences of its doubts in the language of the answer, where they are known."""
    if record is None or "doubts" not in record:
        return record
    told = load_messages("doubt.")
    doubts = []
    for doubt in record["doubts"]:
        ids = doubt.get("ids", {})
        places = {field for _, field, _, _ in Formatter().parse(told.get(doubt["key"], {}).get("en", "{}"))}
        if places - {None} == set(ids) <= _LABELS.keys():
            shown = {place: name_any(_LABELS[place], node, names) for place, node in ids.items()}
            doubts.append({**doubt, "text": names.say(doubt["key"], **shown)})
        else:
            doubts.append(doubt)
    return {**record, "doubts": doubts}


def name_any(labels: tuple[str, ...], node: str, names: Names) -> str:
    """Return the name of a node that has one of some labels, or its id."""
    return next((name for label in labels if (name := names.name(label, node)) != node), node)


def _list_parameters(before: GapQuestion, after: GapQuestion) -> Iterator[tuple[str, Any, Any]]:
    for field in fields(Scope):
        then, now = getattr(before.scope, field.name), getattr(after.scope, field.name)
        if then != now:
            yield field.name, then, now
    for name in ("units", "kinds"):
        then, now = getattr(before, name), getattr(after, name)
        if set(then) != set(now):
            yield name, then, now
