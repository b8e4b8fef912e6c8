"""One finding again: in full, since when it stands, and what changed of it since earlier data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from kizuna._render import Answer, Block, Branch, Column, Heading, Sheet
from kizuna.answers.changes import say_field, tell_facts
from kizuna.answers.compare_finding import Since, find_rank, name_any, record_by_id
from kizuna.answers.explain import Ranked, record_finding, tell_findings
from kizuna.answers.facts import FactTeller, NamesOfBoth
from kizuna.answers.names import Names, head_answer, record_scope
from kizuna.answers.record_changes import record_change, say_why, tell_obstacles
from kizuna.answers.records import reduce_finding
from kizuna.answers.sources import Sources
from kizuna.answers.values import say_value
from kizuna.graph import SupplyGraph
from kizuna.queries import Finding, Gaps
from kizuna.queries.finding_search import FoundFinding, GapQuestion
from kizuna.queries.grounds import Ground, Standing, list_grounds, trace_finding

__all__ = ["describe_finding", "tell_finding"]


def describe_finding(gaps: Gaps, finding: Finding | str, *, lang: str = "en") -> dict[str, Any]:
    """Return everything about one finding as plain data: parameters, data hash, date, evidence and sources.

    It is what ``kizuna finding ID --format json`` writes, and can be written as JSON.

    Parameters
    ----------
    gaps
        The answer that holds it.
    finding
        The finding or its id.
    lang
        Language of names and sentences.

    Raises
    ------
    UnknownNameError
        The answer holds no such finding.
    """
    found = gaps.find(finding if isinstance(finding, str) else finding.id)
    names = Names(gaps.analysis.graph, lang)
    return {
        "scope": record_scope(gaps.analysis.market, lang, selection={}, missing=gaps.missing),
        "units": list(gaps.units),
        "max_order": gaps.max_order,
        "findings": [record_finding(Ranked.judge(gaps, find_rank(gaps, found), found), names)],
    }


# ---- the answer ----


def tell_finding(
    graph: SupplyGraph,
    finding: str,
    found: FoundFinding | None,
    *,
    question: GapQuestion,
    since: Since | None,
    when: str = "",
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return one finding in full, and since when it stands or what changed since.

    Parameters
    ----------
    graph, finding
        The data and the id.
    found
        The finding; None: it is there no more.
    question
        The parameters it was found under, now or then.
    since
        What became of it; None: that was not asked, and it is told since when it stands.
    when
        What it was compared with, in words.
    lang, selection
        As of the other answers.
    """
    names = Names(graph, lang)
    gaps = found.gaps if found is not None else question.ask(graph)
    standing = _trace(graph, found, question) if found is not None and since is None else None
    if found is not None:
        told = tell_findings(gaps, [found.finding.id], lang=lang, selection=selection)
        head, blocks = told.head, told.blocks
    else:
        head = head_answer(gaps.analysis.market, lang, selection=selection, missing=gaps.missing)
        blocks = ()
    if found is not None and not found.given:
        head = (*head, names.say("finding.found_under", parameters=_say_question(question, names)))
    more: list[Block] = []
    if standing is not None and found is not None:
        more += _tell_standing(found, standing, names)
    if since is not None:
        more += _tell_since(finding, since, graph, when, names)
    return Answer(
        head=head,
        blocks=(*blocks, *more),
        document=lambda: {
            "scope": record_scope(gaps.analysis.market, lang, selection=selection, missing=gaps.missing),
            **{key: _plain(value) for key, value in question.options().items()},
            "id": finding,
            "found": None
            if found is None
            else {"as_asked": found.given, "question": _say_question(question, names)},
            "findings": [] if found is None else [record_by_id(gaps, finding, names)],
            "standing": None if found is None or standing is None else _record_standing(found, standing),
            "since": None if since is None else _record_since(since, when, names),
        },
        sheet=_make_sheet(
            finding, None if found is None else record_by_id(gaps, finding, names), since, names
        ),
    )


def _say_question(question: GapQuestion, names: Names) -> str:
    """Return the parameters of a question as text."""
    scope = question.scope
    told = {"scope": scope.within, "country_by": scope.country_by, "unit": ", ".join(question.units)}
    if question.max_order > 1:
        told["max_order"] = str(question.max_order)
    if question.thin:
        told["thin"] = "yes"
    rest = {name: value for name, value in scope.filters().items() if name not in ("within", "country_by")}
    return "; ".join(f"{name} = {value}" for name, value in {**told, **rest}.items())


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _trace(graph: SupplyGraph, found: FoundFinding, question: GapQuestion) -> Standing:
    return trace_finding(graph, found.finding, question.ask)


def _grounds_of(found: FoundFinding) -> list[Ground]:
    ranked = Ranked.judge(found.gaps, 0, found.finding)
    return list_grounds(ranked.analysis, found.finding, ranked.judgement)


def _tell_standing(found: FoundFinding, standing: Standing, names: Names) -> Iterator[Block]:
    say, grounds = names.say, _grounds_of(found)
    yield Heading(say("finding.standing.title"))
    dates = sorted(ground.stated for ground in grounds if ground.stated)
    if not grounds:
        yield say("finding.standing.none")
    elif not dates:
        yield say("finding.standing.no_dates", n=len(grounds))
    else:
        span = {"oldest": dates[0], "newest": dates[-1], "undated": len(grounds) - len(dates)}
        yield say("finding.standing.statements", n=len(grounds), **span)
    if not standing.looked_back_to:
        yield say("finding.standing.no_turns" if standing.whole else "finding.standing.no_day")
    elif standing.since:
        yield say("finding.standing.since", day=standing.since)
    else:
        key = "always" if standing.whole else "looked"
        yield say(f"finding.standing.{key}", day=standing.looked_back_to)
    offers = [ground for ground in grounds if ground.role == "offer"]
    blank = sum(ground.row["since"] is None for ground in offers)
    if blank:
        yield say("finding.standing.blank", total=len(offers), blank=blank)


def _record_standing(found: FoundFinding, standing: Standing) -> dict[str, Any]:
    grounds = _grounds_of(found)
    dates = sorted(ground.stated for ground in grounds if ground.stated)
    offers = [ground for ground in grounds if ground.role == "offer"]
    return {
        "statements": len(grounds),
        "oldest": dates[0] if dates else None,
        "newest": dates[-1] if dates else None,
        "undated": len(grounds) - len(dates),
        "offers": len(offers),
        "offers_without_since": sum(ground.row["since"] is None for ground in offers),
        **asdict(standing),
        "since": standing.since or None,
    }


def _tell_since(finding: str, since: Since, graph: SupplyGraph, when: str, names: Names) -> Iterator[Block]:
    say = names.say
    yield Heading(say("finding.since.title", id=finding, when=when))
    title = " ".join(part for part in (since.data["name"], since.data["version"]) if part)
    yield say(
        "finding.since.data", data=title or "-", date=since.data["as_of"] or "?", hash=since.data["hash"][:12]
    )
    if since.state == "closed":
        yield _say_what_it_was(since, names)
    if since.parameters:
        yield say("finding.since.parameters", differences=_say_parameters(since, names))
    yield _say_state(since, names)
    if since.comparison is not None and "not comparable" in since.why:
        yield from tell_obstacles(since.comparison, names)
    sources = Sources(names)
    lines = [
        Branch(say_field(name, then, now, say_why(why, names) or say("finding.since.no_why"), names))
        for name, then, now, why in since.differences
    ]
    if since.change is not None and since.comparison is not None:
        both = NamesOfBoth(since.comparison.before.analysis.graph, graph, names.lang)
        lines += tell_facts(since.change, both, FactTeller(both, sources))
    if lines:
        yield Branch(
            say("changes.what_did_it") if since.change else say("changes.kind.changed"), tuple(lines)
        )
    if sources.lines():
        yield Branch(say("cli.explain.sources"), tuple(map(Branch, sources.lines())))


def _say_what_it_was(since: Since, names: Names) -> str:
    """Return the roots and units of a finding that has closed."""
    record = since.before or {}
    roots = [names.show("Component", root) for root in record.get("roots", ())]
    shown = [
        name_any(("Vendor", "Country"), member, names)
        for member in record.get("members", ())
        if member not in record["roots"]
    ]
    separator = names.say("cli.separator")
    return names.say(
        "finding.since.was",
        roots=separator.join(roots),
        members=separator.join(shown) or "-",
        verdict=names.say(f"verdict.{record['verdict']}"),
    )


def _say_parameters(since: Since, names: Names) -> str:
    return names.say("changes.parts_separator").join(
        names.say("finding.parameter", name=name, before=_say_parameter(then), after=_say_parameter(now))
        for name, then, now in since.parameters
    )


def _say_parameter(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "-" if value is None else str(value)


def _say_state(since: Since, names: Names) -> str:
    if since.state == "not told":
        return names.say("finding.since.not_told")
    if since.state == "unchanged":
        return names.say("finding.since.same_data" if since.same_data else "finding.since.unchanged")
    why = say_why(since.why, names) or names.say("finding.since.no_why")
    return names.say(f"finding.since.{since.state}", why=why)


def _record_since(since: Since, when: str, names: Names) -> dict[str, Any]:
    change = since.change
    return {
        "when": when,
        "data": dict(since.data),
        "same_data": since.same_data,
        "state": since.state,
        "text": _say_state(since, names),
        "why": list(since.why),
        "parameters": [
            {"name": name, "then": _plain(then), "now": _plain(now)} for name, then, now in since.parameters
        ],
        "differences": [
            {"name": name, "then": then, "now": now, "why": list(why)}
            for name, then, now, why in since.differences
        ],
        "then": None if since.before is None else dict(since.before),
        "change": None
        if change is None or since.comparison is None
        else record_change(change, since.comparison, names),
    }


def _make_sheet(finding: str, record: Mapping[str, Any] | None, since: Since | None, names: Names) -> Sheet:
    """Return one property a row: then, now, and why they differ."""
    now = {} if record is None else reduce_finding(record)
    then = {} if since is None or since.before is None else since.before
    why = {name: reasons for name, _, _, reasons in (since.differences if since is not None else ())}
    rows = tuple(
        (
            finding,
            names.say(f"changes.field.{name}"),
            say_value(name, then.get(name), names),
            say_value(name, now.get(name), names),
            say_why(why.get(name, ()), names) or None,
        )
        for name in now or then
    )
    columns = ("id", "field", "before", "after", "why")
    return Sheet(tuple(Column(names.say(f"changes.column.{key}")) for key in columns), rows)
