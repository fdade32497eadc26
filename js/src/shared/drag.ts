/** Dragging with mouse, pen or finger. */

export interface DragOptions {
  readonly signal: AbortSignal;
  /** Moves in both directions: no finger scrolls from here (`touch-action: none`), so each one drags at once. */
  readonly free?: boolean;
  /** Called at press and at every move while pressed, with the pointer in page (client) coordinates. */
  drag(clientX: number, clientY: number): void;
}

/** How far a finger trembles, in pixels. */
const SLOP = 4;

/**
 * Makes an element draggable. What a finger may still scroll is said in CSS (`touch-action`): `pan-y` on a horizontal
 * control leaves the page to be scrolled. A finger's press counts only when it moves sideways or is lifted where it
 * was, since until then it may be the beginning of a scroll, which the browser tells by cancelling the pointer.
 */
export function draggable(node: HTMLElement, options: DragOptions): void {
  const { signal } = options;
  let held: number | null = null;
  let undecided = false;
  let [startX, startY] = [0, 0];
  node.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0 || held !== null) return;
      held = event.pointerId;
      undecided = event.pointerType === "touch" && !options.free;
      [startX, startY] = [event.clientX, event.clientY];
      node.setPointerCapture?.(event.pointerId);
      if (!undecided) options.drag(event.clientX, event.clientY);
    },
    { signal },
  );
  node.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== held) return;
      const sideways = Math.abs(event.clientX - startX);
      if (undecided && (sideways < SLOP || sideways < Math.abs(event.clientY - startY))) return;
      undecided = false;
      options.drag(event.clientX, event.clientY);
    },
    { signal },
  );
  node.addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerId !== held) return;
      held = null;
      if (undecided) options.drag(event.clientX, event.clientY);
    },
    { signal },
  );
  node.addEventListener(
    "pointercancel",
    (event) => {
      if (event.pointerId === held) held = null;
    },
    { signal },
  );
}
