import Module from "node:module";

type Load = (request: string, ...rest: unknown[]) => unknown;

/** Calls `onLoad` with every CommonJS module whose request matches, also where an ES module imports it. */
export function watchModules(pattern: RegExp, onLoad: (module: unknown) => void): void {
  // Node documents no other way to see a CommonJS module before its first use in all supported versions.
  const loader = Module as unknown as { _load: Load };
  const load = loader._load;
  loader._load = function (request, ...rest) {
    const loaded = load.call(this, request, ...rest);
    if (pattern.test(request)) onLoad(loaded);
    return loaded;
  };
}
