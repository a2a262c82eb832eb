export { graceful, type Stopper } from "./graceful.ts";
export type { GracefulEvent, Phase, StopReport } from "./event.ts";
export type { GracefulOptions, NamedFunctions } from "./options.ts";
export type { FastifyLike, GracefulServer, HapiLike, NodeServer } from "./target.ts";
