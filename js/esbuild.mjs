// Bundles the figures into lstm_edu/figures/static/: `npm run build`.
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../lstm_edu/figures/static");

/** Each figure: the name of its Python class, and its source. */
const figures = {
  CellStepper: here("src/figures/cell_stepper.ts"),
  GateExplorer: here("src/figures/gate_explorer.ts"),
  GateHeatmap: here("src/figures/gate_heatmap.ts"),
  Question: here("src/figures/question.ts"),
};

/** The CSS variables of one mode of colours.json. */
function variables({ text, fill, diverging, ...plain }) {
  const [negative, zero, positive] = diverging;
  const fills = Object.entries(fill).map(([symbol, colour]) => [`fill-${symbol}`, colour]);
  return Object.entries({ ...plain, ...text, ...Object.fromEntries(fills), negative, zero, positive })
    .map(([name, colour]) => `--lstm-${name}: ${colour};`)
    .join(" ");
}

async function colours() {
  const { light, dark } = JSON.parse(await readFile(here("../lstm_edu/colours.json"), "utf8"));
  const inTheDark = 'html[data-theme="dark"], body[data-jp-theme-light="false"], body.vscode-dark';
  return `:root { ${variables(light)} }
${inTheDark} { color-scheme: dark; ${variables(dark)} }
@media print { :root, ${inTheDark} { color-scheme: light; ${variables(light)} } }
`;
}

async function stylesheets() {
  const within = async (folder) =>
    (await readdir(here(folder)))
      .filter((name) => name.endsWith(".css"))
      .sort()
      .map((name) => `${folder}/${name}`);
  const paths = ["src/figure.css", "src/page.css", ...(await within("src/shared")), ...(await within("src/figures"))];
  return (await Promise.all(paths.map((path) => readFile(here(path), "utf8")))).join("\n");
}

async function css(name, source) {
  const { code } = await esbuild.transform(source, { loader: "css", minify: true });
  await writeFile(`${out}${name}`, code);
}

const options = { bundle: true, minify: true, target: "es2022", charset: "utf8", logLevel: "warning" };

// Built elsewhere first, so that a build that fails leaves the last good one standing.
const out = `${await mkdtemp(here("node_modules/.figures-"))}/`;
try {
  await css("colours.css", await colours());
  await css("figures.css", (await colours()) + (await stylesheets()));
  await esbuild.build({ ...options, entryPoints: figures, format: "esm", outdir: out, outExtension: { ".js": ".mjs" } });
  await esbuild.build({ ...options, entryPoints: { page: here("src/page.ts") }, format: "iife", outdir: out });
  await chmod(out, 0o755);
  await rm(target, { recursive: true, force: true });
  await rename(out, target);
} finally {
  await rm(out, { recursive: true, force: true });
}
