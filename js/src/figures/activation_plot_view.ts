/** The ActivationPlot as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { choiceRow } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed, ofAnySize, powerOfTen, rounded } from "../shared/format";
import { NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { glide } from "../shared/motion";
import { numberChip } from "../shared/number_chip";
import { readings } from "../shared/readings";
import { sentence } from "../shared/sentence";
import type { Value } from "../shared/steer";
import { winged } from "./activation_plot_axis";
import { activationCurve } from "./activation_plot_curve";
import { FAR, NAMES, printedZ, settled, slopeAt, slopeOnPaper, type State, stepAt, valueOf } from "./activation_plot_state";
import type { ActivationPlotStrings } from "./activation_plot_strings";
import { formulas } from "./activation_plot_table";

/** Where there is something to see. */
const PLACES = [0, 2, 6, 40, -100, -800];

/** The point glides along the axis, not along its numbers. */
const AXIS = winged([-FAR, FAR], [-1, 1]);

export function activationPlotView(options: InstrumentOptions<State, ActivationPlotStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  let state = original;

  const live = liveRegion(signal);
  const move = (next: State, gliding = false): void => {
    show(next, gliding);
    options.moved(next);
    live.say(told.text);
  };
  const put = (z: number): void => {
    if (z !== state.z) move({ ...state, z });
  };
  const valueOfZ = (label: string): Value => ({
    label,
    least: -FAR,
    most: FAR,
    get step() {
      return stepAt(state.z);
    },
    get: () => state.z,
    change: (wish) => put(settled(wish)),
    take: put,
  });

  const names = choiceRow(
    strings.functions,
    NAMES.map((name) => ({ label: strings.names[name], tone: "h" })),
    (index) => move({ ...state, activation: NAMES[index] ?? state.activation }),
    signal,
  );
  const places = choiceRow(
    strings.places,
    PLACES.map((z) => ({ label: fixed(z, 0), tone: "h" })),
    (index) => move({ ...state, z: PLACES[index] ?? 0 }, true),
    signal,
  );
  const told = sentence(strings.refused);
  const typed = valueOfZ(strings.preActivation);
  const chip = numberChip({ value: typed, signal, perPixel: 0.05, tone: "h", complain: told.complaintOf(typed) });
  const [y, slope, share] = [html("output"), html("output", { class: "slope" }), html("output", { class: "slope" })];
  const curve = activationCurve(strings, valueOfZ(strings.point), signal);
  const table = formulas(strings);
  const row = (label: string, choices: HTMLElement): HTMLElement =>
    html("div", { class: "lstm-places" }, html("span", { class: "lstm-caption", "aria-hidden": "true" }, label), choices);

  const element = html(
    "div",
    { class: "lstm-ui lstm-activation-plot", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    names.element,
    readings([strings.z, chip.element], [strings.value, y], [strings.slope, slope], [strings.share, share]),
    curve.element,
    row(strings.places, places.element),
    ...told.elements,
    table.element,
    figureFoot({ strings, signal, address: () => options.address(state), reset: () => move(original, true) }),
    live.element,
  );

  const position = glide(([at = 0]) => curve.draw(AXIS.invert(at)), signal);

  const explain = (now: number, steepness: number, most: number): string => {
    if (steepness > 0) return strings.passes(ofAnySize(steepness), part(steepness / most), String(rounded(most, 4)));
    if (state.activation === "hard_sigmoid") return strings.flat;
    return strings.rounded(ofAnySize(now), powerOfTen(slopeOnPaper(state.activation, state.z)));
  };

  const show = (next: State, gliding: boolean): void => {
    if (next.activation !== state.activation || y.textContent === "") curve.setFunction(next.activation);
    state = next;
    const { activation, z } = state;
    const [now, steepness, most] = [valueOf(activation, z), slopeAt(activation, z), slopeAt(activation, 0)];
    const printed = printedZ(z);
    chip.show(printed);
    write(y, ofAnySize(now));
    write(slope, ofAnySize(steepness));
    write(share, part(steepness / most));
    told.tell(explain(now, steepness, most));
    curve.tell(strings.pointValue(printed, ofAnySize(now), ofAnySize(steepness)));
    table.show(activation, z);
    names.choose(NAMES.indexOf(activation));
    places.choose(PLACES.indexOf(z));
    // The exact numbers, for whoever reads them by program.
    set(element, { "data-value": now, "data-slope": steepness });
    if (gliding) position.to([AXIS(z)]);
    else position.jump([AXIS(z)]);
  };

  return {
    element,
    show: (next) => show(next, true),
    announce: () => live.say(told.text),
  };
}

/** A share in per cent; one that is smaller than a hundredth as a number. */
function part(share: number): string {
  return share === 0 || share >= 0.01 ? `${fixed(100 * share, share > 0 && share < 0.1 ? 1 : 0)} %` : ofAnySize(share, 3);
}
