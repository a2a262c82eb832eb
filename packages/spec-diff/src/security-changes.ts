import type { ApiOperation } from "./api.ts";
import { equalJson, member, pointerTo, textMember } from "./json.ts";
import { record, type Known } from "./operation-changes.ts";
import type { Drafts } from "./walk.ts";

/** Compares two lists of security requirements: each entry is an alternative, its schemes and scopes are all demanded. */
export function compareSecurity(
  id: "api-security" | "api-global-security",
  before: unknown,
  after: unknown,
  drafts: Drafts,
  operation?: ApiOperation,
): void {
  const [old, now] = [alternatives(before), alternatives(after)];
  const at = operation
    ? { operation: operation.name, revisionPointer: `${operation.pointer}/security` }
    : {
        revisionPointer: "#/security",
      };
  const found = (change: string, more: Partial<Known>): void => {
    record(drafts, { id: `${id}-${change}`, ...at, ...more });
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
    found.set(
      schemes
        .map(([scheme]) => scheme)
        .sort()
        .join(" and ") || "none",
      new Set(scopes),
    );
  }
  return found;
}

/** Compares the security schemes of two documents. */
export function compareSchemes(before: unknown, after: unknown, drafts: Drafts): void {
  const id = (change: string): string => `api-security-component-${change}`;
  const names = new Set([before, after].flatMap((schemes) => Object.keys(schemes ?? {})));
  for (const name of names) {
    const [old, now] = [member(before, name), member(after, name)];
    const at = { revisionPointer: pointerTo("#/components/securitySchemes", name), subject: name };
    const found = (change: string, from?: unknown, to?: unknown, subject = name): void => {
      record(drafts, { ...at, id: id(change), from, to, subject });
    };
    if (old === undefined) found("added");
    else if (now === undefined) found("removed");
    else {
      const [type, other] = [textMember(old, "type"), textMember(now, "type")];
      if (type !== other) found("type-changed", type, other);
      compareFlows(member(old, "flows"), member(now, "flows"), found);
    }
  }
}

type Found = (change: string, from?: unknown, to?: unknown, subject?: string) => void;

function compareFlows(before: unknown, after: unknown, found: Found): void {
  for (const flow of ["implicit", "password", "clientCredentials", "authorizationCode"]) {
    const [old, now] = [member(before, flow), member(after, flow)];
    if (old === undefined || now === undefined) continue;
    const urls = [
      ["authorizationUrl", "oauth-url-changed"],
      ["tokenUrl", "oauth-token-url-changed"],
    ] as const;
    for (const [name, change] of urls) {
      if (!equalJson(member(old, name), member(now, name)))
        found(change, member(old, name), member(now, name));
    }
    const [scopes, others] = [member(old, "scopes"), member(now, "scopes")];
    for (const scope of Object.keys(scopes ?? {})) {
      if (member(others, scope) === undefined) found("oauth-scope-removed", undefined, undefined, scope);
      else if (!equalJson(member(scopes, scope), member(others, scope)))
        found("oauth-scope-changed", undefined, undefined, scope);
    }
    for (const scope of Object.keys(others ?? {})) {
      if (member(scopes, scope) === undefined) found("oauth-scope-added", undefined, undefined, scope);
    }
  }
}
