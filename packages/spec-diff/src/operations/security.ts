import type { ApiOperation } from "../read/api.ts";
import { equalJson, member, pointerTo, textMember } from "../schema/json.ts";
import { record, type Drafts, type PlainChange } from "./drafts.ts";

/** Two lists of security requirements, of one operation or of the whole document. */
export interface SecurityPair {
  readonly before: unknown;
  readonly after: unknown;
  readonly operation?: ApiOperation;
}

/** Compares two lists of security requirements: each entry is an alternative that requires all its schemes and scopes. */
export function compareSecurity({ before, after, operation }: SecurityPair, drafts: Drafts): void {
  const [old, now] = [alternatives(before), alternatives(after)];
  const at = operation
    ? { operation: operation.name, revisionPointer: `${operation.pointer}/security` }
    : { revisionPointer: "#/security" };
  const found = (change: string, more: Partial<PlainChange>): void => {
    record(drafts, { id: `api-${operation ? "" : "global-"}security-${change}`, ...at, ...more });
  };
  for (const [schemes, scopes] of old) {
    const others = now.get(schemes);
    if (!others) {
      found("removed", { subject: schemes, oldToNew: "unproven" });
      continue;
    }
    for (const scope of scopes) if (!others.has(scope)) found("scope-removed", { subject: scope });
    for (const scope of others) {
      if (!scopes.has(scope)) found("scope-added", { subject: scope, oldToNew: "unproven" });
    }
  }
  for (const schemes of now.keys()) if (!old.has(schemes)) found("added", { subject: schemes });
}

function alternatives(list: unknown): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const entry of Array.isArray(list) ? (list as unknown[]) : []) {
    const schemes = typeof entry === "object" && entry !== null ? Object.entries(entry) : [];
    const scopes = schemes.flatMap(([scheme, names]) =>
      Array.isArray(names) ? names.map((name) => `${scheme}:${String(name)}`) : [],
    );
    const names = schemes.map(([scheme]) => scheme).sort();
    found.set(names.join(" and ") || "none", new Set(scopes));
  }
  return found;
}

/** Compares the security schemes of two documents. */
export function compareSchemes(before: unknown, after: unknown, drafts: Drafts): void {
  const names = new Set([before, after].flatMap((schemes) => Object.keys(schemes ?? {})));
  for (const name of names) {
    const [old, now] = [member(before, name), member(after, name)];
    const revisionPointer = pointerTo("#/components/securitySchemes", name);
    const found = (change: string, more: Partial<PlainChange> = {}): void => {
      record(drafts, { id: `api-security-component-${change}`, revisionPointer, subject: name, ...more });
    };
    if (old === undefined) found("added");
    else if (now === undefined) found("removed");
    else {
      const [from, to] = [textMember(old, "type"), textMember(now, "type")];
      if (from !== to) found("type-changed", { from, to });
      compareFlows(member(old, "flows"), member(now, "flows"), found);
    }
  }
}

type Found = (change: string, more?: Partial<PlainChange>) => void;

function compareFlows(before: unknown, after: unknown, found: Found): void {
  for (const flow of ["implicit", "password", "clientCredentials", "authorizationCode"]) {
    const [old, now] = [member(before, flow), member(after, flow)];
    if (old === undefined || now === undefined) continue;
    for (const [name, change] of [
      ["authorizationUrl", "oauth-url-changed"],
      ["tokenUrl", "oauth-token-url-changed"],
    ] as const) {
      const [from, to] = [member(old, name), member(now, name)];
      if (!equalJson(from, to)) found(change, { from, to });
    }
    const [scopes, others] = [member(old, "scopes"), member(now, "scopes")];
    for (const subject of Object.keys(scopes ?? {})) {
      if (member(others, subject) === undefined) found("oauth-scope-removed", { subject });
      else if (!equalJson(member(scopes, subject), member(others, subject)))
        found("oauth-scope-changed", { subject });
    }
    for (const subject of Object.keys(others ?? {})) {
      if (member(scopes, subject) === undefined) found("oauth-scope-added", { subject });
    }
  }
}
