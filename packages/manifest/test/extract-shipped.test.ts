import { expect, test } from "vitest";
import { shippedManifests, type HelmContent, type Manifest } from "../src/index.ts";
import { extractFromChart } from "../src/chart.ts";
import { folderOf } from "./chart-folders.ts";

const REPOSITORY = "https://charts.example.org";

/** A chart of the shape that a manifest records: its subcharts at their depth, what is off, what others bring, its images. */
function chartOf({ id, services }: Manifest, content: HelmContent): string {
  const files: Record<string, string> = {};
  const paths = new Map([
    ["", "1.0.0"],
    ...Object.entries(content.subcharts),
    ...content.disabled.map((path): [string, string] => [path, "0.0.0"]),
  ]);
  for (const [path, version] of paths) {
    const name = path.split(".").at(-1) ?? "";
    const prefix = path === "" ? "" : `${path}.`;
    const isBelow = (other: string): boolean =>
      other !== "" && other.startsWith(prefix) && !other.slice(prefix.length).includes(".");
    const dependencies = [
      ...[...paths.keys()].filter(isBelow).map((below) => {
        const key = below.slice(prefix.length);
        return { name: key, version: paths.get(below), condition: `${key}.enabled` };
      }),
      ...Object.entries(content.external)
        .filter(([other]) => isBelow(other))
        .map(([other, chart]) => {
          const [external, asked] = chart.split("@");
          return {
            name: external,
            alias: other.slice(prefix.length),
            version: asked,
            repository: REPOSITORY,
          };
        }),
    ];
    const own = content.disabled
      .filter(isBelow)
      .map((below): [string, object] => [below.slice(prefix.length), { enabled: false }]);
    const images = Object.values(services).map(({ image, enabledByDefault }) => ({
      image,
      ...(enabledByDefault === false && { enabled: false }),
    }));
    const folder =
      path === ""
        ? ""
        : `${path
            .split(".")
            .map((step) => `charts/${step}`)
            .join("/")}/`;
    const root = { parts: images, others: content.thirdPartyImages.map((image) => ({ image })) };
    files[`${folder}Chart.yaml`] = JSON.stringify({
      apiVersion: "v2",
      name: name === "" ? "mojaloop" : name,
      version: name === "" ? id.replace("helm-", "") : version,
      dependencies,
    });
    files[`${folder}values.yaml`] = JSON.stringify({ ...(path === "" && root), ...Object.fromEntries(own) });
  }
  return folderOf(files);
}

const recorded = shippedManifests().flatMap((manifest) => {
  const content = manifest.helm?.content;
  return content && Object.keys(content.subcharts).length > 0 ? [{ id: manifest.id, manifest, content }] : [];
});

test("there are recorded charts of both API versions", () => {
  expect(recorded.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["helm-11.0.0", "helm-13.1.1", "helm-15.2.0"]),
  );
});

test.each(recorded)(
  "a chart of the shape of $id gives its content and services back",
  ({ manifest, content }) => {
    const found = extractFromChart(chartOf(manifest, content));
    const { subcharts, external, thirdPartyImages, disabled } = content;
    expect(found.helm?.content).toMatchObject({ subcharts, external, thirdPartyImages });
    // The order of the switched-off ones is that of the chart's dependencies, which a manifest does not keep.
    expect(found.helm?.content?.disabled.toSorted()).toEqual(disabled.toSorted());
    expect(
      Object.fromEntries(Object.entries(found.services).map(([name, { image }]) => [name, image])),
    ).toEqual(
      Object.fromEntries(Object.entries(manifest.services).map(([name, { image }]) => [name, image])),
    );
  },
);
