import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";

import type { Model } from "./model.ts";

/** The document as `paths` and `components`, by openapi-typescript. */
export async function emitOpenapi({ document }: Model): Promise<string> {
  // The document passed checkDocument; the library reads it as the OpenAPI 3 it is.
  const nodes = await openapiTS(structuredClone(document) as unknown as OpenAPI3, { silent: true });
  return astToString(nodes);
}
