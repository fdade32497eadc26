/** NowcastPlayer: rain as it came, as a network, persistence and advection expected it, in step. */
import { defineInstrument } from "../instrument";
import { choice, integer } from "../settings";
import { CELLS, MEASURES, SOURCES, WIND } from "./nowcast_player_rain";
import { STRINGS } from "./nowcast_player_strings";
import { nowcastPlayerView } from "./nowcast_player_view";

export default defineInstrument({
  settings: {
    rain: choice(...SOURCES),
    network: choice(...SOURCES),
    seed: integer(0, 999),
    hour: integer(0, 99),
    wind: WIND,
    cells: CELLS,
    frame: integer(0, 99),
    unit: integer(0, 99),
    measure: choice(...MEASURES),
  },
  foundations: ["model"],
  strings: STRINGS,
  view: nowcastPlayerView,
});
