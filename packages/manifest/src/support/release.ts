import * as z from "zod";
import { VersioningError } from "@mojaloop-versioning/protocol";
import releases from "../../data/releases.json" with { type: "json" };
import { helmVersion, type Confidence, type Manifest } from "../manifest/manifest.ts";
import { bareVersion, parseTag } from "../tags/tag.ts";
import { parseYaml } from "../text/parse-yaml.ts";

/** A release and its day. */
export interface Release {
  readonly version: string;
  readonly date: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** A day of the calendar, `YYYY-MM-DD`. */
export const dateSchema: z.ZodType<string> = z.iso.date("is no date YYYY-MM-DD of the calendar");

const ownSchema = z.array(
  z.strictObject({
    version: z
      .string()
      .refine((version) => parseTag(version) !== undefined, 'is no version, like "16.0.0" (in quotes)'),
    date: dateSchema,
    source: z.string().min(1).optional(),
    confidence: z.enum(["stated", "observed", "inferred", "draft"]).optional(),
  }),
);

/** The releases of Helm whose day is known, oldest first. */
export function shippedReleases(): readonly Release[] {
  // Our own data; a test checks it.
  return releases as readonly Release[];
}

/**
 * Reads releases of your own from JSON or YAML: a list of `{ version, date, source?, confidence? }`. Without a source it is the file.
 * @throws VersioningError `unreadable-input` with file and line
 */
export function readReleases(text: string, file: string): Release[] {
  const own = parseYaml(ownSchema, text, file).map(
    ({ version, date, source = file, confidence = "stated" }): Release => ({
      version: bareVersion(version),
      date,
      source,
      confidence,
    }),
  );
  const twice = own.find(({ version }, i) => own.findIndex((other) => other.version === version) < i);
  if (twice)
    throw new VersioningError("unreadable-input", `${file}: the release ${twice.version} stands twice`);
  return own;
}

/** The releases known of, with those of some manifests added. */
export function withManifests(known: readonly Release[], manifests: readonly Manifest[]): readonly Release[] {
  const versions = new Set(known.map(({ version }) => version));
  const added = manifests.flatMap((manifest): Release[] => {
    const [version, claim] = [helmVersion(manifest), manifest.released[0]];
    if (version === undefined || !claim || versions.has(version)) return [];
    return [{ version, date: claim.value, source: manifest.id, confidence: claim.confidence }];
  });
  return [...known, ...added];
}
