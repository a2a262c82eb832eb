import { compareVersions, isJsonObject, isVersion, VersioningError } from "@mojaloop-versioning/protocol";
import { isComparison, type Change, type DeclaredChange } from "../declare/change.ts";
import { checkDirection, checkSources } from "./check-direction.ts";
import {
  checkKeys,
  invalidChange,
  isFunction,
  isPointer,
  isText,
  isTextList,
  rejectValue,
} from "./expect.ts";

const KEYS = [
  ...["id", "from", "to", "title", "because", "needs", "up", "down", "rename", "move", "enumMap", "map"],
  ...["resource", "operation", "headers", "api", "component"],
];
const COMPARISON_KEYS = ["id", "residue", "fastPaths", "basePaths"];
const OPERATION = /^[A-Z*]+ \/\S*( \d{3})?$/;

/**
 * Checks the data of one change as strictly as the types of `defineChange` do.
 * @throws VersioningError `invalid-change`, with the change's id, the key, and what is allowed there
 */
export function checkChange(change: Change): void {
  // Plain data from outside can be anything.
  const given: unknown = change;
  if (!isJsonObject(given))
    throw new VersioningError("invalid-change", "a change must be an object, see defineChange");
  const { id } = given;
  if (!isText(id))
    throw new VersioningError(
      "invalid-change",
      'a change has no "id"; use a text such as "transfers/require-quote-id"',
    );
  if (isComparison(change)) {
    checkKeys(id, "", given, COMPARISON_KEYS);
    if (!Array.isArray(given["residue"] && change.residue.steps)) {
      throw invalidChange(id, "residue", "must be a residue table of the generator");
    }
    return;
  }
  checkKeys(id, "", given, KEYS);
  checkSubject(id, given);
  checkVersions(change);
  for (const key of ["title", "because"]) {
    if (!isText(given[key])) throw rejectValue(id, key, given[key], "a text");
  }
  if (given["needs"] !== undefined && !isTextList(given["needs"], OPERATION)) {
    throw rejectValue(id, "needs", given["needs"], 'a list of operations such as "POST /quotes"');
  }
  for (const direction of ["up", "down"] as const) checkDirection(id, direction, given[direction]);
  checkShifts(id, given);
  checkHeaders(id, given["headers"]);
}

function checkSubject(id: string, given: Readonly<Record<string, unknown>>): void {
  const { resource, operation, api, component } = given;
  const ofComponent = api !== undefined || component !== undefined;
  if (ofComponent && (resource !== undefined || operation !== undefined)) {
    throw invalidChange(id, "resource", "must be absent in a change of a component; keep api and component");
  }
  if (ofComponent) {
    if (!isText(api)) throw rejectValue(id, "api", api, 'the name of an API such as "fspiop"');
    if (!isText(component)) throw rejectValue(id, "component", component, 'a component such as "Party"');
    if (given["headers"] !== undefined)
      throw invalidChange(id, "headers", "belongs to a change of an operation");
    return;
  }
  if (!isText(resource)) throw rejectValue(id, "resource", resource, 'a resource such as "transfers"');
  if (!isText(operation) || !OPERATION.test(operation)) {
    throw rejectValue(id, "operation", operation, 'a method and a path such as "POST /transfers"');
  }
}

function checkVersions({ id, from, to }: DeclaredChange): void {
  const versions: readonly [string, unknown][] = [
    ["from", from],
    ["to", to],
  ];
  for (const [key, version] of versions) {
    if (typeof version !== "string" || !isVersion(version))
      throw rejectValue(id, key, version, "a version such as 1.1");
  }
  if (compareVersions(from, to) < 0) return;
  throw invalidChange(id, "from", `must be older than "to", but it goes from ${from} to ${to}`);
}

function checkShifts(id: string, given: Readonly<Record<string, unknown>>): void {
  const { rename, move, enumMap, map } = given;
  checkPointers(id, "rename", rename);
  for (const [pointer, name] of entriesOf(rename)) {
    if (pointer === "") throw invalidChange(id, "rename", "cannot rename the whole value; use map");
    if (isText(name) && !name.includes("/")) continue;
    throw rejectValue(id, `rename["${pointer}"]`, name, "the new name of the member, without a slash");
  }
  checkPointers(id, "move", move);
  for (const [pointer, target] of entriesOf(move)) {
    if (!isPointer(target))
      throw rejectValue(id, `move["${pointer}"]`, target, 'a pointer such as "/amount"');
  }
  checkPointers(id, "enumMap", enumMap);
  for (const [pointer, pairs] of entriesOf(enumMap)) {
    if (Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2)) continue;
    throw rejectValue(id, `enumMap["${pointer}"]`, pairs, "a list of pairs: older value, newer value");
  }
  if (map === undefined) return;
  if (!isJsonObject(map)) throw rejectValue(id, "map", map, "{ up, down }, two functions");
  checkKeys(id, "map.", map, ["up", "down"]);
  for (const key of ["up", "down"]) {
    if (!isFunction(map[key])) throw rejectValue(id, `map.${key}`, map[key], "a function");
  }
}

function checkPointers(id: string, key: string, value: unknown): void {
  if (value !== undefined && !isJsonObject(value))
    throw rejectValue(id, key, value, "an object with pointers as keys");
  for (const [pointer] of entriesOf(value)) {
    if (!isPointer(pointer))
      throw invalidChange(
        id,
        key,
        `has the key "${pointer}"; a pointer begins with "/", such as "/${pointer}"`,
      );
  }
}

function checkHeaders(id: string, headers: unknown): void {
  if (headers === undefined) return;
  if (!isJsonObject(headers)) throw rejectValue(id, "headers", headers, "{ newer, older, rename }");
  checkKeys(id, "headers.", headers, ["newer", "older", "rename"]);
  for (const key of ["newer", "older"]) {
    for (const [name, sources] of entriesOf(headers[key])) {
      if (Array.isArray(sources) && sources.length === 0) continue;
      checkSources(id, `headers.${key}["${name}"]`, sources);
    }
  }
  for (const [name, newer] of entriesOf(headers["rename"])) {
    if (!isText(newer))
      throw rejectValue(id, `headers.rename["${name}"]`, newer, "the newer name of the header");
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}
