import { majorOf, newestFirst } from "@mojaloop-versioning/protocol";
import { firstNumber } from "../tags/first-number.ts";
import type { Manifest, ManifestResource, MessagingLibraries } from "../manifest/manifest.ts";
import { RULES, type RuleId } from "../rules/rule.ts";
import type { Severity, UpgradeFinding } from "../rules/upgrade-finding.ts";

type Libraries = Readonly<Record<string, MessagingLibraries>>;

// central-services-stream writes and reads the messages; what else a service has of Mojaloop's libraries is used for much more.
const STREAM = "stream";

/**
 * What is known of the Kafka messages between instances of two releases: the majors of the libraries, services that begin to use Kafka,
 * bodies of versions that are new. The envelope bears no version, so nothing proves that two releases read each other.
 */
export function messagingFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  const [old, young] = [before.internal.messaging.libraries, after.internal.messaging.libraries];
  return [
    ...libraryFindings(old, young),
    ...newUsers(old, young),
    ...newBodies(before, after),
    ...unknown(before, after),
  ];
}

function libraryFindings(old: Libraries, young: Libraries): UpgradeFinding[] {
  const steps = new Map<
    string,
    { readonly library: string; readonly moved: boolean; readonly services: string[] }
  >();
  for (const [service, { versions }] of Object.entries(old)) {
    for (const [library, version] of Object.entries(versions)) {
      const to = young[service]?.versions[library];
      if (to === undefined) continue;
      const [was, is] = [firstNumber(version), firstNumber(to)];
      const step = was === is ? `${library} ${was}` : `${library} ${was} to ${is}`;
      const entry = steps.get(step) ?? { library, moved: was !== is, services: [] };
      steps.set(step, { ...entry, services: [...entry.services, service] });
    }
  }
  return [...steps].flatMap(([step, { library, moved, services }]): UpgradeFinding[] => {
    if (moved)
      return [make(library === STREAM ? "stops-rolling" : "warns", services, "message-library-major", step)];
    return library === STREAM
      ? [make("notes", services, "message-library-same", `${step} on both sides`)]
      : [];
  });
}

function newUsers(old: Libraries, young: Libraries): UpgradeFinding[] {
  const services = Object.entries(young).flatMap(([service, { versions }]) =>
    old[service] && !Object.hasOwn(old[service].versions, STREAM) && Object.hasOwn(versions, STREAM)
      ? service
      : [],
  );
  return services.length > 0 ? [make("warns", services, "message-topics", "begins to use Kafka")] : [];
}

function newBodies(before: Manifest, after: Manifest): UpgradeFinding[] {
  const libraries: Libraries = before.internal.messaging.libraries;
  const old: Readonly<Record<string, ManifestResource>> = before.apis["fspiop"]?.resources ?? {};
  const resources = new Map<string, string[]>();
  for (const [resource, { accepts }] of Object.entries(after.apis["fspiop"]?.resources ?? {})) {
    const known = old[resource];
    // An old instance that reads no Kafka meets no new body there.
    if (!known || libraries[known.service]?.versions[STREAM] === undefined) continue;
    const majors = known.accepts.map(majorOf);
    const added = accepts.filter((version) => !majors.includes(majorOf(version)));
    if (added.length === 0) continue;
    const versions = newestFirst(added).reverse().join(", ");
    resources.set(versions, [...(resources.get(versions) ?? []), resource]);
  }
  return [...resources].map(([versions, names]) =>
    make("warns", names, "message-bodies", `${versions} is newly accepted`),
  );
}

function unknown(before: Manifest, after: Manifest): UpgradeFinding[] {
  // A manifest of one service says nothing of the others.
  if (!before.helm || !after.helm) return [];
  const silent = [before, after].filter(
    ({ internal }) => Object.keys(internal.messaging.libraries).length === 0,
  );
  if (silent.length === 0) return [];
  const sides = silent.map(({ id }) => id).join(" and ");
  return [
    make(
      "warns",
      ["Kafka"],
      "message-unknown",
      `${sides} ${silent.length > 1 ? "say" : "says"} nothing of it`,
    ),
  ];
}

function make(severity: Severity, subjects: readonly string[], rule: RuleId, what: string): UpgradeFinding {
  return {
    severity,
    part: "messaging",
    subject: subjects.join(", "),
    rule,
    message: `${what}: ${RULES[rule].says}`,
  };
}
