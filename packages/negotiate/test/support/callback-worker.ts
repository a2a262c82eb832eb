// The second process of callback-journey.test.ts: it takes work from the queue and sends callbacks. It knows the request only by
// the text that came with the work.
import { request } from "node:http";
import { errorBody } from "@mojaloop-versioning/protocol";
import { callbackHeaders, parseCallbackContext } from "../../src/index.ts";

/** What is in the queue. */
export interface Work {
  readonly port: number;
  readonly context: string;
  readonly fails: boolean;
}

process.on("message", ({ port, context, fails }: Work) => {
  const parsed = parseCallbackContext(context);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { resource, id = "" } = parsed.context;
  const headers = callbackHeaders(parsed.context, { source: "hub" });
  const body = fails ? errorBody("3204") : { transferState: "COMMITTED" };
  // Not fetch, which would add an Accept.
  request(
    { port, host: "127.0.0.1", method: "PUT", path: `/${resource}/${id}${fails ? "/error" : ""}`, headers },
    (response) => {
      response.resume();
    },
  ).end(JSON.stringify(body));
});
