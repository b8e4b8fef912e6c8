/** The page of pyvis's own object: what Python says is drawn by vis-network, as pyvis's page would. */

/** What we use of vis-network; the bundle is a script of its own. @type {{Network: any, DataSet: any}} */
const vis = /** @type {any} */ (globalThis).vis;

const start = JSON.parse(document.getElementById("kizuna-pyvis")?.textContent ?? "{}");
const container = /** @type {HTMLElement} */ (document.getElementById("mynetwork"));
// A size or colour that is none is left out by the browser; as part of a style sheet it could be more.
container.style.backgroundColor = start.bgcolor;
if (start.height !== "100%") {
  container.style.flex = "none";
  container.style.height = /^\d+$/.test(start.height) ? `${start.height}px` : start.height;
}
container.style.width = /^\d+$/.test(start.width) ? `${start.width}px` : start.width;

const nodes = new vis.DataSet(start.nodes);
const edges = new vis.DataSet(start.edges);
const network = new vis.Network(container, { nodes, edges }, start.options);
network.once("afterDrawing", () => {
  network.fit({ animation: false, maxZoomLevel: 1 });
  document.documentElement.dataset.ready = "yes";
});
// by these names pyvis's own page has them
Object.assign(window, { network, nodes, edges });
