export { graceful, type Stopper } from "./graceful.ts";
export type { GracefulEvent, Phase, StopReport } from "./stop-event.ts";
export type { GracefulOptions, NamedFunctions } from "./graceful-options.ts";
export type { FastifyLike, GracefulServer, HapiLike, NodeServer } from "./servers/stop-target.ts";
