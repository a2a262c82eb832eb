import openapiFetch from "openapi-fetch";

type CreateFetchClient = typeof openapiFetch;

/** The function of openapi-fetch, for both module systems: its CommonJS build exports an object with `default`. */
export const createFetchClient: CreateFetchClient =
  typeof openapiFetch === "function"
    ? openapiFetch
    : (openapiFetch as { readonly default: CreateFetchClient }).default; // the shape of its dist/index.cjs
