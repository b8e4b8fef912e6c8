"""The card for a meeting in a real browser, without network: what is seen, on paper and on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kizuna.answers.names import Names
from kizuna.answers.partner_card import make_card
from kizuna.graph import SupplyGraph
from kizuna.queries import Analysis, Scope
from kizuna.queries.partners import find_partners
from kizuna.viz import write_page_file
from kizuna.viz.card import render_card

pytestmark = pytest.mark.browser

# Firms of each country with the most offers, whose cards have the most to say.
_MOST = 1


def _pick_firms(graph: SupplyGraph) -> list[str]:
    offers = graph.current("offers")["vendor"].value_counts()
    vendors = graph.table("vendors").set_index("id")["country"]
    return [
        vendor
        for country in ("TW", "JP")
        for vendor in [v for v in offers.index if vendors[v] == country][:_MOST]
    ]


def test_a_card_fits_one_page_of_paper_and_a_phone(seeds: SupplyGraph, browser: Any, tmp_path: Path) -> None:
    """The fullest cards of the data set, alone and paired, in each language, print on one page of A4."""
    analysis = Analysis(seeds, Scope())
    page = browser.new_context(offline=True, viewport={"width": 390, "height": 844}).new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    opened = []
    for vendor in _pick_firms(seeds):
        found = find_partners(seeds, vendor, analysis=analysis)
        for lang in ("zh", "ja", "en"):
            for partner in (None, found.ranked[0].vendor):
                card = make_card(found, Names(seeds, lang), partner=partner, selection={})
                file = write_page_file(render_card(card), tmp_path / f"{vendor}-{lang}-{partner}.html")
                page.goto(file.as_uri())
                opened.append(file.as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= 390
                pdf = page.pdf(prefer_css_page_size=True)
                assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, file.name
    assert requests == opened
    assert complaints == []
