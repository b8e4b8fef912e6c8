"""The page ranks partners as Python does: both are run, on the curated data and on small random graphs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kizuna import load_seeds
from kizuna.graph import SupplyGraph
from kizuna.queries import Analysis, Partner, Scope, find_partners
from kizuna.viz.payload import build_payload
from tests.conftest import IN_CHECKOUT
from tests.graphs import Rows, build_graph, random_rows

pytestmark = [
    pytest.mark.checkout,
    pytest.mark.skipif(
        not IN_CHECKOUT or not shutil.which("node"), reason="needs Node and the page's sources"
    ),
]

SOURCES = Path(__file__).parent.parent / "viz" / "page" / "src"
PLACED: Rows = {"segments": [{"id": "parts", "nature": "hardware"}]}
SCRIPT = """
import { readFileSync } from "node:fs";
const [root] = process.argv.slice(1);
const { Chain } = await import(`${root}phi.js`);
const { findPartners } = await import(`${root}partners.js`);
const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = asked.map(({ payload, vendors }) => {
  const chain = new Chain(payload);
  const { components } = payload;
  const name = (node) => node < chain.components
    ? components[node].id : payload.solutions[node - chain.components].id;
  const sorted = (nodes) => nodes.map(name).sort();
  return vendors.map((v) => (findPartners(chain, v)?.ranked ?? []).map((one) => ({
    vendor: payload.vendors[one.vendor].id,
    group: one.sameGroup,
    components: sorted(one.components),
    unlocks: sorted(one.unlocks),
    brings: sorted(one.brings),
    relieves: one.relieves.map(({ group, targets, shared }) =>
      [payload.vendors[group].id, sorted(targets), sorted(shared)]),
    fits: one.fits.map(({ own, other, needs, groups }) => [name(own), name(other), needs, groups]),
    fit: `${one.fit[0]}/${one.fit[1]}`,
  })));
});
console.log(JSON.stringify(answers));
"""


def ask_page(asked: list[dict[str, Any]]) -> Any:
    """Return what the page's own module answers, for each payload and vendor."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT, SOURCES.as_uri() + "/"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


def _tell(partner: Partner) -> dict[str, Any]:
    """Return a partner as the script does."""
    return {
        "vendor": partner.vendor,
        "group": partner.same_group,
        "components": sorted(partner.components),
        "unlocks": sorted(target.id for target in partner.unlocks),
        "brings": sorted(partner.brings),
        "relieves": [
            [one.group, sorted(target.id for target in one.targets), sorted(one.shared)]
            for one in partner.relieves
        ],
        "fits": [[fit.own, fit.other, fit.needs, fit.groups] for fit in partner.fits],
        "fit": f"{partner.fit.numerator}/{partner.fit.denominator}",
    }


def _ask(graph: SupplyGraph, vendors: list[str], scope: Scope) -> dict[str, Any]:
    ids = graph.table("vendors")["id"].tolist()
    return {"payload": build_payload(graph, scope=scope), "vendors": [ids.index(one) for one in vendors]}


def _expect(graph: SupplyGraph, vendors: list[str], scope: Scope) -> list[list[dict[str, Any]]]:
    analysis = Analysis(graph, scope)
    found = [find_partners(graph, one, analysis=analysis, scope=scope) for one in vendors]
    return [[_tell(partner) for partner in one.ranked] for one in found]


def test_partners_of_curated_firms_are_those_of_python() -> None:
    """Firms of both countries, large and small, have the same partners in the same order for the same reasons."""
    graph, scope = load_seeds(), Scope()
    firms = ["tsmc", "hiwin", "fanuc", "nikon"]
    [found] = ask_page([_ask(graph, firms, scope)])
    assert found == _expect(graph, firms, scope)


@pytest.mark.slow
@pytest.mark.parametrize("country_by", ["seat", "owner"])
def test_partners_in_random_graphs_are_those_of_python(country_by: Any) -> None:
    """Every firm of the pair in 40 graphs with groups, choices, imports and parts made in house."""
    scope = Scope(country_by=country_by)
    graphs = [build_graph({**random_rows(Random(seed)), **PLACED}) for seed in range(100, 140)]  # noqa: S311
    firms = [_list_firms(graph, scope) for graph in graphs]
    found = ask_page([_ask(graph, some, scope) for graph, some in zip(graphs, firms, strict=True)])
    assert found == [_expect(graph, some, scope) for graph, some in zip(graphs, firms, strict=True)]
    partners = [one for answers in found for answer in answers for one in answer]
    assert all(any(one[key] for one in partners) for key in ("unlocks", "brings", "relieves", "fits"))


def _list_firms(graph: SupplyGraph, scope: Scope) -> list[str]:
    """Return the firms that partners can be asked for."""
    market = Analysis(graph, scope).market
    asked = market.in_pair & market.alive & ~market.unnamed
    return [str(one) for one in market.vendor_ids[asked]]
