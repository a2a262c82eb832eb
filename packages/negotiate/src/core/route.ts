import { pathOfTarget } from "@mojaloop-versioning/protocol";

/** The resource that a request target names. */
export interface Route<T> {
  readonly plan: T;
  /** Whether only a router more lenient than this one would find the resource. */
  readonly disguised: boolean;
}

const UNRESERVED_ESCAPE = /%(2[de]|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi;
const ESCAPE = /%([0-9a-f]{2})/gi;

/**
 * Makes the look-up from request target to one of `resources`: the first path segment below `basePath`, with escaped unreserved
 * characters decoded (RFC 3986 6.2.2.2), must match exactly. `undefined` where none does. A target is disguised if it names a
 * resource only after case folding, slash collapsing, dot-segment removal, cutting at `;` or more decoding: a lenient router
 * would serve it without negotiation.
 */
export function createRouteFinder<T>(
  resources: ReadonlyMap<string, T>,
  basePath: string,
): (url: string) => Route<T> | undefined {
  const routes = new Map(Array.from(resources, ([name, plan]) => [name, { plan, disguised: false }]));
  const folded = new Map(
    Array.from(resources, ([name, plan]) => [name.toLowerCase(), { plan, disguised: true }]),
  );
  const base = basePath.split("/").filter(Boolean);
  const foldedBase = base.map((segment) => segment.toLowerCase());
  const prefix = base.map((segment) => `/${segment}`).join("") + "/";

  function strictly(path: string): Route<T> | undefined {
    if (!path.startsWith(prefix)) return undefined;
    return routes.get(path.slice(prefix.length, segmentEnd(path, prefix.length)));
  }

  function leniently(path: string, exact: Route<T> | undefined): Route<T> | undefined {
    for (const segments of lenientReadings(path)) {
      // `..` can resolve to any path, so every start is tried.
      const last = segments.some((segment) => segment.startsWith("..")) ? segments.length : 1;
      for (let start = 0; start < last; start++) {
        const route = folded.get(segments[start + foldedBase.length] ?? "");
        if (!route || route.plan === exact?.plan) continue;
        if (foldedBase.every((segment, i) => segments[start + i] === segment)) return route;
      }
    }
    return exact;
  }

  return (url) => {
    const found = strictly(url);
    if (found && !hasDotSegments(url)) return found;
    const path = pathOfTarget(url);
    // Resource names are far shorter, even with every character escaped.
    const exact = strictly(path.slice(0, 4096).replace(UNRESERVED_ESCAPE, decodeEscape));
    return leniently(path, exact);
  };
}

// Whether dot segments may resolve to another resource than the first segment.
function hasDotSegments(url: string): boolean {
  return url.includes("..") || (url.includes("%") && /%2e/i.test(url));
}

function segmentEnd(path: string, at: number): number {
  for (; at < path.length; at++) {
    const code = path.charCodeAt(at);
    if (code === 47 /* / */ || code === 63 /* ? */ || code === 35 /* # */) break;
  }
  return at;
}

// The segments as lenient routers might read them: escapes decoded, even doubled ones, `\` taken for `/`, the path cut at `;` and
// what else may end it; empty segments, blanks and controls gone.
function* lenientReadings(path: string): Generator<readonly string[]> {
  let form = path.toLowerCase().replaceAll("\\", "/");
  for (let round = 0; ; round++) {
    yield segmentsOf(form);
    const end = form.search(/[;?#]/);
    if (end >= 0) yield segmentsOf(form.slice(0, end));
    if (round === 3 || !form.includes("%")) return;
    form = decodeAll(form).toLowerCase().replaceAll("\\", "/");
  }
}

function segmentsOf(form: string): readonly string[] {
  return form
    .split("/")
    .map((segment) => segment.replace(/;.*|[\0-\x20]+/gs, ""))
    .filter((segment) => segment !== "" && segment !== ".");
}

function decodeAll(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8: byte by byte, which is all that matters for the ASCII in it.
    return text.replace(ESCAPE, decodeEscape);
  }
}

function decodeEscape(_escape: string, hex: string): string {
  return String.fromCharCode(parseInt(hex, 16));
}
