"""Charts of the report, drawn as SVG by Vega-Lite without a browser, and stripped to what may stand in a page.

vl-convert holds Vega-Lite whole: nothing is fetched. It writes colours and fonts as attributes, never as
styles, so that the page's policy need not allow any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any
from xml.etree import ElementTree as Tree

from .._errors import MissingExtraError

__all__ = ["HeatMap", "draw_heat_map"]

_SVG = "http://www.w3.org/2000/svg"
_TAGS = frozenset({"svg", "g", "path", "line", "text", "rect"})
_ATTRIBUTES = frozenset(
    {
        *("width", "height", "viewBox", "transform", "d", "x", "y", "x2", "y2", "fill", "stroke"),
        *("stroke-width", "stroke-dasharray", "opacity", "text-anchor", "font-size", "font-weight"),
    }
)
_VEGA_LITE = "5.21"  # of those that vl-convert 1.9 holds; named, so that a newer one draws the same
_ROW, _COLUMN, _LABELS = 25, 120, 250  # pixels
_UNKNOWN = "#eceef2"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DARK = 0.55  # part of the greatest value from which the digits are white


@dataclass(frozen=True)
class HeatMap:
    """Counts as a grid of shaded cells, each with its text.

    Parameters
    ----------
    title
        What it shows, for those who do not see it and for Markdown.
    corner
        What the rows are.
    columns, rows
        Headings.
    texts
        What stands in each cell, row by row.
    values
        How dark a cell is; None: not known.
    """

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    values: tuple[tuple[int | None, ...], ...]


def draw_heat_map(chart: HeatMap) -> str:
    """Return a chart as an ``<svg>`` element for a page.

    Raises
    ------
    MissingExtraError
        vl-convert is not installed.
    """
    try:
        # Imported by name: only reports need it, and mypy runs without it too.
        convert: Any = import_module("vl_convert")
    except ImportError:
        raise MissingExtraError(
            "the charts of a report need the package vl-convert-python; install it with: "
            "pip install 'kizuna[report]'  (a report as Markdown needs no more)"
        ) from None
    plain = replace(
        chart, columns=tuple(map(_make_plain, chart.columns)), rows=tuple(map(_make_plain, chart.rows))
    )
    svg = convert.vegalite_to_svg(_describe(plain), vl_version=_VEGA_LITE, allowed_base_urls=[])
    return _clean_svg(svg)


def _make_plain(text: str) -> str:
    """Return `text` without the characters that XML cannot hold; vl-convert ends the process over one."""
    return _NO_XML.sub("", text)


def _describe(chart: HeatMap) -> dict[str, Any]:
    """Return a chart as Vega-Lite.

    Rows and columns are numbers, so that equal names stay apart. What is not known goes in as 0 and takes
    another colour: a null would not be drawn at all.
    """
    most = max((value or 0 for row in chart.values for value in row), default=0)
    cells = [
        {
            "row": row,
            "column": column,
            "text": chart.texts[row][column],
            "value": value or 0,
            "kind": _kind(value, most),
        }
        for row, values in enumerate(chart.values)
        for column, value in enumerate(values)
    ]
    axis = {"title": None, "ticks": False, "domain": False, "labelColor": "currentColor", "labelFontSize": 12}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "data": {"values": cells},
        "width": _COLUMN * len(chart.columns),
        "height": _ROW * len(chart.rows),
        "config": {
            "view": {"stroke": None},
            "scale": {"bandPaddingInner": 0.06, "rectBandPaddingInner": 0.06},
        },
        "encoding": {
            "x": {
                "field": "column",
                "type": "ordinal",
                "axis": {**axis, "orient": "top", "labelAngle": 0, "labelLimit": _COLUMN - 6}
                | {"labelExpr": _pick_label(chart.columns)},
            },
            "y": {
                "field": "row",
                "type": "ordinal",
                # The extent is fixed: measured, it would depend on the fonts of the machine.
                "axis": {**axis, "labelLimit": _LABELS - 10, "minExtent": _LABELS, "maxExtent": _LABELS}
                | {"labelExpr": _pick_label(chart.rows)},
            },
        },
        "layer": [
            {
                "mark": {"type": "rect"},
                "encoding": {
                    "color": {
                        "condition": {"test": "datum.kind == 'unknown'", "value": _UNKNOWN},
                        "field": "value",
                        "type": "quantitative",
                        "scale": {"range": ["#eaf3fb", "#0b4a73"], "domain": [0, max(most, 1)]},
                        "legend": _describe_legend(most),
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {
                    "text": {"field": "text"},
                    "color": {
                        "condition": {"test": "datum.kind == 'dark'", "value": "#ffffff"},
                        "value": "#1c2330",
                    },
                },
            },
        ],
    }


def _describe_legend(most: int) -> dict[str, Any] | None:
    """Return a legend of four shades below the cells; of nothing there is none."""
    if most < 4:
        return None
    return {
        "type": "symbol",
        "symbolType": "square",
        "symbolSize": 220,
        "symbolStrokeWidth": 0,
        "values": sorted({round(most * part / 3) for part in range(4)}),
        "orient": "bottom",
        "direction": "horizontal",
        "title": None,
        "labelColor": "currentColor",
        "labelFontSize": 11,
    }


def _kind(value: int | None, most: int) -> str:
    if value is None:
        return "unknown"
    return "dark" if value > _DARK * most else "light"


def _pick_label(labels: tuple[str, ...]) -> str:
    """Return an expression that shows a label by its number; as JSON, no name can leave its string."""
    import json

    return f"{json.dumps(list(labels))}[datum.value]"


def _clean_svg(svg: str) -> str:
    """Return a drawing with no more than shapes and text."""
    root = Tree.fromstring(svg)  # noqa: S314  our own library's, and escaped by it
    _strip(root)
    root.set("aria-hidden", "true")  # a table says the same
    root.set("xmlns", _SVG)
    return Tree.tostring(root, encoding="unicode")


def _strip(element: Tree.Element) -> None:
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
        del element.attrib[name]
    for child in list(element):
        if child.tag.removeprefix(f"{{{_SVG}}}") in _TAGS:
            _strip(child)
        else:
            element.remove(child)
