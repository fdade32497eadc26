// @vitest-environment jsdom
import { describe, expect, it, vi } from "vitest";
import { joinGroup, listenToLinks, readAddress, settingsIn, writeAddress } from "./link";
import { choice, integer, type Settings, text } from "./settings";
import { testLife } from "./test_page";

const schema = { time: integer(0, 99), gate: choice("i", "f"), text: text(40) };
const life = testLife();

describe("addresses", () => {
  it("are read as they are written, whatever the text", () => {
    const state = { time: 21, gate: "f", text: "Ay & <b>? #1 = é+\n😀" };
    expect(settingsIn(writeAddress("stepper", state), "stepper", schema)).toEqual(state);
  });

  it("are read for the figure that they name only", () => {
    expect(settingsIn("#stepper?time=1", "heat", schema)).toBeNull();
    expect(settingsIn("#stepper", "stepper", schema)).toBeNull();
  });

  it("lose what is unknown, out of range or no number", () => {
    expect(settingsIn("#heat?time=100&gate=%3Cscript%3E&evil=1&__proto__=2", "heat", schema)).toEqual({});
    expect(settingsIn("#heat?time=3&time=4&gate=f", "heat", schema)).toEqual({ time: 3, gate: "f" });
  });

  it.each([
    "",
    "#",
    "#?time=1",
    "#Heat?time=1",
    "#1?time=1",
    "#a b?x",
    "#<img>?time=1",
    "http://x/#heat?time=1",
    `#heat?text=${"a".repeat(5000)}`,
  ])("are none: %s", (hash) => {
    expect(readAddress(hash)).toBeNull();
  });

  it("survive half an escape", () => {
    expect(settingsIn("#heat?text=%E0%A4%A&time=2", "heat", schema)).toMatchObject({ time: 2 });
  });
});

describe("links", () => {
  const click = (href: string, more: MouseEventInit = {}): MouseEvent => {
    const anchor = document.createElement("a");
    anchor.setAttribute("href", href);
    anchor.append(document.createElement("b"));
    // To go to another page is more than jsdom can.
    if (!href.startsWith("#")) anchor.addEventListener("click", (event) => event.preventDefault());
    document.body.append(anchor);
    const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...more });
    anchor.firstElementChild?.dispatchEvent(event);
    return event;
  };

  it("set the figure that they name, and leave a notebook's address alone", () => {
    const sent = vi.fn();
    listenToLinks("heat", schema, { signal: life.signal, inPage: false, sent });
    expect(click("#heat?time=5").defaultPrevented).toBe(true);
    expect(sent).toHaveBeenCalledExactlyOnceWith({ time: 5 }, true);
    click("#other?time=5");
    click("other.html#heat?time=6");
    click("#heat?time=7", { ctrlKey: true });
    expect(sent).toHaveBeenCalledOnce();
  });

  it("are silent once the figure is gone", () => {
    const sent = vi.fn();
    listenToLinks("heat", schema, { signal: life.signal, inPage: false, sent });
    life.abort();
    click("#heat?time=5");
    expect(sent).not.toHaveBeenCalled();
  });

  it("follow the page's address", () => {
    const sent = vi.fn();
    listenToLinks("heat", schema, { signal: life.signal, inPage: true, sent });
    history.replaceState(null, "", "#heat?time=9");
    window.dispatchEvent(new Event("hashchange"));
    expect(sent).toHaveBeenCalledExactlyOnceWith({ time: 9 }, false);
  });
});

describe("groups", () => {
  const member = (
    group: string,
    state: Settings | null = null,
  ): { send(changes: Settings): void; received: ReturnType<typeof vi.fn> } => {
    const received = vi.fn();
    return { ...joinGroup(group, schema, { signal: life.signal, received, state: () => state }), received };
  };

  it("tell the others, and only those of their own group", () => {
    const [first, second, stranger] = [member("hamlet"), member("hamlet"), member("lear")];
    first.send({ time: 3, gate: "f" });
    expect(second.received).toHaveBeenCalledExactlyOnceWith({ time: 3, gate: "f" });
    expect(first.received).not.toHaveBeenCalled();
    expect(stranger.received).not.toHaveBeenCalled();
  });

  it("tell a newcomer where they are, once they have been moved", () => {
    member("hamlet", { time: 8 });
    member("hamlet", null);
    expect(member("hamlet").received).toHaveBeenCalledExactlyOnceWith({ time: 8 });
  });

  it("mistrust what they hear", () => {
    const { received } = member("hamlet");
    const details = [
      null,
      "hamlet",
      { group: "hamlet" },
      { group: "hamlet", changes: { time: "3", gate: "<b>" } },
      { group: "hamlet", changes: 4 },
    ];
    for (const detail of details) document.dispatchEvent(new CustomEvent("lstm:link", { detail }));
    expect(received).not.toHaveBeenCalled();
  });

  it("are none where the name is empty", () => {
    const received = member("").received;
    member("").send({ time: 3 });
    expect(received).not.toHaveBeenCalled();
  });
});
