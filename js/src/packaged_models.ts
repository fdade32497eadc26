/** Networks that lie beside the page's script, each a classic script too: `lstmEdu.provide("name", {…})`. */
import { html } from "./shared/dom";

/** What may stand in a file's name. */
const NAME = /^[a-z][a-z0-9_-]{0,63}$/;

export interface PackagedModels {
  /** Called by the networks' scripts. */
  provide(name: string, model: unknown): void;
  /** A model as it is, or, for `{"ref": "name"}`, the network of that name once it has been loaded. */
  resolve(model: unknown): Promise<unknown>;
}

export function packagedModels(scriptAddress: string): PackagedModels {
  const provided = new Map<string, unknown>();
  const loading = new Map<string, Promise<unknown>>();

  const load = (name: string): Promise<unknown> =>
    new Promise((done, failed) => {
      const script = html("script", { src: new URL(`models/${name}.js`, scriptAddress).href });
      script.addEventListener("load", () => {
        if (provided.has(name)) done(provided.get(name));
        else failed(new Error(`The file of the network “${name}” does not hold it.`));
      });
      script.addEventListener("error", () =>
        failed(new Error(`The network “${name}” could not be loaded: models/${name}.js is missing.`)),
      );
      document.head.append(script);
    });

  return {
    provide(name, model) {
      provided.set(name, model);
    },
    async resolve(model) {
      if (typeof model !== "object" || model === null || !("ref" in model)) return model;
      const name = model.ref;
      if (typeof name !== "string" || !NAME.test(name)) throw new Error("The name of its network is not one.");
      const promise = loading.get(name) ?? load(name);
      loading.set(name, promise);
      return promise;
    },
  };
}
