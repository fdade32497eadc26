/** The point on a network's line by which it is pulled. */
import { html } from "../shared/dom";
import { draggable } from "../shared/drag";
import { steer, type Value } from "../shared/steer";

export interface HandleOptions {
  readonly network: string;
  readonly tone: string;
  readonly value: Value;
  readonly signal: AbortSignal;
  /** The reader moves it to here, in page coordinates. */
  pull(clientX: number, clientY: number): void;
  /** The reader lets go of it. */
  release(): void;
}

export interface Handle {
  readonly element: HTMLElement;
  move(x: number, y: number): void;
  tell(text: string): void;
}

/** A hand that moves less than this, in pixels, has only pressed. */
const STILL = 3;

export function handle({ network, tone, value, signal, pull, release }: HandleOptions): Handle {
  const element = html("div", { class: "knob", "data-tone": tone, "data-network": network });
  const tell = steer(element, { role: "slider", value, signal });
  /** Where it was pressed, and from there to its middle. */
  let grip: { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number } | null = null;
  let moving = false;
  draggable(element, {
    signal,
    free: true,
    drag(x, y) {
      if (!grip) {
        const { left, top, width, height } = element.getBoundingClientRect();
        grip = { x, y, dx: left + width / 2 - x, dy: top + height / 2 - y };
      }
      moving ||= Math.hypot(x - grip.x, y - grip.y) >= STILL;
      if (moving) pull(x + grip.dx, y + grip.dy);
    },
  });
  for (const end of ["pointerup", "pointercancel"]) {
    element.addEventListener(
      end,
      () => {
        [grip, moving] = [null, false];
        release();
      },
      { signal },
    );
  }
  return {
    element,
    move(x, y) {
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    },
    tell,
  };
}
