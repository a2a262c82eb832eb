import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { readConfig } from "../src/service.ts";
import { DEFAULT_LIMITS } from "../src/config/compile-options.ts";

const FOLDER = new URL("../deploy/", import.meta.url);
const MANIFEST = readFileSync(new URL("kubernetes.yaml", FOLDER), "utf8");
const DOCKERFILE = readFileSync(new URL("Dockerfile", FOLDER), "utf8");

const README = readFileSync(new URL("../README.md", FOLDER), "utf8");

interface Named {
  readonly name: string;
}
interface ContainerPort extends Named {
  readonly containerPort: number;
}
/** What the tests read of a Kubernetes object; every one has a kind and a name. */
interface KubernetesObject {
  readonly kind: string;
  readonly metadata: Named;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}
const objects = parseAllDocuments(MANIFEST).map((document) => document.toJS() as KubernetesObject); // see above

function only(kind: string): KubernetesObject {
  const [found, ...others] = objects.filter((each) => each.kind === kind);
  if (!found || others.length > 0) throw new Error(`not one ${kind}`);
  return found;
}

/** The pod as the Deployment describes it. */
const pod = (only("Deployment").spec as { template: { spec: Pod } }).template.spec; // a Deployment has that
interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly [Container];
}
interface Container {
  readonly image: string;
  readonly ports: readonly ContainerPort[];
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
  readonly volumeMounts: readonly { readonly mountPath: string }[];
}
const [container] = pod.containers;

/** The words of the Dockerfile's instructions, by name. */
const instructions = Array.from(DOCKERFILE.matchAll(/^([A-Z]+) (.+)$/gm), ([, name, words]) => [name, words]);
const instruction = (name: string): string[] =>
  instructions.filter(([each]) => each === name).map(([, words]) => words ?? "");

test("the configuration in the manifest is one that the adapter takes, on the ports that the pod names", () => {
  const read = readConfig(only("ConfigMap").data?.["adapter.yaml"] ?? "", "adapter.yaml");
  expect(read).toMatchObject({ ok: true, service: { redis: "redis://redis:6379" } });
  const { listen = {}, identify } = read.ok ? read.options : {};
  expect(identify).toBeDefined();
  expect(Object.entries(listen).map(([name, { host, port }]) => [name, host, port])).toEqual(
    container.ports.map(({ name, containerPort }) => [name, "0.0.0.0", containerPort]),
  );
  expect(instruction("EXPOSE")).toEqual([
    container.ports.map(({ containerPort }) => containerPort).join(" "),
  ]);
});

test("the adapter.yaml of the README is one that the adapter takes as it stands", () => {
  const [, text = ""] = /```yaml\n(# adapter\.yaml\n[^`]+)```/.exec(README) ?? [];
  expect(readConfig(text, "adapter.yaml")).toMatchObject({ ok: true, options: { hub: { fspId: "switch" } } });
});

test("each side has a service of its own: whoever reaches the hub's speaks as the hub", () => {
  const services = objects.filter(({ kind }) => kind === "Service");
  expect(services.map(({ spec }) => spec)).toEqual(
    container.ports.map(({ name, containerPort: port }) => ({
      selector: { app: "mojaver-adapter" },
      ports: [{ name, port, targetPort: name }],
    })),
  );
});

test("the pod's labels are those that everything selects it by", () => {
  const app = { app: "mojaver-adapter" };
  expect(only("Deployment").spec).toMatchObject({
    selector: { matchLabels: app },
    template: { metadata: { labels: app } },
  });
  expect(only("PodDisruptionBudget").spec).toMatchObject({ selector: { matchLabels: app }, minAvailable: 1 });
});

test("it is no root, by number, and has nothing that it does not need (Kubernetes: Pod Security Standards, restricted)", () => {
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
  });
  expect(container).toMatchObject({
    securityContext: {
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    },
  });
  // A name would be refused by the kubelet, which cannot tell whether it is root's.
  expect(instruction("USER")).toEqual(["1000:1000"]);
});

test("images are named by a version", () => {
  expect(container.image).toMatch(/^[\w./-]+:\d+\.\d+\.\d+$/);
  expect(instruction("FROM")).toEqual([expect.stringMatching(/^node:\d+-\w+-slim$/) as string]);
  expect(instruction("RUN")).toEqual([
    expect.stringMatching(/^test -n "\$VERSION" && .*@\$VERSION"/) as string,
  ]);
});

test("who is ready and who lives is asked where it is answered", () => {
  expect(container).toMatchObject({
    readinessProbe: { httpGet: { path: "/health", port: "operations" } },
    livenessProbe: { tcpSocket: { port: "operations" } },
  });
  expect(instruction("HEALTHCHECK")[0]).toContain("http://127.0.0.1:4003/health");
});

test("there is time to drain: for a body that comes slowly, its way onward, and two error callbacks", () => {
  const [command, seconds] = container.lifecycle.preStop.exec.command;
  expect(command).toBe("sleep");
  const longest = DEFAULT_LIMITS.receiveMs + 3 * DEFAULT_LIMITS.timeoutMs;
  expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(Number(seconds) * 1_000 + longest);
});

test("the image starts node itself, on the file that the manifest mounts", () => {
  const argv = JSON.parse(instruction("ENTRYPOINT")[0] ?? "") as string[]; // a list, or no signal reaches node
  expect(argv.slice(0, 2)).toEqual(["node", "run.mjs"]);
  expect(container.volumeMounts).toMatchObject([{ mountPath: dirname(argv[2] ?? "") }]);
  expect(instruction("COPY")).toEqual(["run.mjs ."]);
});

test("what the image starts serves, and drains on SIGTERM", async () => {
  const folder = mkdtempSync(join(tmpdir(), "adapter-deploy-"));
  const file = join(folder, "adapter.yaml");
  writeFileSync(file, 'hub: { url: "http://127.0.0.1:9", version: "2.0" }\nparticipants: {}\n');
  const program = fileURLToPath(new URL("run.mjs", FOLDER));
  const child = spawn(process.execPath, [
    "--import=tsx",
    "--conditions=@mojaloop-versioning/source",
    program,
    file,
  ]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (chunk.includes('"msg":"listening"')) child.kill("SIGTERM");
    });
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  rmSync(folder, { recursive: true });
  expect(said).toContain('"msg":"draining"');
  expect(code).toBe(0);
});
