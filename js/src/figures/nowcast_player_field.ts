/** A map to paint rain on: with the pointer, or with a cross that keys move. */
import type { Frames } from "../nowcast";
import { millimetres, type Vector } from "../rain";
import { set, svg } from "../shared/dom";
import { draggable } from "../shared/drag";
import { fixed } from "../shared/format";
import { listenToKeys } from "../shared/keys";
import type { NowcastPlayerStrings } from "./nowcast_player_strings";

/** A stroke is a row of cells, so many pixels apart. */
const APART = 3;

export interface FieldOptions {
  readonly strings: NowcastPlayerStrings;
  readonly signal: AbortSignal;
  /** What is seen, and whether it cannot be changed. */
  now(): { readonly map: Frames; readonly frame: number; readonly idle: boolean };
  say(sentence: string): void;
  place(at: Vector): void;
  takeLast(): void;
}

/** The result tells what is under the cross, anew. */
export function paintable(stage: HTMLElement, { strings, signal, now, say, place, takeLast }: FieldOptions): () => void {
  const aim = svg("path", { class: "aim", d: "M-1.5 0H1.5M0 -1.5V1.5" });
  stage.querySelector("svg")?.append(aim);
  stage.classList.add("field");
  set(stage, { role: "application", tabindex: 0 });
  let [x, y] = [10, 16];
  const tell = (): string => {
    const { map, frame, idle } = now();
    const rain = millimetres(map.maps[frame]?.[y * map.width + x] ?? 0);
    const said = strings.fieldAt(x, y, fixed(rain, 1));
    set(stage, { "aria-label": `${strings.field}. ${said}`, "data-idle": idle });
    set(aim, { transform: `translate(${x + 0.5} ${y + 0.5})` });
    return said;
  };
  const aimAt = (right: number, down: number): void => {
    const { map } = now();
    x = Math.max(0, Math.min(map.width - 1, Math.round(right)));
    y = Math.max(0, Math.min(map.height - 1, Math.round(down)));
    say(tell());
  };
  let painted: Vector | null = null;
  stage.addEventListener("pointerdown", () => (painted = null), { signal, capture: true });
  draggable(stage, {
    signal,
    free: true,
    drag(clientX, clientY) {
      const { map, idle } = now();
      if (idle) return;
      const { left, top, width, height } = stage.getBoundingClientRect();
      const at = [
        ((clientX - left) / (width || 1)) * map.width - 0.5,
        ((clientY - top) / (height || 1)) * map.height - 0.5,
      ] as const;
      if (painted && Math.hypot(at[0] - painted[0], at[1] - painted[1]) < APART) return;
      painted = at;
      aimAt(...at);
      place(at);
    },
  });
  const by = (right: number, down: number) => (): void => aimAt(x + right, y + down);
  listenToKeys(
    stage,
    {
      ...{ ArrowLeft: by(-1, 0), ArrowRight: by(1, 0), ArrowUp: by(0, -1), ArrowDown: by(0, 1) },
      ...{ Enter: () => place([x, y]), Backspace: takeLast, Delete: takeLast },
    },
    signal,
  );
  return () => void tell();
}
