import { afterAll, beforeAll, describe, test } from "vitest";
import { needs } from "../test-run/requirements.ts";
import { diagnose, INSTALLABLE, startService } from "./find.ts";
import { installCommand, type RunningService, type ServiceName } from "./service.ts";

/**
 * A suite that needs a real service. Where the service cannot be used the suite is not run, which `npm test` lists at its
 * end with the command that brings it; with `CI` in the environment `npm test` then fails.
 * @param besides what the suite needs besides the service: `central-ledger`
 * @param body receives a function that returns the running service; call it inside tests and hooks
 */
export function describeWith(
  name: ServiceName,
  title: string,
  body: (service: () => RunningService) => void,
  besides: readonly string[] = [],
): void {
  const requirements = [
    { name: name as string, found: diagnose(name).where !== undefined },
    ...besides.map((other) => ({ name: other, found: INSTALLABLE[other]?.doctor().where !== undefined })),
  ].map((each) => ({ ...each, get: installCommand(each.name) }));
  if (requirements.some(({ found }) => !found)) {
    describe(title, needs(...requirements), () => {
      test("needs the service", () => undefined);
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
