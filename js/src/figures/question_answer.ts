/** What a typed answer may mean, and what a question says. */
import { MINUS } from "../shared/format";
import type { StringTable } from "../shared/strings";

/** The numbers that a text may mean: a comma groups thousands, or marks the decimals. */
export function readings(typed: string): number[] {
  const plain = typed.replace(/[\s_'’]/g, "").replace(MINUS, "-");
  const meant = [plain.replaceAll(",", ".")];
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) meant.push(plain.replaceAll(",", ""));
  return meant.filter((text) => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)).map(Number);
}

interface QuestionStrings {
  readonly question: string;
  readonly options: string;
  readonly number: string;
  numberTo(digits: number): string;
  readonly check: string;
  readonly show: string;
  readonly right: string;
  readonly wrong: string;
  readonly tryAgain: string;
  readonly empty: string;
  noNumber(text: string): string;
}

export const STRINGS: StringTable<QuestionStrings> = {
  en: {
    question: "Question",
    options: "Answers to choose from",
    number: "Your answer, a number",
    numberTo: (digits) => `Your answer, to ${digits} decimal${digits > 1 ? "s" : ""}`,
    check: "Check",
    show: "Show the answer",
    right: "Right.",
    wrong: "Not so.",
    tryAgain: "Try again, or show the answer.",
    empty: "Type a number first.",
    noNumber: (text) => `“${text}” is not a number.`,
  },
};
