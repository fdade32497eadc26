// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from "vitest";
import { pageModel } from "../anywidget";
import { joined, sourcePieces } from "../pieces";
import { lstmLayer, wave } from "../test_network";
import { button, query, testLife } from "../test_page";
import { END, follow, largest, readSource, readTranslator, search } from "../translator";
import translator from "./translator";

const life = testLife();
beforeAll(() => {
  HTMLCanvasElement.prototype.getContext = () => null;
});

/** Four English words and three tokens of “Chinese”, embedded in 2; an encoder of 2 + 2 units, a decoder of 4. */
function small(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const half = (name: string): Record<string, unknown> => ({ ...lstmLayer(2, 2), name });
  return {
    ...{ format: "lstm_edu.translator/1", name: "translation_chinese", title: "Small", language: "chinese", unit: "character" },
    source: ["[unknown]", "[end]", "open", "file", "…"],
    target: ["[unknown]", "[end]", "开", "文"],
    layers: [
      { type: "Embedding", name: "source", weights: { embeddings: wave(5, 2) } },
      { type: "Bidirectional", name: "encoder", merge_mode: "concat", forward: half("forward"), backward: half("backward") },
      { type: "Embedding", name: "target", weights: { embeddings: wave(4, 2) } },
      { ...lstmLayer(2, 4), name: "decoder" },
      { type: "Attention", name: "attention", weights: { score: wave(4, 4) } },
      { type: "Dense", name: "combine", activation: "tanh", weights: { kernel: wave(8, 2), bias: wave(2) } },
      { type: "Dense", name: "output", activation: "softmax", weights: { bias: wave(4) } },
    ],
    ...more,
  };
}

function mounted(traits: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; get: (name: string) => unknown } {
  const el = document.body.appendChild(document.createElement("div"));
  const model = pageModel({ name: "translator", model: small(), text: "Open file…", time: 0, beam: 1, ...traits });
  translator.mount({ model, el, signal: life.signal, inPage: true });
  return { el, get: (name) => model.get(name) };
}

const press = (el: HTMLElement, key: string): boolean =>
  query(el, ".lstm-translator").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const type = (el: HTMLElement, text: string): void => {
  const field = query(el, ".lstm-type input") as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

describe("pieces", () => {
  it("are words, placeholders, numbers and signs", () => {
    expect(sourcePieces("Don't rename “%1” x2…")).toEqual(["Don't", "rename", "“", "%1", "”", "x", "2", "…"]);
    expect(sourcePieces(" ")).toEqual([]);
  });

  it("are joined with blanks where a reader expects them", () => {
    expect(joined(["从", "URL", "打", "开", "Git", "2"], "character", true)).toBe("从 URL 打开 Git 2");
    expect(joined([" ouvrir", " l'", "URL", "…"], "word", true)).toBe("Ouvrir l'URL…");
    expect(joined([], "word", true)).toBe("");
  });
});

describe("the search", () => {
  const network = readTranslator(small());
  const source = readSource(network, "Open a FILE…");

  it("reads words in small letters, and those that it does not know as unknown", () => {
    expect(source.ids).toEqual([2, 0, 3, 4, END]);
    expect(() => readSource(network, " ")).toThrow("no word");
  });

  it("takes the likeliest token at each step, or keeps several hypotheses", () => {
    const greedy = search(network, source, 1);
    const { p } = follow(network, source, greedy);
    const best = greedy.map((_, t) => largest(p.subarray(4 * t, 4 * t + 4), 1)[0]);
    expect(greedy).toEqual(best);
    const five = search(network, source, 5);
    expect(five).not.toEqual(greedy);
    expect(five[five.length - 1]).toBe(END);
  });

  it("names the largest first, and the first of equals", () => {
    expect(largest(Float64Array.of(1, 3, 2, 3), 3)).toEqual([1, 3, 2]);
    expect(largest(Float64Array.of(1), 3)).toEqual([0]);
  });

  it.each([
    [{ format: "lstm_edu.model/1" }, "format lstm_edu.model/1"],
    [{ language: "klingon" }, "writes klingon"],
    [{ source: ["open"] }, "begins with [unknown], [end]"],
    [{ target: ["[unknown]", "[end]", "开"] }, "embeddings of layer “target” has shape (4, 2)"],
    [{ layers: [] }, "layers are ; expected source"],
  ])("refuses what does not fit: %j", (more, message) => {
    expect(() => readTranslator(small(more))).toThrow(message);
  });
});

describe("the figure", () => {
  it("shows where it looked for each token, and moves by keys", () => {
    const { el, get } = mounted();
    const ids = query(el, ".lstm-translator").dataset["ids"]?.split(" ") ?? [];
    expect(ids.length).toBeGreaterThan(2);
    const words = [...el.querySelectorAll(".lstm-translator-source .lstm-token")];
    expect(words.map(({ textContent }) => textContent)).toEqual(["Open", "file", "…", "end"]);
    const before = query(el, ".lstm-told-state").textContent;
    press(el, "ArrowRight");
    expect(get("time")).toBe(1);
    expect(query(el, ".lstm-told-state").textContent).not.toBe(before);
    press(el, "End");
    expect(get("time")).toBe(ids.length - 1);
    expect(query(el, ".lstm-attention").getAttribute("aria-valuenow")).toBe(String(ids.length));
    expect(query(el, ".lstm-translator-gates .field").getAttribute("aria-label")).toMatch(/Means over all units: i 0\.\d\d/);
  });

  it("names the words that it does not know, and where it copied", () => {
    const { el } = mounted();
    const note = query(el, ".lstm-translator-note");
    expect(note.hidden).toBe(true);
    type(el, "Open foo, and foo");
    expect(note.hidden).toBe(false);
    expect(note.textContent).toContain("“foo”, “,”, “and”, and reads");
    expect(el.querySelectorAll(".lstm-translator-source [data-unknown]")).toHaveLength(4);
    type(el, " ");
    expect(query(el, ".lstm-message").textContent).toContain("no word");
    expect(el.querySelectorAll(".lstm-translator-source .lstm-token")).toHaveLength(6);
  });

  it("keeps as many hypotheses as it is asked to", () => {
    const { el, get } = mounted({ time: 99 });
    press(el, "4");
    expect(get("beam")).toBe(4);
    expect(button(el, "4").getAttribute("aria-pressed")).toBe("true");
    const ids = query(el, ".lstm-translator").dataset["ids"]?.split(" ") ?? [];
    expect(get("time")).toBe(ids.length - 1);
    button(el, "1, greedy").click();
    expect(get("beam")).toBe(1);
    button(el, "Reset").click();
    expect(button(el, "1, greedy").getAttribute("aria-pressed")).toBe("true");
  });
});
