interface MediaName {
  readonly type: string;
  readonly subtype: string;
  /** Structured suffixes, first to last. */
  readonly suffixes: readonly string[];
  readonly parameters: string;
}

/**
 * What the name of a media type became: the same (but for case and blanks), a more special or a more general one by its structured
 * suffix (RFC 6838, 4.2.8: `application/problem+json` is `application/json` too), one with other parameters; `undefined` where the
 * two have nothing to do with each other.
 */
export function relateMediaTypes(
  from: string,
  to: string,
): "same" | "specialized" | "generalized" | "changed" | undefined {
  const [a, b] = [parse(from), parse(to)];
  const [wider, narrower] = [holds(a, b), holds(b, a)];
  if (!wider && !narrower) return undefined;
  if (a.parameters !== b.parameters) return "changed";
  if (wider && narrower) return "same";
  return wider ? "specialized" : "generalized";
}

function parse(name: string): MediaName {
  const [essence = "", ...parameters] = name
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const [type = "", rest = ""] = essence.split("/");
  const [subtype = "", ...suffixes] = rest.split("+");
  return { type, subtype, suffixes, parameters: parameters.sort().join(";") };
}

// Whether everything of the second name is of the first.
function holds(a: MediaName, b: MediaName): boolean {
  if (a.type !== b.type) return false;
  if (a.suffixes.length === 0 && b.suffixes.at(-1) === a.subtype) return true;
  return a.subtype === b.subtype && a.suffixes.every((suffix, i) => b.suffixes[i] === suffix);
}
