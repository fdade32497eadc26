/** The curve with its tangent at a point to drag, its slope as a second curve, and where the naive formula breaks. */
import { html, set, svg, write } from "../shared/dom";
import { type Chart, chart, linePath } from "../shared/chart";
import { draggable } from "../shared/drag";
import { fixed } from "../shared/format";
import { steer, type Value } from "../shared/steer";
import { EDGE, winged } from "./activation_plot_axis";
import { FAR, type Name, overflows, PRECISIONS, slopeAt, valueOf } from "./activation_plot_state";
import type { ActivationPlotStrings } from "./activation_plot_strings";

export interface Curve {
  readonly element: HTMLElement;
  setFunction(name: Name): void;
  /** Draws the point; called for every frame of a glide. */
  draw(z: number): void;
  /** Says where it stands. */
  tell(text: string): void;
}

const MARGIN = { top: 16, right: 20, bottom: 86, left: 36 };
/** The rows of the bars under the axis. */
const ROWS = [33, 51] as const;

/** A place in pixels as it is written. */
const px = (place: number): string => place.toFixed(2);

export function activationCurve(strings: ActivationPlotStrings, value: Value, signal: AbortSignal): Curve {
  let name: Name = "sigmoid";
  let at = 0;
  const wings = svg("path", { class: "wings" });
  const area = svg("path", { class: "area" });
  const slopeLine = svg("path", { class: "slope" });
  const line = svg("path", { class: "curve" });
  const drop = svg("line", { class: "drop" });
  const bar = svg("line", { class: "bar" });
  const end = svg("circle", { class: "end", r: 4 });
  const tangent = svg("line", { class: "tangent" });
  const halo = svg("circle", { class: "halo", r: 15 });
  const point = svg("circle", { class: "point", r: 8 });
  const [curveName, slopeName] = [svg("text", { class: "name" }), svg("text", { class: "name slope-name" }, strings.slope)];
  const bars = PRECISIONS.map((precision) => {
    const whole = svg("line", { class: "whole" });
    const broken = svg("path", { class: "broken" });
    const text = svg("text", { "text-anchor": "middle" }, strings.naiveIn(precision.name));
    return { precision, whole, broken, text, element: svg("g", { class: "naive" }, whole, broken, text) };
  });

  const place = (own: Chart): void => {
    const [y, slope] = [valueOf(name, at), slopeAt(name, at)];
    const [x0, y0] = [own.x(at), own.y(y)];
    for (const circle of [halo, point]) set(circle, { cx: px(x0), cy: px(y0) });
    const foot = own.y.range[0] + ROWS[1];
    set(drop, {
      x1: px(x0),
      x2: px(x0),
      y1: px(y0),
      y2: bars[0]?.element.hasAttribute("hidden") ? foot - 18 : foot,
    });
    const top = px(own.y(slope));
    set(bar, { x1: px(x0), x2: px(x0), y1: px(own.y(0)), y2: top });
    set(end, { cx: px(x0), cy: top });
    // The tangent of the line as it is drawn, in the wings too.
    const perPixel = own.x.invert(x0 + 0.5) - own.x.invert(x0 - 0.5);
    const rise = (own.y(slope) - own.y(0)) * perPixel;
    const [left, right] = own.x.range;
    const across = Math.min(80, 0.13 * (right - left), x0 - left, right - x0) / Math.hypot(1, rise);
    set(tangent, {
      x1: px(x0 - across),
      x2: px(x0 + across),
      y1: px(y0 - rise * across),
      y2: px(y0 + rise * across),
    });
  };

  const drawn = chart({
    signal,
    height: (width) => (width < 500 ? 320 : 380),
    margin: MARGIN,
    x: { domain: [-FAR, FAR], scale: winged, title: strings.axis, print: (tick) => fixed(tick, 0), room: 58 },
    y: { domain: [0, 1], room: 70 },
    draw(own) {
      const [left, right] = own.x.range;
      const [floor, ceiling] = own.y.range;
      const wing = (end: number, edge: number): string => `M${end} ${ceiling}H${px(own.x(edge))}V${floor}H${end}Z`;
      set(wings, { d: wing(left, -EDGE) + wing(right, EDGE) });
      const places = Array.from({ length: Math.ceil((right - left) / 2) + 1 }, (_, k) => Math.min(right, left + 2 * k));
      const through = (f: (name: Name, z: number) => number): string =>
        linePath(places.map((place) => [place, own.y(f(name, own.x.invert(place)))] as const));
      set(line, { d: through(valueOf) });
      const slopes = through(slopeAt);
      set(slopeLine, { d: slopes });
      set(area, { d: `${slopes}V${own.y(0)}H${left}Z` });
      set(curveName, { x: right - 4, y: own.y(1) + 19, "text-anchor": "end" });
      set(slopeName, { x: own.x(2) + 4, y: own.y(slopeAt(name, 2)) - 7 });
      bars.forEach(({ precision, whole, broken, text, element }, row) => {
        const y = floor + (ROWS[row] ?? 0);
        const limits = [-precision.overflow, precision.overflow].map((z) => own.x(z)) as [number, number];
        const parts = [
          [left, limits[0], overflows(name, -FAR, precision)],
          [limits[1], right, overflows(name, FAR, precision)],
        ] as const;
        set(whole, { x1: left, x2: right, y1: y, y2: y });
        set(broken, { d: parts.map(([from, to, breaks]) => (breaks ? `M${from.toFixed(1)} ${y}H${to}` : "")).join("") });
        set(text, { x: (left + right) / 2, y: y + 4 });
        set(element, { hidden: !parts.some(([, , breaks]) => breaks) });
      });
      place(own);
    },
  });
  drawn.marks.append(wings, area, drop, ...bars.map(({ element }) => element), slopeLine, line, slopeName, curveName);
  drawn.marks.append(bar, end, tangent, halo, point);
  const element = html("div", { class: "lstm-activation" }, drawn.element);
  const tell = steer(element, { role: "slider", value, signal });
  draggable(element, { signal, drag: (clientX, clientY) => value.change(drawn.valueAt(clientX, clientY).x) });

  return {
    element,
    setFunction(next) {
      name = next;
      write(curveName, strings.names[next]);
      drawn.rescale({ y: valueOf(next, -FAR) < -0.5 ? [-1, 1] : [0, 1] });
    },
    draw(z) {
      at = z;
      place(drawn);
    },
    tell,
  };
}
