/** Texts that all figures over no run share; each may have its own of them too. */
import type { StringTable } from "./shared/strings";

const english = {
  refused: (label: string, text: string, least: string, most: string): string =>
    `“${text}” does not fit the ${label}: type a number from ${least} to ${most}.`,
  keys: "Keys",
  copy: "Copy link to this state",
  copied: "Link copied",
  notCopied: "The browser did not let the link be copied. Here it is:",
  reset: "Reset",
};

export type CommonStrings = typeof english;

export const COMMON: StringTable<CommonStrings> = { en: english };
