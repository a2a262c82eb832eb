import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isVersion, type Version } from "@mojaloop-versioning/protocol";
import * as z from "zod";
import { identifyByCertificate, identifyByHeader } from "../server/identity.ts";
import type { CompatAdapterOptions } from "./options.ts";

/** The members of an adapter.yaml that are not options of the adapter. */
export interface ServiceOptions {
  /** `redis://…`; absent: the store is in memory. */
  readonly redis: string | undefined;
  readonly logLevel: string;
}

/** The options of a valid adapter.yaml, or what is wrong with it. */
export type ParsedConfig =
  | { readonly ok: true; readonly options: CompatAdapterOptions; readonly service: ServiceOptions }
  | { readonly ok: false; readonly issues: readonly z.core.$ZodIssue[] };

const url = z.url({ protocol: /^https?$/, error: "is not an http or https URL" });
const version = z.custom<Version>((value) => typeof value === "string" && isVersion(value), {
  error: 'is not a version; write it in quotes, like "1.1"',
});
const policy = z.enum(["refuse", "resign", "strip"]);
const count = z.int().min(1);

/** Checks the content of an adapter.yaml. Relative paths of files are resolved against `folder`. */
export function parseConfig(content: unknown, folder: string): ParsedConfig {
  const parsed = schemaOf(folder).safeParse(content);
  if (!parsed.success) return { ok: false, issues: parsed.error.issues };
  const { store, log, ...options } = withoutUndefined(parsed.data);
  return { ok: true, options, service: { redis: store?.redis, logLevel: log?.level ?? "info" } };
}

function schemaOf(folder: string) {
  const file = z.string().transform((name, context) => {
    try {
      return readFileSync(resolve(folder, name), "utf8");
    } catch (error) {
      context.addIssue(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return z.NEVER;
    }
  });
  const serverTls = z
    .strictObject({ keyFile: file, certFile: file, clientCaFile: file.optional() })
    .transform(({ keyFile: key, certFile: cert, clientCaFile: clientCa }) => ({ key, cert, clientCa }));
  const clientTls = z
    .strictObject({ caFile: file, keyFile: file, certFile: file })
    .partial()
    .transform(({ caFile: ca, keyFile: key, certFile: cert }) => ({ ca, key, cert }))
    .optional();
  const side = z
    .strictObject({
      host: z.string().optional(),
      port: z.int().min(0).max(65_535).optional(),
      tls: serverTls.optional(),
    })
    .optional();
  const participant = z.strictObject({
    url,
    version: version.optional(),
    resources: z.record(z.string(), version).optional(),
    jws: policy.optional(),
    tls: clientTls,
  });
  const algorithm = z.enum(["ES256", "RS256", "RS384", "RS512"]).optional();
  const signingKey = z
    .strictObject({ privateKeyFile: file, alg: algorithm })
    .transform(({ privateKeyFile: privateKey, alg }) => ({ privateKey, alg }));
  const identity = z.union([
    z.strictObject({ header: z.string().min(1) }),
    z.strictObject({ certificate: z.literal("commonName") }),
  ]);

  return z
    .strictObject({
      hub: z.strictObject({ url, version, fspId: z.string().min(1).optional(), tls: clientTls }),
      participants: z.record(z.string().min(1), participant),
      schemeVersion: version.optional(),
      jws: policy.optional(),
      validation: z.enum(["strict", "deployed", "off"]).optional(),
      signing: z
        .strictObject({
          privateKeyFile: file.optional(),
          alg: algorithm,
          keys: z.record(z.string().min(1), signingKey).optional(),
        })
        .transform(({ privateKeyFile: privateKey, ...rest }) => ({ privateKey, ...rest }))
        .optional(),
      tls: clientTls,
      ids: z.boolean().optional(),
      stash: z.boolean().optional(),
      identity: identity.optional(),
      listen: z.strictObject({ participants: side, hub: side, operations: side }).optional(),
      limits: z
        .strictObject({
          bodyBytes: count,
          receiveMs: count,
          timeoutMs: count,
          inFlight: count,
          connections: count,
          retries: z.int().min(0).max(10),
          rememberMs: count,
        })
        .partial()
        .optional(),
      store: z
        .strictObject({ redis: z.url({ protocol: /^rediss?$/, error: "is not a redis URL" }) })
        .optional(),
      log: z
        .strictObject({ level: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]) })
        .optional(),
    })
    .refine(
      (config) =>
        !config.identity || "header" in config.identity || config.listen?.participants?.tls?.clientCa,
      { path: ["identity"], error: "needs client certificates; set listen.participants.tls.clientCaFile" },
    )
    .transform(({ identity: by, ...config }) => ({
      ...config,
      identify: by && ("header" in by ? identifyByHeader(by.header) : identifyByCertificate()),
    }));
}

// The types of the options distinguish an absent member from one that is undefined.
type Present<T> = T extends (...args: never) => unknown
  ? T
  : T extends object
    ? { [K in keyof T]: Present<Exclude<T[K], undefined>> }
    : T;

function withoutUndefined<T>(value: T): Present<T> {
  if (typeof value !== "object" || value === null) return value as Present<T>; // has no members
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    present.map(([key, member]) => [key, withoutUndefined<unknown>(member)]),
  ) as Present<T>; // the same members
}
