/** ForecastPlayground: bend the past of a series, and a trained network answers at once. */
import { defineInstrument } from "../instrument";
import { choice, integer } from "../settings";
import { BENDS, WIDEST } from "./forecast_playground_bends";
import { STRINGS } from "./forecast_playground_strings";
import { forecastPlaygroundView } from "./forecast_playground_view";

export default defineInstrument({
  settings: { now: integer(0, 40_000), brush: integer(1, WIDEST), bends: BENDS, truth: choice("hidden", "shown") },
  foundations: ["model", "series"],
  strings: STRINGS,
  view: forecastPlaygroundView,
});
