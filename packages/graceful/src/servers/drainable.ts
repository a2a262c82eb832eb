/** A server, or what is like one, that can be emptied. */
export interface Drainable {
  /** Requests and streams that are not finished. */
  inFlight(): number;
  /** Requests and streams that began after `drain`. */
  served(): number;
  /** Goes on serving, reports "not ready", and closes each connection with its next answer. */
  drain(): void;
  /** Accepts nothing new; resolves when no connection is left. */
  close(): Promise<void>;
  /** Destroys what is left. */
  cut(): Cut;
}

/** What was destroyed: unfinished requests and streams, and connections with or without them. */
export interface Cut {
  readonly requests: number;
  readonly connections: number;
}
