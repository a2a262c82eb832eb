import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installPeers } from "../peers/install.ts";

const NAME = "@mojaloop/ml-schema-transformer-lib";
const VERSION = "2.10.0";

/** What the incumbent exports, as far as the bench needs it. */
interface Facades {
  readonly TransformFacades: {
    readonly FSPIOP: { readonly quotes: { readonly post: (source: { body: unknown }) => Promise<unknown> } };
  };
}

/** The mapping of POST /quotes of ml-schema-transformer-lib, and the file that it is loaded from. */
export interface Incumbent {
  readonly entry: string;
  readonly mapQuote: (body: unknown) => Promise<unknown>;
}

/** Installs the peer on demand. Throws an Error with the reason where it cannot be installed or loaded. */
export async function createIncumbent(): Promise<Incumbent> {
  const folder = installPeers("transform", [`${NAME}@${VERSION}`]);
  const entry = join(folder, "node_modules", NAME, "dist/index.js");
  const { TransformFacades } = (await import(pathToFileURL(entry).href)) as Facades; // its exports, untyped from here
  return { entry, mapQuote: (body) => TransformFacades.FSPIOP.quotes.post({ body }) };
}
