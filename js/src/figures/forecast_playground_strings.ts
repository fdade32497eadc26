/** Every text of the ForecastPlayground. */
import { fixed, MINUS } from "../shared/format";
import type { StringTable } from "../shared/strings";
import type { LineName } from "./forecast_playground_plot";
import type { Series } from "./forecast_playground_series";

const formats = {
  tick: new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", timeZone: "UTC" }),
  day: new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  time: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }),
};
const when = ({ start, minutes }: Series, step: number): number => (start ?? 0) + step * minutes * 60_000;
const isMidnight = (series: Series, step: number): boolean => when(series, step) % 86_400_000 === 0;

/** A length of time in words. */
function span({ start, minutes }: Series, steps: number): string {
  const hours = (steps * minutes) / 60;
  if (start === null) return `${steps} steps`;
  return hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${fixed(hours, Number.isInteger(hours) ? 0 : 1)} hours`;
}

const english = {
  title: "A forecast that answers while its past is bent",
  past: "the past: grab the line",
  ahead: "forecast",
  brush: "Brush along the past",
  brushAt: (series: Series, step: number, value: number): string =>
    series.start === null
      ? `step ${step + 1}, ${fixed(value, 2)} ${series.unit}`
      : `${formats.day.format(when(series, step))}, ${formats.time.format(when(series, step))}, ${fixed(value, 2)} ${series.unit}`,
  tick: (series: Series, step: number, now: number): string => {
    if (series.start !== null) return formats.tick.format(when(series, step));
    return step > now ? `+${step - now}` : step < now ? `${MINUS}${now - step}` : "0";
  },
  lines: (name: LineName, { season, minutes, start }: Series): string => {
    const length = start === null ? 0 : season * minutes;
    const before = length === 10_080 ? "last week" : length === 1440 ? "yesterday" : "last season";
    return { lstm: "LSTM", seasonal: before, same: "no change", truth: "what came" }[name];
  },

  from: "Forecast from",
  fromStep: (series: Series, now: number): string => {
    if (series.start === null) return `step ${now + 1}`;
    const day = formats.day.format(when(series, now));
    return isMidnight(series, now) ? day : `${day}, ${formats.time.format(when(series, now))}`;
  },
  earlier: "A day earlier",
  later: "A day later",
  width: "brush",
  widthLabel: "How many steps the brush reaches to either side",
  widthUnit: ({ start, minutes }: Series): string =>
    start === null
      ? "steps each way"
      : minutes === 30
        ? "half-hours each way"
        : minutes === 60
          ? "hours each way"
          : "steps each way",
  refused: (text: string, most: number): string => `“${text}” is no width of the brush: type a number from 1 to ${most}.`,
  show: "Show what came",
  hide: "Hide what came",
  undo: "Undo bend",
  errors: "Off on the average by",
  bentErrors: "For the bent past, off on the average by",
  unseen: "How far is each forecast off? Show what came.",
  unknown: "What came after this is not known yet.",
  error: (value: number, { unit }: Series): string => (Number.isFinite(value) ? `${fixed(value, 2)} ${unit}` : "?"),
  told: (series: Series, steps: number, mean: number, more: number | null): string => {
    const over = `Over the next ${span(series, steps)} the network expects ${fixed(mean, 2)} ${series.unit} on the average`;
    if (more === null) return `${over}.`;
    return `${over}, ${fixed(Math.abs(more), 2)} ${more < 0 ? "less" : "more"} than for the past as it was.`;
  },

  keys: "Keys",
  keyList: [
    ["← →", "move the brush along the past"],
    ["↑ ↓", "bend the line there, with Shift by a tenth"],
    ["Page ↑ ↓", "a day back, a day on"],
    ["Home End", "to the ends of the past"],
    ["[ ]", "narrower, wider brush"],
    ["u", "undo the last bend"],
    ["r", "show or hide what came"],
  ],
  legend:
    "Grey: all comes as it did a season ago, or nothing changes. Dashed: the past as it was, and the forecast for it. The network reads all of the past that is drawn.",
  copy: "Copy link to this state",
  copied: "Link copied",
  notCopied: "The browser did not let the link be copied. Here it is:",
  reset: "Reset",
};

export type ForecastPlaygroundStrings = typeof english;

export const STRINGS: StringTable<ForecastPlaygroundStrings> = { en: english };
