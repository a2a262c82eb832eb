import openapiFetch from "openapi-fetch";

type CreateFetchClient = typeof openapiFetch;

/** The function of openapi-fetch, in both kinds of module: where it is loaded as CommonJS, the default is all that it exports. */
export const createFetchClient: CreateFetchClient =
  typeof openapiFetch === "function"
    ? openapiFetch
    : (openapiFetch as { readonly default: CreateFetchClient }).default; // the shape of its dist/index.cjs
