import * as z from "zod";
import { isVersion } from "@mojaloop-versioning/protocol";
import { EFFECT_KINDS } from "../migrations/effect.ts";
import type { Manifest } from "./manifest.ts";
import { setDigest, sortNames } from "../migrations/migration.ts";

const text = z.string().min(1);
const version = z
  .templateLiteral([z.number(), ".", z.number()])
  .refine((value) => isVersion(value), 'is no version x.y, like "1.1"')
  .meta({ pattern: "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$" });
const date = z.iso.date("is no date YYYY-MM-DD of the calendar");
const sourced = { source: text, confidence: z.enum(["stated", "observed", "inferred", "draft"]) };

const claims = <T>(value: z.ZodType<T>) => z.array(z.strictObject({ value, ...sourced }));
const table = <T>(value: z.ZodType<T>) => z.record(text, value);

const api = z.strictObject({
  declared: claims(z.array(version)),
  observed: claims(z.array(version)),
  resources: table(
    z.strictObject({ service: text, accepts: z.array(version).min(1), sends: version, ...sourced }),
  ),
});

const effect = z.strictObject({
  kind: z.enum(EFFECT_KINDS),
  table: z.exactOptional(text),
  columns: z.exactOptional(z.array(text)),
  name: z.exactOptional(text),
  type: z.exactOptional(text),
  nullable: z.exactOptional(z.boolean()),
  hasDefault: z.exactOptional(z.literal(true)),
  required: z.exactOptional(z.literal(true)),
  text: z.exactOptional(z.string()),
});

const store = z
  .strictObject({
    engine: text,
    migrations: z.array(
      z.strictObject({
        name: text,
        digest: z.exactOptional(z.string().regex(/^[0-9a-f]{16}$/, "is no digest of 16 hex digits")),
        effects: z.exactOptional(z.array(effect)),
      }),
    ),
    complete: z.boolean(),
    absent: z.exactOptional(z.array(text)),
    setDigest: z.exactOptional(z.string()),
    ...sourced,
  })
  .superRefine(({ migrations, complete, setDigest: claimed }, context) => {
    const names = migrations.map(({ name }) => name);
    if (sortNames(new Set(names)).join() !== names.join()) {
      context.addIssue({ code: "custom", path: ["migrations"], message: "are not in order, or not unique" });
    }
    if (claimed !== undefined && complete && claimed !== setDigest(names)) {
      context.addIssue({
        code: "custom",
        path: ["setDigest"],
        message: `is ${setDigest(names)} for these names`,
      });
    }
  });

const service = z.strictObject({
  version: text,
  image: text,
  enabledByDefault: z.exactOptional(z.boolean()),
  released: z.exactOptional(date),
  node: z.exactOptional(text),
  specs: z.exactOptional(table(text)),
  ...sourced,
});

/** The schema of a manifest: every claim bears a source that the manifest explains. Unknown members are refused, so that a misspelt one is named. */
export const manifestSchema: z.ZodType<Manifest> = z
  .strictObject({
    manifestVersion: z.literal(1),
    id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+_-]*$/, "is no id of letters, digits and dashes"),
    mojaloopVersion: claims(z.string().regex(/^\d+\.\d+(\.\d+)?$/, "is no Mojaloop version x.y or x.y.z")),
    released: claims(date),
    apis: table(api),
    helm: z.exactOptional(
      z.strictObject({
        chart: text,
        version: claims(text).min(1),
        content: z.exactOptional(
          z.strictObject({
            subcharts: table(text),
            disabled: z.array(text),
            external: table(text),
            thirdPartyImages: z.array(text),
            ...sourced,
          }),
        ),
      }),
    ),
    services: table(service),
    internal: z.strictObject({
      db: z.strictObject({ declared: claims(text), stores: table(store) }),
      messaging: z.strictObject({
        declared: claims(text),
        libraries: table(z.strictObject({ versions: table(text), ...sourced })),
      }),
    }),
    infra: table(z.strictObject({ value: text, ...sourced })),
    findings: z.array(
      z.strictObject({
        field: text,
        declared: z.exactOptional(z.string()),
        observed: z.exactOptional(z.string()),
        why: text,
      }),
    ),
    sources: table(text),
  })
  .superRefine((manifest, context) => {
    for (const [path, source] of sourcesNamed(manifest, [])) {
      if (!Object.hasOwn(manifest.sources, source)) {
        context.addIssue({
          code: "custom",
          path,
          message: `"${source}" is not among the manifest's sources`,
        });
      }
    }
  });

/** The JSON Schema of a manifest, as `manifest.schema.json` publishes it. */
export function manifestJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(manifestSchema), title: "Mojaloop version manifest" };
}

function sourcesNamed(
  value: unknown,
  path: readonly (string | number)[],
): [path: (string | number)[], source: string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    key === "source" && typeof member === "string"
      ? [[[...path, key], member]]
      : sourcesNamed(member, [...path, key]),
  );
}
