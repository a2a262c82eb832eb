import { majorOf, newestFirst } from "@mojaloop-versioning/protocol";
import { firstNumber } from "../tags/first-number.ts";
import type { Manifest, ManifestResource, MessagingLibraries } from "../manifest/manifest.ts";
import type { RuleId } from "../rules/rule.ts";
import {
  findingsOf,
  type FindingDetails,
  type Severity,
  type UpgradeFinding,
} from "../rules/upgrade-finding.ts";

type Libraries = Readonly<Record<string, MessagingLibraries>>;

// central-services-stream writes and reads the messages; the other libraries of Mojaloop do more than messaging.
const STREAM = "stream";

/**
 * What is known of the Kafka messages between instances of two releases: majors of the libraries, services that start to use Kafka, and
 * bodies of new versions. The envelope has no version, so nothing proves that two releases read each other's messages.
 */
export function messagingFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  const [older, newer] = [before.internal.messaging.libraries, after.internal.messaging.libraries];
  return [
    ...libraryFindings(older, newer),
    ...newUsers(older, newer),
    ...newBodies(before, after),
    ...unknown(before, after),
  ];
}

function libraryFindings(older: Libraries, newer: Libraries): UpgradeFinding[] {
  const steps = new Map<
    string,
    { readonly library: string; readonly moved: boolean; readonly services: string[] }
  >();
  for (const [service, { versions }] of Object.entries(older)) {
    for (const [library, version] of Object.entries(versions)) {
      const to = newer[service]?.versions[library];
      if (to === undefined) continue;
      const [was, is] = [firstNumber(version), firstNumber(to)];
      const step = was === is ? `${library} ${was}` : `${library} ${was} to ${is}`;
      const entry = steps.get(step) ?? { library, moved: was !== is, services: [] };
      steps.set(step, { ...entry, services: [...entry.services, service] });
    }
  }
  return [...steps].flatMap(([step, { library, moved, services }]): UpgradeFinding[] => {
    if (moved)
      return [
        make(library === STREAM ? "stops-rolling" : "warns", "message-library-major", {
          subjects: services,
          what: step,
        }),
      ];
    return library === STREAM
      ? [make("notes", "message-library-same", { subjects: services, what: `${step} on both sides` })]
      : [];
  });
}

function newUsers(older: Libraries, newer: Libraries): UpgradeFinding[] {
  const services = Object.entries(newer).flatMap(([service, { versions }]) =>
    older[service] && !Object.hasOwn(older[service].versions, STREAM) && Object.hasOwn(versions, STREAM)
      ? service
      : [],
  );
  return services.length > 0
    ? [
        make(
          "warns",
          "message-topics",
          { subjects: services, what: "starts to use Kafka" },
          { remedy: "create its topics before you install, unless your brokers create them" },
        ),
      ]
    : [];
}

function newBodies(before: Manifest, after: Manifest): UpgradeFinding[] {
  const libraries: Libraries = before.internal.messaging.libraries;
  const older: Readonly<Record<string, ManifestResource>> = before.apis["fspiop"]?.resources ?? {};
  const resources = new Map<string, string[]>();
  for (const [resource, { accepts }] of Object.entries(after.apis["fspiop"]?.resources ?? {})) {
    const known = older[resource];
    // An older instance that does not read Kafka never meets a new body there.
    if (!known || libraries[known.service]?.versions[STREAM] === undefined) continue;
    const majors = known.accepts.map(majorOf);
    const added = accepts.filter((version) => !majors.includes(majorOf(version)));
    if (added.length === 0) continue;
    const versions = newestFirst(added).reverse().join(", ");
    resources.set(versions, [...(resources.get(versions) ?? []), resource]);
  }
  return [...resources].map(([versions, names]) =>
    make(
      "warns",
      "message-bodies",
      { subjects: names, what: `${versions} is newly accepted` },
      { remedy: "keep participants on the versions accepted so far until no older instance runs" },
    ),
  );
}

function unknown(before: Manifest, after: Manifest): UpgradeFinding[] {
  // A manifest of one service does not describe the others.
  if (!before.helm && !after.helm) return [];
  const [older, newer] = [before.internal.messaging.libraries, after.internal.messaging.libraries];
  const silent = [before, after].filter(
    ({ internal }) => Object.keys(internal.messaging.libraries).length === 0,
  );
  const partial = Object.keys({ ...older, ...newer }).filter(
    (service) =>
      Object.hasOwn(older, service) !== Object.hasOwn(newer, service) &&
      Object.hasOwn(before.services, service) &&
      Object.hasOwn(after.services, service),
  );
  if (silent.length + partial.length === 0) return [];
  const sides = silent.map(({ id }) => id).join(" and ");
  const what = silent.length > 0 ? `no messaging libraries in ${sides}` : "libraries of one side only";
  const remedy = "add internal.messaging.libraries to the manifest, from the package.json of each image";
  return [
    make(
      "unknown",
      "message-unknown",
      { subjects: silent.length > 0 ? ["Kafka"] : partial, what },
      { remedy },
    ),
  ];
}

const makeMessaging = findingsOf("messaging");

function make(
  severity: Severity,
  rule: RuleId,
  about: { readonly subjects: readonly string[]; readonly what: string },
  details: FindingDetails = {},
): UpgradeFinding {
  return makeMessaging(severity, rule, { subject: about.subjects.join(", "), what: about.what }, details);
}
