"""Partners of a firm: what each firm of the other country would open, relieve and fit.

For a firm v of country A, a *target of v* is a component that it offers or anything, component or solution,
that requires one, itself or over any hops; a requirement that is one alternative of a choice counts too. A
firm w of country B

- *unlocks* a target of v that A, with imports, cannot have alone and can have with w added;
- *relieves* a gap: a group whose loss alone would take a target of v along if w's group were not there, and
  does not because it is. The two groups are then a minimal cut set of order 2 of that target;
- *fits* a component of v if one of its own requires that, or the other way round: each such pair weighs
  1/(1 + n), where n groups of A offer w's end of it.

φ of both countries is that with all their vendors; imports are given, and stay what they are whoever is gone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from .._errors import InputError, UnknownNameError
from ..graph import SupplyGraph, select_subgraph
from ._pair import check_pair
from ._partner_finder import Fit, Partner, PartnerFinder, Relief
from ._set_finder import check_natural
from .analysis import Analysis, reuse_analysis
from .firm_ties import FirmTie
from .scope import Scope, check_meaning
from .structure import REQUIREMENT_KINDS
from .what_if import Target

__all__ = ["TIES_PLACED", "Fit", "Partner", "Partners", "Relief", "TiesPlaced", "find_partners"]

TiesPlaced = Literal["first", "last"]
TIES_PLACED: tuple[TiesPlaced, ...] = get_args(TiesPlaced)
"""Where firms with relations in force come among partners that are equal otherwise."""


@dataclass(frozen=True, eq=False)
class Partners:
    """The partners of a firm, ranked.

    Parameters
    ----------
    analysis
        What was counted.
    vendor, country, other_country
        The firm, its country, and that of its partners.
    components
        Components with a counted offer of the firm; none: nothing is known to rank by.
    targets
        What needs one of them.
    ranked
        All partners, best first.
    rows
        Those asked for.
    left_out
        How many firms of the other country have no counted offer.
    ties_placed
        Where firms with relations in force come among equals.
    relations
        All relations of the firm and its group with firms of the other country, past ones too.
    kin
        Other firms of its group, of either country, that have counted offers.
    missing
        Edge types that the question needs and this data set has none of.
    """

    analysis: Analysis
    vendor: str
    country: str
    other_country: str
    components: tuple[str, ...]
    targets: tuple[Target, ...]
    ranked: tuple[Partner, ...]
    rows: tuple[Partner, ...]
    left_out: int
    ties_placed: TiesPlaced | None
    relations: tuple[FirmTie, ...]
    kin: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether the firm has an offer that counts, so that partners can be ranked."""
        return bool(self.components)

    def find(self, vendor: str) -> Partner:
        """Return one partner by id, wherever it ranks; `UnknownNameError`, which says why, if it is none."""
        for partner in self.ranked:
            if partner.vendor == vendor:
                return partner
        market = self.analysis.market
        if vendor not in market.vendor_ids:
            raise UnknownNameError(f"no vendor {vendor!r} in this data set")
        country = market.vendor_countries[int(market.vendor_ids.get_indexer(pd.Index([vendor]))[0])]
        if country != self.other_country:
            why = f"it is of {country}, and partners of {self.vendor} are of {self.other_country}"
        else:
            why = "it has no offer that counts"
        raise UnknownNameError(f"{vendor} is no partner of {self.vendor} here: {why}")


def find_partners(
    graph: SupplyGraph,
    vendor: str,
    *,
    scope: Scope | None = None,
    ties: TiesPlaced | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    limit: int | None = None,
    as_of: str | None = None,
    analysis: Analysis | None = None,
) -> Partners:
    """Find the partners of a firm in the other country of the pair, each with its reasons.

    Parameters
    ----------
    graph
        The graph.
    vendor
        Id of a firm of one of the two countries.
    scope
        What to count; default: Taiwan and Japan, by seat. It must be within a pair.
    ties
        Whether firms with relations in force come ``first`` or ``last`` among those that unlock, relieve and
        fit alike: relations of the firms themselves nearer than those of their groups; None: they do not
        matter.
    kinds
        Kinds of requirement that matter.
    limit
        Most partners in `rows`; `ranked` has them all.
    as_of
        The day to look at; default: that of the graph.
    analysis
        One of this graph, scope and kinds that was worked out before, which saves time.

    Returns
    -------
    Partners
        Ranked by targets unlocked, gaps relieved, fits, ties as asked, and id. A firm without counted
        offers has none ranked.

    Raises
    ------
    UnknownNameError
        No such vendor.
    InputError
        The vendor is of neither country, a placeholder, or history; another argument that is not allowed.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["hiwin", "nabtesco"], "country": ["TW", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["gear", "robot"], "segment": ["automation", "robot"]}),
    ...     "component_requires": pd.DataFrame({"component": ["robot"], "requires": ["gear"], "kind": ["input"]}),
    ...     "offers": pd.DataFrame({"vendor": ["hiwin", "nabtesco"], "component": ["robot", "gear"]}),
    ... })
    >>> [best] = find_partners(toy, "hiwin").rows
    >>> best.vendor, [target.id for target in best.unlocks], best.fit
    ('nabtesco', ['robot'], Fraction(1, 1))

    Notes
    -----
    φ is worked out below the firm's targets only: once for each different set of sources that a partner
    adds to its country, many at a time, and the losses of single groups once for each group without which
    some source hangs on one other group or on nobody.
    """
    if as_of is not None:
        graph = select_subgraph(graph, as_of=as_of)
    scope = check_pair(scope or (analysis.scope if analysis is not None else Scope()))
    check_meaning(scope, "a partner is a firm, and has the country of its seat or owner", "made")
    if ties is not None and ties not in TIES_PLACED:
        raise InputError(f"`ties` must be one of {', '.join(TIES_PLACED)}, or None; found {ties!r}")
    check_natural("limit", limit, least=0)
    analysis = reuse_analysis(analysis, graph, scope, kinds)
    finder = PartnerFinder(analysis, _find_vendor(analysis, vendor))
    ranked = sorted(finder.list_partners(), key=lambda partner: _rank(partner, ties))
    market = analysis.market
    missing = [name for name in ("OFFERS", "REQUIRES") if graph.edges(name).empty]
    return Partners(
        analysis=analysis,
        vendor=vendor,
        country=finder.country,
        other_country=finder.other_country,
        components=finder.names(finder.own),
        targets=finder.list_targets(finder.targets),
        ranked=tuple(ranked) if len(finder.own) else (),
        rows=tuple(ranked[:limit]) if len(finder.own) else (),
        left_out=int(finder.there.sum()) - len(finder.offers_by_vendor),
        ties_placed=ties,
        relations=finder.ties.with_any(market.vendor_ids[finder.there].tolist()),
        kin=finder.list_kin(),
        missing=tuple(missing),
    )


def _find_vendor(analysis: Analysis, vendor: str) -> int:
    """Return the position of a vendor that can have partners."""
    market = analysis.market
    if vendor not in market.vendor_ids:
        raise UnknownNameError(f"no vendor {vendor!r} in this data set")
    position = int(market.vendor_ids.get_indexer(pd.Index([vendor]))[0])
    pair = " and ".join(analysis.scope.pair)
    if market.unnamed[position]:
        raise InputError(f"`vendor`: {vendor} stands for several firms that nobody has named; name one firm")
    if not market.in_pair[position]:
        country = market.vendor_countries[position]
        raise InputError(
            f"`vendor`: {vendor} is of {country} by {analysis.scope.country_by}; partners are asked for a firm "
            f"of {pair}; choose another pair in `scope`, or another firm"
        )
    if not market.alive[position]:
        raise InputError(
            f"`vendor`: {vendor} no longer exists on {analysis.graph.as_of}; choose an earlier day"
        )
    return position


def _rank(partner: Partner, ties: TiesPlaced | None) -> tuple[object, ...]:
    place = {None: 0, "first": -partner.nearness, "last": partner.nearness}[ties]
    return (-len(partner.unlocks), -len(partner.relieves), -partner.fit, place, partner.vendor)
