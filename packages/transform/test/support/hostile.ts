import fc from "fast-check";

/** What a careless sender, or a hostile one, writes where something else belongs. */
const VALUES: readonly unknown[] = [
  null,
  undefined,
  "",
  "text",
  7,
  false,
  [],
  {},
  [null],
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  { extension: [{ key: "mojaver-stash-1", value: "stale" }] },
  JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":1,"supportedCurrencies":[],"kycInformation":"x","content":1}',
  ),
];
const KEYS = [
  "__proto__",
  "constructor",
  "extensionList",
  "supportedCurrencies",
  "kycInformation",
  "content",
  "1",
  "a.b",
  "",
];

type Edit = (holder: Map<string, unknown>) => void;
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.nat(), fc.constantFrom(...VALUES)).map(([at, value]): Edit => (holder) => {
    const key = keyAt(holder, at);
    if (key !== undefined) holder.set(key, value);
  }),
  fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)).map(
    ([key, value]): Edit =>
      (holder) =>
        holder.set(key, value),
  ),
  fc.nat().map((at): Edit => (holder) => {
    // Last of all: members come in any order.
    const key = keyAt(holder, at);
    if (key === undefined) return;
    const value = holder.get(key);
    holder.delete(key);
    holder.set(key, value);
  }),
);

const NEWER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9A-HJKMNP-TV-Z]{26}$/;
const ID = "b51ec534-ee48-4575-b6a9-ead2955b8069";

/** Bodies whose ids every version knows, so that most of them get through. */
export function plainIds(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const tame = (_key: string, value: unknown): unknown =>
    typeof value === "string" && NEWER_ID.test(value) ? ID : value;
  return bodies.map((body): unknown => JSON.parse(JSON.stringify(body, tame)));
}

/** Bodies in which a few members, at any depth, are another value, an unknown member, or in another place. */
export function hostile(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const several = fc.array(fc.tuple(fc.nat(), edits), { maxLength: 4 });
  return fc
    .tuple(bodies, several)
    .map(([body, chosen]) =>
      chosen.reduce(
        (edited, [at, edit]) => withEdit(edited, at % Math.max(1, objectsIn(edited)), edit),
        body,
      ),
    );
}

function keyAt(holder: ReadonlyMap<string, unknown>, at: number): string | undefined {
  return [...holder.keys()][at % Math.max(1, holder.size)];
}

function isHolder(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + objectsIn(item), 0);
  if (!isHolder(value)) return 0;
  return 1 + Object.values(value).reduce<number>((sum, member) => sum + objectsIn(member), 0);
}

/** A copy in which the object of that number, counted from the root downward, was edited. */
function withEdit(value: unknown, target: number, edit: Edit): unknown {
  let number = 0;
  const copy = (from: unknown): unknown => {
    if (Array.isArray(from)) return from.map(copy);
    if (!isHolder(from)) return from;
    const mine = number++;
    const members = new Map(Object.entries(from).map(([key, member]) => [key, copy(member)]));
    if (mine === target) edit(members);
    return Object.fromEntries(members);
  };
  return copy(value);
}
