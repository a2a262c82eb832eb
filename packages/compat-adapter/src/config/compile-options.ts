import { createNegotiator } from "@mojaloop-versioning/negotiate";
import { createOperationMatcher, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import { createRegistry, fspiopChanges } from "@mojaloop-versioning/transform";
import { apiOf, FSPIOP_APIS, operationsIn, resourceVersionsIn } from "../bodies/spoken-api.ts";
import { createBodyValidator } from "../bodies/validate-body.ts";
import { createTarget, type DeliveryTarget } from "../delivery/target.ts";
import type { Limits, Participant, Routing } from "../message/routing.ts";
import { checkTls } from "../server/tls.ts";
import { createSigner } from "../signatures/signer.ts";
import type { CompatAdapterOptions, ParticipantOptions } from "./options.ts";

/** The limits used for absent options. */
export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 5_242_880,
  receiveMs: 30_000,
  timeoutMs: 10_000,
  inFlight: 1_000,
  connections: 100,
  retries: 2,
  rememberMs: 900_000,
};

/**
 * Compiles the options of an adapter.
 * @throws VersioningError `invalid-option`; the message begins with the option's path
 */
export function compileOptions(options: CompatAdapterOptions): Routing {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const apis = options.apis ?? FSPIOP_APIS;
  const registry = options.registry ?? createRegistry(fspiopChanges);
  const hubApi = apiOf(apis, options.hub.version, "hub.version");
  const hub = { fspId: options.hub.fspId ?? "hub", api: hubApi, target: open(options.hub, "hub") };
  const validation = options.validation ?? "deployed";
  const sources = [hub.fspId, ...Object.keys(options.participants)];
  const signer = options.signing && createSigner(options.signing, sources);
  const participants = new Map(
    Object.entries(options.participants).map(([fspId, each]) => [fspId, participant(fspId, each)]),
  );

  for (const [side, { tls }] of Object.entries(options.listen ?? {})) checkTls(tls, `listen.${side}.tls`);
  checkTls(options.tls, "tls");

  function open({ url, tls }: Pick<ParticipantOptions, "url" | "tls">, option: string): DeliveryTarget {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw invalid(`${option}.url`, `"${url}" is not an http or https URL`);
    checkTls(tls, `${option}.tls`);
    return createTarget(url, limits, tls ?? options.tls);
  }

  function canConvert(resource: string, version: Version): boolean {
    return registry.resources[resource]?.includes(version) ?? false;
  }

  function participant(
    fspId: string,
    { url, tls, version, resources, jws }: ParticipantOptions,
  ): Participant {
    const option = `participants.${fspId}`;
    const api = version === undefined ? undefined : apiOf(apis, version, `${option}.version`);
    for (const [resource, configured] of Object.entries(resources ?? {})) {
      if (configured === hubApi.resources[resource] || canConvert(resource, configured)) continue;
      const convertible = registry.resources[resource]?.join(", ") ?? "no version of this resource";
      throw invalid(
        `${option}.resources.${resource}`,
        `${configured} cannot be converted; convertible: ${convertible}`,
      );
    }
    const policy = jws ?? options.jws ?? "refuse";
    if (policy === "resign" && !signer)
      throw invalid(`${option}.jws`, "resign needs a key; set signing.privateKey or signing.keys");
    return {
      fspId,
      target: open({ url, ...(tls && { tls }) }, option),
      configured: api || resources ? { ...api?.resources, ...resources } : undefined,
      jws: policy,
    };
  }

  // The hub's side offers one version of each resource, the participants' side each version that can be converted to it.
  const hubOffer = mapValues(hubApi.resources, (version) => [version]);
  const participantOffer = mapValues(hubApi.resources, (version, resource) => [
    ...new Set([version, ...resourceVersionsIn(apis, resource).filter((each) => canConvert(resource, each))]),
  ]);

  return {
    limits,
    hub,
    scheme:
      options.schemeVersion === undefined ? hubApi : apiOf(apis, options.schemeVersion, "schemeVersion"),
    participants,
    negotiators: {
      participants: createNegotiator({ offer: participantOffer }),
      hub: createNegotiator({ offer: hubOffer }),
    },
    match: createOperationMatcher(operationsIn(apis)),
    identify: options.identify,
    conversion: {
      registry,
      lookup: options.lookup,
      ids: options.ids,
      foreignIds: FOREIGN_IDS[validation],
      stash: options.stash,
      rememberMs: limits.rememberMs,
      report: true,
    },
    validation,
    validate: createBodyValidator(apis, validation),
    signer,
    async close() {
      await Promise.all([
        hub.target.close(),
        ...Array.from(participants.values(), ({ target }) => target.close()),
      ]);
    },
  };
}

const FOREIGN_IDS = { strict: "refuse", deployed: "deployed", off: "any" } as const;

function invalid(option: string, message: string): VersioningError {
  return new VersioningError("invalid-option", `${option}: ${message}`);
}

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  map: (value: V, key: string) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
