/** ActivationPlot: drag a point along a curve that squashes, and see its slope die, and the naive formula break. */
import { defineInstrument } from "../instrument";
import { SETTINGS } from "./activation_plot_state";
import { STRINGS } from "./activation_plot_strings";
import { activationPlotView } from "./activation_plot_view";

export default defineInstrument({ settings: SETTINGS, strings: STRINGS, view: activationPlotView });
