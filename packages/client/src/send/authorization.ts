import type { FetchRequest } from "./http-fetch.ts";

/** Where the Authorization header of a message comes from, such as `createClientCredentials` of `client/oauth`. */
export interface Authorization {
  /** The header's value: `Bearer …`. */
  readonly header: () => Promise<string>;
  /** Called with a value that was answered 401: the next `header()` must not return it again. */
  readonly reject: (header: string) => void;
}

/** Puts an Authorization header on each request, and sends it again once with a new one when it is answered 401. */
export function authorized(fetch: FetchRequest, authorization: Authorization): FetchRequest {
  return async (request) => {
    const header = await authorization.header();
    const response = await fetch(withHeader(request.clone(), header));
    if (response.status !== 401) return response;
    authorization.reject(header);
    return fetch(withHeader(request, await authorization.header()));
  };
}

function withHeader(request: Request, value: string): Request {
  request.headers.set("authorization", value);
  return request;
}
