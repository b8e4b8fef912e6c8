"""The report in a real browser, without network: how many pages it prints on, and that a phone holds it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kizuna.answers.report import write_report
from kizuna.loaders import load_seeds

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_the_report_of_the_seeds_prints_on_four_to_eight_pages(
    browser: Any, tmp_path: Path, lang: str
) -> None:
    """It asks for nothing, complains of nothing, and holds a phone's width."""
    file = write_report(load_seeds(), tmp_path / "report.html", lang=lang)
    page = browser.new_context(offline=True, viewport={"width": 390, "height": 844}).new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert 4 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 8
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert requests == [file.as_uri()]
    assert complaints == []
