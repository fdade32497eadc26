/** What every figure may have to tell its reader. */
import type { StringTable } from "./shared/strings";

const english = {
  failed: "This figure cannot be shown.",
  empty: "Type at least one character. The figure still shows the last text.",
  tooLong: (length: number, longest: number): string =>
    `This text has ${length} characters; the figure reads ${longest} at most. It still shows the last text that fitted.`,
  /** `unit` is what a token is: "character" or "word". */
  unknown: (token: string, position: number, unit: string): string =>
    `The network has never seen “${token}”, ${unit} ${position + 1} of this text. The figure still shows the last text that it could read.`,
};

export type Messages = typeof english;

export const MESSAGES: StringTable<Messages> = { en: english };
