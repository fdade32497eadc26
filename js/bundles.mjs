// The scripts of a page: one that all pages share, and one for each kind of figure, which needs the first.
import path from "node:path";
import * as esbuild from "esbuild";

const CORE = "core";

/** The path of a source below src/, without its ending, as figures and the shared script know it: "shared/dom". */
const nameOf = (source, file) => path.relative(source, file).replaceAll(path.sep, "/").replace(/\.ts$/, "");

/** Which of the sources outside of src/figures/ more than one figure uses, or the page itself. */
async function sharedSources(options, source, page, figures) {
  const users = new Map();
  for (const [figure, entry] of Object.entries({ ...figures, [CORE]: page })) {
    const { metafile } = await esbuild.build({ ...options, entryPoints: [entry], write: false, metafile: true, outdir: source });
    for (const input of Object.keys(metafile.inputs)) {
      const file = path.resolve(input);
      const within = path.relative(source, file);
      if (within.startsWith("..") || within.startsWith("figures")) continue;
      users.set(file, [...(users.get(file) ?? []), figure]);
    }
  }
  return [...users].filter(([file, own]) => file !== page && (own.length > 1 || own.includes(CORE))).map(([file]) => file);
}

/** What each of these sources exports. */
async function exportsOf(options, files) {
  const build = { ...options, entryPoints: files, bundle: false, format: "esm", write: false, metafile: true, outdir: "." };
  const { metafile } = await esbuild.build(build);
  const found = Object.values(metafile.outputs).map(({ entryPoint, exports }) => [path.resolve(entryPoint), exports]);
  return new Map(found);
}

/** Lets a figure take what is shared from the page's script instead of a copy of its own. */
const fromPage = (source, shared) => ({
  name: "from-page",
  setup(build) {
    build.onResolve({ filter: /^\./ }, async ({ path: wanted, resolveDir, kind, pluginData }) => {
      if (pluginData === CORE) return undefined;
      const found = await build.resolve(wanted, { resolveDir, kind, pluginData: CORE });
      return shared.has(found.path) ? { path: found.path, namespace: CORE } : found;
    });
    build.onLoad({ filter: /.*/, namespace: CORE }, ({ path: file }) => ({
      contents: `export const { ${shared.get(file).join(", ")} } = lstmEdu.modules[${JSON.stringify(nameOf(source, file))}];`,
    }));
  },
});

/**
 * Writes `page.js`, which holds the sources that figures share, and `figures/KIND.js` for each kind.
 *
 * A page loads the first, and of the others those whose figures come near its window. Modules would share their
 * parts by themselves, but browsers do not load modules from the file system.
 */
export async function bundlePage({ options, source, page, figures, out }) {
  const shared = await exportsOf(options, await sharedSources(options, source, page, figures));
  const files = [...shared.keys()];
  const imports = files.map((file, at) => `import * as m${at} from ${JSON.stringify(file)};`);
  const modules = files.map((file, at) => `${JSON.stringify(nameOf(source, file))}: m${at}`);
  const contents = `${imports.join("\n")}\nimport ${JSON.stringify(page)};\nlstmEdu.modules = { ${modules.join(", ")} };`;
  const classic = { ...options, format: "iife" };
  await esbuild.build({ ...classic, stdin: { contents, resolveDir: source }, outfile: path.join(out, "page.js") });
  for (const [kind, entry] of Object.entries(figures)) {
    const figure = `import figure from ${JSON.stringify(entry)};\nlstmEdu.figure(${JSON.stringify(kind)}, figure);`;
    await esbuild.build({
      ...classic,
      stdin: { contents: figure, resolveDir: source },
      outfile: path.join(out, "figures", `${kind}.js`),
      plugins: [fromPage(source, shared)],
    });
  }
}
