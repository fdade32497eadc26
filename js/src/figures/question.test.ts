// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { button, query, testLife } from "../test_page";
import question from "./question";
import { readings } from "./question_answer";

const life = testLife();
const NUMBER = {
  text: "What is $c_t$ with `f = 0.5`?",
  answer: 0.125,
  digits: 2,
  options: [],
  hints: [[0.25, "You forgot to halve."]],
  explain: "Half of a quarter.",
  given: "",
};
const CHOICE = {
  text: "Which one forgets?",
  answer: "f",
  options: [
    ["i", "No, it writes."],
    ["f", "It scales the old state."],
  ],
};

function mounted(traits: Readonly<Record<string, unknown>>): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel(traits);
  question.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}
function type(el: HTMLElement, text: string): string {
  const field = query(el, "input") as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  return query(el, "[role=status]").textContent.trim();
}

describe("a typed number", () => {
  it.each([
    ["24,832", [24.832, 24832]],
    ["24 832", [24832]],
    ["−0,5", [-0.5]],
    ["1.5e3", []],
    ["", []],
    ["<b>", []],
  ])("%s is read", (typed, wanted) => {
    expect(readings(typed)).toEqual(wanted);
  });

  it("is answered with a reason", () => {
    const { el, model } = mounted(NUMBER);
    expect(query(el, ".lstm-question-text").textContent).toBe("What is ct with f = 0.5?");
    expect(type(el, "0.25")).toBe("Not so. You forgot to halve.");
    expect(model.get("given")).toBe("0.25");
    expect(type(el, "0,13")).toBe("Right. Half of a quarter.");
    expect(query(el, "[role=status]").dataset["right"]).toBe("true");
    expect(type(el, "7")).toBe("Not so. Try again, or show the answer.");
    expect(type(el, "seven")).toBe("“seven” is not a number.");
    expect(type(el, "  ")).toBe("Type a number first.");
    button(el, "Show the answer").click();
    expect(query(el, "[role=status]").textContent.trim()).toBe("0.13. Half of a quarter.");
  });
});

describe("a choice", () => {
  it("is answered with its own reason", () => {
    const { el, model } = mounted(CHOICE);
    button(el, "i").click();
    expect(query(el, "[role=status]").textContent).toBe("Not so. No, it writes.");
    button(el, "f").click();
    expect(query(el, "[role=status]").textContent).toBe("Right. It scales the old state.");
    expect(button(el, "i").getAttribute("aria-pressed")).toBe("false");
    expect(model.get("given")).toBe("f");
  });
});

describe("what is hostile or does not fit", () => {
  it("stays text", () => {
    const trap = "<img src=x onerror=alert(1)>";
    const { el } = mounted({
      ...CHOICE,
      text: trap,
      options: [
        ["i", trap],
        ["f", trap],
      ],
    });
    button(el, "f").click();
    expect(el.querySelector("img")).toBeNull();
  });

  it.each([
    [{ ...CHOICE, answer: "o" }],
    [{ ...NUMBER, answer: Number.NaN }],
    [{ ...NUMBER, hints: [["0.25", 3]] }],
    [{ ...CHOICE, options: "f" }],
  ])("is refused", (traits) => {
    expect(() => mounted(traits)).toThrow(/^Its answer|^One of its|^Its options/);
  });
});
