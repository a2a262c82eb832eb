import type { Manifest } from "./manifest.ts";

/**
 * The tags of an image that some manifests name, in the order of the manifests.
 * @param image `"mojaloop/central-ledger"`; a name without a slash is an image of Mojaloop
 */
export function imageTags(manifests: readonly Manifest[], image: string): string[] {
  const prefix = `${image.includes("/") ? image : `mojaloop/${image}`}:`;
  const images = manifests.flatMap(({ services }) => Object.values(services).map((service) => service.image));
  const tags = images.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return [...new Set(tags)];
}
