/** The wind as an arrow to drag. */
import { html, set, svg } from "../shared/dom";
import { draggable } from "../shared/drag";
import { listenToKeys } from "../shared/keys";
import type { Vector } from "../rain";
import { STRONGEST } from "./nowcast_player_rain";
import type { NowcastPlayerStrings } from "./nowcast_player_strings";

const RADIUS = 44;
const SIZE = 2 * RADIUS + 16;

export interface Wind {
  readonly element: HTMLElement;
  show(wind: Vector): void;
}

export function windDial(strings: NowcastPlayerStrings, signal: AbortSignal, blow: (wind: Vector) => void): Wind {
  const shaft = svg("line", { class: "shaft", x1: 0, y1: 0 });
  const head = svg("path", { class: "tip", d: "M0 0L-9 -5V5Z" });
  const grip = svg("circle", { class: "grip", r: 7 });
  const rings = [1, STRONGEST].map((speed) => svg("circle", { class: "ring", r: (RADIUS * speed) / STRONGEST }));
  const half = SIZE / 2;
  const drawing = svg(
    "svg",
    { viewBox: `${-half} ${-half} ${SIZE} ${SIZE}`, width: SIZE, height: SIZE, "aria-hidden": "true" },
    ...rings,
    shaft,
    grip,
    head,
  );
  const element = html(
    "div",
    { class: "lstm-nowcast-wind", role: "slider", tabindex: 0, "aria-label": strings.windLabel, "aria-valuemin": 0 },
    drawing,
  );
  set(element, { "aria-valuemax": Math.round(10 * STRONGEST * Math.SQRT2) / 10 });
  let now: Vector = [0, 0];
  draggable(element, {
    signal,
    free: true,
    drag(clientX, clientY) {
      const { left, top, width, height } = drawing.getBoundingClientRect();
      const scale = (STRONGEST / RADIUS) * (SIZE / (width || SIZE));
      blow([(clientX - left - width / 2) * scale, (clientY - top - height / 2) * scale]);
    },
  });
  const turn = (right: number, down: number) => (): void => blow([now[0] + right, now[1] + down]);
  const keys = {
    ArrowLeft: turn(-0.1, 0),
    ArrowRight: turn(0.1, 0),
    ArrowUp: turn(0, -0.1),
    ArrowDown: turn(0, 0.1),
    Home: (): void => blow([0, 0]),
  };
  listenToKeys(element, keys, signal);
  return {
    element,
    show(wind) {
      now = wind;
      const [right, down] = wind;
      const [x, y] = [(right * RADIUS) / STRONGEST, (down * RADIUS) / STRONGEST];
      const speed = Math.hypot(right, down);
      set(shaft, { x2: x.toFixed(1), y2: y.toFixed(1) });
      set(grip, { cx: x.toFixed(1), cy: y.toFixed(1) });
      const turned = ((Math.atan2(down, right) * 180) / Math.PI).toFixed(1);
      set(head, {
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turned})`,
        visibility: speed < 0.05 ? "hidden" : null,
      });
      set(element, { "aria-valuenow": speed.toFixed(2), "aria-valuetext": strings.windAt(right, down) });
    },
  };
}
