// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { html } from "./dom";
import { draggable } from "./drag";

const drag = vi.fn();
const node = html("div");
draggable(node, { signal: new AbortController().signal, drag });

const point = (type: string, clientX: number, pointerType = "mouse", { clientY = 0, pointerId = 1 } = {}): void => {
  node.dispatchEvent(Object.assign(new MouseEvent(type, { clientX, clientY, button: 0 }), { pointerId, pointerType }));
};

beforeEach(() => drag.mockClear());

describe("draggable", () => {
  it("follows the mouse from the press to the release", () => {
    point("pointermove", 1);
    point("pointerdown", 2);
    point("pointermove", 3);
    point("pointerup", 3);
    point("pointermove", 4);
    expect(drag.mock.calls.map(([x]) => x)).toEqual([2, 3]);
  });

  it("takes a finger's tap when it is lifted", () => {
    point("pointerdown", 5, "touch");
    expect(drag).not.toHaveBeenCalled();
    point("pointerup", 5, "touch");
    expect(drag).toHaveBeenCalledExactlyOnceWith(5, 0);
  });

  it("follows a finger once it moves sideways", () => {
    point("pointerdown", 5, "touch");
    point("pointermove", 7, "touch");
    expect(drag).not.toHaveBeenCalled();
    point("pointermove", 12, "touch");
    point("pointermove", 13, "touch");
    point("pointerup", 13, "touch");
    expect(drag.mock.calls.map(([x]) => x)).toEqual([12, 13]);
  });

  it("leaves a finger alone that scrolls", () => {
    point("pointerdown", 5, "touch");
    point("pointermove", 6, "touch", { clientY: 30 });
    point("pointercancel", 5, "touch");
    point("pointermove", 9, "touch");
    expect(drag).not.toHaveBeenCalled();
  });

  it("does not mind a second finger", () => {
    point("pointerdown", 1);
    point("pointermove", 50, "touch", { pointerId: 2 });
    point("pointerup", 1);
    expect(drag).toHaveBeenCalledExactlyOnceWith(1, 0);
  });

  it("follows a finger at once where none scrolls", () => {
    const free = html("div");
    draggable(free, { signal: new AbortController().signal, free: true, drag });
    for (const [type, clientY] of [
      ["pointerdown", 5],
      ["pointermove", 9],
    ] as const) {
      const more = { pointerId: 1, pointerType: "touch" };
      free.dispatchEvent(Object.assign(new MouseEvent(type, { clientX: 2, clientY, button: 0 }), more));
    }
    expect(drag.mock.calls).toEqual([
      [2, 5],
      [2, 9],
    ]);
  });
});
