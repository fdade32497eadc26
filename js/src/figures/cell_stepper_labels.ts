/** The numbers along the way of the state, c₋₁ to c and h, with their names. */
import { set, svg, write } from "../shared/dom";
import { signed } from "../shared/format";
import { mathSvg } from "../shared/maths";
import type { Layout } from "./cell_stepper_layout";
import type { Moment } from "./cell_stepper_moment";

export interface LabelStrings {
  readonly kept: string;
  readonly written: string;
  readonly shown: string;
}

export interface Labels {
  /** What belongs to the way from c₋₁ to c; to c itself; to the way from c to h. */
  readonly groups: { readonly update: SVGElement[]; readonly state: SVGElement[]; readonly output: SVGElement[] };
  place(layout: Layout): void;
  print(moment: Moment): void;
}

type Anchor = "start" | "middle" | "end";

export function labels(strings: LabelStrings): Labels {
  const number = (extra: string): SVGTextElement => svg("text", { class: `number ${extra}` });
  const name = (text: string, tone: string): SVGTextElement => mathSvg(text, { class: "lstm-symbol end", "data-tone": tone });
  const caption = (text: string): SVGTextElement => svg("text", { class: "caption" }, text);

  const names = { before: name("c_−1", "c"), after: name("c", "c"), out: name("h", "h") };
  const numbers = {
    before: number("strong state"),
    kept: number("state"),
    written: number("state"),
    after: number("strong state"),
    squashed: number("state"),
    out: number("strong hidden"),
  };
  const captions = { kept: caption(strings.kept), written: caption(strings.written), shown: caption(strings.shown) };

  const at = (text: SVGElement, x: number, y: number, anchor: Anchor, visible = true): void =>
    set(text, { x, y, "text-anchor": anchor, visibility: visible ? null : "hidden" });

  const placeWide = ({ conveyor, forget, add, write: product, tanh, show, width }: Layout): void => {
    const { y } = conveyor;
    const kept = (forget.x + add.x) / 2;
    const written = (y + product.y) / 2;
    at(names.before, 0, y - 14, "start");
    at(numbers.before, 0, y + 5, "start");
    at(numbers.kept, kept, y - 13, "middle");
    at(captions.kept, kept, y + 24, "middle");
    at(numbers.written, product.x + 16, written, "start");
    at(captions.written, product.x + 16, written + 17, "start");
    at(names.after, width, y - 14, "end");
    at(numbers.after, width, y + 5, "end");
    at(numbers.squashed, tanh.x + 14, tanh.y + 33, "start");
    at(names.out, width, show.y - 14, "end");
    at(numbers.out, width, show.y + 5, "end");
    at(captions.shown, (show.x + conveyor.to) / 2 + 4, show.y + 24, "middle", conveyor.to - show.x > 104);
  };

  const placeCompact = ({ conveyor, forget, add, write: product, tanh, show, width }: Layout): void => {
    const { y } = conveyor;
    const kept = (forget.x + add.x) / 2;
    at(names.before, 0, y - 30, "start");
    at(numbers.before, 0, y - 13, "start");
    at(numbers.kept, kept, y - 13, "middle");
    at(captions.kept, kept, y + 22, "middle");
    at(numbers.written, product.x + 13, (y + product.y) / 2 + 8, "start");
    at(captions.written, 0, 0, "start", false);
    at(names.after, width, y - 30, "end");
    at(numbers.after, width, y - 13, "end");
    at(numbers.squashed, tanh.x - 12, tanh.y + 32, "end");
    at(names.out, width, show.y - 12, "end");
    at(numbers.out, width, show.y + 23, "end");
    at(captions.shown, 0, 0, "end", false);
  };

  return {
    groups: {
      update: [names.before, numbers.before, numbers.kept, captions.kept, numbers.written, captions.written],
      state: [names.after, numbers.after],
      output: [numbers.squashed, names.out, numbers.out, captions.shown],
    },
    place: (layout) => (layout.compact ? placeCompact : placeWide)(layout),
    print(moment) {
      write(numbers.before, signed(moment.cBefore));
      write(numbers.kept, signed(moment.kept));
      write(numbers.written, signed(moment.written));
      write(numbers.after, signed(moment.c));
      write(numbers.squashed, signed(moment.squashed));
      write(numbers.out, signed(moment.h));
    },
  };
}
