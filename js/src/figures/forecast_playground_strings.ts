/** Every text of the ForecastPlayground. */
import { fixed, MINUS } from "../shared/format";
import type { StringTable } from "../shared/strings";
import type { LineName } from "./forecast_playground_plot";
import type { Series } from "./forecast_playground_series";

const formats = {
  tick: new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", timeZone: "UTC" }),
  day: new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  month: new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" }),
  time: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }),
};
const when = ({ start, minutes }: Series, step: number): number => (start ?? 0) + step * minutes * 60_000;
const isMidnight = (series: Series, step: number): boolean => when(series, step) % 86_400_000 === 0;
/** The day of a step, where each has one; the step after the last is told by the last. */
function dated({ dates, length }: Series, step: number): string | null {
  if (!dates) return null;
  const day = formats.day.format(dates[Math.min(step, length - 1)]);
  return step < length ? day : `the day after ${day}`;
}
const amount = (value: number, { unit }: Series): string => `${fixed(value, 2)} ${unit}`.trim();

/** A length of time in words. */
function span({ start, minutes, dates }: Series, steps: number): string {
  if (dates) return `${steps} days`;
  const hours = (steps * minutes) / 60;
  if (start === null) return `${steps} steps`;
  return hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${fixed(hours, Number.isInteger(hours) ? 0 : 1)} hours`;
}

const english = {
  title: "A forecast that answers while its past is bent",
  past: "the past: grab the line",
  ahead: "forecast",
  brush: "Brush along the past",
  brushAt: (series: Series, step: number, value: number): string => {
    const day = dated(series, step);
    if (day !== null) return `${day}, ${amount(value, series)}`;
    if (series.start === null) return `step ${step + 1}, ${amount(value, series)}`;
    return `${formats.day.format(when(series, step))}, ${formats.time.format(when(series, step))}, ${amount(value, series)}`;
  },
  tick: (series: Series, step: number, now: number): string => {
    if (series.dates) return formats.month.format(series.dates[Math.min(step, series.length - 1)]);
    if (series.start !== null) return formats.tick.format(when(series, step));
    return step > now ? `+${step - now}` : step < now ? `${MINUS}${now - step}` : "0";
  },
  lines: (name: LineName, { season, minutes, start, beside }: Series): string => {
    const length = start === null ? 0 : season * minutes;
    const before = length === 10_080 ? "last week" : length === 1440 ? "yesterday" : "last season";
    return { lstm: "LSTM", seasonal: beside?.name ?? before, same: "no change", truth: "what came" }[name];
  },

  from: "Forecast from",
  fromStep: (series: Series, now: number): string => {
    const date = dated(series, now);
    if (date !== null) return date;
    if (series.start === null) return `step ${now + 1}`;
    const day = formats.day.format(when(series, now));
    return isMidnight(series, now) ? day : `${day}, ${formats.time.format(when(series, now))}`;
  },
  earlier: "A day earlier",
  later: "A day later",
  byDays: (days: number): readonly [string, string] => [`${days} days earlier`, `${days} days later`],
  width: "brush",
  widthLabel: "How many steps the brush reaches to either side",
  widthUnit: ({ start, minutes, dates }: Series): string =>
    dates
      ? "days each way"
      : start === null
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
  error: (value: number, series: Series): string => (Number.isFinite(value) ? amount(value, series) : "?"),
  told: (series: Series, steps: number, mean: number, more: number | null): string => {
    const over = `Over the next ${span(series, steps)} the network expects ${amount(mean, series)} on the average`;
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
  legendBeside: (name: string | null): string =>
    `Grey: ${name ?? "all comes as it did a season ago"}, or nothing changes. Dashed: the past as it was, and the forecast for it. The network reads all of the past that is drawn.`,
  copy: "Copy link to this state",
  copied: "Link copied",
  notCopied: "The browser did not let the link be copied. Here it is:",
  reset: "Reset",
};

export type ForecastPlaygroundStrings = typeof english;

export const STRINGS: StringTable<ForecastPlaygroundStrings> = { en: english };
