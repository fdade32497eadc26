// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { html } from "./dom";
import { keyBelongsTo, listenToKeys } from "./keys";

const press = (target: HTMLElement, key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
};

describe("keys", () => {
  const right = vi.fn();
  const walk = vi.fn();
  const play = vi.fn();
  const button = html("button", { type: "button" });
  const field = html("input", { type: "text" });
  const range = html("input", { type: "range" });
  const strip = html("div", { tabindex: 0 });
  const root = html("div", {}, button, field, range, strip);

  beforeEach(() => {
    vi.clearAllMocks();
  });
  listenToKeys(root, { ArrowRight: right, "Shift+ArrowRight": walk, " ": play }, new AbortController().signal);

  it("answers where no control needs the key, and keeps the page from scrolling", () => {
    const event = press(strip, "ArrowRight");
    expect(right).toHaveBeenCalledOnce();
    expect(event.defaultPrevented).toBe(true);
  });

  it("tells a shifted key from a plain one", () => {
    press(strip, "ArrowRight", { shiftKey: true });
    expect(walk).toHaveBeenCalledOnce();
    expect(right).not.toHaveBeenCalled();
  });

  it("leaves keys to text fields, arrows to sliders, Space to buttons, and shortcuts to the browser", () => {
    press(field, "ArrowRight");
    press(range, "ArrowRight");
    press(button, " ");
    press(strip, "ArrowRight", { ctrlKey: true });
    expect(right).not.toHaveBeenCalled();
    expect(play).not.toHaveBeenCalled();
    press(button, "ArrowRight");
    press(range, " ");
    expect(right).toHaveBeenCalledOnce();
    expect(play).toHaveBeenCalledOnce();
  });

  it("knows whom a key belongs to", () => {
    expect(keyBelongsTo(field, "3")).toBe(true);
    expect(keyBelongsTo(range, "3")).toBe(false);
    expect(keyBelongsTo(html("textarea"), "3")).toBe(true);
    expect(keyBelongsTo(null, "3")).toBe(false);
  });

  it("does nothing with keys that it does not know", () => {
    expect(press(strip, "q").defaultPrevented).toBe(false);
  });
});
