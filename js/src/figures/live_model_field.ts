/** A text field whose tokens are tinted as they stand: the reader types into the very text that is shown, and the caret is the cursor. */
import { textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { MOST_UNDER_TEXT, tintGround } from "../shared/tint";
import type { Piece } from "../vocabulary";

export interface TintedFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly original: string;
  readonly signal: AbortSignal;
  /** Takes the text, or throws an `Error` whose message the reader gets to see. */
  typed(text: string): void;
  /** The caret stands behind so many units of UTF-16. */
  moved(caret: number): void;
  /** The reader goes into the text, to read or to type: nobody else should write in it now. */
  entered(): void;
  /** The reader wants the original text back. */
  restore(): void;
}

export interface TintedField {
  readonly element: HTMLElement;
  /** Shows a text that was taken, with its tokens. */
  setText(text: string, isOriginal: boolean): void;
  setPieces(text: string, pieces: readonly Piece[], isUnknown: (index: number) => boolean): void;
  /** Tints token by token, each −1 to 1. */
  setTints(tintAt: (index: number) => number): void;
  /** Marks the token under the cursor, and the one at which a decision fell. */
  setMarks(now: number, decided: number | null): void;
  setMessage(message: string): void;
  /** Says beside the label what is done with a text. */
  setHint(hint: string): void;
}

export function tintedField(options: TintedFieldOptions): TintedField {
  const { id, signal } = options;
  const field = html("textarea", {
    id: `${id}-line`,
    class: "lstm-tinted-text",
    rows: 1,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-line-message`,
  });
  // The same letters again, unseen, lend their places to the tints behind the text.
  const end = document.createTextNode("");
  const ground = html("div", { class: "lstm-tinted-ground", "aria-hidden": "true" }, end);
  const box = html("div", { class: "lstm-tinted" }, ground, field);
  const message = html("p", { id: `${id}-line-message`, class: "lstm-message", role: "alert", hidden: true });
  const back = textButton(options.original, { signal, press: () => options.restore() });
  const hint = html("span", { class: "lstm-caption" });
  const head = html("div", { class: "lstm-tinted-head" }, html("label", { for: field.id }, options.label), hint, back);
  const element = html("div", { class: "lstm-tinted-field" }, head, box, message);

  const setMessage = (text: string): void => {
    write(message, text);
    set(message, { hidden: text === "" });
    set(field, { "aria-invalid": text === "" ? null : "true" });
    // What is typed then is another text than the one that is tinted.
    set(box, { "data-unread": text !== "" && field.value !== shown });
  };
  let shown = "";

  field.addEventListener(
    "input",
    () => {
      const caret = field.selectionEnd;
      try {
        options.typed(field.value);
        options.moved(caret);
        setMessage("");
      } catch (error) {
        setMessage(error instanceof Error ? error.message : String(error));
      }
    },
    { signal },
  );
  for (const event of ["focus", "beforeinput"]) field.addEventListener(event, () => options.entered(), { signal });
  document.addEventListener(
    "selectionchange",
    () => {
      if (document.activeElement === field && field.value === shown) options.moved(field.selectionEnd);
    },
    { signal },
  );

  let cells: { readonly gap: Text; readonly span: HTMLElement }[] = [];
  let marks: (HTMLElement | undefined)[] = [];
  return {
    element,
    setText(text, isOriginal) {
      if (field.value !== text) field.value = text;
      set(back, { hidden: isOriginal });
      setMessage("");
    },
    setPieces(text, pieces, isUnknown) {
      let from = 0;
      let same = 0;
      while (same < text.length && text[same] === shown[same]) same += 1;
      shown = text;
      pieces.forEach((piece, index) => {
        // What has been laid already stays as it is; a token at the edge may have grown.
        if (piece.end < same && cells[index]) {
          from = piece.end;
          return;
        }
        const cell = cells[index] ?? { gap: document.createTextNode(""), span: html("span") };
        write(cell.gap, text.slice(from, piece.start));
        write(cell.span, text.slice(piece.start, piece.end));
        set(cell.span, { "data-unknown": isUnknown(index) });
        if (!cells[index]) ground.insertBefore(cell.gap, end).after(cell.span);
        cells[index] = cell;
        from = piece.end;
      });
      for (const { gap, span } of cells.slice(pieces.length)) {
        gap.remove();
        span.remove();
      }
      cells = cells.slice(0, pieces.length);
      // A line that is still empty has a height, too.
      write(end, `${text.slice(from)}\u200b`);
    },
    setTints(tintAt) {
      for (const [index, { span }] of cells.entries()) tintGround(span, tintAt(index), MOST_UNDER_TEXT);
    },
    setMarks(now, decided) {
      for (const span of marks) if (span) set(span, { "data-now": null, "data-decided": null });
      marks = [cells[now]?.span, decided === null ? undefined : cells[decided]?.span];
      if (marks[0]) set(marks[0], { "data-now": true });
      if (marks[1]) set(marks[1], { "data-decided": true });
    },
    setMessage,
    setHint: (text) => write(hint, text),
  };
}
