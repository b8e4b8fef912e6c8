"""The tables of a synthetic supply chain: every column of the model, from the plan in whole numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.plan import Components, Firms, Offers
from benchmarks.pools import (
    CITIES,
    COMPONENT_WORDS,
    COUNTRIES,
    DESCRIPTIONS,
    DETAILS,
    EXCHANGES,
    LAYERS,
    PRODUCTS,
    REASONS,
    SEGMENTS,
    SOLUTION_WORDS,
    VENDOR_KINDS,
    VENDOR_STEMS,
)
from benchmarks.texts import Bools, Column, Ints, Texts, make_frame

__all__ = ["Namer", "write_tables"]

_CODES = [code for code, _ in COUNTRIES]
_PROBLEMS = 20
_LOOP_LEVEL = 2  # components above it take part in the data loop


class Namer:
    """Ids and names of vendors and components, which many tables refer to.

    Parameters
    ----------
    rng
        Where chance comes from.
    vendors, components
        How many there are.
    """

    def __init__(self, rng: np.random.Generator, vendors: int, components: int) -> None:
        self.texts = texts = Texts(rng)
        self.stem = rng.integers(len(VENDOR_STEMS), size=vendors)
        self.word = rng.integers(len(COMPONENT_WORDS), size=components)
        stems = [en.lower() for en, _, _ in VENDOR_STEMS]
        words = [en.lower().replace(" ", "-") for en, _, _ in COMPONENT_WORDS]
        self.vendor_numbers = texts.numbers(np.arange(vendors), width=6)
        self.component_numbers = texts.numbers(np.arange(components), width=5)
        self.vendor_ids = texts.join(texts.take(stems, self.stem), "-", self.vendor_numbers)
        self.component_ids = texts.join(texts.take(words, self.word), "-", self.component_numbers)

    def vendors(self, positions: Ints) -> Column:
        """Return the ids of vendors by position."""
        return self.vendor_ids.take(positions)

    def components(self, positions: Ints) -> Column:
        """Return the ids of components by position."""
        return self.component_ids.take(positions)


def write_tables(
    rng: np.random.Generator, firms: Firms, components: Components, offers: Offers, namer: Namer
) -> dict[str, pd.DataFrame]:
    """Write all tables."""
    writer = _Writer(rng, namer)
    solutions = max(1, len(components.level) // 100)
    columns = {
        **writer.write_frame(),
        "components": writer.write_components(components),
        "vendors": writer.write_vendors(firms),
        **writer.write_solutions(components, solutions),
        "offers": writer.write_offers(components, offers),
        "component_requires": writer.write_requirements(components),
        **writer.write_relations(firms, offers),
        **writer.write_listings(firms, components),
    }
    return {name: make_frame(table) for name, table in columns.items()}


Table = dict[str, Column]


class _Writer:
    def __init__(self, rng: np.random.Generator, namer: Namer) -> None:
        self.rng, self.namer, self.texts = rng, namer, namer.texts

    def _names(self, words: tuple[tuple[str, str, str], ...], codes: Ints, number: Column | None) -> Table:
        texts = self.texts
        names = {}
        for place, (lang, before, after) in enumerate(
            (("en", ", type ", ""), ("zh", "（型號", "）"), ("ja", "（型式", "）"))
        ):
            name = texts.take([word[place] for word in words], codes)
            names[f"name_{lang}"] = name if number is None else texts.join(name, before, number, after)
        return names

    def _fixed(self, ids: list[str], words: list[tuple[str, str, str]]) -> Table:
        every = np.arange(len(ids))
        return {"id": self.texts.take(ids, every), **self._names(tuple(words), every, None)}

    def write_frame(self) -> dict[str, Table]:
        """Write what is the same at every size: layers, segments and countries."""
        texts = self.texts
        layers = [layer for layer, _ in LAYERS]
        segments = [segment for segment, *_ in SEGMENTS]
        every = np.arange(len(layers))
        order = {"order": texts.numbers(every + 1)}
        place = {
            "layer": texts.take([layer for _, layer, *_ in SEGMENTS], np.arange(len(segments))),
            "nature": texts.take([nature for _, _, nature, _ in SEGMENTS], np.arange(len(segments))),
        }
        return {
            "layers": self._fixed(layers, [words for _, words in LAYERS]) | order,
            "segments": self._fixed(segments, [words for *_, words in SEGMENTS]) | place,
            "countries": self._fixed(_CODES, [words for _, words in COUNTRIES]),
            "layer_feeds": {
                "layer": texts.take(layers, every),
                "feeds": texts.take(layers, (every + 1) % len(layers)),
            },
            "segment_secures": {
                "segment": texts.take(["security"], every * 0),
                "layer": texts.take(layers, every),
            },
        }

    def write_components(self, components: Components) -> Table:
        """Write the components, families of about four among a third of them."""
        texts, namer, rows = self.texts, self.namer, len(components.level)
        segment = self.rng.integers(len(SEGMENTS), size=rows)
        virtual = np.isin(np.arange(rows), components.virtual)
        family = texts.join(
            "family-", texts.numbers(self.rng.integers(max(1, rows // 12), size=rows), width=5)
        )
        return {
            "id": namer.component_ids,
            "segment": texts.take([s for s, *_ in SEGMENTS], segment),
            "nature": texts.take([nature for _, _, nature, _ in SEGMENTS], segment),
            "stage": texts.take(["input", "loop"], (components.level > _LOOP_LEVEL).astype(np.int64)),
            "family": texts.where((self.rng.random(rows) < 1 / 3) & ~virtual, family),
            "virtual": texts.where(virtual, "yes"),
            **self._names(COMPONENT_WORDS, namer.word, namer.component_numbers),
            "aliases": texts.join("KZ-", namer.component_numbers, ";part ", namer.component_numbers),
            "note": texts.evidence(rows)["note"],
        }

    def write_vendors(self, firms: Firms) -> Table:
        """Write the vendors with names in three scripts."""
        texts, rows = self.texts, len(firms.country)
        kind = self.rng.integers(len(VENDOR_KINDS), size=rows)
        stems = [texts.take([stem[p] for stem in VENDOR_STEMS], self.namer.stem) for p in range(3)]
        kinds = [texts.take([word[p] for word in VENDOR_KINDS], kind) for p in range(3)]
        region, city, exchange = self._places(firms.country)
        number = self.namer.vendor_numbers
        return {
            "id": self.namer.vendor_ids,
            "country": texts.take(_CODES, firms.country),
            "region": region,
            "city": city,
            "name_en": texts.join(stems[0], " ", kinds[0]),
            "name_zh": texts.join(stems[1], kinds[1], "股份有限公司"),
            "name_ja": texts.join(stems[2], kinds[2], "株式会社"),
            "aliases": texts.where(self.rng.random(rows) < 0.4, texts.join(stems[0], number, ";", stems[1])),
            "former_names": texts.where(self.rng.random(rows) < 0.05, texts.join(stems[0], " Industries")),
            "exchange": exchange,
            "ticker": texts.where(self.rng.random(rows) < 0.6, texts.numbers(1000 + np.arange(rows) % 9000)),
            "size": texts.choose({"": 0.7, "large": 0.05, "medium": 0.1, "small": 0.15}, rows),
            "website": texts.join(self.namer.vendor_ids, ".example"),
            "until": texts.where(firms.gone, "2021-03-31"),
            "placeholder": texts.where(firms.placeholder, "yes"),
            **texts.evidence(rows),
        }

    def _places(self, country: Ints) -> tuple[Column, Column, Column]:
        """Region, city and exchange of vendors."""
        codes = np.zeros((3, len(country)), dtype=np.int64)
        pools: list[list[str]] = [[], [], []]
        for place, code in enumerate(_CODES):
            here = np.flatnonzero(country == place)
            cities = CITIES[code]
            exchanges = [*EXCHANGES.get(code, ()), "private"]
            drawn = self.rng.integers(len(cities), size=len(here))
            codes[:2, here] = len(pools[0]) + drawn
            codes[2, here] = len(pools[2]) + self.rng.integers(len(exchanges), size=len(here))
            pools[0] += [region for region, _ in cities]
            pools[1] += [city for _, city in cities]
            pools[2] += exchanges
        region, city, exchange = (self.texts.take(p, c) for p, c in zip(pools, codes, strict=True))
        return region, city, exchange

    def write_offers(self, components: Components, offers: Offers) -> Table:
        """Write the offers; one that does not count is a pilot, an announcement, or has ended."""
        texts, rows = self.texts, len(offers.vendor)
        idle = ~offers.counted & ~offers.older
        state = np.where(idle, self.rng.choice(4, rows, p=[0.3, 0.25, 0.3, 0.15]), -1)
        counted = texts.choose({"": 0.55, "volume": 0.35, "limited": 0.1}, rows)
        waiting = texts.take(["pilot", "announced", "ended", "volume"], np.maximum(state, 0))
        ended = state >= 2
        since = texts.where(ended, "2012-04", texts.dates(rows, filled=0.3))
        corrected = self._corrected(offers)
        share, year = self._shares(offers)
        own = self.rng.random(rows) < 0.7
        share_of = texts.where(own, self.namer.components(offers.component), "all industrial uses, by value")
        evidence = texts.evidence(rows)
        # A correction is the later of two statements that hold at one time.
        since = texts.where(~corrected & ~offers.older, since)
        as_of = texts.where(corrected, "2026-10", texts.where(offers.older, "2013", evidence["as_of"]))
        return {
            "vendor": self.namer.vendors(offers.vendor),
            "component": self.namer.components(offers.component),
            "product": texts.pick(PRODUCTS, rows),
            "status": texts.where(idle, waiting, texts.where(offers.older, "announced", counted)),
            "role": texts.choose({"": 0.92, "leader": 0.02, "established": 0.04, "entrant": 0.02}, rows),
            "share": texts.fractions(share),
            "share_of": texts.where(~np.isnan(share), share_of),
            "share_year": texts.where(~np.isnan(share), year),
            "made_in": texts.pick(["TW", "JP", "JP;TW", "CN;TW", "JP;TH"], rows, filled=0.1),
            "in_house": self._in_house(components, offers),
            "since": since,
            "until": texts.where(ended, "2019-09-30"),
            **texts.checked(rows),
            **(evidence | {"as_of": as_of}),
        }

    def _corrected(self, offers: Offers) -> Bools:
        """Say which offers correct an older statement on the same pair."""
        key = offers.vendor * (int(offers.component.max()) + 1) + offers.component
        return np.isin(key, key[offers.older]) & ~offers.older

    def _shares(self, offers: Offers) -> tuple[np.ndarray, Column]:
        """Shares of 3 % of the offers; those of one component add up to 1 at most."""
        rows = len(offers.vendor)
        known = self.rng.random(rows) < 0.03
        together = np.bincount(offers.component[known], minlength=int(offers.component.max()) + 1)
        share = self.rng.random(rows) / np.maximum(1, together[offers.component])
        return np.where(known, share, np.nan), self.texts.pick(["2021", "2023", "2024", "2025"], rows)

    def _in_house(self, components: Components, offers: Offers) -> Column:
        """For 2 % of the offers, the part that the vendor makes itself: the first one required."""
        first = np.full(len(components.level), -1)
        first[components.parent[::-1]] = components.part[::-1]
        part = first[offers.component]
        makes = (part >= 0) & (self.rng.random(len(part)) < 0.02)
        return self.texts.where(makes, self.namer.components(np.maximum(part, 0)))

    def _needs(self, ends: Table, choice: Bools) -> Table:
        rows = len(choice)
        return {
            **ends,
            "alternatives": self.texts.where(choice, "either-of-these"),
            "kind": self.texts.choose({"input": 0.7, "equipment": 0.2, "service": 0.1}, rows),
            "why": self.texts.pick(REASONS, rows),
            **self.texts.evidence(rows),
        }

    def write_requirements(self, components: Components) -> Table:
        """Write what components require."""
        ends = {
            "component": self.namer.components(components.parent),
            "requires": self.namer.components(components.part),
        }
        return self._needs(ends, components.choice)

    def write_solutions(self, components: Components, count: int) -> dict[str, Table]:
        """Write solutions of eight parts, two of them alternatives, and the problems they answer."""
        texts, every = self.texts, np.arange(count)
        ids = texts.join("solution-", texts.numbers(every, width=5))
        word = self.rng.integers(len(SOLUTION_WORDS), size=count)
        high = self.rng.permutation(np.flatnonzero(components.level > _LOOP_LEVEL))
        step = np.arange(8)
        part = high[(self.rng.integers(len(high), size=count)[:, None] + step) % len(high)]
        parts = {
            "solution": ids.take(np.repeat(every, len(step))),
            "requires": self.namer.components(part.ravel()),
        }
        upper = every[every % 5 == 4]
        base = {"solution": ids.take(upper), "requires": ids.take(upper - 1)}
        problems = [f"problem-{n:02d}" for n in range(_PROBLEMS)]
        words = [SOLUTION_WORDS[n % len(SOLUTION_WORDS)] for n in range(_PROBLEMS)]
        return {
            "problems": self._fixed(problems, words) | texts.evidence(_PROBLEMS),
            "solutions": {
                "id": ids,
                **self._names(SOLUTION_WORDS, word, texts.numbers(every, width=5)),
                **{f"description_{lang}": texts.pick([text], count) for lang, text in DESCRIPTIONS.items()},
                **texts.evidence(count),
            },
            "solution_requires": self._needs(parts, np.tile(step < 2, count)),
            "solution_builds_on": self._needs(base, np.zeros(len(upper), dtype=bool)),
            "addresses": {
                "solution": ids,
                "problem": texts.take(problems, every % _PROBLEMS),
                **texts.evidence(count),
            },
        }

    def write_relations(self, firms: Firms, offers: Offers) -> dict[str, Table]:
        """Write control and holdings, supplies for half as many as there are vendors, and other ties."""
        size = len(firms.country)
        owned = np.flatnonzero(firms.owner >= 0)
        control, share = self._control(len(owned))
        holders, held = self._pairs(size, size // 50)
        free = firms.head[holders] != firms.head[held]
        holders, held = holders[free], held[free]
        group = np.arange(len(owned) + len(holders)) < len(owned)
        ties = {
            name: self._relation(*self._pairs(size, int(size * part)), offers)
            for name, part in (
                ("supplies", 0.5), ("invests_in", 0.05), ("joint_venture_with", 0.02),
                ("partners_with", 0.05), ("licenses", 0.02),
            )
        }  # fmt: skip
        for name in ("invests_in", "joint_venture_with"):
            ties[name]["share"] = self.texts.fractions(self.rng.random(len(ties[name]["detail"])) * 0.5)
        owns = self._relation(
            np.concatenate([firms.owner[owned], holders]), np.concatenate([owned, held]), offers, ends=~group
        )
        minor = self.rng.random(len(holders)) * 0.45 + 0.05
        owns["share"] = self.texts.fractions(np.concatenate([share, minor]))
        silent = np.zeros(len(holders), dtype=np.int64)
        owns["control"] = self.texts.take(["", "yes"], np.concatenate([control, silent]))
        return {"owns": owns, **ties}

    def _control(self, rows: int) -> tuple[Ints, np.ndarray]:
        """Say what shows control: both, the share, a word of the source; in a few cases neither."""
        how = self.rng.choice(4, rows, p=[0.5, 0.25, 0.2, 0.05])
        share = np.where(how < 2, 0.51 + 0.49 * self.rng.random(rows), np.nan)
        return np.isin(how, [0, 2]).astype(np.int64), share

    def _pairs(self, size: int, rows: int) -> tuple[Ints, Ints]:
        """Draw different pairs of different vendors."""
        keys = np.unique(self.rng.integers(size, size=rows) * size + self.rng.integers(size, size=rows))
        one, other = keys // size, keys % size
        return one[one != other], other[one != other]

    def _relation(self, one: Ints, other: Ints, offers: Offers, *, ends: Bools | None = None) -> Table:
        """Write ties of pairs of vendors; of those that may end, some have."""
        texts, rows = self.texts, len(one)
        ended = (self.rng.random(rows) < 0.05) & (True if ends is None else ends)
        subject = offers.component[self.rng.integers(len(offers.component), size=rows)]
        return {
            "from_vendor": self.namer.vendors(one),
            "to_vendor": self.namer.vendors(other),
            "component": texts.where(self.rng.random(rows) < 0.7, self.namer.components(subject)),
            "since": texts.where(ended, "2009", texts.dates(rows, filled=0.5)),
            "until": texts.where(ended, "2020-06", ""),
            "detail": texts.pick(DETAILS, rows),
            **texts.checked(rows),
            **texts.evidence(rows, cited=0.8),
        }

    def write_listings(self, firms: Firms, components: Components) -> dict[str, Table]:
        """Write who is listed in a segment, and how far the lists of vendors are whole."""
        texts, rng = self.texts, self.rng
        listed = np.flatnonzero(rng.random(len(firms.country)) < 0.3)
        where = ["TW", "JP", "*"]
        known = np.flatnonzero(rng.random(len(components.level) * 3) < 0.6)
        segments = [segment for segment, *_ in SEGMENTS]
        cells = np.arange(len(segments) * 3)
        levels = {"complete": 0.4, "partial": 0.4, "unknown": 0.2}
        return {
            "listed_in": {
                "vendor": self.namer.vendors(listed),
                "segment": texts.pick(segments, len(listed)),
                **texts.evidence(len(listed)),
            },
            "completeness": {
                "component": self.namer.components(known // 3),
                "country": texts.take(where, known % 3),
                "level": texts.choose(levels, len(known)),
                **texts.evidence(len(known)),
            },
            "segment_completeness": {
                "segment": texts.take(segments, cells // 3),
                "country": texts.take(where, cells % 3),
                "level": texts.choose(levels, len(cells)),
                **texts.evidence(len(cells)),
            },
        }
