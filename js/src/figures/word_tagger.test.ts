// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { exportedModel, lstmLayer, packed, wave } from "../test_network";
import { button, query, testLife } from "../test_page";
import { pieces, readVocabulary } from "../vocabulary";
import wordTagger from "./word_tagger";
import { markedAfter, sentencesOf, spansOf } from "./word_tagger_state";

const life = testLife();
const WORDS = ["", "[UNK]", "<v>", "le", "chat", "dort", "."];
const LABELS = ["Agent", "O", "Lieu"];

/** Seven words, embedded in 2, through LSTMs of 3 units both ways. */
function tagger(labels: readonly string[] = LABELS): Record<string, unknown> {
  const outputs = labels.length === 2 ? 1 : labels.length;
  const layers = [
    { type: "Embedding", name: "embedding", mask_zero: true, weights: { embeddings: wave(WORDS.length, 2) } },
    { type: "Bidirectional", name: "both", merge_mode: "concat", forward: lstmLayer(2, 3), backward: lstmLayer(2, 3) },
    {
      ...{ type: "Dense", name: "dense", activation: outputs === 1 ? "sigmoid" : "softmax" },
      weights: { kernel: wave(6, outputs), bias: packed(labels.slice(0, outputs).map((_, k) => k / 4)) },
    },
  ];
  const about = { format: "lstm_edu.model/2", unit: "word", vocabulary: WORDS, unknown: 1, standardize: "lower", split: "signs" };
  return { ...exportedModel(), ...about, layers, labels, ...(outputs === 1 ? {} : { marker: "<v>" }) };
}

const EXAMPLES = [
  { text: "Le chat dort.", marked: 2, gold: ["Agent", "Agent", "O", "O"] },
  { text: "Le zorglub dort. Le chat.", marked: 1, reference: "Il dort." },
];

function mounted(traits: Record<string, unknown> = {}): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({
    ...{ name: "tag", model: tagger(), text: "Le chat dort.", marked: 2, time: 0, unit: 0, layer: 0, group: "" },
    ...{ quiet: "O", select: "threshold", threshold: 0.5, best: 1, examples: EXAMPLES },
    ...traits,
  });
  wordTagger.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}

const cells = (el: Element): HTMLElement[] =>
  Array.from(query(el, ".lstm-tagged").querySelectorAll<HTMLElement>(".lstm-tagged-word"));
const answers = (el: Element): number[] => (query(el, ".lstm-tagger").dataset["answer"] ?? "").split(" ").map(Number);
const press = (node: Element, key: string): boolean =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const over = (node: Element, type = "pointerover"): boolean =>
  node.dispatchEvent(new PointerEvent(type, { pointerType: "mouse", bubbles: type === "pointerover" }));
const type = (el: Element, text: string): void => {
  const field = query(el, "textarea") as HTMLTextAreaElement;
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new Event("input"));
};

describe("words and their labels", () => {
  it("are stretches where neighbours agree", () => {
    const shares = [
      [0.6, 0.4],
      [0.8, 0.2],
      [0.1, 0.9],
    ];
    expect(spansOf(shares).map(({ label, first, end }) => [label, first, end])).toEqual([
      [0, 0, 2],
      [1, 2, 3],
    ]);
    expect(spansOf(shares)[0]?.share).toBeCloseTo(0.7, 12);
    expect(sentencesOf("", [])).toEqual([]);
  });

  it("keep the marked one when the text around it changes", () => {
    const vocabulary = readVocabulary({ vocabulary: ["x"], split: "signs" }, "word", false);
    const of = (text: string): ReturnType<typeof pieces> => pieces(vocabulary, text);
    const after = (before: string, now: string, marked: number): number => markedAfter(of(before), of(now), marked);
    expect(after("le chat dort", "le vieux chat dort", 2)).toBe(3);
    expect(after("le chat dort", "le chat dort bien", 2)).toBe(2);
    expect(after("le chat dort", "le chat", 2)).toBe(1);
    expect(after("le chat dort", "dort", 2)).toBe(0);
  });

  it("have a vocabulary that says how they are found, or what does not fit", () => {
    const read = (given: object): unknown => readVocabulary({ vocabulary: WORDS, ...given }, "word", true);
    expect(() => read({ split: "pieces" })).toThrow('split is "pieces"');
    expect(() => read({ split: "signs", standardize: "strip_punctuation" })).toThrow("keep their punctuation");
    for (const marker of ["<w>", "", 4]) expect(() => read({ marker })).toThrow("marker is");
  });
});

describe("WordTagger", () => {
  it("puts brackets under the text, and names the word that is asked about", () => {
    const { el } = mounted();
    expect(cells(el).map(({ textContent }) => textContent)).toEqual(["Le", "chat", "dort", "."]);
    expect(cells(el)[2]?.dataset["marked"]).toBe("");
    expect(query(el, ".lstm-unseen").textContent).toContain("Asked about “dort”");
    expect(query(el, ".lstm-tagger-gold").hidden).toBe(false);
    expect(query(el, ".lstm-tagger-gold").textContent).toMatch(/As annotated: (all|\d of) 4 words/);
    expect(answers(el).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it("computes all labels anew where another word is marked, by hand or by key", () => {
    const { el, model } = mounted();
    const before = answers(el);
    cells(el)[1]?.click();
    expect([model.get("marked"), model.get("time")]).toEqual([1, 1]);
    const strip = query(el, ".lstm-tagged");
    press(strip, "Home");
    expect([model.get("marked"), model.get("time")]).toEqual([1, 0]);
    expect(answers(el)).not.toEqual(before);
    press(strip, "End");
    press(strip, "ArrowLeft");
    press(strip, "Enter");
    expect(model.get("marked")).toBe(2);
    press(strip, "Home");
    expect(answers(el)).toEqual(before);
    button(el, "Make “Le” the predicate").click();
    expect(model.get("marked")).toBe(0);
  });

  it("shows what a mouse points at, and goes back when it leaves", () => {
    const { el, model } = mounted();
    const before = answers(el);
    over(cells(el)[3] as Element);
    expect(answers(el)).not.toEqual(before);
    over(query(el, ".lstm-tagged"), "pointerleave");
    expect([answers(el), model.get("time")]).toEqual([before, 0]);
  });

  it("reads what is typed, marks the same word, and says what is unknown", () => {
    const { el, model } = mounted();
    type(el, "Le zorglub chat dort.");
    expect([model.get("text"), model.get("marked"), model.get("time")]).toEqual(["Le zorglub chat dort.", 3, 4]);
    expect(query(el, ".lstm-tagger-unknown").textContent).toContain("One word that the network has never seen");
    expect(cells(el)[1]?.dataset["unknown"]).toBe("");
    expect(query(el, ".lstm-tagger-gold").hidden).toBe(true);
    expect((query(el, "select") as HTMLSelectElement).value).toBe("");
    for (const [text, why] of [
      ["", "at least one character"],
      ["a ".repeat(800), "1600 characters; the figure reads 1500"],
    ] as const) {
      type(el, text);
      expect(query(el, "[role=alert]:not([hidden])").textContent).toContain(why);
      expect(model.get("text")).toBe("Le zorglub chat dort.");
    }
    type(el, "<img src=x> <v>");
    expect(el.querySelector("img")).toBeNull();
    button(el, "Original text").click();
    expect([model.get("text"), model.get("marked")]).toEqual(["Le chat dort.", 2]);
  });

  it("offers its examples", () => {
    const { el, model } = mounted();
    const chooser = query(el, "select") as HTMLSelectElement;
    expect(Array.from(chooser.options, ({ text }) => text)[1]).toBe("Le chat dort. (dort)");
    chooser.value = "1";
    chooser.dispatchEvent(new Event("change"));
    expect([model.get("text"), model.get("marked"), model.get("time")]).toEqual(["Le zorglub dort. Le chat.", 1, 1]);
    expect(chooser.value).toBe("1");
  });

  it("shows both directions at the cursor, and every unit", () => {
    const { el, model } = mounted();
    const inside = (): number[] => (query(el, ".lstm-tagger").dataset["inside"] ?? "").split(" ").map(Number);
    expect(inside()).toHaveLength(12);
    const before = inside();
    press(query(el, ".lstm-tagged"), "ArrowDown");
    expect(model.get("unit")).toBe(1);
    expect(inside()).not.toEqual(before);
    button(el, "backward").click();
    expect(model.get("layer")).toBe(1);
    model.set("unit", 99);
    expect(query(el, ".lstm-counter output").textContent).toBe("2");
  });

  it("keeps words by probability, or the best of them", () => {
    const traits = { model: tagger(["left out", "kept"]), quiet: "", marked: null, threshold: 0, examples: [] };
    const { el, model } = mounted({ ...traits, text: "Le chat dort. Chat" });
    const kept = (): string => query(el, ".lstm-tagger-kept").textContent;
    expect(kept()).toBe("Le chat dort. Chat");
    button(el, "best words").click();
    expect([model.get("select"), cells(el).filter(({ dataset }) => dataset["kept"] === "").length]).toEqual(["words", 1]);
    button(el, "best sentences").click();
    expect(["Le chat dort.", "Chat"]).toContain(kept());
    model.set("select", "threshold");
    model.set("threshold", 1);
    expect(kept()).toBe("Nothing is that probable.");
    cells(el)[2]?.click();
    expect([model.get("time"), model.get("marked")]).toEqual([2, null]);
  });

  it("follows an address, and is put back", () => {
    location.hash = "#tag?marked=1&time=3&unit=2&threshold=7&quiet=Agent&text=dort%20le%20chat%20.";
    const { el, model } = mounted();
    expect(["text", "marked", "time", "unit", "threshold", "quiet"].map((key) => model.get(key))).toEqual([
      "dort le chat .",
      1,
      3,
      2,
      0.5,
      "O",
    ]);
    button(el, "Reset").click();
    expect(["text", "marked", "time", "unit"].map((key) => model.get(key))).toEqual(["Le chat dort.", 2, 0, 0]);
  });

  it("says why it cannot be shown", () => {
    const el = document.createElement("div");
    for (const [model, why] of [
      [exportedModel(), "LSTMs that read words"],
      [{ ...tagger(), marker: "<w>" }, "marker is"],
      [null, "The model is null"],
    ] as const) {
      wordTagger.render({ model: pageModel({ name: "tag", model, text: "le" }), el, signal: life.signal });
      expect(el.textContent).toContain(why);
    }
  });

  it("changes attributes only while the pointer moves", () => {
    const { el } = mounted();
    const nodes = Array.from(el.querySelectorAll("*"));
    for (const cell of cells(el)) over(cell);
    expect(Array.from(el.querySelectorAll("*"))).toEqual(nodes);
    expect(new XMLSerializer().serializeToString(el)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
