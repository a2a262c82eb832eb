import { request } from "node:http";
// @ts-expect-error -- the package has no declarations
import ErrorHandler from "@mojaloop/central-services-error-handling";
import Hapi, { type Plugin } from "@hapi/hapi";

/** Header lines in wire order; a name may come twice. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** One request to a hapi server. */
export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers: HeaderLines;
  readonly body?: string;
}

/** How a server has answered. */
export interface HapiAnswer {
  /** The status, and the FSPIOP error code where there is one: `"202"`, `"400 3101"`. */
  readonly outcome: string;
  readonly description: string | undefined;
}

/** A hapi server that listens and answers every request that its plugins let pass with 202. */
export interface HapiServer {
  readonly server: Hapi.Server;
  readonly answer: (ask: Ask) => Promise<HapiAnswer>;
  readonly stop: () => Promise<void>;
}

/** Starts a hapi server with the error plugin of every Mojaloop service and the given plugins. */
export async function startHapi(
  plugins: readonly { readonly plugin: Plugin<never>; readonly options: object }[],
): Promise<HapiServer> {
  const server = Hapi.server({
    port: 0,
    host: "127.0.0.1",
    routes: { payload: { parse: false, maxBytes: 6_000_000 } },
  });
  await server.register(ErrorHandler as Plugin<object>); // a hapi plugin, as its README says
  for (const { plugin, options } of plugins) await server.register({ plugin, options: options as never });
  server.route({ method: "*", path: "/{path*}", handler: (_request, h) => h.response().code(202) });
  await server.start();
  return { server, answer: (ask) => send(Number(server.info.port), ask), stop: () => server.stop() };
}

function send(
  port: number,
  { method = "POST", path = "/transfers", headers, body }: Ask,
): Promise<HapiAnswer> {
  return new Promise((resolve, reject) => {
    const lines = [
      ["Host", "hub.example"],
      ...headers,
      ...(body === undefined ? [] : [["Content-Length", String(body.length)]]),
    ];
    const sent = request({ port, host: "127.0.0.1", method, path, headers: lines.flat() }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        const code = /"errorCode":"(\d{4})"/.exec(text)?.[1];
        resolve({
          outcome: [response.statusCode, ...(code === undefined ? [] : [code])].join(" "),
          description: /"errorDescription":"([^"]*)"/.exec(text)?.[1],
        });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
