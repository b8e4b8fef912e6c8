"""How a target fails: a tree of gates over the units that can be lost, for one target.

A gate fails if one of its inputs fails, or only if every one does, or if those that do not fail weigh too
little together; an input is a unit, which fails when it is lost, or another gate. This is φ read the other way round, for market and for documented sourcing alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, Literal, NamedTuple, TypeVar, get_args

import numpy as np
import pandas as pd

from .._errors import InputError
from .analysis import Analysis
from .market import PROPERTIES, UNITS, Ints, Market
from .scope import check_meaning

__all__ = ["SOURCING", "FaultTrees", "Gate", "Sourcing", "code_units", "list_unit_names"]

Sourcing = Literal["market", "documented"]
SOURCING: tuple[Sourcing, ...] = get_args(Sourcing)

K = TypeVar("K")

_DOCUMENTED = "`sourcing` 'documented' asks who buys from whom, and records say neither where nor of how much"


class Gate(NamedTuple):
    """One gate; `every` without inputs has failed already, the other kind without inputs never fails.

    With a `need` it fails when the gates that hold weigh less together; `weights` are those of `gates`.
    """

    every: bool
    units: tuple[int, ...] = ()
    gates: tuple[int, ...] = ()
    need: int = 0
    weights: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Opened(Generic[K]):
    """A gate whose inputs have no numbers yet."""

    every: bool
    units: tuple[int, ...]
    below: tuple[K, ...]
    need: int = 0
    weights: tuple[int, ...] = ()


class _Bought(NamedTuple):
    """A component in the hands of any one of some vendors."""

    vendors: tuple[int, ...]
    component: int


class _Made(NamedTuple):
    """The same, where all these vendors need the same for it."""

    vendors: tuple[int, ...]
    component: int
    needs: tuple[frozenset[int | _Bought], ...]


class _Present(NamedTuple):
    """Any one of some vendors."""

    vendors: tuple[int, ...]


# A number is a component or solution, a frozen set any one of what is in it.
_Key = int | _Bought | _Made | _Present | frozenset[int | _Bought]


def list_unit_names() -> tuple[str, ...]:
    """Return what a unit may be: vendor, group, country, or a property that parts the vendors."""
    return (*UNITS, *PROPERTIES)


def code_units(market: Market, unit: str) -> tuple[Ints, list[str]]:
    """Return the unit of each vendor as a code, and the name of each code.

    A vendor whose property is blank belongs to no known unit: it is a unit of its own, named by its id.

    Raises
    ------
    InputError
        No such unit.
    """
    codes, names = market.unit_codes(unit)
    return codes, names.tolist()


class FaultTrees:
    """The fault trees of one market, in units of one kind.

    Parameters
    ----------
    analysis
        The market and its structure.
    unit
        What is lost as one: see :func:`list_unit_names`.
    sourcing
        ``market``: a vendor buys what it requires from anybody. ``documented``: where it has suppliers on
        record for a direct requirement of what it offers, only from one of those.
    """

    def __init__(self, analysis: Analysis, *, unit: str, sourcing: Sourcing) -> None:
        if sourcing not in SOURCING:
            raise InputError(f"`sourcing` must be one of {', '.join(SOURCING)}; found {sourcing!r}")
        self.analysis = analysis
        self.market = analysis.market
        self.sourcing = sourcing
        if sourcing == "documented":
            check_meaning(self.market.scope, _DOCUMENTED, "made", "min_groups", "min_share")
        self.unit = unit
        self.names: list[str] = self.market.offer_codes(unit)[1].tolist()

    @cached_property
    def codes(self) -> Ints:
        """Unit of each vendor; there is none where countries are those where offers are made."""
        return self.market.unit_codes(self.unit)[0]

    @property
    def _by_place(self) -> bool:
        return self.unit == "country" and self.market.by_made

    @cached_property
    def units_there(self) -> list[int]:
        """Units with a counted offer that can be lost."""
        if self._by_place:
            return [int(code) for code in self.market.places_there]
        there = self.market.offer_vendor[self.market.present].tolist()
        if self.sourcing == "documented":
            home = self.market.at_home
            there += [one for suppliers in self._suppliers.values() for one in suppliers if home[one]]
        return sorted({int(self.codes[vendor]) for vendor in there})

    def build(self, node: int) -> list[Gate]:
        """Return the gates of a component or solution, inputs before what they are inputs of.

        Notes
        -----
        Only what lies below the target is looked at. Depth first without recursion: chains may be long.
        """
        if self.sourcing == "market":
            return _number_gates([node], self._expand_market)[0]
        keys: list[_Key] = [node]
        return _number_gates(keys, self._expand_documented)[0]

    def build_all(self, nodes: Iterable[int]) -> tuple[list[Gate], dict[int, int]]:
        """Return the gates of several nodes and of all below them, each once, and the gate of each node.

        Only market sourcing has a gate for every node.
        """
        return _number_gates(nodes, self._expand_market)

    # Market: the structure has it all

    def _expand_market(self, node: int) -> _Opened[int]:
        structure = self.analysis.structure
        if structure.need is not None and structure.need[node]:
            below = tuple(structure.children(node).tolist())
            return _Opened(False, (), below, int(structure.need[node]), tuple(structure.weights(node)))
        if structure.source_component[node] < 0:
            return _Opened(bool(structure.any_of[node]), (), tuple(structure.children(node).tolist()))
        if node in self._units_of_source:
            return _Opened(True, self._units_of_source[node], ())
        return _Opened(not self.analysis.holds[node], (), ())

    @cached_property
    def _units_of_source(self) -> dict[int, tuple[int, ...]]:
        """Units whose loss together makes a source fail; those that live on imports have none."""
        offers = self.market.present & (self.analysis.structure.offer_source >= 0)
        sources = self.analysis.structure.offer_source[offers]
        if self._by_place:
            sources, units = self._list_places(np.flatnonzero(offers))
        else:
            units = self.codes[self.market.offer_vendor[offers]]
        pairs = np.unique(np.stack([sources, units], axis=1), axis=0)
        first = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
        parts = np.split(pairs[:, 1], first[1:])
        return dict(
            zip(pairs[first, 0].tolist(), (tuple(p.tolist()) for p in parts), strict=bool(len(first)))
        )

    def _list_places(self, offers: Ints) -> tuple[Ints, Ints]:
        """Return each source that countries can take along, with each country where its offers are made.

        All of them must be lost: an offer is lost when every country where it is made is, and a source when
        all its offers are. One with an offer of unknown places, or of a country that cannot be lost, stays.
        """
        market, source = self.market, self.analysis.structure.offer_source
        losable = market.taken_with(market.places.countries[market.places_there])
        tied = offers[~np.isin(source[offers], source[offers[~losable[offers]]])]
        made, units = market.places.pairs(tied)
        return source[made], units

    # Documented: one gate for each vendor and component

    def _expand_documented(self, key: _Key) -> _Opened[_Key]:
        if isinstance(key, frozenset):
            return _Opened(True, (), tuple(sorted(key, key=repr)))
        if isinstance(key, _Present):
            return self._expand_vendors(key.vendors)
        if isinstance(key, _Made):
            return _Opened(False, (), (_Present(key.vendors), *key.needs))
        if isinstance(key, _Bought):
            return _Opened(True, (), self._group(key.vendors, key.component))
        if key >= self.analysis.structure.components or self.market.virtual[key]:
            return _Opened(False, (), self._needs(key, None))
        return _Opened(True, (), self._group(sorted(self._offering.get(key, ())), key))

    def _expand_vendors(self, vendors: tuple[int, ...]) -> _Opened[_Key]:
        if not all(self.market.at_home[vendor] for vendor in vendors):
            return _Opened(False, (), ())  # imports are given
        return _Opened(True, tuple(sorted({int(self.codes[vendor]) for vendor in vendors})), ())

    def _group(self, vendors: Iterable[int], component: int) -> tuple[_Made, ...]:
        """Join the vendors that need the same; it is the same failure, in far fewer gates."""
        groups: dict[tuple[frozenset[int | _Bought], ...], list[int]] = {}
        for vendor in vendors:
            groups.setdefault(self._needs(component, vendor), []).append(vendor)
        return tuple(_Made(tuple(one), component, needs) for needs, one in groups.items())

    def _needs(self, whole: int, vendor: int | None) -> tuple[frozenset[int | _Bought], ...]:
        """Return what a component or solution requires, in the hands of a vendor that makes some itself."""
        own = frozenset[int]() if vendor is None else self._offering.get(whole, {}).get(vendor, frozenset())
        items: dict[int | str, list[int]] = {}
        for part, choice in self.analysis.parts_of(whole):
            items.setdefault(part if choice is None else choice, []).append(part)
        return tuple(
            frozenset(self._buy(part, vendor) for part in parts)
            for parts in items.values()
            if own.isdisjoint(parts)
        )

    def _buy(self, part: int, vendor: int | None) -> int | _Bought:
        """Return how a vendor comes by a part: from anybody, or from its suppliers on record."""
        suppliers = None if vendor is None else self._suppliers.get((vendor, part))
        return part if suppliers is None else _Bought(tuple(sorted(suppliers)), part)

    @cached_property
    def _offering(self) -> dict[int, dict[int, frozenset[int]]]:
        """For each component who supplies it, each vendor with the parts that it makes in house."""
        market = self.market
        found: dict[int, dict[int, frozenset[int]]] = {}
        for offer in np.flatnonzero(market.usable).tolist():
            vendor, component = int(market.offer_vendor[offer]), int(market.offer_component[offer])
            own = market.made_in_house.get(offer, frozenset[int]())
            found.setdefault(component, {})[vendor] = own
        return found

    @cached_property
    def _suppliers(self) -> dict[tuple[int, int], set[int]]:
        """Return for a customer and a component the suppliers on record that can deliver it.

        None of them may be left: then the customer has records, and nobody to buy from.
        """
        market = self.market
        rows = market.graph.current("supplies")
        rows = rows[rows["component"].isin(market.component_ids)]
        blank = rows.assign(status=None, role=None)
        # A record has no status or role: strictness about these keeps it from being an offer, no more.
        ties = replace(market.scope, strict=False).counts(blank)
        offers = market.scope.counts(blank).tolist()
        seller = market.vendor_ids.get_indexer(pd.Index(rows["from_vendor"]))
        buyer = market.vendor_ids.get_indexer(pd.Index(rows["to_vendor"]))
        part = market.component_ids.get_indexer(pd.Index(rows["component"]))
        found: dict[tuple[int, int], set[int]] = {}
        for row in np.flatnonzero(ties & market.alive[seller] & market.alive[buyer]).tolist():
            one, component = int(seller[row]), int(part[row])
            known = found.setdefault((int(buyer[row]), component), set())
            if one in self._offering.get(component, ()) or (offers[row] and self._is_offer(one, component)):
                known.add(one)
        return found

    def _is_offer(self, vendor: int, component: int) -> bool:
        """Say whether a record counts as an offer: where the vendor's own does not say how far it is.

        A supplier abroad is there only for what nobody of the two countries offers.
        """
        if (vendor, component) in self._stated:
            return False
        return bool(self.market.at_home[vendor]) or not self.market.offered[component]

    @cached_property
    def _stated(self) -> set[tuple[int, int]]:
        """Vendors and components with an offer in force, counted or not."""
        market = self.market
        return set(zip(market.offer_vendor.tolist(), market.offer_component.tolist(), strict=True))


def _number_gates(targets: Iterable[K], expand: Callable[[K], _Opened[K]]) -> tuple[list[Gate], dict[K, int]]:
    """Walk from targets down to the units; return the gates in the order in which they are finished.

    Beside them stands which one is whose.
    """
    number: dict[K, int] = {}
    gates: list[Gate] = []
    opened: dict[K, _Opened[K]] = {}
    stack = list(reversed(list(targets)))
    while stack:
        key = stack[-1]
        if key in number:
            stack.pop()
        elif key not in opened:
            opened[key] = expand(key)
            stack += reversed(opened[key].below)
        else:
            found = opened.pop(stack.pop())
            number[key] = len(gates)
            below = tuple(number[one] for one in found.below)
            gates.append(Gate(found.every, found.units, below, found.need, found.weights))
    return gates, number
