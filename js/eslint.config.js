import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";

/** Nothing that comes from a reader, an address or a file may become markup or code. */
const injections = ["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
  property,
  message: "Build nodes with shared/dom.ts, and write text as text.",
}));

export default defineConfig(
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    files: ["src/**/*.ts"],
    extends: [ts.configs.recommendedTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "no-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-restricted-properties": ["error", ...injections],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Index signatures are read with brackets (tsc demands it), and empty functions stand for "nothing to do".
      "@typescript-eslint/dot-notation": "off",
      "@typescript-eslint/no-empty-function": "off",
      // Objects here are bundles of closures: no method looks at `this`.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/consistent-indexed-object-style": "off",
    },
  },
  {
    // Tests look at markup, and stand in for parts of the browser.
    files: ["src/**/*.test.ts"],
    rules: { "no-restricted-properties": "off", "@typescript-eslint/no-unsafe-return": "off" },
  },
  { files: ["*.mjs", "*.js"], languageOptions: { globals: { URL: "readonly", console: "readonly", process: "readonly" } } },
);
