"""Where the offers of a market are made, as far as anybody states it."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..graph import split_list
from ..graph.codes import Codes

__all__ = ["OfferPlaces"]


class OfferPlaces:
    """The countries where each offer is made.

    Many offers have few different lists of places, so that each list is read once.

    Parameters
    ----------
    made_in
        ISO codes of each offer, joined by ``;``; blank: nobody states where it is made.

    Examples
    --------
    >>> from kizuna.graph.codes import encode_column
    >>> places = OfferPlaces(encode_column(pd.Series(["TW", "JP;TW", None], dtype="str")))
    >>> places.within(["TW"]).tolist(), places.only_within(["TW"]).tolist()
    ([True, True, False], [True, False, False])
    """

    def __init__(self, made_in: Codes) -> None:
        lists = [split_list(text) for text in made_in.values]
        self.countries = pd.Index(sorted({country for found in lists for country in found}), dtype="object")
        self._stands = np.zeros((len(lists) + 1, len(self.countries)), dtype=bool)  # the last: nowhere
        for row, found in enumerate(lists):
            self._stands[row, self.countries.get_indexer(pd.Index(found, dtype="object"))] = True
        self._list = made_in.codes

    def _spread(self, rows: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Return what holds of each list of places for each offer."""
        found: npt.NDArray[np.bool_] = np.asarray(rows, dtype=bool)[self._list]
        return found

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Offers whose places are stated. Shape ``(offers,)``."""
        return self._spread(self._stands.any(axis=1))

    def within(self, countries: Collection[str]) -> npt.NDArray[np.bool_]:
        """Offers that are made in one of some countries, wherever else they are made."""
        asked = self.countries.isin(list(countries))
        return self._spread(self._stands[:, asked].any(axis=1))

    def only_within(self, countries: Collection[str]) -> npt.NDArray[np.bool_]:
        """Offers that are made in some countries and nowhere else; never those of unknown places."""
        elsewhere = ~self.countries.isin(list(countries))
        rows = self._stands.any(axis=1) & ~self._stands[:, elsewhere].any(axis=1)
        return self._spread(rows)

    def sole(self) -> npt.NDArray[np.int64]:
        """Return the one country where each offer is made, as a code, or -1: several, or nobody knows."""
        one = self._stands.sum(axis=1) == 1
        codes = self._stands.argmax(axis=1) if len(self.countries) else np.zeros(len(one), dtype=np.int64)
        return np.where(one, codes, -1).astype(np.int64)[self._list]

    def pairs(self, offers: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return each of some offers with each country where it is made, as codes."""
        rows, codes = np.nonzero(self._stands[self._list[offers]])
        return offers[rows], codes.astype(np.int64)
