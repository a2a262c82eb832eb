/** Method and path template as the specification writes them: `"PUT /transfers/{ID}/error"`. */
export type Operation = `${string} /${string}`;

/** The kind of a message, by its method and path (API Definition 3.2.2, 3.2.3, 9.2). */
export type OperationKind = "request" | "callback" | "errorCallback" | "notification";

/** The kind of an operation: GET, POST and DELETE are requests, PUT is a callback, PUT …/error an error callback, PATCH a notification. */
export function kindOf(operation: Operation): OperationKind {
  if (operation.startsWith("PATCH ")) return "notification";
  if (!operation.startsWith("PUT ")) return "request";
  return operation.endsWith("/error") ? "errorCallback" : "callback";
}

/** The first path segment: `"transfers"` of `"PUT /transfers/{ID}"`. */
export function resourceOf(operation: Operation): string {
  const start = operation.indexOf("/") + 1;
  const end = operation.indexOf("/", start);
  return operation.slice(start, end < 0 ? undefined : end);
}

/**
 * Fills a path template with escaped values and adds a query: the inverse of {@link createOperationMatcher}. A parameter without a
 * value is left empty.
 */
export function fillPath(
  template: string,
  params: Readonly<Record<string, string | number>>,
  query: Readonly<Record<string, string>> = {},
): string {
  const path = template.replaceAll(/\{([^}]*)\}/g, (_braced, name: string) =>
    encodeURIComponent(Object.hasOwn(params, name) ? String(params[name]) : ""),
  );
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** An operation found for a method and a path, with the decoded values of the template's parameters. */
export interface OperationMatch<O extends Operation = Operation> {
  readonly operation: O;
  readonly params: Readonly<Record<string, string>>;
}

interface Branch<O> {
  readonly literals: Map<string, Branch<O>>;
  parameter?: Branch<O>;
  leaf?: { readonly operation: O; readonly names: readonly string[] };
}

/**
 * Makes a look-up from method and path (without its query) to one of `operations`. A literal segment wins over a parameter, so
 * `PUT /participants/123/error` is the error callback and not a party of the type "123".
 */
export function createOperationMatcher<O extends Operation>(
  operations: Iterable<O>,
): (method: string, path: string) => OperationMatch<O> | undefined {
  const root: Branch<O> = { literals: new Map() };
  for (const operation of operations) grow(root, operation);

  return (method, path) => {
    const segments = [method, ...path.split("/").slice(1)];
    const values: string[] = [];
    const leaf = descend(root, segments, 0, values);
    if (!leaf) return undefined;
    return {
      operation: leaf.operation,
      params: Object.fromEntries(leaf.names.map((name, i) => [name, values[i] ?? ""])),
    };
  };
}

function grow<O extends Operation>(root: Branch<O>, operation: O): void {
  const names: string[] = [];
  let branch = root;
  for (const segment of operation.replace(" ", "").split("/")) {
    if (segment.startsWith("{")) {
      names.push(segment.slice(1, -1));
      branch = branch.parameter ??= { literals: new Map() };
    } else {
      let next = branch.literals.get(segment);
      if (!next) branch.literals.set(segment, (next = { literals: new Map() }));
      branch = next;
    }
  }
  branch.leaf = { operation, names };
}

function descend<O>(
  branch: Branch<O>,
  segments: readonly string[],
  at: number,
  values: string[],
): Branch<O>["leaf"] {
  const segment = segments[at];
  if (segment === undefined) return branch.leaf;
  const literal = branch.literals.get(segment);
  const found = literal && descend(literal, segments, at + 1, values);
  if (found || !branch.parameter || segment === "") return found;
  const value = decodeSegment(segment);
  if (value === undefined) return undefined;
  values.push(value);
  const deeper = descend(branch.parameter, segments, at + 1, values);
  if (!deeper) values.pop();
  return deeper;
}

function decodeSegment(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
