// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { allowedText } from "../settings";
import { packed, wave } from "../test_network";
import { button, query, testLife } from "../test_page";
import nowcastPlayer from "./nowcast_player";
import { outline } from "./nowcast_player_map";
import { CELLS, withCell, WIND, writeWind } from "./nowcast_player_rain";

const life = testLife();
beforeAll(() => {
  HTMLCanvasElement.prototype.getContext = () => null;
});

function networks(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const network = {
    kernel: wave(3, 3, 1, 8),
    recurrent_kernel: wave(3, 3, 2, 8),
    bias: wave(8),
    head_kernel: packed(Array<number>(18).fill(0), [3, 3, 2, 1]),
    head_bias: packed([0]),
  };
  const frames = packed(
    Array.from({ length: 5 * 48 }, (_, k) => ((k * 7) % 11) / 11),
    [5, 6, 8],
  );
  const storm = { frames, past: 2, ahead: 2, begins: "2018-09-14 07:00" };
  return { format: "lstm_edu.nowcast/1", networks: { simulated: network, storm: network }, storm, ...more };
}

const STATE = {
  rain: "simulated",
  network: "simulated",
  seed: 3,
  hour: 0,
  wind: "own",
  cells: "none",
  frame: 6,
  unit: 0,
  measure: "error",
};

describe("what is placed and blown", () => {
  it("is written in one way, within bounds", () => {
    expect(["own", "0.0,0.0", "-1.2,0.5", "2,-2"].every((text) => allowedText(WIND, text) !== undefined)).toBe(true);
    expect(["", "2.1,0", "1", "1,2,3", "1.25,0", "<b>"].filter((text) => allowedText(WIND, text) !== undefined)).toEqual([]);
    expect(writeWind([9, -0.01])).toBe("2.0,0.0");
    expect(["none", "1,2", "12.0,8.5;20.0,-3.0"].every((text) => allowedText(CELLS, text) !== undefined)).toBe(true);
    expect(["", "1,2;", "52,0", Array(25).fill("1,1").join(";")].filter((text) => allowedText(CELLS, text))).toEqual([]);
    expect(withCell("none", [3, -99])).toBe("3.0,-20.0");
    let cells = "none";
    for (let k = 0; k < 30; k += 1) cells = withCell(cells, [-10.5, k]);
    expect(cells.split(";")).toHaveLength(24);
    expect(allowedText(CELLS, cells)).toBe(cells);
  });

  it("draws a line around what counts", () => {
    expect(outline(Float64Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0), 3, 3, 0.5)).toBe("M1 1H2M1 2H2M1 1V2M2 1V2");
    expect(outline(new Float64Array(9).fill(1), 3, 3, 0.5)).toBe("");
  });
});

describe("NowcastPlayer", () => {
  const mounted = (more: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } => {
    const el = document.createElement("div");
    document.body.append(el);
    const model = pageModel({ ...STATE, name: "radar", model: networks(), ...more });
    nowcastPlayer.mount({ model, el, signal: life.signal, inPage: true });
    return { el, model };
  };
  const press = (node: HTMLElement, ...keys: string[]): void => {
    for (const key of keys) node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };

  it("is worked by keys alone", () => {
    const { el, model } = mounted();
    const get = (...names: string[]): unknown[] => names.map((name) => model.get(name));
    const root = query(el, ".lstm-nowcast");
    press(root, "ArrowRight", "ArrowRight", "m");
    expect(get("frame", "measure")).toEqual([8, "csi"]);
    press(query(el, ".lstm-nowcast-wind"), "Home", "ArrowRight", "ArrowUp");
    expect(get("wind")).toEqual(["0.1,-0.1"]);
    press(query(el, ".field"), "ArrowRight", "Enter");
    // Placed at the third step ahead: by then the wind has carried it there.
    expect(get("cells", "frame")).toEqual(["10.7,16.3", 8]);
    press(query(el, ".field"), "Backspace");
    press(root, ">");
    expect(get("cells", "seed", "wind")).toEqual(["none", 4, "own"]);
    button(el, "the real storm").click();
    press(root, "End", ">");
    expect(get("rain", "frame", "hour")).toEqual(["storm", 3, 1]);
    expect(query(el, ".lstm-nowcast-blow").hidden).toBe(true);
    button(el, "Reset").click();
    expect(get("rain", "seed", "frame")).toEqual(["simulated", 3, 6]);
  });

  it("keeps a wish within what there is, and says which is best", async () => {
    const { el, model } = mounted({ rain: "storm", frame: 90, hour: 90, unit: 90 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(["frame", "hour", "unit"].map((name) => model.get(name))).toEqual([3, 1, 1]);
    // A network whose last convolution is nought says that nothing changes.
    const scores = JSON.parse(query(el, ".lstm-nowcast").dataset["scores"] ?? "{}") as Record<string, { error: number[] }>;
    expect(scores["network"]?.error).toEqual(scores["persistence"]?.error);
    expect(query(el, ".lstm-told-state").textContent).toContain("2 hours ahead, mean squared error: ConvLSTM 0.");
  });

  it.each([
    [{ format: "lstm_edu.model/1" }, "The format of the model is lstm_edu.model/1"],
    [{ networks: { simulated: {} } }, "recurrent_kernel of the network “simulated”"],
    [{ storm: { frames: wave(3, 2, 2), past: 2, ahead: 2 } }, "Its storm has 3 frames for 2 + 2."],
  ])("refuses networks that do not hold together: %j", (wrong, message) => {
    expect(() => mounted({ model: networks(wrong) })).toThrow(message);
  });
});
