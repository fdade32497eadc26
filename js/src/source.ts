/** Where a figure's numbers come from: a recorded run, or a network that reads whatever text it is given. */
import type { Model } from "./anywidget";
import { encode, type Network, type Reading, read, readModel, runOf } from "./model";
import type { Run } from "./shared/run";
import { readTrace } from "./trace";

/** How far a run reaches. */
export interface Extent {
  readonly time: number;
  readonly units: number;
}

export interface Source<R = Run> {
  /** Whether it reads texts; a recorded run shows the one that it is of. */
  readonly readsText: boolean;
  /** The run over a text; throws an Error, an `UnknownToken` where a token is not in the vocabulary. */
  runOf(text: string): R;
}

function networkSource(network: Network, layer: number): Source {
  let earlier: Reading | null = null;
  return {
    readsText: true,
    runOf(text) {
      earlier = read(network, encode(network, text), earlier);
      return runOf(network, earlier, layer);
    },
  };
}

/** Opens what a figure's traits `model` or `trace` hold, or throws an Error that a reader can act on. */
export function openSource(traits: Model): Source {
  const trace = traits.get("trace");
  if (trace) {
    const recorded = readTrace(trace);
    return { readsText: false, runOf: () => recorded };
  }
  const model = traits.get("model");
  if (!model) throw new Error("This figure holds neither a model nor a trace, so there is nothing to show.");
  return networkSource(readModel(model), Number(traits.get("layer") ?? 0));
}
