// Runs cases through the browser's engine: JSON in on standard input, JSON out on standard output.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const js = new URL("../../js/", import.meta.url);
const { build } = createRequire(new URL("package.json", js))("esbuild");
const { outputFiles } = await build({
  stdin: {
    contents: ["activations", "backward", "learner", "lstm", "model", "optimizer", "rnn", "saliency", "trace", "unit_search", "figures/gate_heatmap_order",
      "figures/live_model_state"].map((name) => `export * from "./src/${name}";`).join("\n") + '\nexport * from "./src/jacobians";\nexport { listener } from "./src/figures/gradient_flow_state";\nexport * as beginnings from "./src/figures/init_explorer_state";\nexport * as nowcast from "./src/nowcast";\nexport * as playing from "./src/figures/nowcast_player_rain";\nexport * as tagger from "./src/figures/word_tagger_state";\nexport * as translators from "./src/translator";',
    resolveDir: fileURLToPath(js),
  },
  bundle: true,
  format: "esm",
  write: false,
});
const engine = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const plain = (run) =>
  Object.fromEntries(["i", "f", "g", "o", "c", "h", "h0", "c0"].map((name) => [name, Array.from(run[name])]));

const arrays = (lists) => lists.map((list) => Float64Array.from(list));
const lists = (found) => Object.fromEntries(Object.entries(found).map(([name, values]) => [name, Array.from(values)]));
const layerOf = ({ activation, recurrent_activation, kernel, recurrentKernel, bias, ...sizes }) => ({
  ...sizes,
  kernel: Float64Array.from(kernel),
  recurrentKernel: Float64Array.from(recurrentKernel),
  bias: Float64Array.from(bias),
  activation: engine.ACTIVATIONS[activation],
  recurrentActivation: engine.ACTIVATIONS[recurrent_activation],
});

const runs = {
  /** What a translator makes of a text with so many hypotheses, and everything on the way. */
  translation({ model, text: line, beam }) {
    const { readTranslator, readSource, search, follow } = engine.translators;
    const translator = readTranslator(model);
    const source = readSource(translator, line);
    const { ids, pieces, copied, text, weights, p, ...states } = follow(translator, source, search(translator, source, beam));
    const inside = ["i", "f", "g", "o", "c", "h"].map((name) => [name, Array.from(states[name])]);
    return {
      ...{ source: source.pieces, read: source.ids, states: Array.from(source.states) },
      ...{ ids, pieces, copied, text, weights: Array.from(weights), p: Array.from(p), ...Object.fromEntries(inside) },
    };
  },
  /** Every layer's record of a text, what the network expects, and each gate's sum for every unit at the last step. */
  model({ model, text: line }) {
    const network = engine.readModel(model);
    const reading = engine.read(network, engine.encode(network, line));
    return {
      layers: network.cells.map((_, index) => plain(engine.runOf(network, reading, index))),
      probabilities: reading.ids.map((_, t) => Array.from(engine.probabilities(network, reading, t))),
      sums: network.cells.map(({ units }, index) => {
        const run = engine.runOf(network, reading, index);
        return Array.from({ length: units }, (_, unit) => run.parts(run.time - 1, unit));
      }),
    };
  },
  /** The hidden states of every cell over a text or a series, in the order in which it read, and the answer so far at each step. */
  answers({ model, text: line, x, before }) {
    const network = engine.readModel(model);
    const readOf = (given) =>
      typeof given === "string" ? engine.read(network, engine.encode(network, given), earlier) : engine.readNumbers(network, Float64Array.from(given), earlier);
    let earlier = null;
    // Whatever was read before must not show.
    if (before) earlier = readOf(before);
    const reading = readOf(line ?? x);
    return {
      h: reading.records.map(({ h }) => Array.from(h)),
      answers: Array.from({ length: reading.time }, (_, t) => Array.from(engine.answer(network, reading, t))),
    };
  },
  /** What is said of each word of a text, what is made of it, and every state, in the order of the text. */
  tags({ model, text: line, marked, quiet, ...setting }) {
    const { taggerSource, keptOf, sentencesOf, series, writtenOut } = engine.tagger;
    const run = taggerSource({ get: (name) => ({ model, quiet })[name] }).runOf(line);
    const tagged = run.tagged(marked ?? undefined);
    const p = tagged.shares.map((shares) => shares.at(-1));
    const kept = keptOf(p, setting, sentencesOf(line, run.pieces));
    const states = run.network.cells.map((_, layer) => Array.from(series(run, tagged, layer, "c", marked ?? undefined)));
    return { shares: tagged.shares, spans: tagged.spans, kept, summary: writtenOut(line, run.pieces, kept), states };
  },
  /** What is drawn from logits at a temperature, for each number in [0, 1); and the numbers that a seed gives. */
  draws({ logits, temperature, uniforms, seed }) {
    const p = engine.softened(Float64Array.from(logits), temperature);
    const own = uniforms ?? Array.from({ length: 2000 }, (_, t) => engine.uniformAt(seed, t % 400));
    return { p: Array.from(p), drawn: own.map((uniform) => engine.draw(p, uniform)) };
  },
  /** Where a classifier made up its mind. */
  decision({ model, text: line }) {
    const source = engine.liveSource({ get: () => model });
    const run = source.runOf(line);
    const winners = Array.from({ length: run.time }, (_, t) => engine.winnerOf(engine.sharesOf(run, engine.answerAt(run, t))));
    return engine.decision(winners);
  },
  /** The gradients of one run, from what comes from above at each step. */
  lstm_back({ layer, x, states, above }) {
    const given = [layerOf(layer), Float64Array.from(x), ...arrays(states)];
    const [dh, dc] = arrays(above);
    const { z: _, ...gradients } = engine.backward(...given, engine.run(...given), dh, null, dc);
    return lists(gradients);
  },
  rnn_back({ layer, x, states, above }) {
    const given = [layerOf(layer), Float64Array.from(x), ...arrays(states)];
    const { z: _, ...gradients } = engine.backwardRNN(...given, engine.runRNN(...given), ...arrays(above));
    return lists(gradients);
  },
  /** The weights after Adam's steps down each of the gradients, none longer than `limit`. */
  adam({ weights, gradients, limit, learningRate }) {
    const own = arrays(weights);
    const descend = engine.adam(own, learningRate);
    const norms = gradients.map((step) => {
      const given = arrays(step);
      const norm = engine.clipByNorm(given, limit);
      descend(given);
      return norm;
    });
    return { norms, weights: own.map((weight) => Array.from(weight)) };
  },
  /** A network that learns a task with a long lag: its mean loss after each batch, and its answer to a row in the end. */
  learner({ task, lag, lane, seed, batches, x }) {
    const own = engine.learner(task, lag, lane, seed);
    const means = Array.from({ length: batches }, () => own.train());
    return { means, answer: own.answer(Float64Array.from(x)) };
  },
  /** What an output at a step depends on, token by token, found so many steps at a time. */
  saliency({ model, text: line, time, output, pace }) {
    const network = engine.readModel(model);
    const reading = engine.read(network, engine.encode(network, line));
    let found = null;
    for (const now of engine.saliencyOf(engine.wayBack(network), reading, time, network.labels.indexOf(output), pace)) found = now;
    return { ...lists({ product: found.product, norm: found.norm }), reached: found.reached };
  },
  /** How a network begins: its weights and its input as they are drawn, what its gates do, and the measures of f. */
  beginning({ state }) {
    const { drawn, firstRun, halfLives, networkOf, quantiles, scaled, spread } = engine.beginnings;
    const weights = scaled(drawn(state), state.gain);
    const layer = networkOf(weights, state.units, state.forget_bias);
    const record = firstRun(layer, weights.x);
    const { kernel, recurrentKernel, bias } = layer;
    const { all, each } = halfLives(record.f, state.units);
    return {
      ...lists({ kernel, recurrentKernel, bias, x: weights.x, each, ...record }),
      half: all,
      ...spread(record.f),
      quantiles: quantiles(record.f, 0.1, 0.5, 0.9),
    };
  },
  /** The logarithms of what the last step hears of each; JSON has no infinity. */
  hearing({ layer, x, states }) {
    const given = [layerOf(layer), Float64Array.from(x), ...arrays(states)];
    if (states.length === 1) return { total: Array.from(engine.hearingOfRNN(given[0], engine.runRNN(...given))) };
    const record = engine.run(...given);
    return lists({ total: engine.hearingOfLSTM(given[0], record), direct: engine.conveyed(record, layer.units) });
  },
  /** What a NowcastPlayer plays, what each method says of it, and how good that is. */
  nowcast({ model, choice, network }) {
    const { nowcast, playing } = engine;
    const nowcasts = nowcast.readNowcasts(model);
    const now = playing.played(nowcasts, choice);
    let found;
    for (found of nowcast.forecast(nowcasts.networks[network], playing.readFrames(now), now.ahead));
    const said = ({ maps, scores }) => ({ maps: maps.map((map) => Array.from(map)), scores });
    const { persistence, advection } = playing.simple(now);
    return {
      frames: now.truth.maps.map((map) => Array.from(map)),
      gates: lists(found.steps.at(-1)),
      ...{ network: said(playing.answered(now, found.maps)), persistence: said(persistence), advection: said(advection) },
    };
  },
  flow: ({ state }) => lists(engine.listener()(state)),
  trace: ({ trace }) => plain(engine.readTrace(trace)),
  /** The units that are on at a marked stretch, and the order of the rows that follows. */
  units_on({ trace, quantity, marking }) {
    const { units, ...run } = engine.readTrace(trace);
    const found = engine.unitsOn(run[quantity], units, marking);
    return { found, order: engine.rowOrder(engine.likenessKeys(found, units), "likeness") };
  },
  order({ trace, quantity, sort }) {
    const keys = engine.sortKeys(engine.readTrace(trace), quantity, sort);
    return { keys: Array.from(keys, (key) => (Number.isFinite(key) ? key : null)), order: engine.rowOrder(keys, sort) };
  },
};

const cases = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(cases.map(({ kind, ...given }) => runs[kind](given))));
