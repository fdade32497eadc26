/** A small network for tests, as Python would export it. */

/** Some numbers as a float64 tensor. */
export function packed(values: readonly number[], shape: readonly number[] = [values.length]): Record<string, unknown> {
  const bytes = new Uint8Array(Float64Array.from(values).buffer);
  return { shape: [...shape], dtype: "float64", data: btoa(String.fromCharCode(...bytes)) };
}

/** A tensor of a shape, filled with a wave. */
export function wave(...shape: number[]): Record<string, unknown> {
  const count = shape.reduce((product, size) => product * size, 1);
  return packed(
    Array.from({ length: count }, (_, at) => Math.sin(7 * at + count)),
    shape,
  );
}

export function lstmLayer(inputs: number, units: number): Record<string, unknown> {
  return {
    type: "LSTM",
    name: "lstm",
    activation: "tanh",
    recurrent_activation: "sigmoid",
    return_sequences: true,
    go_backwards: false,
    weights: { kernel: wave(inputs, 4 * units), recurrent_kernel: wave(units, 4 * units), bias: wave(4 * units) },
  };
}

/** Three tokens, embedded in 2, through one LSTM of 3 units. */
export function exportedModel(): Record<string, unknown> {
  return {
    format: "lstm_edu.model/1",
    name: "tiny",
    title: "A tiny network",
    unit: "character",
    vocabulary: ["a", "b", " "],
    layers: [
      { type: "Embedding", name: "embedding", weights: { embeddings: wave(3, 2) } },
      lstmLayer(2, 3),
      { type: "Dense", name: "dense", activation: "softmax", weights: { kernel: wave(3, 3), bias: wave(3) } },
    ],
  };
}

/** A trace of 4 steps and 2 units, as Python's `Trace.to_dict` writes it. */
export function exportedTrace(): Record<string, unknown> {
  const steps = wave(4, 2)["data"];
  return {
    format: "lstm_edu.trace/1",
    layer: "lstm",
    time: 4,
    units: 2,
    tokens: ["a", " ", "b", "\n"],
    dtype: "float64",
    ...{ i: steps, f: steps, g: steps, o: steps, c: steps, h: steps },
    ...{ h0: wave(2)["data"], c0: wave(2)["data"] },
  };
}
