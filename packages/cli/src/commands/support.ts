import { existsSync, readFileSync, statSync } from "node:fs";
import { Option } from "commander";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { formatTable, shippedManifests } from "@mojaloop-versioning/manifest";
import {
  parseDate,
  readPolicy,
  readReleases,
  shippedPolicies,
  shippedReleases,
  supportCalendar,
  supportCalendarSvg,
  supportGaps,
  supportStatus,
  supportWindows,
  toEndOfLife,
  toNodeSchedule,
  withManifests,
  type Release,
  type SupportGap,
  type SupportPolicy,
  type SupportStatus,
  type SupportWindow,
} from "@mojaloop-versioning/manifest/support";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";

interface StatusOptions {
  readonly on?: string;
  readonly policy: string;
  readonly releases?: string;
  readonly json?: boolean;
}

/** What `support calendar --json` prints. */
export interface SupportCalendar {
  readonly policy: SupportPolicy;
  readonly windows: readonly SupportWindow[];
  readonly gaps: readonly SupportGap[];
}

const policyOption = () =>
  new Option("--policy <policy>", "the name of a policy, or a file with one").default("lts");
const releasesOption = () =>
  new Option("--releases <file>", "a list of { version, date } in the place of the releases known here");

/** `support status|gaps|calendar|policies|releases`. */
export const addSupport: AddCommands = (command, context) => {
  command
    .command("status <version>")
    .description("whether a Helm release is supported on a day, under every policy")
    .option("--on <date>", "the day (default: today)")
    .addOption(policyOption())
    .addOption(releasesOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["Was 16.0.0 supported on the day of 17.0.0?", "mojaver support status 16.0.0 --on 2025-03-25"],
        [
          "Under terms and dates of your own (see support policies and support releases)",
          "mojaver support status 16.0.0 --policy lts.yaml --releases ours.yaml",
        ],
      ),
    )
    .action((version: string, { on, policy, releases, json }: StatusOptions) => {
      const known = releasesOf(releases);
      const day = on ?? context.io.today;
      const chosen = policyFor(policy);
      const status = supportStatus(version, chosen, day, known);
      const shipped = shippedPolicies();
      const all = shipped.some(({ id }) => id === chosen.id) ? shipped : [chosen, ...shipped];
      print(context, json, status, () =>
        statusText(
          status,
          supportedOn(known, chosen, day),
          all.map((one) => supportStatus(version, one, day, known)),
        ),
      );
      if (status.state === "ended") context.exit(1);
    });

  command
    .command("gaps")
    .description("the times in which no release was supported")
    .addOption(policyOption())
    .addOption(releasesOption())
    .addOption(jsonOption())
    .action(({ policy, releases, json }: StatusOptions) => {
      const gaps = supportGaps(releasesOf(releases), policyFor(policy));
      print(context, json, gaps, () =>
        gaps.length === 0
          ? "no gap"
          : gaps
              .map(
                ({ from, to, days, after, before }) =>
                  `${from} to ${to}: ${days} days, after ${after} and before ${before}`,
              )
              .join("\n"),
      );
    });

  command
    .command("calendar")
    .description("all lines of a policy, with their gaps")
    .addOption(policyOption())
    .addOption(releasesOption())
    .addOption(
      new Option("--format <format>").choices(["text", "svg", "nodejs", "endoflife"]).default("text"),
    )
    .option("--on <date>", "draw this day in the picture")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(["A picture", "mojaver support calendar --policy year-per-major --format svg > support.svg"]),
    )
    .action(({ policy, releases, format, on, json }: StatusOptions & { format: string }) => {
      const chosen = policyFor(policy);
      const day = on === undefined ? {} : { on: parseDate(on) };
      const known = releasesOf(releases);
      const calendar: SupportCalendar = {
        policy: chosen,
        windows: supportWindows(known, chosen),
        gaps: supportGaps(known, chosen),
      };
      if (format === "nodejs") print(context, true, toNodeSchedule(known, chosen), () => "");
      else if (format === "endoflife") print(context, true, toEndOfLife(known, chosen), () => "");
      else
        print(context, json, calendar, () =>
          format === "svg" ? supportCalendarSvg(known, chosen, day) : supportCalendar(known, chosen),
        );
    });

  command
    .command("policies")
    .description("the policies that ship with mojaver")
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) => {
      const policies = shippedPolicies();
      print(context, json, policies, () =>
        policies.map(({ id, title, source }) => `${id}: ${title}\n  source: ${source}`).join("\n"),
      );
    });

  command
    .command("releases")
    .description("the releases whose day is known, with their sources; --json is a file for --releases")
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) => {
      const known = releasesOf(undefined);
      print(context, json, known, () =>
        formatTable(
          [
            ["Release", "Day", "Confidence", "Source"],
            ...known.map(({ version, date, confidence, source }) => [version, date, confidence, source]),
          ],
          "text",
        ),
      );
    });
};

function releasesOf(file: string | undefined): readonly Release[] {
  if (file === undefined) return withManifests(shippedReleases(), shippedManifests());
  return readReleases(readFileSync(file, "utf8"), file);
}

function policyFor(name: string): SupportPolicy {
  if (existsSync(name) && statSync(name).isFile()) return readPolicy(readFileSync(name, "utf8"), name);
  const policies = shippedPolicies();
  const found = policies.find(({ id }) => id === name);
  if (found) return found;
  const known = policies.map(({ id }) => id).join(", ");
  throw new VersioningError(
    "unknown-release",
    `no support policy "${name}"; known are ${known}, or a file with one`,
  );
}

function sentenceOf({ version, on, policy, state, window, daysLeft = 0 }: SupportStatus): string {
  const count = Math.abs(daysLeft) === 1 ? "1 day" : `${Math.abs(daysLeft)} days`;
  const text = {
    supported:
      window?.end === undefined ? "is supported" : `is supported until ${window.end} (${count} left)`,
    ended: `is out of support since ${window?.end ?? on}`,
    "not-released": `is not released on ${on}`,
    uncovered: "is not covered",
  }[state];
  return `${version} ${text} (policy: ${policy}, on ${on})`;
}

// The releases whose window contains a day.
function supportedOn(known: readonly Release[], policy: SupportPolicy, day: string): string[] {
  return supportWindows(known, policy)
    .filter(({ start, end }) => start <= day && (end === undefined || day < end))
    .flatMap(({ releases }) => releases.filter(({ date }) => date <= day).at(-1)?.version ?? []);
}

// The verdict, the day that it rests on, what is supported instead, and the same under every policy.
function statusText(
  status: SupportStatus,
  supported: readonly string[],
  everyPolicy: readonly SupportStatus[],
): string {
  const release = status.window?.releases.find(({ version }) => version === status.version);
  const rows = everyPolicy.map(({ policy, state, window }) => [
    policy,
    state,
    window?.start ?? "",
    window === undefined ? "" : (window.end ?? "open"),
  ]);
  return [
    sentenceOf(status),
    ...(release
      ? [`Day of ${release.version}: ${release.date}, ${release.confidence} (${release.source})`]
      : []),
    `Supported on ${status.on}: ${supported.length === 0 ? "no release" : supported.join(", ")}`,
    "",
    formatTable([["Policy", "State", "From", "Until"], ...rows], "text"),
  ].join("\n");
}
