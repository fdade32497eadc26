/** First, previous, play, next, last: the buttons that move a figure through time. */
import { iconButton, setIdle } from "./buttons";
import { html, set } from "./dom";
import { setIcon } from "./icons";

export interface TransportStrings {
  readonly transport: string;
  readonly first: string;
  readonly previous: string;
  readonly play: string;
  readonly pause: string;
  readonly next: string;
  readonly last: string;
}

export interface TransportOptions {
  readonly strings: TransportStrings;
  readonly signal: AbortSignal;
  first(): void;
  previous(): void;
  playOrPause(): void;
  next(): void;
  last(): void;
}

export interface Transport {
  readonly element: HTMLElement;
  /** Says where the figure stands: at the first, at the last, playing. */
  show(state: { atFirst: boolean; atLast: boolean; playing: boolean }): void;
}

export function transport(options: TransportOptions): Transport {
  const { strings, signal } = options;
  const first = iconButton("first", strings.first, { signal, press: options.first });
  const previous = iconButton("previous", strings.previous, { signal, press: options.previous });
  const play = iconButton("play", strings.play, { signal, press: options.playOrPause });
  const next = iconButton("next", strings.next, { signal, press: options.next });
  const last = iconButton("last", strings.last, { signal, press: options.last });
  play.classList.add("lstm-play");
  const element = html(
    "div",
    { class: "lstm-transport", role: "group", "aria-label": strings.transport },
    first,
    previous,
    play,
    next,
    last,
  );
  return {
    element,
    show({ atFirst, atLast, playing }) {
      setIdle(first, atFirst);
      setIdle(previous, atFirst);
      setIdle(next, atLast);
      setIdle(last, atLast);
      const label = playing ? strings.pause : strings.play;
      set(play, { "aria-label": label, title: label });
      const sign = play.querySelector("svg");
      if (sign) setIcon(sign, playing ? "pause" : "play");
    },
  };
}
