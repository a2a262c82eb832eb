import { helmVersion, type Manifest } from "../manifest/manifest.ts";
import type { UpgradeCheck } from "./upgrade-check.ts";

/** The commands for one hop, in order: backup, upgrade, checks. Names in capitals are the operator's. */
export function commandsOf(check: UpgradeCheck, after: Manifest | undefined): string[] {
  const version = after && helmVersion(after);
  if (version === undefined) return [];
  const stores = Object.keys(check.migrations);
  const window = check.verdict !== "rolling" && stores.length > 0;
  return [
    `# ${check.from} to ${check.to}`,
    ...(check.verdict === "blocked" ? ["# blocked: remove the blocking findings first"] : []),
    ...stores.map(
      (store) => `mysqldump --single-transaction --routines DATABASE_OF_${nameOf(store)} > ${store}.sql`,
    ),
    ...(window
      ? stores.flatMap((store) => [
          `kubectl -n NAMESPACE get deployments -o wide | grep mojaloop/${store}:`,
          `kubectl -n NAMESPACE scale deployment DEPLOYMENTS_OF_${nameOf(store)} --replicas=0`,
        ])
      : []),
    `helm -n NAMESPACE upgrade RELEASE mojaloop/mojaloop --version ${version} -f values.yaml --wait --timeout 30m`,
    ...stores.map(
      (store) =>
        `kubectl -n NAMESPACE exec deployment/DEPLOYMENT_OF_${nameOf(store)} -- npx knex migrate:list`,
    ),
    "kubectl -n NAMESPACE get pods",
  ];
}

function nameOf(service: string): string {
  return service.toUpperCase().replaceAll("-", "_");
}
