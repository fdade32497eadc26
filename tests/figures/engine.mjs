// Runs cases through the browser's engine: JSON in on standard input, JSON out on standard output.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const js = new URL("../../js/", import.meta.url);
const { build } = createRequire(new URL("package.json", js))("esbuild");
const { outputFiles } = await build({
  stdin: {
    contents: ["model", "trace", "figures/gate_heatmap_order"].map((name) => `export * from "./src/${name}";`).join("\n"),
    resolveDir: fileURLToPath(js),
  },
  bundle: true,
  format: "esm",
  write: false,
});
const engine = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const plain = (run) =>
  Object.fromEntries(["i", "f", "g", "o", "c", "h", "h0", "c0"].map((name) => [name, Array.from(run[name])]));

const runs = {
  /** Every layer's record of a text, what the network expects, and each gate's sum for every unit at the last step. */
  model({ model, text: line }) {
    const network = engine.readModel(model);
    const reading = engine.read(network, engine.encode(network, line));
    return {
      layers: network.layers.map((_, index) => plain(engine.runOf(network, reading, index))),
      probabilities: reading.ids.map((_, t) => Array.from(engine.probabilities(network, reading, t))),
      sums: network.layers.map(({ units }, index) => {
        const run = engine.runOf(network, reading, index);
        return Array.from({ length: units }, (_, unit) => run.parts(run.time - 1, unit));
      }),
    };
  },
  trace: ({ trace }) => plain(engine.readTrace(trace)),
  order({ trace, quantity, sort }) {
    const keys = engine.sortKeys(engine.readTrace(trace), quantity, sort);
    return { keys: Array.from(keys, (key) => (Number.isFinite(key) ? key : null)), order: engine.rowOrder(keys, sort) };
  },
};

const cases = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(cases.map(({ kind, ...given }) => runs[kind](given))));
