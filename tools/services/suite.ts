import { afterAll, beforeAll, describe, test } from "vitest";
import { diagnose, startService } from "./find.ts";
import { installCommand, type RunningService, type ServiceName } from "./service.ts";

/**
 * A suite that needs a real service. Where the service cannot be used the suite is not run, which is reported with the command
 * that brings it; with `CI` in the environment it fails.
 * @param body receives a function that returns the running service; call it inside tests and hooks
 */
export function describeWith(
  name: ServiceName,
  title: string,
  body: (service: () => RunningService) => void,
): void {
  const { where, detail } = diagnose(name);
  if (where === undefined) {
    const reason = `not run: ${detail}; ${installCommand(name)}`;
    test(title, ({ skip }) => {
      if (process.env["CI"]) throw new Error(reason);
      skip(reason);
    });
    return;
  }
  describe(title, () => {
    let running: RunningService | undefined;
    beforeAll(async () => {
      running = await startService(name);
    }, 120_000);
    afterAll(() => running?.stop());
    body(() => {
      if (!running) throw new Error(`${name} is used before it is started`);
      return running;
    });
  });
}
