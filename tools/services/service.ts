/** Something that tests need and `npm run services -- install` brings. */
export interface Installable {
  readonly name: string;
  /** Whether it can be used here, and the reason if not. Starts nothing. */
  doctor(): Diagnosis;
  /** Brings what is missing: from Debian, or into the cache. Returns at once where all is there. */
  install(): void;
}

/** A real service that tests and people start on this machine: a database, a broker, a browser. */
export interface Service extends Installable {
  readonly name: ServiceName;
  /** The environment variable that names a running instance. That instance is used before anything is started. */
  readonly variable?: string;
  /** What to try next, for a person who started it. */
  readonly next: (url: string) => readonly string[];
  /** Starts an instance on a free port of 127.0.0.1. It also ends when the calling process dies. */
  start(options?: StartOptions): Promise<RunningService>;
}

export type ServiceName = "mariadb" | "kafka" | "redis" | "chromium";

export interface StartOptions {
  /** Where its data goes. Without one it is a temporary folder that is removed at the end. */
  readonly dir?: string;
}

/** What `doctor` found: `where` is absent when the service cannot be used. */
export interface Diagnosis {
  readonly where?: "environment" | "cache" | "machine";
  /** Version or address that was found, or what is missing. */
  readonly detail: string;
}

export interface RunningService {
  /** How a client reaches it: `mysql://root@127.0.0.1:40123`. */
  readonly url: string;
  /** Process id of the server. Absent for an instance of the environment. */
  readonly pid?: number;
  /** Stops it and removes its temporary folder. Does nothing to an instance of the environment. */
  stop(): Promise<void>;
}

/** The command that brings a service. */
export function installCommand(name: string): string {
  return `npm run services -- install ${name}`;
}
