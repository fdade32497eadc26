/** String tables: each figure keeps every visible text in one, keyed by language. */

/** A figure's texts in one or more languages; English is complete, others may hold a part. */
export interface StringTable<T> {
  readonly en: T;
  readonly [language: string]: Partial<T> | T;
}

/** The language that a node stands in: the nearest `lang` attribute, in lower case, "en" where there is none. */
export function languageOf(node: Element | null): string {
  const marked = node?.closest("[lang]") ?? document.documentElement;
  return (marked.getAttribute("lang") ?? "en").toLowerCase() || "en";
}

/** The texts for a language such as "zh-cn": that table, else its first part ("zh"), each filled up with English. */
export function stringsFor<T>(table: StringTable<T>, language: string): T {
  const wanted = language.toLowerCase();
  const found = table[wanted] ?? table[wanted.split("-")[0] ?? "en"] ?? table.en;
  return { ...table.en, ...found };
}
