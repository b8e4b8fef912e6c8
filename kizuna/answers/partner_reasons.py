"""What speaks for a partner, in sentences, each with the statements that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kizuna.answers.names import Names, record_source
from kizuna.graph import SupplyGraph
from kizuna.queries.firm_ties import FirmTie
from kizuna.queries.partners import Fit, Partner, Partners
from kizuna.queries.what_if import Target

__all__ = ["Reason", "Reasons", "record_tie", "say_tie"]


@dataclass(frozen=True)
class Reason:
    """One sentence for a partner.

    Parameters
    ----------
    text
        The sentence.
    rows
        The statements that it rests on, as rows with their evidence.
    """

    text: str
    rows: tuple[pd.Series, ...] = ()


class Reasons:
    """Says what speaks for the partners of one firm; each statement is looked up once.

    Parameters
    ----------
    found
        The partners.
    names
        Names in the reader's language.
    """

    def __init__(self, found: Partners, names: Names) -> None:
        self._found, self._names = found, names
        self._country = names.name("Country", found.country)
        market = found.analysis.market
        self._offers = market.offers
        self._places: dict[tuple[str, str], list[int]] = {}
        for place in market.present.nonzero()[0].tolist():
            pair = (market.column("vendor")[place], market.column("component")[place])
            self._places.setdefault(pair, []).append(place)
        self._rows: dict[tuple[str, int], pd.Series] = {}

    def offers(self, vendor: str, components: Collection[str]) -> list[pd.Series]:
        """Return the counted offers by a firm of some components, in their order."""
        places = [place for component in components for place in self._places.get((vendor, component), [])]
        return [self._row("offers", place) for place in places]

    def statement(self, table: str, row: int) -> pd.Series:
        """Return a row of a table of the graph, by its index."""
        key = (table, row)
        if key not in self._rows:
            self._rows[key] = self._found.analysis.graph.table(table).loc[[row]].iloc[0]
        return self._rows[key]

    def _row(self, kind: str, place: int) -> pd.Series:
        key = (f"{kind} in force", place)
        if key not in self._rows:
            self._rows[key] = self._offers.iloc[place]
        return self._rows[key]

    def explain(self, partner: Partner, *, most: int | None = None) -> Iterator[Reason]:
        """Yield why a partner is one, strongest first: what it unlocks, relieves and fits.

        Parameters
        ----------
        partner
            The partner.
        most
            Most targets and components to name in one sentence; None: all.
        """
        names = self._names
        spoken = self._speak(partner)
        if partner.unlocks:
            text = names.say(
                "partners.reason.unlocks",
                **spoken,
                country=self._country,
                brings=self._components(partner.brings, most),
                n=len(partner.unlocks),
                targets=self._targets(partner.unlocks, most),
            )
            yield Reason(text, tuple(self.offers(partner.vendor, partner.brings)))
        for relief in partner.relieves:
            text = names.say(
                "partners.reason.relieves" if relief.shared else "partners.reason.relieves_otherwise",
                **spoken,
                group=names.name("Vendor", relief.group),
                shared=self._components(relief.shared, most),
                targets=self._targets(relief.targets, most),
            )
            yield Reason(text, tuple(self.offers(partner.vendor, relief.shared)))
        for fits in _group_fits(partner.fits):
            yield self._explain_fits(partner, fits, most)

    def _speak(self, partner: Partner) -> dict[str, str]:
        return {
            "vendor": self._names.name("Vendor", self._found.vendor),
            "partner": self._names.name("Vendor", partner.vendor),
        }

    def _explain_fits(self, partner: Partner, fits: list[Fit], most: int | None) -> Reason:
        first, names = fits[0], self._names
        other = names.name("Component", first.other)
        place = {"country": self._country, "other": other}
        rivals = (
            names.say("partners.rivals", n=first.groups, **place)
            if first.groups
            else names.say("partners.rivals_none", **place)
        )
        text = names.say(
            "partners.reason.fit_needs" if first.needs else "partners.reason.fit_needed",
            **self._speak(partner),
            own=self._components([fit.own for fit in fits], most),
            other=other,
            rivals=rivals,
        )
        needs = [self.statement(fit.via.table, fit.via.row) for fit in fits]
        return Reason(text, (*self.offers(partner.vendor, [first.other]), *needs))

    def _components(self, ids: Collection[str], most: int | None) -> str:
        return self._names.join_some([self._names.name("Component", node) for node in ids], most)

    def _targets(self, targets: Collection[Target], most: int | None) -> str:
        """Name targets, solutions first: they are what people know."""
        order = sorted(targets, key=lambda target: (target.label == "Component", target.id))
        return self._names.join_some([self._names.name(target.label, target.id) for target in order], most)


def _group_fits(fits: Iterable[Fit]) -> list[list[Fit]]:
    """Put the fits of one component of the partner in one direction together; what weighs most comes first."""
    groups: dict[tuple[str, bool], list[Fit]] = {}
    for fit in fits:
        groups.setdefault((fit.other, fit.needs), []).append(fit)
    return sorted(groups.values(), key=lambda g: (-sum(fit.weight for fit in g), g[0].other, g[0].needs))


def say_tie(tie: FirmTie, names: Names) -> str:
    """Return a relation as a sentence, with what it is about and since when."""
    text = names.say(
        f"partners.tie.{tie.type}",
        giver=names.name("Vendor", tie.from_vendor),
        taker=names.name("Vendor", tie.to_vendor),
    )
    details = []
    if tie.component is not None:
        details.append(names.name("Component", tie.component))
    if tie.since is not None:
        details.append(names.say("partners.tie_since", date=tie.since))
    if tie.until is not None:
        details.append(names.say("partners.tie_until", date=tie.until))
    elif tie.past:
        details.append(names.say("partners.tie_past"))
    if tie.reach == "groups":
        details.append(names.say("partners.tie_of_groups"))
    if not details:
        return text
    return names.say(
        "partners.with_details", text=text, details=names.say("partners.separator").join(details)
    )


def record_tie(graph: SupplyGraph, tie: FirmTie, names: Names) -> dict[str, Any]:
    """Return a relation as JSON has it."""
    return {
        "reach": tie.reach,
        "type": tie.type,
        "from": names.record("Vendor", tie.from_vendor),
        "to": names.record("Vendor", tie.to_vendor),
        "component": names.record("Component", tie.component) if tie.component else None,
        "since": tie.since,
        "until": tie.until,
        "past": tie.past,
        "evidence": record_source(tie.statement(graph)),
    }
