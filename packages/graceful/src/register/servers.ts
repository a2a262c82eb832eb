import { Server } from "node:net";
import { isNodeServer, targetOf, type StopTarget } from "../servers/stop-target.ts";

/** Follows every HTTP server of the process from the moment that it listens. */
export function watchServers(readinessPaths: readonly string[]): readonly StopTarget[] {
  const targets: StopTarget[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its server below
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    if (isNodeServer(this) && targets.every(({ server }) => server !== this))
      targets.push(targetOf(this, readinessPaths));
    return Reflect.apply(listen, this, args) as Server; // what `listen` returns
  };
  return targets;
}
