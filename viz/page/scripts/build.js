/**
 * Writes the committed bundles: vis-network in ../vendor, and our own modules in ../templates, one for each page.
 *
 * `node scripts/build.js` writes; `--verify` writes nothing and fails if a committed file differs from a fresh build.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");
const viz = join(page, "..");

/** Packages whose code ends up in the vendored bundle. */
const BUNDLED = [
  "vis-network",
  "vis-data",
  "vis-util",
  "@egjs/hammerjs",
  "component-emitter",
  "keycharm",
  "uuid",
];

/** @param {string} text */
const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** @param {string} name @returns {Promise<{version: string, license: string}>} */
async function readPackage(name) {
  return JSON.parse(await readFile(join(page, "node_modules", name, "package.json"), "utf8"));
}

/** @param {string} name @returns {Promise<string>} */
async function readLicence(name) {
  const folder = join(page, "node_modules", name);
  const texts = [];
  for (const file of ["LICENSE-MIT", "LICENSE", "LICENSE.md", "license"]) {
    try {
      texts.push((await readFile(join(folder, file), "utf8")).trim());
      break;
    } catch {
      continue; // the next usual name
    }
  }
  if (!texts.length) throw new Error(`${name} ships no licence file`);
  return texts[0].replace(/\r\n/g, "\n");
}

/** @param {string} code the bundle must be able to stand inside a <script> element */
function closeNothing(code) {
  return code.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
}

/** @returns {Promise<Record<string, string>>} file name -> text, under viz/ */
async function buildVendor() {
  const result = await build({
    stdin: {
      contents: "export { Network } from 'vis-network/esnext'; export { DataSet } from 'vis-data/esnext';",
      resolveDir: page,
    },
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "vis",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  const packages = [];
  const licences = [];
  for (const name of BUNDLED) {
    const { version, license } = await readPackage(name);
    packages.push({ name, version, licence: license });
    licences.push(
      `${"=".repeat(78)}\n${name} ${version} (${license})\n${"=".repeat(78)}\n\n${await readLicence(name)}\n`,
    );
  }
  const main = packages[0];
  const banner = `/*! ${main.name} ${main.version} (${main.licence}), used here under MIT; with ${packages
    .slice(1)
    .map((p) => `${p.name} ${p.version}`)
    .join(", ")}. Licence texts: vis-network.LICENSE.txt */\n`;
  const code = banner + closeNothing(result.outputFiles[0].text);
  const licence = `The file vis-network.min.js holds the packages below, minified.\n\n${licences.join("\n")}`;
  const versions = { file: "vis-network.min.js", sha256: sha256(code), ...main, bundled: packages.slice(1) };
  return {
    "vendor/vis-network.min.js": code,
    "vendor/vis-network.LICENSE.txt": licence,
    "vendor/VERSIONS.json": `${JSON.stringify([versions], null, 2)}\n`,
  };
}

/** The pages, each with the module that starts it. */
const PAGES = {
  "templates/loader.js": "loader.js",
  "templates/explorer.js": "main.js",
  "templates/result.js": "result.js",
  "templates/pyvis.js": "pyvis.js",
};

/** @returns {Promise<Record<string, string>>} */
async function buildOwn() {
  const banner = "/* Built from viz/page/src by `npm run build`; edit those files, not this one. */\n";
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [name, entry] of Object.entries(PAGES)) {
    const result = await build({
      entryPoints: [join(page, "src", entry)],
      absWorkingDir: page,
      bundle: true,
      minify: true,
      format: "iife",
      target: "es2022",
      charset: entry === "loader.js" ? "ascii" : "utf8", // the loader stands in the file, which is ASCII
      write: false,
    });
    texts[name] = banner + closeNothing(result.outputFiles[0].text);
  }
  return texts;
}

const files = { ...(await buildVendor()), ...(await buildOwn()) };
const verify = process.argv.includes("--verify");
const stale = [];
for (const [name, text] of Object.entries(files)) {
  const path = join(viz, name);
  if (verify) {
    const committed = await readFile(path, "utf8").catch(() => "");
    if (committed !== text) stale.push(`viz/${name}`);
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, "utf8");
    console.log(`viz/${name} ${Buffer.byteLength(text)} bytes`);
  }
}
if (stale.length) {
  console.error(`differs from a fresh build: ${stale.join(", ")}; run \`npm run build\` in viz/page`);
  process.exitCode = 1;
}
