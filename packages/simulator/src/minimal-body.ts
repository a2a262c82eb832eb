import * as z from "zod";

/** Values by the name of the member that they may stand in, the likeliest first. */
export type KnownValues = ReadonlyMap<string, readonly unknown[]>;

/** One of each kind of value that the documents describe; the first that a schema takes is used. */
const SPECIMENS: readonly unknown[] = [
  "1",
  "b51ec534-ee48-4575-b6a9-ead2955b8069",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "2026-01-01T00:00:00.000Z",
  "2026-01-01",
  "2026",
  "USD",
  "US",
  "100",
  "f5sqb7tBTWPd5Y8BDFdMm9BJR_MNI4isf8p8n4D5pHA",
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "Ada",
  "+1-1",
  "AAAAUS00",
  1,
  false,
];

/**
 * The least that a schema takes: required members only, each from what is known under its name or else a specimen. The same
 * arguments give the same body.
 * @throws RangeError where no specimen will do
 */
export function minimalBody(schema: z.core.$ZodType, known: KnownValues, name = ""): unknown {
  const fits = (value: unknown): boolean => z.safeParse(schema, value).success;
  if (schema instanceof z.ZodObject) {
    const members = Object.entries<z.core.$ZodType>(schema.shape);
    const required = members.filter(([, member]) => !z.safeParse(member, undefined).success);
    return Object.fromEntries(required.map(([key, member]) => [key, minimalBody(member, known, key)]));
  }
  if (schema instanceof z.ZodArray) return [minimalBody(schema.element, known, name)];
  if (schema instanceof z.ZodUnion) return minimalBody(schema.options[0] as z.ZodType, known, name); // a union has options
  if (schema instanceof z.ZodIntersection) return minimalBody(schema.def.left, known, name);
  const choices: readonly unknown[] = schema instanceof z.ZodEnum ? schema.options : SPECIMENS;
  // What is known of an object may hold members that this schema does not describe; so only what has none is taken over.
  const specimen = [...(known.get(name) ?? []).filter(isPlain), ...choices].find(fits);
  if (specimen === undefined) throw new RangeError(`no specimen will do for the member ${name}`);
  return specimen;
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object";
}

/** Everything that a body says, by the name of the member that says it; what stands nearer to the root comes first. */
export function valuesOf(body: unknown, ...more: Readonly<Record<string, unknown>>[]): KnownValues {
  const known = new Map<string, unknown[]>();
  const queue = [...more, body];
  for (const value of queue) {
    if (typeof value !== "object" || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      known.set(name, [...(known.get(name) ?? []), member]);
      queue.push(member);
    }
  }
  return known;
}
