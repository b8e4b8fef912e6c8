"""The skeleton of a synthetic supply chain in whole numbers: who is in which group and offers what.

Positions stand for firms and components. Everything that must come out as a gap is decided here; the
columns of text come later and change none of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from benchmarks.pools import COUNTRIES
from benchmarks.texts import Bools, Ints

__all__ = ["DEPTH", "Components", "Firms", "Offers", "plan_components", "plan_firms", "plan_offers"]

Floats = npt.NDArray[np.float64]

DEPTH = 8  # requirements, one below the other
_LARGEST = 5000  # vendors of the largest market
PAIR = 2  # the countries of the study come first

_COUNTRY_SHARES = np.array([0.45, 0.42, 0.05, 0.02, 0.02, 0.01, 0.01, 0.02])
_LEVEL_SHARES = np.array([0.34, 0.22, 0.14, 0.10, 0.07, 0.05, 0.035, 0.025, 0.02])
_STRIDES = np.array([7, 101, 211, 307, 401, 503, 601, 701, 809, 907, 1009, 1103, 1201, 1301, 1409, 1511])


@dataclass(frozen=True, eq=False)
class Firms:
    """Vendors.

    Parameters
    ----------
    country
        Of each vendor, its place in `COUNTRIES`.
    head
        Of each vendor, the head of its group, or itself.
    owner
        Of each vendor, who controls it, or -1.
    mixed
        First two members (one of each country of the study) of groups that offer a component alone.
    gone, placeholder
        Vendors that no longer exist, and those that stand for several unnamed firms.
    """

    country: Ints
    head: Ints
    owner: Ints
    mixed: Ints
    gone: Bools
    placeholder: Bools

    @property
    def able(self) -> Bools:
        """Vendors whose offers can count."""
        return ~(self.gone | self.placeholder)

    @property
    def solo(self) -> Bools:
        """Vendors in no group."""
        sizes = np.bincount(self.head, minlength=len(self.head))
        return np.asarray(sizes[self.head] == 1)


@dataclass(frozen=True, eq=False)
class Components:
    """Components and what they require.

    Parameters
    ----------
    level
        Longest chain of requirements below each component.
    single, double, national, grouped, virtual, plain
        The components by what was planted: one vendor, two, one country, one group; those that need no
        vendor, and the rest.
    parent, part
        What requires, and what is required, row by row.
    choice
        For each of these rows, whether it is one of its parent's alternatives.
    """

    level: Ints
    single: Ints
    double: Ints
    national: Ints
    grouped: Ints
    virtual: Ints
    plain: Ints
    parent: Ints
    part: Ints
    choice: Bools


@dataclass(frozen=True, eq=False)
class Offers:
    """Offers row by row; `counted` says which are a source of supply, `older` which a later one corrects."""

    vendor: Ints
    component: Ints
    counted: Bools
    older: Bools
    single_vendor: Ints = field(repr=False)  # of each component in `single`


def plan_firms(rng: np.random.Generator, vendors: int) -> Firms:
    """Plan vendors: countries, and a fifth of them in groups of 2 to 10."""
    country = rng.choice(len(COUNTRIES), vendors, p=_COUNTRY_SHARES)
    order = rng.permutation(vendors)
    sizes = _draw_sizes(rng, vendors // 5)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    rank = np.arange(len(group)) - first[group]
    members, heads = order[: len(group)], order[first]
    head = np.arange(vendors)
    head[members] = heads[group]
    owner = np.full(vendors, -1)
    above = (rng.random(len(group)) ** 2 * rank).astype(np.int64)  # mostly the head itself
    owner[members[rank > 0]] = members[(first[group] + above)[rank > 0]]
    near = (rank > 0) & (rng.random(len(group)) < 0.7)
    country[members[near]] = country[heads[group[near]]]
    mixed = first[: len(sizes) // 2]
    country[order[mixed]] = rng.integers(PAIR, size=len(mixed))
    country[order[mixed + 1]] = 1 - country[order[mixed]]
    solos = order[len(group) :]
    gone, placeholder = np.zeros(vendors, dtype=bool), np.zeros(vendors, dtype=bool)
    ended = max(1, vendors // 100)
    gone[solos[:ended]] = True
    placeholder[solos[ended : ended + max(1, vendors // 1000)]] = True
    pairs = np.stack([order[mixed], order[mixed + 1]], axis=1)
    return Firms(country, head, owner, pairs, gone, placeholder)


def _draw_sizes(rng: np.random.Generator, members: int) -> Ints:
    """Sizes of 2 to 10, small ones far more often, that add up to `members`."""
    weights = np.arange(2, 11) ** -1.5
    sizes = rng.choice(np.arange(2, 11), members // 2 + 1, p=weights / weights.sum())
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), members)) + 1]
    sizes[-1] -= int(sizes.sum()) - members
    if sizes[-1] == 1:
        sizes = sizes[:-1]
        sizes[int(np.argmin(sizes))] += 1
    return np.asarray(sizes, dtype=np.int64)


def plan_components(rng: np.random.Generator, components: int) -> Components:
    """Plan components: what is planted, levels, and two requirements a component on average."""
    parts = [round(components * share) for share in (0.05, 0.05, 0.10, 0.05, 0.01)]
    kinds = np.split(rng.permutation(components), np.cumsum(parts))
    single, double, national, grouped, virtual, plain = kinds
    level = _draw_levels(rng, components)
    # Some of each country need nothing else, so that what they lack is their own.
    _swap_to(level, national[:PAIR], level == 0, avoid=np.empty(0, dtype=np.int64))
    _swap_to(level, virtual, level > 0, avoid=national[:PAIR])
    parent, part = _draw_requirements(rng, level, virtual)
    choice = _draw_choices(rng, parent, virtual)
    return Components(level, single, double, national, grouped, virtual, plain, parent, part, choice)


def _draw_levels(rng: np.random.Generator, components: int) -> Ints:
    counts = np.maximum(2, (components * _LEVEL_SHARES).astype(np.int64))
    counts[0] += components - counts.sum()
    return rng.permutation(np.repeat(np.arange(DEPTH + 1), counts))


def _swap_to(level: Ints, wanted: Ints, fit: Bools, *, avoid: Ints) -> None:
    """Give the wanted components a level that fits, in exchange with components that have one."""
    wrong = wanted[~fit[wanted]]
    others = np.setdiff1d(np.flatnonzero(fit), np.concatenate([wanted, avoid]))[: len(wrong)]
    level[wrong], level[others] = level[others], level[wrong]


def _draw_requirements(rng: np.random.Generator, level: Ints, virtual: Ints) -> tuple[Ints, Ints]:
    """Draw requirements, all of lower levels: the first of the next lower one, so that the depth is reached.

    Few components are required by many: the place of a part among the lower ones is drawn by a power law.
    """
    by_level = np.argsort(level, kind="stable")
    start = np.searchsorted(level[by_level], np.arange(DEPTH + 2))
    needy = np.flatnonzero(level > 0)
    below = level[needy] - 1
    place = start[below] + (rng.random(len(needy)) ** 2 * (start[below + 1] - start[below])).astype(np.int64)
    two = rng.integers(start[level[virtual]])[:, None] + np.arange(2)
    two %= start[level[virtual]][:, None]  # a choice needs an alternative
    keys = np.concatenate(
        [needy * len(level) + by_level[place], np.repeat(virtual, 2) * len(level) + by_level[two.ravel()]]
    )
    total = 2 * len(level)
    while len(keys) < total:
        parent = rng.choice(needy, total - len(keys))
        place = (rng.random(len(parent)) ** 3 * start[level[parent]]).astype(np.int64)
        keys = np.unique(np.concatenate([keys, parent * len(level) + by_level[place]]))
    return keys // len(level), keys % len(level)


def _draw_choices(rng: np.random.Generator, parent: Ints, virtual: Ints) -> Bools:
    """Make a fifth of the requirements alternatives: two of a parent's, or all of a virtual one's."""
    first = np.searchsorted(parent, parent)
    rank = np.arange(len(parent)) - first
    count = np.bincount(parent)
    chosen = np.isin(parent, virtual)
    several = np.setdiff1d(np.flatnonzero(count > 1), virtual)
    wanted = max(0, len(parent) // 5 - int(chosen.sum())) // 2
    choosers = rng.permutation(several)[:wanted]
    return np.asarray(chosen | (np.isin(parent, choosers) & (rank < 2)))


def plan_offers(
    rng: np.random.Generator, firms: Firms, components: Components, *, per_vendor: int = 5
) -> Offers:
    """Plan offers: so many a vendor, vendors a component heavy-tailed, and the planted components exact.

    Every component that is not planted has vendors of both countries in three groups at least.
    """
    total = per_vendor * len(firms.country)
    older = total // 200
    solos = [np.flatnonzero(firms.solo & firms.able & (firms.country == c)) for c in range(PAIR)]
    alone = _draw_single_vendors(rng, firms, components)
    fixed = [
        (components.single, alone),
        *((components.double, rng.choice(solos[c], len(components.double))) for c in range(PAIR)),
        *_plan_grouped(rng, firms, components),
    ]
    known = sum(len(part) for part, _ in fixed)
    rest = _plan_open(rng, firms, components, solos, int(total * 0.9) - known)
    pairs = [component * len(firms.country) + vendor for component, vendor in [*fixed, *rest]]
    keys = np.unique(np.concatenate(pairs))
    corrected = rng.choice(keys, older, replace=False)
    idle = _draw_idle(rng, firms, components, keys, total - len(keys) - older)
    every = np.concatenate([keys, corrected, idle])
    counted = np.arange(len(every)) < len(keys)
    is_older = (np.arange(len(every)) < len(keys) + older) & ~counted
    order = np.lexsort((every // len(firms.country), every % len(firms.country)))
    every, counted, is_older = every[order], counted[order], is_older[order]
    size = len(firms.country)
    return Offers(every % size, every // size, counted, is_older, alone)


def _draw_single_vendors(rng: np.random.Generator, firms: Firms, components: Components) -> Ints:
    """Vendors that offer a component alone, some of them several; none in a group that does."""
    reserved = firms.head[firms.mixed[: len(components.grouped), 0]]
    free = firms.able & (firms.country < PAIR) & ~np.isin(firms.head, reserved)
    pool = rng.permutation(np.flatnonzero(free))
    place = rng.random(len(components.single)) ** 1.5 * min(len(pool), 2 * len(components.single))
    return np.asarray(pool[place.astype(np.int64)])


def _plan_grouped(rng: np.random.Generator, firms: Firms, components: Components) -> list[tuple[Ints, Ints]]:
    """Offers of components that one group has alone: of a member in each country, and of some others."""
    pairs = firms.mixed[: len(components.grouped)]
    by_head = dict(zip(firms.head[pairs[:, 0]].tolist(), components.grouped.tolist(), strict=True))
    others = np.setdiff1d(np.flatnonzero(np.isin(firms.head, list(by_head))), pairs)
    others = others[rng.random(len(others)) < 0.5]
    theirs = np.array([by_head[head] for head in firms.head[others].tolist()], dtype=np.int64)
    return [(components.grouped, pairs[:, 0]), (components.grouped, pairs[:, 1]), (theirs, others)]


def _plan_open(
    rng: np.random.Generator, firms: Firms, components: Components, solos: list[Ints], total: int
) -> list[tuple[Ints, Ints]]:
    """Offers of all components with more than two vendors, heavy-tailed (Pareto's law)."""
    plain, national = components.plain, components.national
    sides = [national[c::PAIR] for c in range(PAIR)]
    pools = [
        np.flatnonzero(firms.able),
        *(np.flatnonzero(firms.able & (firms.country == c)) for c in range(PAIR)),
    ]
    weights = [rng.pareto(1.2, len(plain)) + 1, *(0.4 * (rng.pareto(1.2, len(side)) + 1) for side in sides)]
    most = [min(len(pool) // 4, _LARGEST) for pool in pools]
    found = []
    for component, pool, count in zip(
        (plain, *sides), pools, _scale_counts(weights, most, total), strict=True
    ):
        found.append(_sample(rng, component, pool, count))
    for side, pool in zip(sides, solos, strict=True):
        found += _anchor(rng, side, [pool, pool])
    third = rng.integers(PAIR)
    return [*found, *_anchor(rng, plain, [*solos, solos[third]])]


def _scale_counts(weights: list[Floats], most: list[int], total: int) -> list[Ints]:
    """Turn weights into counts, none above the most there may be, that add up to about `total`."""
    scale = total / sum(float(w.sum()) for w in weights)
    for _ in range(20):  # what is cut off at the top is spread over the others
        counts = [np.minimum(w * scale, top) for w, top in zip(weights, most, strict=True)]
        scale *= total / sum(float(c.sum()) for c in counts)
    return [count.astype(np.int64) for count in counts]


def _sample(rng: np.random.Generator, component: Ints, pool: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Draw `count` different vendors for each component: steps of one length through a shuffled pool."""
    pool = rng.permutation(pool)
    strides = _STRIDES[np.gcd(_STRIDES, len(pool)) == 1]
    which = np.repeat(np.arange(len(component)), count)
    step = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    offset = rng.integers(len(pool), size=len(component))
    stride = rng.choice(strides, len(component))
    return component[which], pool[(offset[which] + step * stride[which]) % len(pool)]


def _anchor(rng: np.random.Generator, component: Ints, pools: list[Ints]) -> list[tuple[Ints, Ints]]:
    """Give each component one vendor of each pool, all different."""
    place = rng.integers(1_000_000, size=len(component))
    return [(component, pool[(place + shift) % len(pool)]) for shift, pool in enumerate(pools)]


def _draw_idle(rng: np.random.Generator, firms: Firms, components: Components, keys: Ints, rows: int) -> Ints:
    """Offers that do not count (pilot, announced, ended), of pairs that have no other."""
    vendors = np.flatnonzero(~firms.placeholder)
    real = np.setdiff1d(np.arange(len(components.level)), components.virtual)
    found = np.empty(0, dtype=np.int64)
    while len(found) < rows:
        drawn = rng.choice(real, 2 * rows) * len(firms.country) + rng.choice(vendors, 2 * rows)
        found = np.setdiff1d(np.concatenate([found, drawn]), keys)
    return rng.permutation(found)[:rows]
