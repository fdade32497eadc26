/** What goes on in the network: its gates and its cell state as maps, one channel at a time. */
import type { ConvStep } from "../conv_lstm";
import { gateScale, shadeAt, shadesOf, signedScale } from "../shared/colour_scale";
import { html } from "../shared/dom";
import { pageColours } from "../shared/theme";
import { tintLimit } from "../shared/tint";
import { mapPanel } from "./nowcast_player_map";
import type { NowcastPlayerStrings } from "./nowcast_player_strings";

const SHOWN = ["i", "f", "c"] as const;

export interface Inside {
  readonly element: HTMLDetailsElement;
  draw(step: ConvStep, unit: number, height: number, width: number, line: string): void;
}

export function inside(strings: NowcastPlayerStrings, signal: AbortSignal, tools: HTMLElement, opened: () => void): Inside {
  const maps = SHOWN.map((quantity) => mapPanel(strings.gates[quantity], signal, quantity));
  const element = html(
    "details",
    { class: "lstm-nowcast-inside" },
    html("summary", {}, strings.inside),
    tools,
    html("div", { class: "lstm-nowcast-maps" }, ...maps.map((map) => map.element)),
  );
  element.addEventListener("toggle", opened, { signal });
  return {
    element,
    draw(step, unit, height, width, line) {
      const filters = step.c.length / (height * width);
      SHOWN.forEach((quantity, at) => {
        const values = step[quantity];
        const scale = quantity === "c" ? signedScale(tintLimit(values)) : gateScale(quantity);
        const shades = shadesOf(pageColours(...scale.stops));
        const colourAt = (x: number, y: number): number =>
          shades[shadeAt(values[(y * width + x) * filters + unit] ?? 0, scale)] ?? 0;
        maps[at]?.draw({
          note: `${scale.low.toFixed(quantity === "c" ? 1 : 0).replace("-", "−")} … ${scale.high.toFixed(quantity === "c" ? 1 : 0)}`,
          height,
          width,
          colourAt,
          line,
          dashed: "",
        });
      });
    },
  };
}
