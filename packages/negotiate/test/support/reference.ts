// A slow reading of the grammar of RFC 9110, element by element, written apart from the code under test. Where that grammar is
// silent, docs/decisions.md 16 to 23 decide.

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"; // 5.6.2
const QUOTED = String.raw`"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*"`; // 5.6.4
const PARAMETER = `${TOKEN}=(?:${TOKEN}|${QUOTED})`; // 5.6.6
const PARAMETERS = String.raw`(?:[ \t]*;[ \t]*(?:${PARAMETER})?)*`; // 5.6.6
const MEDIA_TYPE = `${TOKEN}/${TOKEN}${PARAMETERS}`; // 8.3.1, 12.5.1
const LIST = new RegExp(`^[ \\t]*(?:${MEDIA_TYPE})?[ \\t]*(?:,[ \\t]*(?:${MEDIA_TYPE})?[ \\t]*)*$`); // 5.6.1.2
const ELEMENT = new RegExp(MEDIA_TYPE, "g");
const QVALUE = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/; // 12.4.2
const RANGE_VERSION = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?$/; // docs/decisions.md 1
const VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

interface Element {
  readonly type: string;
  readonly parameters: readonly { readonly name: string; readonly value: string; readonly quoted: boolean }[];
}

function elementsOf(text: string): Element[] | undefined {
  if (!LIST.test(text)) return undefined;
  const elements = [...text.matchAll(ELEMENT)].map(([element]) => {
    const [type = ""] = new RegExp(`^${TOKEN}/${TOKEN}`).exec(element) ?? [];
    const parameters = [...element.slice(type.length).matchAll(new RegExp(PARAMETER, "g"))].map(
      ([parameter]) => {
        const equals = parameter.indexOf("=");
        const value = parameter.slice(equals + 1);
        const quoted = value.startsWith('"');
        return {
          name: parameter.slice(0, equals).toLowerCase(),
          value: quoted ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value,
          quoted,
        };
      },
    );
    return { type: type.toLowerCase(), parameters };
  });
  // decision 23: header work is capped.
  return elements.length <= 64 && elements.every(({ parameters }) => parameters.length <= 32)
    ? elements
    : undefined;
}

/** The version for the callback, or "malformed", "missing", "unacceptable". */
export function referenceAccept(text: string, resource: string, offered: readonly string[]): string {
  const elements = elementsOf(text);
  if (!elements) return "malformed";
  if (elements.length === 0) return "missing";
  const vendor = `application/vnd.interoperability.${resource.toLowerCase()}+json`;
  const types = ["*/*", "application/*", vendor];
  const ranges = elements.map(({ type, parameters }, position) => {
    const weights = parameters.filter(({ name }) => name === "q");
    const versions = new Set(parameters.filter(({ name }) => name === "version").map(({ value }) => value));
    const place = types.indexOf(type);
    const badWeight =
      weights.length > 1 || weights.some(({ value, quoted }) => quoted || !QVALUE.test(value));
    const badVersion =
      place >= 0 && (versions.size > 1 || [...versions].some((version) => !RANGE_VERSION.test(version)));
    return {
      position,
      place,
      malformed: badWeight || badVersion,
      version: [...versions][0],
      weight: Number(weights[0]?.value ?? 1),
    };
  });
  if (ranges.some(({ malformed }) => malformed)) return "malformed";

  const detail = (version: string | undefined): number =>
    version === undefined ? 0 : version.includes(".") ? 2 : 1;
  const candidates = offered.flatMap((version) => {
    const [major] = version.split(".");
    const closest = ranges
      .filter((range) => range.place >= 0)
      .filter((range) => range.version === undefined || range.version === version || range.version === major)
      .sort(
        (a, b) =>
          b.place - a.place ||
          detail(b.version) - detail(a.version) ||
          b.weight - a.weight ||
          a.position - b.position,
      )[0];
    return closest && closest.weight > 0 ? [{ ...closest, detail: detail(closest.version), version }] : [];
  });
  const [best] = candidates.sort(
    (a, b) =>
      b.weight - a.weight ||
      b.place - a.place ||
      b.detail - a.detail ||
      a.position - b.position ||
      newer(a.version, b.version),
  );
  return best?.version ?? "unacceptable";
}

/** The version of the body, or "malformed", "unsupported". */
export function referenceContentType(text: string, resource: string, readable: readonly string[]): string {
  if (!new RegExp(`^[ \\t]*${MEDIA_TYPE}[ \\t]*$`).test(text)) return "malformed";
  const [element] = elementsOf(text) ?? [];
  if (element?.type !== `application/vnd.interoperability.${resource.toLowerCase()}+json`) return "malformed";
  const values = (wanted: string): Set<string> =>
    new Set(element.parameters.filter(({ name }) => name === wanted).map(({ value }) => value));
  const charsets = [...values("charset")].map((charset) => charset.toLowerCase());
  const [version = "", ...others] = values("version");
  if (others.length > 0 || charsets.some((charset) => charset !== "utf-8") || !VERSION.test(version))
    return "malformed";
  return readable.includes(version) ? version : "unsupported";
}

function newer(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorB - majorA || minorB - minorA;
}
