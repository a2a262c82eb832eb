import { Agent, request } from "undici";

/** What a load has seen. */
export interface LoadReport {
  readonly sent: number;
  /** Requests without a 200. */
  readonly lost: readonly string[];
}

/**
 * Sends requests at a constant rate, whether or not answers come (open loop), over keep-alive connections. Every tenth one takes 300 ms.
 * Like a balancer, it probes `/ready` and stops sending some time after the first probe that fails.
 */
export async function load(
  url: string,
  { rate, forMs, lagMs }: { readonly rate: number; readonly forMs: number; readonly lagMs: number },
): Promise<LoadReport> {
  const agent = new Agent({ connections: 20, pipelining: 1 });
  const lost: string[] = [];
  const pending: Promise<void>[] = [];
  const startedAt = performance.now();
  let stopAt = startedAt + forMs;
  let sent = 0;

  const send = async (path: string): Promise<void> => {
    try {
      // POST is never repeated by the client.
      const { statusCode, body } = await request(url + path, { method: "POST", dispatcher: agent });
      await body.dump();
      if (statusCode !== 200) lost.push(String(statusCode));
    } catch (error) {
      lost.push(
        error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error),
      );
    }
  };
  const probe = async (): Promise<void> => {
    const ready = await fetch(`${url}/ready`, { headers: { connection: "close" } }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!ready) stopAt = Math.min(stopAt, performance.now() + lagMs);
  };

  const probing = setInterval(() => void probe(), 50);
  for (; performance.now() < stopAt; await new Promise((resolve) => setTimeout(resolve, 5))) {
    const due = Math.floor(((performance.now() - startedAt) * rate) / 1000);
    for (; sent < due; sent += 1) pending.push(send(sent % 10 === 0 ? "/work?ms=300" : "/work?ms=2"));
  }
  clearInterval(probing);
  await Promise.all(pending);
  await agent.close();
  return { sent, lost };
}
