import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Accept from "@hapi/accept";
import { createNegotiator } from "@mojaloop-versioning/negotiate";
import Negotiator from "negotiator";

const TYPE = "application/vnd.interoperability.transfers+json";
const VERSIONS = ["2.0", "1.1", "1.0"] as const;
const TYPES = VERSIONS.map((version) => `${TYPE};version=${version}`);

/** Judges a pair of headers, in whatever way; what it answers is not looked at. */
export interface Peer {
  readonly name: string;
  readonly judge: (accept: string, contentType: string) => unknown;
}

/** Ourselves, and those who do the like; `missing` says why one could not be had. */
export function createPeers(): { readonly peers: readonly Peer[]; readonly missing: string | undefined } {
  const { negotiate } = createNegotiator({ offer: { transfers: VERSIONS, quotes: VERSIONS } });
  const peers: Peer[] = [
    {
      name: "negotiate",
      judge: (accept, contentType) =>
        negotiate({ method: "POST", url: "/transfers", headers: { accept, "content-type": contentType } }),
    },
    // These two read an Accept alone; neither knows what a version is, so that a bare major agrees on nothing.
    { name: "negotiator", judge: (accept) => new Negotiator({ headers: { accept } }).mediaType(TYPES) },
    { name: "@hapi/accept", judge: (accept) => refusing(() => Accept.mediaType(accept, TYPES)) },
  ];
  const shared = installShared();
  if (typeof shared !== "string") peers.push(shared);
  return { peers, missing: typeof shared === "string" ? shared : undefined };
}

// @hapi/accept throws where a header is malformed, which is its answer.
function refusing(judge: () => unknown): unknown {
  try {
    return judge();
  } catch (error) {
    return error;
  }
}

const SHARED = "@mojaloop/central-services-shared";
const SHARED_VERSION = "18.38.2";
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..", ".peers");

interface HeaderValidation {
  readonly parseAcceptHeader: (
    resource: string,
    header: string,
  ) => { readonly valid: boolean; readonly versions?: Set<string> };
  readonly parseContentTypeHeader: (
    resource: string,
    header: string,
  ) => { readonly valid: boolean; readonly version?: string };
}

// 685 packages: nobody wants them in the workspace, so they are fetched the first time.
function installShared(): Peer | string {
  const module = join(FOLDER, "node_modules", SHARED, "src", "util", "headerValidation", "index.js");
  try {
    if (!existsSync(module)) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(join(FOLDER, "package.json"), JSON.stringify({ name: "peers", private: true }));
      const words = [
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-workspaces",
        "--loglevel=error",
      ];
      execFileSync("npm", [...words, `${SHARED}@${SHARED_VERSION}`], {
        cwd: FOLDER,
        timeout: 600_000,
        stdio: "ignore",
      });
    }
    const { parseAcceptHeader, parseContentTypeHeader } = createRequire(module)(module) as HeaderValidation; // its source, of the pinned version
    return {
      name: "central-services-shared",
      judge: (accept, contentType) => {
        const asked = parseAcceptHeader("transfers", accept);
        const sent = parseContentTypeHeader("transfers", contentType);
        return (
          asked.valid &&
          sent.valid &&
          ["1", "1.0", "1.1", "2", "2.0"].some((version) => asked.versions?.has(version)) &&
          ["1.0", "1.1", "2.0"].includes(sent.version ?? "")
        );
      },
    };
  } catch (error) {
    return `${SHARED}@${SHARED_VERSION} could not be had: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`;
  }
}
