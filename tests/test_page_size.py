"""A page that must keep to a size: what it leaves out, in which order, and that it says so."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kizuna.viz import render_page
from kizuna.viz._fit import pack_payload
from tests.page_payload import make_payload
from tests.page_source import unpack_part


def _make_long_payload() -> dict[str, Any]:
    """Return a payload whose offers each have a source, a note and a product that nothing shortens."""
    rng = random.Random(7)  # noqa: S311
    payload = make_payload()
    payload["sources"] = [
        {"url": f"https://example.org/{rng.getrandbits(160):040x}", "title": f"{rng.getrandbits(64):x}"}
        for _ in range(600)
    ]
    payload["offers"] = [
        {
            "v": n % len(payload["vendors"]),
            "c": n % len(payload["components"]),
            "product": f"product {rng.getrandbits(64):x}",
            "counted": True,
            "ev": {"kind": "cited", "s": n, "note": f"{rng.getrandbits(128):x}"},
        }
        for n in range(600)
    ]
    return payload


def _left_out(room: int) -> Any:
    packed, _ = pack_payload(_make_long_payload(), room)
    return packed["meta"].get("left_out")


def test_with_room_nothing_is_left_out() -> None:
    """A page that fits has all its notes and sources and says nothing."""
    assert _left_out(10_000_000) is None


def test_notes_go_before_sources() -> None:
    """Where the notes alone are too much, every source stays."""
    payload = _make_long_payload()
    _, columns = pack_payload(payload, 10_000_000)
    whole = len(columns)
    left = _left_out(whole)
    assert left["what"][0] == "notes"
    assert left["kept"] > 0.8 * left["of"]


@pytest.mark.parametrize("share", [0.5, 0.7])
def test_what_is_packed_keeps_to_the_room(share: float) -> None:
    """Sources are left out until the rest fits."""
    payload = _make_long_payload()
    room = int(share * len(pack_payload(payload, 10_000_000)[1]))
    packed, columns = pack_payload(payload, room)
    assert len(columns) < room
    assert 0 < packed["meta"]["left_out"]["kept"] < packed["meta"]["left_out"]["of"]
    assert "sources" in packed["meta"]["left_out"]["what"]


def test_sources_of_requirements_stay_longest() -> None:
    """The first source that is kept is that of a requirement."""
    payload = _make_long_payload()
    payload["requires"][0]["ev"] = {"kind": "cited", "s": 599}
    packed, _ = pack_payload(payload, int(0.5 * len(pack_payload(payload, 10_000_000)[1])))
    assert packed["requires"][0]["ev"]["s"] == 0


def test_names_and_edges_stay_in_any_case() -> None:
    """A size that cannot be kept costs all notes, texts and sources, and nothing else."""
    packed, _ = pack_payload(_make_long_payload(), 1)
    assert packed["meta"]["left_out"]["kept"] == 0
    assert packed["meta"]["left_out"]["what"] == ["notes", "texts", "sources"]
    assert packed["offers"]["n"] == 600
    assert [v["names"] for v in packed["vendors"]] == [v["names"] for v in make_payload()["vendors"]]


def test_a_page_is_as_small_as_it_is_told() -> None:
    """The size is that of the whole file, in bytes of UTF-8."""
    whole = len(render_page(_make_long_payload()).encode())
    assert len(render_page(_make_long_payload(), max_bytes=whole - 20_000).encode()) <= whole - 20_000


def test_the_page_of_the_curated_data_keeps_to_600_kilobytes(seeds_payload: dict[str, Any]) -> None:
    """It goes by mail as a small attachment, with every note and source in it."""
    html = render_page(seeds_payload, lang="en")
    assert len(html.encode("utf-8")) <= 600_000
    assert "left_out" not in unpack_part(html)["payload"]["meta"]
