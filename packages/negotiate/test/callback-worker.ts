// The second process of callback-journey.test.ts: it takes work off the queue and sends callbacks. All it knows of the request is
// the text that travelled with the work.
import { request } from "node:http";
import { errorBody } from "@mojaloop-versioning/protocol";
import { callbackHeaders, errorCallbackHeaders, parseCallbackContext } from "../src/index.ts";

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
  const headers = (fails ? errorCallbackHeaders : callbackHeaders)(parsed.context, { source: "hub" });
  const body = fails ? errorBody("3204") : { transferState: "COMMITTED" };
  // Not fetch, which would add an Accept.
  request(
    { port, host: "127.0.0.1", method: "PUT", path: `/${resource}/${id}${fails ? "/error" : ""}`, headers },
    (response) => {
      response.resume();
    },
  ).end(JSON.stringify(body));
});
