import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isVersion, type Version } from "@mojaloop-versioning/protocol";
import { LineCounter, parseDocument, type Document } from "yaml";
import * as z from "zod";
import { identifyByCertificate, identifyByHeader } from "./identity.ts";
import type { CompatAdapterOptions } from "./options.ts";

/** One thing that is wrong with a configuration. */
export interface ConfigMistake {
  /** From 1; the line of the nearest member that is there. */
  readonly line: number;
  /** `participants.payerfsp.url` */
  readonly path: string;
  readonly message: string;
}

/** What an adapter.yaml says beside the options of the adapter. */
export interface ServiceOptions {
  /** `redis://…`; in memory where absent. */
  readonly redis: string | undefined;
  readonly logLevel: string;
}

export type ReadConfig =
  | { readonly ok: true; readonly options: CompatAdapterOptions; readonly service: ServiceOptions }
  | { readonly ok: false; readonly mistakes: readonly ConfigMistake[] };

const url = z.url({ protocol: /^https?$/, error: "is no http or https URL" });
const version = z.custom<Version>((value) => typeof value === "string" && isVersion(value), {
  error: 'is no version; write it in quotes, like "1.1"',
});
const policy = z.enum(["refuse", "resign", "strip"]);
const side = z.strictObject({ host: z.string().optional(), port: z.int().min(0).max(65_535).optional() });
const count = z.int().min(1);

const SCHEMA = z.strictObject({
  hub: z.strictObject({ url, version, fspId: z.string().min(1).optional() }),
  participants: z.record(
    z.string().min(1),
    z.strictObject({
      url,
      version: version.optional(),
      resources: z.record(z.string(), version).optional(),
      jws: policy.optional(),
    }),
  ),
  schemeVersion: version.optional(),
  jws: policy.optional(),
  signing: z
    .strictObject({ privateKeyFile: z.string(), alg: z.enum(["RS256", "RS384", "RS512"]).optional() })
    .optional(),
  identity: z
    .union([
      z.strictObject({ header: z.string().min(1) }),
      z.strictObject({ certificate: z.literal("commonName") }),
    ])
    .optional(),
  listen: z
    .strictObject({ participants: side.optional(), hub: side.optional(), operations: side.optional() })
    .optional(),
  limits: z
    .strictObject({
      bodyBytes: count,
      timeoutMs: count,
      inFlight: count,
      connections: count,
      retries: z.int().min(0).max(10),
      rememberMs: count,
    })
    .partial()
    .optional(),
  store: z.strictObject({ redis: z.url({ protocol: /^rediss?$/, error: "is no redis URL" }) }).optional(),
  log: z.strictObject({ level: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]) }).optional(),
});

type Config = z.infer<typeof SCHEMA>;

/** Reads the text of an adapter.yaml; files that it names are taken from beside `file`. */
export function readConfig(text: string, file: string): ReadConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      ok: false,
      mistakes: document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        path: "",
        message: message.split("\n")[0] ?? message,
      })),
    };
  }
  const parsed = SCHEMA.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      ok: false,
      mistakes: parsed.error.issues.flatMap((issue) => mistakesOf(issue, document, lines)),
    };
  }
  const { data } = parsed;
  let privateKey: string | undefined;
  try {
    privateKey = data.signing && readFileSync(resolve(dirname(file), data.signing.privateKeyFile), "utf8");
  } catch (error) {
    const path = ["signing", "privateKeyFile"];
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, mistakes: [{ line: lineOf(path, document, lines), path: path.join("."), message }] };
  }
  const { store, log } = data;
  return {
    ok: true,
    options: optionsOf(data, privateKey),
    service: { redis: store?.redis, logLevel: log?.level ?? "info" },
  };
}

function optionsOf(config: Config, privateKey: string | undefined): CompatAdapterOptions {
  const { hub, participants, schemeVersion, jws, signing, identity, listen, limits } =
    withoutUndefined(config);
  const identify =
    identity && ("header" in identity ? identifyByHeader(identity.header) : identifyByCertificate());
  return {
    hub,
    participants,
    ...(schemeVersion && { schemeVersion }),
    ...(jws && { jws }),
    ...(privateKey !== undefined && { signing: { privateKey, ...(signing?.alg && { alg: signing.alg }) } }),
    ...(identify && { identify }),
    ...(listen && { listen }),
    ...(limits && { limits }),
  };
}

/** What zod leaves out is absent, never undefined, and the types of the options say so. */
type Present<T> = T extends object ? { [K in keyof T]: Present<Exclude<T[K], undefined>> } : T;

function withoutUndefined<T>(value: T): Present<T> {
  return value as Present<T>; // parsed from YAML, which has no undefined
}

function mistakesOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): ConfigMistake[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return { line: lineOf(path, document, lines), path: path.join("."), message: "is not known" };
    });
  }
  const message = issue.message.endsWith("received undefined") ? "is missing" : issue.message;
  return [{ line: lineOf(issue.path, document, lines), path: issue.path.join("."), message }];
}

/** The line of a member in the text of a configuration, or of the nearest one above it that is there. */
export function lineOfPath(text: string, path: readonly string[]): number {
  const lines = new LineCounter();
  return lineOf(path, parseDocument(text, { lineCounter: lines }), lines);
}

function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line;
    }
  }
  return 1;
}
