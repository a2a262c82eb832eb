import { docComment } from "./describe-facts.ts";
import type { Model, OperationFacts } from "./model.ts";
import { objectNameOf } from "./names.ts";

/** The module of an API version: friendly types, the table of operations, the types of their bodies, the API object. */
export function emitIndex(model: Model, root: string): string {
  const { entry, operations, schemas } = model;
  const friendly = [...schemas].map(
    ([name, schema]) =>
      `${docComment(name, schema, model)}export type ${name} = components["schemas"]["${name}"];`,
  );
  const bodies = operations.flatMap(({ operation, body }) =>
    body === undefined ? [] : [`  readonly "${operation}": components["schemas"]["${body}"];`],
  );
  const resources = Object.entries(entry.resources.versions).map(
    ([name, version]) => `${name}: "${version}"`,
  );
  const facts = [
    `id: "${entry.id}"`,
    `api: "${entry.api ?? entry.id.split("/")[0] ?? ""}"`,
    `version: "${entry.version}"`,
    `dialect: ${entry.dialect === undefined ? "undefined" : `"${entry.dialect}"`}`,
    ...(entry.mediaResource === undefined ? [] : [`mediaResource: "${entry.mediaResource}"`]),
  ];
  return [
    `import type { components, paths } from "./openapi.ts";`,
    `import type { ApiTypes } from "${root}api.ts";`,
    ``,
    `export type { components, paths } from "./openapi.ts";`,
    ``,
    ...friendly,
    ``,
    `/** Every operation of ${entry.id}: its resource and that resource's version, its kind, the components of its bodies. */`,
    `export const operations = {`,
    ...operations.map(emitOperation),
    `} as const;`,
    ``,
    `/** Operation to the type of its body, for the operations that have one. */`,
    `export interface Bodies {`,
    ...bodies,
    `}`,
    ``,
    `/** ${entry.title} ${entry.version}: what it is called, which version each resource bears (${entry.resources.section}), its operations. */`,
    `export const ${objectNameOf(entry)}: ApiTypes<paths, Bodies> & {`,
    ...facts.map((fact) => `  readonly ${fact};`),
    `  readonly resources: { ${resources.map((fact) => `readonly ${fact}`).join("; ")} };`,
    `  readonly operations: typeof operations;`,
    `} = {`,
    ...facts.map((fact) => `  ${fact},`),
    `  resources: { ${resources.join(", ")} },`,
    `  operations,`,
    `};`,
    ``,
  ].join("\n");
}

function emitOperation({ operation, resource, version, kind, body, responses }: OperationFacts): string {
  const quoted = (name: string | undefined): string => (name === undefined ? "undefined" : `"${name}"`);
  const answers = [...responses].map(([status, name]) => `"${status}": ${quoted(name)}`);
  return [
    `  "${operation}": {`,
    `    resource: "${resource}", version: "${version}", kind: "${kind}", body: ${quoted(body)},`,
    `    responses: { ${answers.join(", ")} },`,
    `  },`,
  ].join("\n");
}
