import { createNegotiator } from "@mojaloop-versioning/negotiate";
import {
  createOperationMatcher,
  VersioningError,
  type OperationMatch,
  type Version,
} from "@mojaloop-versioning/protocol";
import { createRegistry, fspiopChanges, type Registry } from "@mojaloop-versioning/transform";
import type { Api } from "@mojaloop-versioning/types";
import { apiOf, FSPIOP_APIS, operationsOf, versionsOf } from "./api.ts";
import { createBodyJudge, type BodyJudge } from "./judge-body.ts";
import type { CompatAdapterOptions, Limits, ParticipantOptions, SignaturePolicy } from "./options.ts";
import { createSigner, type Signer } from "./signer.ts";
import { createTarget, type Target } from "./target.ts";
import { checkTls } from "./tls.ts";

/** A configured participant, with the connections to it. */
export interface Participant {
  readonly fspId: string;
  readonly target: Target;
  /** Resource versions that the configuration says it speaks. */
  readonly configured: Readonly<Record<string, Version>> | undefined;
  readonly jws: SignaturePolicy;
}

/** Everything that the options say, compiled for the look-ups of one message. */
export interface Routing {
  readonly options: CompatAdapterOptions;
  readonly limits: Limits;
  readonly hub: { readonly fspId: string; readonly target: Target; readonly api: Api };
  readonly scheme: Api;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly negotiators: Readonly<
    Record<"participants" | "hub", Pick<ReturnType<typeof createNegotiator>, "negotiate">>
  >;
  match(method: string, path: string): OperationMatch | undefined;
  readonly registry: Registry;
  readonly judge: BodyJudge;
  readonly signer: Signer | undefined;
  close(): Promise<void>;
}

/** The limits where the options say nothing. */
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
 * Compiles the options.
 * @throws VersioningError `invalid-option`
 */
export function createRouting(options: CompatAdapterOptions): Routing {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const apis = options.apis ?? FSPIOP_APIS;
  const registry = options.registry ?? createRegistry(fspiopChanges);
  const hubApi = apiOf(apis, options.hub.version, "hub.version");
  const hub = { fspId: options.hub.fspId ?? "hub", api: hubApi, target: open(options.hub, "hub") };
  const signer = options.signing && createSigner(options.signing);
  const participants = new Map(
    Object.entries(options.participants).map(([fspId, each]) => [fspId, participant(fspId, each)]),
  );

  for (const [side, { tls }] of Object.entries(options.listen ?? {})) checkTls(tls, `listen.${side}.tls`);
  checkTls(options.tls, "tls");

  function open({ url, tls }: Pick<ParticipantOptions, "url" | "tls">, option: string): Target {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new VersioningError("invalid-option", `${option}.url: "${url}" is no http or https URL`);
    }
    checkTls(tls, `${option}.tls`);
    return createTarget(url, limits, tls ?? options.tls);
  }

  function leadTo(resource: string, version: Version): boolean {
    return registry.resources[resource]?.includes(version) ?? false;
  }

  function participant(fspId: string, each: ParticipantOptions): Participant {
    const { version, resources, jws } = each;
    const option = `participants.${fspId}`;
    const api = version === undefined ? undefined : apiOf(apis, version, `${option}.version`);
    for (const [resource, spoken] of Object.entries(resources ?? {})) {
      if (spoken === hubApi.resources[resource] || leadTo(resource, spoken)) continue;
      throw new VersioningError(
        "invalid-option",
        `${option}.resources.${resource}: nothing leads to ${spoken}; there is ${registry.resources[resource]?.join(", ") ?? "no such resource"}`,
      );
    }
    const policy = jws ?? options.jws ?? "refuse";
    if (policy === "resign" && !signer) {
      throw new VersioningError(
        "invalid-option",
        `${option}.jws: to sign anew takes a key; give it as signing.privateKey`,
      );
    }
    return {
      fspId,
      target: open(each, option),
      configured: api || resources ? { ...api?.resources, ...resources } : undefined,
      jws: policy,
    };
  }

  // Towards the hub there is one version of each resource, towards participants every one of an API that changes lead to.
  const hubOffer = mapValues(hubApi.resources, (version) => [version]);
  const participantOffer = mapValues(hubApi.resources, (version, resource) => [
    ...new Set([version, ...versionsOf(apis, resource).filter((each) => leadTo(resource, each))]),
  ]);

  return {
    options,
    limits,
    hub,
    scheme:
      options.schemeVersion === undefined ? hubApi : apiOf(apis, options.schemeVersion, "schemeVersion"),
    participants,
    negotiators: {
      participants: createNegotiator({ offer: participantOffer }),
      hub: createNegotiator({ offer: hubOffer }),
    },
    match: createOperationMatcher(operationsOf(apis)),
    registry,
    judge: createBodyJudge(apis),
    signer,
    async close() {
      await Promise.all([
        hub.target.close(),
        ...Array.from(participants.values(), ({ target }) => target.close()),
      ]);
    },
  };
}

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  map: (value: V, key: string) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
