/** What a probe sends. */
export interface Probe {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** The body of the 503, in the form of Mojaloop's health endpoints. */
export const NOT_READY: string = JSON.stringify({ status: "DOWN", reason: "stopping" });

/** Creates the test for requests that ask whether the service is ready. */
export function createProbeTest(paths: readonly string[]): (probe: Probe) => boolean {
  const known = new Set(paths);
  return ({ method, url = "" }) => {
    if (method !== "GET" && method !== "HEAD") return false;
    const query = url.indexOf("?");
    return known.has(query === -1 ? url : url.slice(0, query));
  };
}
