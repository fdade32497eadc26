/** Tokens as the eye and the ear take them: blanks made visible, and named. */

export interface TokenNames {
  readonly space: string;
  readonly lineBreak: string;
  readonly tab: string;
  readonly nothing: string;
}

const SIGNS: Readonly<Record<string, string>> = { " ": "␣", "\n": "↵", "\t": "⇥", "": "∅" };

/** A token as it is drawn: a space as ␣, a line break as ↵. */
export function visibleToken(token: string): string {
  return SIGNS[token] ?? token;
}

/** A token as it is spoken: "space", "line break", or itself. */
export function spokenToken(token: string, names: TokenNames): string {
  switch (token) {
    case " ":
      return names.space;
    case "\n":
      return names.lineBreak;
    case "\t":
      return names.tab;
    case "":
      return names.nothing;
    default:
      return token;
  }
}

/** Start indices of the runs of tokens that should stay on one row: words with the space behind them. */
export function wordStarts(tokens: readonly string[]): number[] {
  const starts: number[] = [];
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const single = token.length === 1 && before?.length === 1;
    if (before === undefined || !single || before === " " || before === "\n") starts.push(index);
  });
  return starts;
}
