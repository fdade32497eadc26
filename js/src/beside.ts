/** What lies beside the page's script and is loaded when it is needed, each a classic script too: figures, networks, runs. */
import { html } from "./shared/dom";

export interface Beside<T> {
  /** Called by the scripts. */
  provide(name: string, content: T): void;
  /** What the script of that name provides; an Error that a reader can act on where there is none. */
  load(name: string): Promise<T>;
}

/** Scripts in a folder beside `scriptAddress`; `what` they are, for a message: "network". */
export function beside<T>(scriptAddress: string, folder: string, what: string, named: RegExp): Beside<T> {
  const provided = new Map<string, T>();
  const loading = new Map<string, Promise<T>>();

  const request = (name: string): Promise<T> =>
    new Promise((done, failed) => {
      const script = html("script", { src: new URL(`${folder}/${name}.js`, scriptAddress).href });
      script.addEventListener("load", () => {
        const content = provided.get(name);
        if (content !== undefined) done(content);
        else failed(new Error(`The file of the ${what} “${name}” does not hold it.`));
      });
      script.addEventListener("error", () =>
        failed(new Error(`The ${what} “${name}” could not be loaded: ${folder}/${name}.js is missing.`)),
      );
      document.head.append(script);
    });

  return {
    provide(name, content) {
      provided.set(name, content);
    },
    async load(name) {
      if (!named.test(name)) throw new Error(`The name of its ${what} is not one.`);
      const promise = loading.get(name) ?? request(name);
      loading.set(name, promise);
      return promise;
    },
  };
}
