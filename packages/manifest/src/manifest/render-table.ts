import { newestFirst, type Version } from "@mojaloop-versioning/protocol";
import { apiTitle, APIS, INTERNAL_OWNER } from "./api-name.ts";
import { helmVersion, preferred, type Claims, type Manifest, type ManifestApi } from "./manifest.ts";
import { formatTable, type TableFormat } from "../text/text-table.ts";

/** How a manifest is shown. */
export interface RenderOptions {
  readonly format?: TableFormat;
}

const UNKNOWN = "not stated";

/**
 * The proposal's own table of a Mojaloop version: owner and version of each API, of Helm and of the internal schemas.
 * Where two sources name other values, the preferred one stands first and the other with its source.
 */
export function renderTable(manifest: Manifest, { format = "text" }: RenderOptions = {}): string {
  const name = preferred(manifest.mojaloopVersion) ?? helmVersion(manifest) ?? manifest.id;
  const bold = (text: string): string => (format === "markdown" ? `**${text}**` : text);
  const { db, messaging } = manifest.internal;
  const apis = [...new Set(["fspiop", "settlement", "admin", ...Object.keys(manifest.apis)])];
  return formatTable(
    [
      [bold("Mojaloop"), `v${name}`, ""],
      ["", "Owner/Maintainer", "Version"],
      [bold("APIs")],
      ...apis.map((api) => [`- ${apiTitle(api)}`, APIS[api]?.owner ?? "", apiCell(manifest.apis[api])]),
      ["Helm", INTERNAL_OWNER, claimsCell(manifest.helm?.version ?? [])],
      [bold("Internal Schemas")],
      ["- DB Schema", INTERNAL_OWNER, claimsCell(db.declared)],
      ["- Internal Messaging", INTERNAL_OWNER, claimsCell(messaging.declared)],
    ],
    format,
  );
}

/** The whole manifest for people: the proposal's table, the resources, services, databases, infrastructure, findings and sources. */
export function renderManifest(manifest: Manifest, { format = "text" }: RenderOptions = {}): string {
  const section = (title: string, rows: readonly (readonly string[])[]): string =>
    rows.length < 2 ? "" : `${format === "markdown" ? "## " : ""}${title}\n\n${formatTable(rows, format)}`;
  const { db, messaging } = manifest.internal;
  const parts = [
    renderTable(manifest, { format }),
    section("Released", [
      ["Date", "Source"],
      ...manifest.released.map(({ value, source }) => [value, source]),
    ]),
    section("Resources", [
      ["API", "Resource", "Accepts", "Sends", "Service", "Source"],
      ...Object.entries(manifest.apis).flatMap(([api, { resources }]) =>
        Object.entries(resources).map(([name, { accepts, sends, service, source }]) => [
          api,
          name,
          accepts.join(", "),
          sends,
          service,
          source,
        ]),
      ),
    ]),
    section("Services", [
      ["Service", "Version", "Image", "On by default"],
      ...Object.entries(manifest.services).map(([name, { version, image, enabledByDefault }]) => [
        name,
        version,
        image,
        enabledByDefault === false ? "no" : "",
      ]),
    ]),
    section("Databases", [
      ["Service", "Engine", "Migrations", "Last"],
      ...Object.entries(db.stores).map(([name, { engine, migrations, complete }]) => [
        name,
        engine,
        complete ? String(migrations.length) : `${migrations.length} known`,
        migrations.at(-1)?.name ?? "",
      ]),
    ]),
    section("Messaging libraries", [
      ["Service", "Versions"],
      ...Object.entries(messaging.libraries).map(([name, { versions }]) => [name, pairs(versions)]),
    ]),
    section("Tested with", [
      ["What", "Version"],
      ...Object.entries(manifest.infra).map(([name, { value }]) => [name, value]),
    ]),
    section("Findings", [
      ["Where", "Declared", "Observed", "Why"],
      ...manifest.findings.map(({ field, declared = "", observed = "", why }) => [
        field,
        declared,
        observed,
        why,
      ]),
    ]),
    section("Sources", [["Source", "What"], ...Object.entries(manifest.sources)]),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function apiCell(api: ManifestApi | undefined): string {
  if (!api) return UNKNOWN;
  const declared = preferred(api.declared);
  const observed = preferred(api.observed);
  const text = (versions: readonly Version[]): string => newestFirst(versions).reverse().join(", ");
  if (!declared) return observed ? `${text(observed)} (observed)` : UNKNOWN;
  return observed && text(observed) !== text(declared)
    ? `${text(declared)} (observed: ${text(observed)})`
    : text(declared);
}

function claimsCell(claims: Claims<string>): string {
  const [first, ...others] = claims;
  if (!first) return UNKNOWN;
  const conflicts = others.filter(({ value }) => value !== first.value);
  if (conflicts.length === 0) return first.value;
  return `${first.value} (${first.source}), ${conflicts.map(({ value, source }) => `${value} (${source})`).join(", ")}`;
}

function pairs(record: Readonly<Record<string, string>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
