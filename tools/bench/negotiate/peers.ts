import { createRequire } from "node:module";
import { join } from "node:path";
import Accept from "@hapi/accept";
import { createNegotiator } from "@mojaloop-versioning/negotiate";
import Negotiator from "negotiator";
import { installPeers } from "../peers/install.ts";

const TYPE = "application/vnd.interoperability.transfers+json";
const VERSIONS = ["2.0", "1.1", "1.0"] as const;
const TYPES = VERSIONS.map((version) => `${TYPE};version=${version}`);

/** Judges a pair of headers, in whatever way; what it answers is not looked at. */
export interface Peer {
  readonly name: string;
  readonly judge: (accept: string, contentType: string) => unknown;
}

/** This package and its peers. Throws an Error with the reason where a peer cannot be installed. */
export function createPeers(): readonly Peer[] {
  const { negotiate } = createNegotiator({ offer: { transfers: VERSIONS, quotes: VERSIONS } });
  return [
    {
      name: "negotiate",
      judge: (accept, contentType) =>
        negotiate({ method: "POST", url: "/transfers", headers: { accept, "content-type": contentType } }),
    },
    // These two read an Accept alone; neither knows what a version is, so that a bare major agrees on nothing.
    { name: "negotiator", judge: (accept) => new Negotiator({ headers: { accept } }).mediaType(TYPES) },
    { name: "@hapi/accept", judge: (accept) => refusing(() => Accept.mediaType(accept, TYPES)) },
    createShared(),
  ];
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

function createShared(): Peer {
  const folder = installPeers("negotiate", [`${SHARED}@${SHARED_VERSION}`]);
  const module = join(folder, "node_modules", SHARED, "src", "util", "headerValidation", "index.js");
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
}
