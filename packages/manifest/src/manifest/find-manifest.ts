import { VersioningError } from "@mojaloop-versioning/protocol";
import { helmVersion, type Manifest } from "./manifest.ts";
import { bareVersion } from "../tags/tag.ts";

/**
 * The manifest that a person means by a name: its id (`helm-17.0.0`), a Helm version (`17.0.0`, `v17.0.0`), a Mojaloop version (`1.0`)
 * or a service at a version (`central-ledger@v9.3.0`). A real release goes before an example of the same number.
 * @throws VersioningError `unknown-release`, with the names that exist
 */
export function findManifest(manifests: readonly Manifest[], name: string): Manifest {
  const wanted = name.trim();
  const bare = bareVersion(wanted);
  const byId = manifests.find(({ id }) => id === wanted || id === wanted.replace(/[@ ]v?/, "-"));
  if (byId) return byId;
  const candidates = manifests.filter(
    (manifest) =>
      helmVersion(manifest) === bare || manifest.mojaloopVersion.some(({ value }) => value === bare),
  );
  const found = candidates.find(({ released }) => released.length > 0) ?? candidates[0];
  if (found) return found;
  const known = manifests.map((manifest) => {
    const helm = helmVersion(manifest);
    return helm === undefined || manifest.id === `helm-${helm}`
      ? manifest.id
      : `${manifest.id} (Helm ${helm})`;
  });
  throw new VersioningError("unknown-release", `no manifest of "${name}"; known are ${known.join(", ")}`);
}
