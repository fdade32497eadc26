// Bundles the figures into lstm_edu/figures/static/: `npm run build`.
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { bundlePage } from "./bundles.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../lstm_edu/figures/static");

/** Each figure: the name of its Python class, and its source. */
const figures = {
  ActivationPlot: here("src/figures/activation_plot.ts"),
  CellStepper: here("src/figures/cell_stepper.ts"),
  CrossEntropy: here("src/figures/cross_entropy.ts"),
  ForecastPlayground: here("src/figures/forecast_playground.ts"),
  GateExplorer: here("src/figures/gate_explorer.ts"),
  GateHeatmap: here("src/figures/gate_heatmap.ts"),
  GradientFlow: here("src/figures/gradient_flow.ts"),
  InitExplorer: here("src/figures/init_explorer.ts"),
  LiveModel: here("src/figures/live_model.ts"),
  MemoryTask: here("src/figures/memory_task.ts"),
  NowcastPlayer: here("src/figures/nowcast_player.ts"),
  Question: here("src/figures/question.ts"),
  SaliencyText: here("src/figures/saliency_text.ts"),
  SoundExplorer: here("src/figures/sound_explorer.ts"),
  TrainingReplay: here("src/figures/training_replay.ts"),
  WordTagger: here("src/figures/word_tagger.ts"),
  Translator: here("src/figures/translator.ts"),
};

/** The CSS variables of one mode of colours.json. */
function variables({ text, fill, diverging, tags, ...plain }) {
  const [negative, zero, positive] = diverging;
  const fills = Object.entries(fill).map(([symbol, colour]) => [`fill-${symbol}`, colour]);
  const stretches = tags.map((colour, k) => [`tag-${k}`, colour]);
  const named = Object.fromEntries([...fills, ...stretches]);
  return Object.entries({ ...plain, ...text, ...named, negative, zero, positive })
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

/** A call in a script of its own, as the text of a function: what a worker runs that a module makes. */
async function workerText(path, call) {
  const contents = `import { ${call} } from ${JSON.stringify(here(path))}; ${call}();`;
  const stdin = { contents, resolveDir: here("src") };
  const { outputFiles } = await esbuild.build({ ...options, stdin, format: "iife", write: false });
  return JSON.stringify(`function(){${outputFiles[0].text.trim()}}`);
}

const options = { bundle: true, minify: true, target: "es2022", charset: "utf8", logLevel: "warning" };

// Built elsewhere first, so that a build that fails leaves the last good one standing.
const out = `${await mkdtemp(here("node_modules/.figures-"))}/`;
try {
  await css("colours.css", await colours());
  await css("figures.css", (await colours()) + (await stylesheets()));
  const define = { MEMORY_TASK_WORKER: await workerText("src/figures/memory_task_worker.ts", "learnOnRequest") };
  const bundles = { ...options, define };
  await esbuild.build({ ...bundles, entryPoints: figures, format: "esm", outdir: out, outExtension: { ".js": ".mjs" } });
  await bundlePage({ options: bundles, source: here("src"), page: here("src/page.ts"), figures, out });
  await chmod(out, 0o755);
  await rm(target, { recursive: true, force: true });
  await rename(out, target);
} finally {
  await rm(out, { recursive: true, force: true });
}
