"""Tables as columns of bytes: whatever goes in comes out of the page's own reader, run by Node."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuna.viz._columns import OWN_ID, Packer
from tests.conftest import IN_CHECKOUT, ROOT

pytestmark = [
    pytest.mark.checkout,
    pytest.mark.skipif(
        not IN_CHECKOUT or not shutil.which("node"), reason="needs Node and the page's sources"
    ),
]

# Reads a line of JSON, [columns, bytes in base64], and answers with the rows.
_READER = """
import { createInterface } from "node:readline";
import { unpackTables } from "./viz/page/src/data.js";
const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  const out = {};
  for (const key in value) if (value[key] !== undefined)
    Object.defineProperty(out, key, { value: plain(value[key]), enumerable: true });
  return out;
};
for await (const line of createInterface({ input: process.stdin })) {
  const [packed, bytes] = JSON.parse(line);
  console.log(JSON.stringify(plain(unpackTables({ rows: packed }, Buffer.from(bytes, "base64")).rows)));
}
"""


class _Reader:
    def __init__(self) -> None:
        self.node = subprocess.Popen(
            ["node", "--input-type=module", "--eval", _READER],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def read(self, rows: list[dict[str, Any]]) -> Any:
        """Return rows that were packed, as the page has them."""
        packer = Packer()
        return self._ask(packer, packer.pack_rows(rows))

    def read_entry(self, value: Any) -> Any:
        """Return one entry of a payload that was packed, as the page has it."""
        packer = Packer()
        return self._ask(packer, packer.pack_tables({"entry": value})["entry"])

    def _ask(self, packer: Packer, packed: Any) -> Any:
        assert self.node.stdin is not None
        assert self.node.stdout is not None
        self.node.stdin.write(json.dumps([packed, base64.b64encode(packer.data).decode()]) + "\n")
        self.node.stdin.flush()
        return json.loads(self.node.stdout.readline())


@pytest.fixture(scope="module")
def reader() -> Iterator[_Reader]:
    """Start Node once."""
    reader = _Reader()
    yield reader
    reader.node.kill()
    reader.node.communicate()


_TEXTS = st.one_of(st.sampled_from(["", "cited", "a\nb", OWN_ID, "絆", "\u2028", "__proto__"]), st.text())
_KEYS = st.one_of(st.sampled_from(["id", "ev", "c", "n", "names", "constructor"]), st.text(max_size=3))
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.integers(-300, 300),
    st.floats(-1e15, 1e15),  # above it the page writes whole numbers without a point
    st.integers(-1000, 1000).map(lambda n: n / 1000),
    _TEXTS,
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(_KEYS, _VALUES, max_size=4), max_size=12))
def test_any_rows_come_back(reader: _Reader, rows: list[dict[str, Any]]) -> None:
    """Rows of anything, with keys that some lack, are read back as they were."""
    assert reader.read(rows) == rows


@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": st.text(min_size=1), "n": st.integers(-(2**31), 2**31), "on": st.booleans()},
            optional={
                "share": st.integers(0, 10**6).map(lambda n: n / 10**6),
                "kind": st.sampled_from(["cited", "report"]),
                "site": st.sampled_from(["www.a.example", "a", OWN_ID]),
                "at": st.tuples(st.sampled_from(["component", "solution"]), st.integers(0, 10**5)).map(list),
                "roots": st.lists(st.integers(0, 70_000)),
                "witness": st.dictionaries(st.text(), st.fixed_dictionaries({"at": st.integers(0, 3)})),
            },
        ),
        min_size=1,
    )
)
def test_tables_like_the_pages_come_back(reader: _Reader, rows: list[dict[str, Any]]) -> None:
    """Rows whose columns have a kind each are read back as they were."""
    assert reader.read(rows) == rows


def test_a_site_that_names_its_row_is_short(reader: _Reader) -> None:
    """The id of a row in another of its texts is not written again."""
    rows = [
        {"id": f"firm-{n * 7919 % 1000}", "site": f"www.firm-{n * 7919 % 1000}.example"} for n in range(500)
    ]
    packer = Packer()
    assert packer.pack_rows(rows)["c"]["site"]["k"] == "r"
    assert len(packer.data) < 2 * sum(len(row["id"]) for row in rows)
    assert reader.read(rows) == rows


def test_columns_of_equal_bytes_are_written_once() -> None:
    """Names in two languages that repeat alike share their numbers."""
    names = [{"en": f"name {n % 50}", "ja": f"名前{n % 50}"} for n in range(1000)]
    packer = Packer()
    packed = packer.pack_rows(names)["c"]
    assert packed["en"]["c"]["b"] == packed["ja"]["c"]["b"]


@pytest.mark.parametrize("many", [1, 63])
def test_a_short_table_stays_as_it_is(many: int) -> None:
    """Few rows are smaller as JSON."""
    payload = {"rows": [{"id": str(n)} for n in range(many)], "meta": {"name": "x"}}
    assert Packer().pack_tables(payload) == payload


def test_long_lists_inside_a_mapping_are_packed_and_come_back(reader: _Reader) -> None:
    """Of a mapping, 64 rows and more travel as columns, a null apart from what lacks it; fewer as they are."""
    rows = [{"i": i} if i % 3 else {"i": i, "unit": None if i % 2 else "vendor"} for i in range(64)]
    entry = {"list": ["2020-01-01"], "findings": rows, "past": rows[:63]}
    packed = Packer().pack_tables({"days": entry})["days"]
    assert [isinstance(packed[key], dict) for key in entry] == [False, True, False]
    assert reader.read_entry(entry) == entry
