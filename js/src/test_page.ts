/** A page for tests: what lives on it, and what is found in a figure. */
import { afterEach, beforeEach } from "vitest";

/** A life for each test, over when the test is; then the page is empty, and its address plain. */
export function testLife(): Pick<AbortController, "signal" | "abort"> {
  let life: AbortController;
  beforeEach(() => {
    life = new AbortController();
  });
  afterEach(() => {
    life.abort();
    document.body.replaceChildren();
    history.replaceState(null, "", "#");
  });
  return {
    get signal() {
      return life.signal;
    },
    abort: () => life.abort(),
  };
}

/** The first element that a selector finds, or an Error. */
export function query(el: Element, selector: string): HTMLElement {
  const found = el.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

/** The button of a name, as a screen reader says it, or an Error. */
export function button(el: Element, name: string): HTMLButtonElement {
  const named = (each: Element): boolean => (each.getAttribute("aria-label") ?? each.textContent) === name;
  const found = Array.from(el.querySelectorAll("button")).find(named);
  if (!found) throw new Error(`There is no button “${name}”.`);
  return found;
}
